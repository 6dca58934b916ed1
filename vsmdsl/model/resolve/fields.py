"""What a statement says once it is read, and the places in it that messages point at."""

from __future__ import annotations

from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.source import Span
from vsmdsl.language.words import canonical_key
from vsmdsl.model.resolve.schema import Shape
from vsmdsl.record import field, record


@record
class Fields:
    """A statement, read: its name, its keys as quantities, its clauses, what its block holds."""

    statement: syntax.Statement
    id: str | None
    label: str
    values: dict[str, Any]
    places: dict[str, Span]
    rows: tuple[tuple[str, str], ...] = ()
    clauses: dict[str, syntax.Clause] = field(default_factory=dict)
    link: syntax.Link | None = None
    entries: tuple[syntax.Statement, ...] = ()

    @property
    def span(self) -> Span:
        """The head of the statement, without its block: where messages point."""
        return head(self.statement)

    @property
    def name_span(self) -> Span:
        """The place of the statement's id or label, else its head."""
        for item in self.statement.items:
            if isinstance(item, syntax.Word | syntax.Text):
                return item.span
        return self.span

    @property
    def has_label(self) -> bool:
        """Whether the label was written, and is not the id made pretty."""
        return bool(self.statement.of_kind(syntax.Text))


def head(statement: syntax.Statement) -> Span:
    """The place of a statement without its block."""
    if statement.block is None:
        return statement.span
    text = statement.span.source.text[statement.span.start : statement.block.span.start]
    start = statement.span.start
    return Span(statement.span.source, start, start + len(text.rstrip()))


def attributes(statement: syntax.Statement) -> list[syntax.Attr]:
    """The attributes on the line and those in the block."""
    own = [item for item in statement.items if isinstance(item, syntax.Attr)]
    return [*own, *block_attributes(statement)] if statement.block else own


def block_attributes(statement: syntax.Statement) -> tuple[syntax.Attr, ...]:
    """The attributes in the block of a statement."""
    if statement.block is None:
        return ()
    lines = (entry for entry in statement.block.entries if isinstance(entry, syntax.AttributeLine))
    return tuple(attr for line in lines for attr in line.attrs)


def block_statements(statement: syntax.Statement) -> tuple[syntax.Statement, ...]:
    """The statements in the block of a statement."""
    entries = statement.block.entries if statement.block else ()
    return tuple(entry for entry in entries if isinstance(entry, syntax.Statement))


def key_of(attr: syntax.Attr, shape: Shape) -> str:
    """The canonical key: the field's spellings are read, and a known one in quotes too."""
    key = canonical_key(attr.key.text)
    if key is not None and key in shape.keys:
        return key
    return attr.key.text if isinstance(attr.key, syntax.Text) else attr.key.text.lower()
