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
from vsmdsl.model.resolve.fields import Fields, attributes, block_statements, key_of
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.schema import SHAPES, Kind, Shape
from vsmdsl.model.resolve.terms import Terms
from vsmdsl.model.resolve.texts import as_text, pretty, shorten
from vsmdsl.model.resolve.values import Values
from vsmdsl.record import record, replace

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
        names, label, bare = self._bare(statement, shape)
        said = _Said({}, {}, {})
        for value in bare:
            self._bare_value(statement, shape, value, said)
        for attr in attributes(statement):
            self._attribute(statement, shape, attr, said)
        text = label.text if label else (pretty(names[0].text) if names else "")
        return Fields(
            statement,
            names[0].text if names else None,
            text,
            said.values,
            said.places,
            tuple(said.rows.items()),
            self._clauses(statement, shape),
            self._link(statement, shape),
            self._entries(statement, shape),
        )

    def rest(self, statement: syntax.Statement, read: Iterable[syntax.Item]) -> Fields:
        """What a statement says beside the items that were read already."""
        gone = {id(item) for item in read}
        items = tuple(item for item in statement.items if id(item) not in gone)
        return self.fields(replace(statement, items=items))

    # --- names and bare values

    def _bare(
        self, statement: syntax.Statement, shape: Shape
    ) -> tuple[list[syntax.Word], syntax.Text | None, list[syntax.Value]]:
        names: list[syntax.Word] = []
        labels: list[syntax.Text] = []
        values: list[syntax.Value] = []
        for item in statement.items:
            match item:
                case syntax.Attr():  # the most frequent first
                    pass
                case syntax.Text():
                    labels.append(item)
                case syntax.Word(text=text) if (
                    shape.bare and text.lower() == "none" and (names or labels or not shape.names)
                ):
                    values.append(item)
                case syntax.Word():
                    names.append(item)
                case syntax.Clause() | syntax.Link():
                    pass
                case syntax.Comparison() | syntax.Segment():
                    complaints.no_place(self.log, item.span, statement.word)
                case _:
                    values.append(item)
        for word in names[shape.names :]:
            complaints.extra_name(self.log, word, statement)
        for label in labels[1:] if shape.label else labels:
            complaints.no_place(self.log, label.span, statement.word)
        return names[: shape.names], labels[0] if labels and shape.label else None, values

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
        gap = self.values.gap(node)
        if gap and kind.reads not in HOLD_GAPS | NEVER_GAPS and "none" not in kind.words:
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

    def _clauses(self, statement: syntax.Statement, shape: Shape) -> dict[str, syntax.Clause]:
        found: dict[str, syntax.Clause] = {}
        for clause in statement.items:
            if not isinstance(clause, syntax.Clause):
                continue
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

    def _link(self, statement: syntax.Statement, shape: Shape) -> syntax.Link | None:
        links = [item for item in statement.items if isinstance(item, syntax.Link)]
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
class _Said:
    """What has been read of a statement so far."""

    values: dict[str, Any]
    places: dict[str, Span]
    rows: dict[str, str]
