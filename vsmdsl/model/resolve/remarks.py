"""Remarks: wastes, kaizens, notes."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.model.resolve.names import ELEMENTS
from vsmdsl.model.resolve.site import Site, label_of, thing
from vsmdsl.model.resolve.terms import Terms
from vsmdsl.model.stream import Kaizen, Note, Waste


def waste(site: Site, statement: syntax.Statement) -> Waste | None:
    """One of the eight wastes, at some elements."""
    fields = site.reading.fields(statement)
    word = next(iter(statement.of_kind(syntax.Word)), None)
    if word is None:
        message = "which of the eight wastes is it?"
        hint = "as in `waste waiting on approve`"
        return site.lacks(structure.MISSING_NAME, fields, message, hint)
    kind = Terms(site.reading.values, site.log).waste(word)
    on = site.on(fields)
    if kind is None:
        return None
    key = site.keys.take(None, f"waste {kind}", "waste")
    return Waste(**thing(fields, key, None, label_of(fields)), kind=kind, on=on)


def kaizen(site: Site, statement: syntax.Statement) -> Kaizen | None:
    """A burst; its changes are read later, when the stream is known."""
    fields = site.reading.fields(statement)
    if not fields.id and not fields.label:
        message = "the kaizen has no name"
        hint = 'as in `kaizen slo "Review within four hours" on inbox`'
        return site.lacks(structure.MISSING_NAME, fields, message, hint)
    named = site.scope.ids.get(fields.id or "")
    if named and named.role in ELEMENTS and "on" not in fields.clauses:
        message = f"`{fields.id}` is {'a' if named.role[0] not in 'aeiou' else 'an'} {named.role}"
        hint = f'did you mean `kaizen "{label_of(fields) or "…"}" on {fields.id}`?'
        text = f"{message}; here it names a kaizen that stands nowhere"
        site.log.add(structure.KAIZEN_ON_MISSING.at(fields.name_span, text, hint=hint))
    key = site.keys.take(fields.id, "kaizen " + fields.label, "kaizen")
    return Kaizen(**thing(fields, key, fields.id, fields.label), on=site.on(fields))


def note(site: Site, statement: syntax.Statement) -> Note:
    """A remark in Markdown."""
    fields = site.reading.fields(statement)
    key = site.keys.take(None, "note", "note")
    return Note(**thing(fields, key, None, fields.label), on=site.on(fields))
