"""What the builders of things around the stream share: where they read, and whom they know."""

from __future__ import annotations

from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.language.diagnostics import Code
from vsmdsl.language.source import Span
from vsmdsl.model.resolve.fields import Fields
from vsmdsl.model.resolve.keys import Keys, claim
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.names import EVERYTHING, Scope
from vsmdsl.model.resolve.reading import Reading
from vsmdsl.record import record


@record(frozen=False)
class Site:
    """One state of a map in the making."""

    reading: Reading
    log: Log
    keys: Keys
    ids: dict[str, Span]
    scope: Scope

    def find(
        self, ref: syntax.Ref, roles: frozenset[str], code: Code = structure.UNKNOWN_TARGET
    ) -> str | None:
        """The key of what a name stands for."""
        return self.scope.find(ref, roles, self.log, code)

    def on(self, fields: Fields) -> tuple[str, ...]:
        """The keys of what `on …` lists."""
        clause = fields.clauses.get("on")
        if clause is None:
            return ()
        if clause.link:
            named = self.scope.link(clause.link, self.log, EVERYTHING)
            return (named.thing.key,) if named else ()
        found = (self.find(ref, EVERYTHING) for ref in clause.refs)
        return tuple(dict.fromkeys(key for key in found if key))

    def claimed(self, fields: Fields) -> str | None:
        """The id of a statement, unless somebody else has it."""
        free = claim(self.ids, fields.id, fields.name_span, self.log)
        return fields.id if free else None

    def lacks(self, code: Code, fields: Fields, message: str, hint: str = "") -> None:
        """Say that the statement lacks a part."""
        self.log.lacking(fields.statement, code.at(fields.span, message, hint=hint))


def label_of(fields: Fields) -> str:
    """The label as written; an id alone gives none."""
    return fields.label if fields.has_label else ""


def thing(fields: Fields, key: str, id: str | None, label: str) -> dict[str, Any]:
    """What everything has, with the keys that the statement gives."""
    return {"key": key, "id": id, "label": label, "span": fields.span} | fields.values
