"""Every sentence that vsmdsl says in a reader's language, found where it is said."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
SAYING = {"say": 1, "some": 2, "tell": 1}  # how many of the first arguments are sentences


def sentences() -> set[str]:
    """All of them, from the code and from the templates."""
    found = set[str]()
    for path in (ROOT / "vsmdsl").rglob("*.py"):
        found.update(_in_code(ast.parse(path.read_text(encoding="utf-8"))))
    pages = Environment(trim_blocks=True, lstrip_blocks=True)
    for path in (ROOT / "templates").rglob("*.j2"):
        found.update(_in_template(pages.parse(path.read_text(encoding="utf-8"))))
    return found - {""}


def _in_code(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for one in node.args[: SAYING.get(name, 0)]:
                yield from _constants(one)


def _constants(node: ast.expr) -> Iterator[str]:
    """A text, or the texts that a choice is between."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _constants(node.body)
            yield from _constants(node.orelse)


def _in_template(tree: nodes.Template) -> Iterator[str]:
    for call in tree.find_all(nodes.Call):
        name = getattr(call.node, "attr", getattr(call.node, "name", ""))
        for one in call.args[: SAYING.get(name, 0)]:
            for text in (one, *one.find_all(nodes.Const)):
                if isinstance(text, nodes.Const) and isinstance(text.value, str):
                    yield text.value
