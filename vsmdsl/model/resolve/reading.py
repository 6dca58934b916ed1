"""One statement as fields: its name, its keys as quantities, its clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities
from vsmdsl.language.source import Span
from vsmdsl.model.quantity import Count, Gap
from vsmdsl.model.resolve import complaints
from vsmdsl.model.resolve.bare import placed
from vsmdsl.model.resolve.fields import Fields, block_attributes, block_statements, key_of
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.schema import SHAPES, Kind, Shape
from vsmdsl.model.resolve.terms import Terms
from vsmdsl.model.resolve.texts import as_text, pretty, shorten
from vsmdsl.model.resolve.values import Values
from vsmdsl.record import field, record, replace

NUMERIC = {"time", "duration", "share", "percent", "count", "known_count", "rate"}
HOLD_GAPS = {"time", "wait", "share", "count"}  # the kinds for which `?` and `none` are values
NEVER_GAPS = {"percent", "calendar", "yes", "one_of"}


@record
class Reading:
    """Reads statements by the table, on the clock of one map."""

    values: Values
    log: Log
    quiet: bool = False

    def fields(self, statement: syntax.Statement, word: str = "") -> Fields:
        """All that the statement says, with a diagnostic for what it may not say.

        What the parser could not read to its end is answered already: one message is enough.
        """
        if statement.broken and not self.quiet:
            quiet = Log()
            values = Values(self.values.calendar, quiet, self.values.samples)
            return Reading(values, quiet, quiet=True).fields(statement, word)
        shape = SHAPES[word or statement.word]
        parts = _sorted(statement, shape)
        names, label = self._names(statement, shape, parts)
        said = _Said({}, {}, {})
        for value in parts.values:
            self._bare_value(statement, shape, value, said)
        for attr in (*parts.attrs, *block_attributes(statement)):
            self._attribute(statement, shape, attr, said)
        text = label.text if label else (pretty(names[0].text) if names else "")
        return Fields(
            statement,
            names[0].text if names else None,
            text,
            said.values,
            said.places,
            tuple(said.rows.items()),
            self._clauses(statement, shape, parts.clauses),
            self._link(statement, shape, parts.links),
            self._entries(statement, shape),
        )

    def rest(self, statement: syntax.Statement, read: Iterable[syntax.Item]) -> Fields:
        """What a statement says beside the items that were read already."""
        gone = {id(item) for item in read}
        items = tuple(item for item in statement.items if id(item) not in gone)
        return self.fields(replace(statement, items=items))

    # --- names and bare values

    def _names(
        self, statement: syntax.Statement, shape: Shape, parts: _Parts
    ) -> tuple[list[syntax.Word], syntax.Text | None]:
        names, labels = parts.names, parts.labels
        for item in parts.strays:
            complaints.no_place(self.log, item.span, statement.word)
        for word in names[shape.names :]:
            complaints.extra_name(self.log, word, statement)
        for label in labels[1:] if shape.label else labels:
            complaints.no_place(self.log, label.span, statement.word)
        return names[: shape.names], labels[0] if labels and shape.label else None

    def _bare_value(
        self, statement: syntax.Statement, shape: Shape, value: syntax.Value, said: _Said
    ) -> None:
        pairs = placed(shape, value, said.places)
        if not pairs:
            complaints.no_key(self.log, value, statement.word, shape)
        for key, node in pairs:
            self._store(key, shape.keys[key], node, node.span, said)

    # --- keys

    def _attribute(
        self, statement: syntax.Statement, shape: Shape, attr: syntax.Attr, said: _Said
    ) -> None:
        key = key_of(attr, shape)
        is_row = key not in shape.keys and isinstance(attr.key, syntax.Text) and shape.rows
        if key not in shape.keys and not is_row:
            complaints.unknown_key(self.log, statement.word, attr, shape)
        elif key in said.places:
            complaints.twice(self.log, attr, said.places[key])
        elif is_row:
            said.places[key] = attr.key.span
            said.rows[key] = as_text(attr.value)
        else:
            self._store(key, shape.keys[key], attr.value, attr.key.span, said)

    def _store(self, key: str, kind: Kind, node: syntax.Value, place: Span, said: _Said) -> None:
        said.places[key] = place
        value = self.value(key, kind, node)
        if value is not None:
            said.values[key] = value

    def value(self, key: str, kind: Kind, node: syntax.Value) -> Any:
        """A value as its kind says; None after a diagnostic.

        `?` and `none` are read everywhere; where a kind has no place for them, they say the same
        as leaving the key out.
        """
        if kind.reads in NUMERIC:
            node = self.values.unquoted(node)
        gap = None if kind.reads in HOLD_GAPS else self.values.gap(node)
        if gap and kind.reads not in NEVER_GAPS and "none" not in kind.words:
            return None
        if kind.reads in NUMERIC:
            read: Callable[[syntax.Value], Any] = getattr(self.values, kind.reads)
            return self._positive(key, kind, node, read(node))
        if gap is Gap.UNKNOWN and kind.reads == "one_of":
            return None
        return Terms(self.values, self.log).read(key, kind, node)

    def _positive(self, key: str, kind: Kind, node: syntax.Value, value: Any) -> Any:
        if kind.positive and isinstance(value, Count) and value.low <= 0:
            message = f"`{key}={shorten(node.span.text)}` would divide by nothing"
            hint = "leave it out, or write `?` where nobody knows"
            self.log.add(quantities.ZERO_DIVISOR.at(node.span, message, hint=hint))
            return None
        return value

    # --- clauses, links, blocks

    def _clauses(
        self, statement: syntax.Statement, shape: Shape, clauses: list[syntax.Clause]
    ) -> dict[str, syntax.Clause]:
        found: dict[str, syntax.Clause] = {}
        for clause in clauses:
            if clause.word in shape.clauses and clause.word not in found:
                found[clause.word] = clause
                self._one_ref(clause, statement)
            else:
                complaints.clause(self.log, clause, statement, shape)
        return found

    def _one_ref(self, clause: syntax.Clause, statement: syntax.Statement) -> None:
        if clause.word != "on" and len(clause.refs) > 1:
            what = f"`{statement.word} … {clause.word}` takes one name"
            complaints.only_one(self.log, clause.refs[1], what)

    def _link(
        self, statement: syntax.Statement, shape: Shape, links: list[syntax.Link]
    ) -> syntax.Link | None:
        for link in links[1:] if shape.link else links:
            complaints.no_place(self.log, link.span, statement.word)
        return links[0] if links and shape.link else None

    def _entries(self, statement: syntax.Statement, shape: Shape) -> tuple[syntax.Statement, ...]:
        if statement.block is None:
            return ()
        entries = block_statements(statement)
        kept = [entry for entry in entries if entry.word in shape.holds]
        complaints.misplaced(
            self.log, statement, [one for one in entries if one.word not in shape.holds]
        )
        return tuple(kept)


@record
class _Parts:
    """The items of a statement, sorted by what they are to it."""

    names: list[syntax.Word] = field(default_factory=list)
    labels: list[syntax.Text] = field(default_factory=list)
    values: list[syntax.Value] = field(default_factory=list)
    attrs: list[syntax.Attr] = field(default_factory=list)
    clauses: list[syntax.Clause] = field(default_factory=list)
    links: list[syntax.Link] = field(default_factory=list)
    strays: list[syntax.Comparison | syntax.Segment] = field(default_factory=list)


def _sorted(statement: syntax.Statement, shape: Shape) -> _Parts:
    parts = _Parts()
    for item in statement.items:
        match item:
            case syntax.Attr():  # the most frequent first
                parts.attrs.append(item)
            case syntax.Text():
                parts.labels.append(item)
            case syntax.Word(text=text) if (
                shape.bare
                and text.lower() == "none"
                and (parts.names or parts.labels or not shape.names)
            ):
                parts.values.append(item)
            case syntax.Word():
                parts.names.append(item)
            case syntax.Clause():
                parts.clauses.append(item)
            case syntax.Link():
                parts.links.append(item)
            case syntax.Comparison() | syntax.Segment():
                parts.strays.append(item)
            case _:
                parts.values.append(item)
    return parts


@record
class _Said:
    """What has been read of a statement so far."""

    values: dict[str, Any]
    places: dict[str, Span]
    rows: dict[str, str]
