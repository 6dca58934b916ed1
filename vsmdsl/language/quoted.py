"""The value that stands in quotes: `pt="3d"` is meant as `pt=3d`."""

from __future__ import annotations

from typing import Any

from vsmdsl.language.build_values import ValueBuilder
from vsmdsl.language.lexer import lex
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source, Span
from vsmdsl.language.syntax import Attr, Measure, Part, Statement, Text, Value
from vsmdsl.record import field_names, is_record, replace

LONGEST = 200  # a longer text in quotes is no number


def parse_value(text: Text) -> Value | None:
    """The value that the text of a string spells, or None where it spells none.

    Its spans are the place between the quotes.
    """
    if len(text.text) > LONGEST or "\n" in text.text:
        return None
    if measure := _measure(text):
        return measure
    parsed = parse(Source("", f"metric x = {text.text}"))
    match parsed.tree.entries:
        case (Statement(items=(Attr(value=value),), block=None, broken=False),) if (
            not parsed.diagnostics
        ):
            inside: Value = _placed(value, _between_quotes(text.span))
            return inside
        case _:
            return None


def _measure(text: Text) -> Measure | None:
    """A plain quantity needs no parser: a file of samples may have a hundred thousand."""
    source = Source("", text.text)
    tokens = lex(source).tokens[:-1]
    if tokens != [("MEASURE", 0, len(source.text))]:
        return None
    builder, place = ValueBuilder(source), _between_quotes(text.span)
    found = builder.measure(tokens)
    parts = tuple(Part(part.digits, part.unit, place) for part in found.parts)
    return None if builder.diagnostics else Measure(parts, place)


def _between_quotes(span: Span) -> Span:
    quoted = span.text[:1] == '"' and span.end - span.start >= 2
    return Span(span.source, span.start + 1, span.end - 1) if quoted else span


def _placed(node: Any, span: Span) -> Any:
    """The same node with another place, all through."""
    if isinstance(node, tuple):
        return tuple(_placed(one, span) for one in node)
    if isinstance(node, Span):
        return span
    if is_record(node):
        edits = {name: _placed(getattr(node, name), span) for name in field_names(node)}
        return replace(node, **edits)
    return node
