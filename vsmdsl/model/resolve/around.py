"""What stands around the stream: teams and parties here; the rest in the modules named below."""

from __future__ import annotations

from collections.abc import Callable

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.model.resolve.aims import goal, metric, stretch
from vsmdsl.model.resolve.keys import claim
from vsmdsl.model.resolve.links import arrow, rework
from vsmdsl.model.resolve.remarks import kaizen, note, waste
from vsmdsl.model.resolve.site import Site, thing
from vsmdsl.model.stream import Party, Team, Thing

COLLECTION_OF = {
    "team": "teams", "supplier": "parties", "customer": "parties", "control": "parties",
    "info": "infos", "shipment": "shipments", "rework": "reworks", "waste": "wastes",
    "kaizen": "kaizens", "note": "notes", "metric": "metrics", "span": "stretches",
    "goal": "goals",
}  # fmt: skip


def build(site: Site, statement: syntax.Statement) -> Thing | None:
    """The thing that a statement stands for, or None after a diagnostic."""
    return BUILDERS[statement.word](site, statement)


def team(site: Site, statement: syntax.Statement) -> Team | None:
    """A team; its ids are a room of their own."""
    fields = site.reading.fields(statement)
    if not fields.id and not fields.label:
        message = "the team has no name"
        return site.lacks(structure.MISSING_NAME, fields, message, 'as in `team ops "Operations"`')
    return Team(**thing(fields, fields.id or fields.label, fields.id, fields.label))


def party(site: Site, statement: syntax.Statement) -> Party:
    """A supplier, a customer or a control box; without an id, called by its word."""
    fields = site.reading.fields(statement)
    id = fields.id or statement.word
    called_by_word = fields.id is None and id in site.ids
    free = not called_by_word and claim(site.ids, id, fields.name_span, site.log)
    key = site.keys.take(id if free else None, fields.label, statement.word)
    label = fields.label or statement.word.capitalize()
    named = thing(fields, key, id if free else None, label)
    return Party(**named, kind=statement.word, rows=fields.rows)


BUILDERS: dict[str, Callable[[Site, syntax.Statement], Thing | None]] = {
    "supplier": party,
    "customer": party,
    "control": party,
    "team": team,
    "info": arrow,
    "shipment": arrow,
    "rework": rework,
    "waste": waste,
    "kaizen": kaizen,
    "note": note,
    "metric": metric,
    "span": stretch,
    "goal": goal,
}
