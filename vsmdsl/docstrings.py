"""What functions say about themselves, where it is shown to people: `vsm --help`, the glossary."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def docstring(function: Callable[..., Any]) -> str:
    """The words below a function's head, also where Python was told to drop them (`-OO`)."""
    from inspect import cleandoc  # Python takes the margin away since 3.13

    return cleandoc(function.__doc__ or _from_source(function))


def _from_source(function: Callable[..., Any]) -> str:
    import ast
    import inspect
    from textwrap import dedent

    try:
        (node,) = ast.parse(dedent(inspect.getsource(function))).body
    except (OSError, SyntaxError, ValueError):  # there is no source
        return ""
    return ast.get_docstring(node, clean=False) or "" if isinstance(node, ast.FunctionDef) else ""
