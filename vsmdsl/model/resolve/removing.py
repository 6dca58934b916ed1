"""`remove`: elements, links, parties and teams; what points at them goes with them."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.language.codes import advice
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.model.changes import RemoveElement, RemoveThing, SetField
from vsmdsl.model.resolve.changing import Changing, refs
from vsmdsl.model.resolve.names import ELEMENTS, Named
from vsmdsl.model.resolve.texts import listed
from vsmdsl.model.stream import Info, Shipment, Step, Thing, walk

COLLECTIONS = {
    "party": "parties", "info": "infos", "shipment": "shipments", "rework": "reworks",
    "team": "teams",
}  # fmt: skip


def read_remove(to: Changing, statement: syntax.Statement) -> None:
    """`remove approve, review`, `remove jira -> refine`."""
    found = refs(statement)
    to.reading.rest(statement, found)
    for ref in found:
        if named := to.named(ref):
            remove(to, named, ref)


def remove(to: Changing, named: Named, ref: syntax.Ref | syntax.Link) -> None:
    """Take one thing away, and say what goes with it."""
    thing = named.thing
    if isinstance(thing, Info | Shipment) and isinstance(ref, syntax.Link):
        rest = _other_ends(to, thing, ref)
        if rest:
            to.do(SetField(thing.key, "ends", rest), ref.span)
            return
    note_gone(to, thing, ref.span)
    if named.role in ELEMENTS:
        pruned = to.do(RemoveElement(thing.key), ref.span)
    else:
        pruned = to.do(RemoveThing(COLLECTIONS[named.role], thing.key), ref.span)
    if named.role == "team":
        _without_team(to, thing.key, ref.span)
    warn(to, [old for old, new in pruned if new is None], thing, ref.span)


def _other_ends(to: Changing, thing: Info | Shipment, link: syntax.Link) -> tuple[str, ...]:
    end = to.scope.named(link.ends[0])
    gone = {one.thing.key for one in end}
    return tuple(key for key in thing.ends if key not in gone)


def _without_team(to: Changing, key: str, span: Span) -> None:
    if to.crews is None:
        to.crews = {}
        for step in to.stream.steps():
            for team in step.team:
                to.crews.setdefault(team, []).append(step.key)
    for at in to.crews.get(key, ()):
        found = to.bench.find(at)
        if isinstance(found, Step) and key in found.team:
            left = tuple(team for team in found.team if team != key)
            to.do(SetField(found.key, "team", left), span)


def note_gone(to: Changing, thing: Thing, span: Span) -> None:
    """Remember the names of what is removed, with all that stands inside it."""
    inside = to.bench.find(thing.key)
    for one in (thing, *(walk((inside,)) if inside is not None else ())):  # type: ignore[arg-type]
        for name in (one.id, one.label, one.key):
            if name:
                to.gone[name] = span


def warn(to: Changing, lost: list[Thing], thing: Thing, span: Span) -> None:
    """Say which links go with what is removed."""
    if not lost:
        return
    labels = tuple(Label(one.span, "it is written here") for one in lost[:4])
    goes = "goes" if len(lost) == 1 else "go"
    message = f"{listed([one.key for one in lost])} {goes} with `{thing.id or thing.label}`"
    hint = "a line that removes it first says so to every reader"
    to.log.add(advice.GONE_WITH_REMOVED.at(span, message, hint=hint, labels=labels))
