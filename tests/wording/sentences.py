"""Every sentence that vsmdsl says in a reader's language, found where it is said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, nodes

from tests.wording import tables

ROOT = Path(__file__).parents[2]
SAYING = {"say": 1, "some": 2}  # how many of the first arguments are sentences
ROOMS = ("analysis", "drawing", "report")  # the command line speaks English
Known = Mapping[str, list[ast.expr]]  # a name → what it may stand for


def sentences() -> set[str]:
    """All of them: in the code, in the templates, and in the tables that both refer to."""
    found = {*in_code(), *in_templates(), *tables.sentences()}
    return {text for text in found if re.search(r"[A-Za-z]", re.sub(r"{\w+}", "", text))}


def in_code() -> Iterator[str]:
    """The sentences that a call says, as they stand there or in a name that stands for them."""
    for room in ROOMS:
        for path in sorted((ROOT / "vsmdsl" / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from _said(tree, _names(tree.body))


def in_templates() -> Iterator[str]:
    """The sentences of the templates."""
    pages = Environment(trim_blocks=True, lstrip_blocks=True)
    for path in sorted((ROOT / "templates").rglob("*.j2")):
        for call in pages.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            name = getattr(call.node, "attr", getattr(call.node, "name", ""))
            for one in call.args[: SAYING.get(name, 0)]:
                for text in (one, *one.find_all(nodes.Const)):
                    if isinstance(text, nodes.Const) and isinstance(text.value, str):
                        yield text.value


def _said(tree: ast.AST, known: Known) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        inner = known
        if isinstance(node, ast.FunctionDef):
            inner = {**known, **_names(list(ast.walk(node)))}
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            for one in node.args[: SAYING.get(name, 0)]:
                yield from _texts(one, inner)
        yield from _said(node, inner)


def _names(body: Iterable[ast.AST]) -> Known:
    """What names stand for: by an assignment, or row by row in a loop over a table."""
    found: dict[str, list[ast.expr]] = {}
    for node in body:
        for name, value in _given(node):
            found.setdefault(name, []).append(value)
    return found


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            yield name, value
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
            yield from _each(names, values)
        case (
            ast.For(target=ast.Tuple(elts=names), iter=ast.Tuple(elts=rows))
            | ast.comprehension(target=ast.Tuple(elts=names), iter=ast.Tuple(elts=rows))
        ):
            for row in rows:
                if isinstance(row, ast.Tuple):
                    yield from _each(names, row.elts)


def _each(names: list[ast.expr], values: list[ast.expr]) -> Iterator[tuple[str, ast.expr]]:
    for one, value in zip(names, values, strict=False):
        if isinstance(one, ast.Name):
            yield one.id, value


def _texts(node: ast.expr, known: Known) -> Iterator[str]:
    """A text, or the texts that a choice is between, or that a name or a table stands for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    if isinstance(node, ast.Name):
        rest = {key: one for key, one in known.items() if key != node.id}
        for one in known.get(node.id, ()):
            yield from _texts(one, rest)
    for one in _parts(node):
        yield from _texts(one, known)


def _parts(node: ast.expr) -> Sequence[ast.expr]:
    match node:
        case ast.IfExp(body=one, orelse=other):
            return (one, other)
        case ast.BoolOp(values=values) | ast.Dict(values=values):
            return values
        case ast.Subscript(value=table):
            return (table,)
        case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, *others]):
            return (table, *others)
    return ()
