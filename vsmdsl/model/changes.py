"""A change is a value: what a kaizen promises, what a future sets, what a diff finds.

`apply` carries changes out in order, on one stream after the other; a change whose target is gone
is passed over, since `resolve` has said so already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, assert_never

from vsmdsl.model.stream import Branch, Choice, Element, Parallel, Thing, ValueStream, walk
from vsmdsl.record import field_names, record, replace

MAP = "map"  # the target of a change to the map's own settings

COLLECTIONS = (
    "teams", "parties", "infos", "shipments", "reworks", "wastes", "kaizens", "notes", "metrics",
    "stretches", "goals",
)  # fmt: skip


@record
class Place:
    """Where an element goes: beside `key`, or at an end of the branch `key` (empty: the stream)."""

    side: Literal["after", "before", "first", "last"]
    key: str


@record
class SetField:
    """Give a field of an element, a link or the map (`MAP`) another value; None takes it away."""

    target: str
    field: str
    value: Any


@record
class AddElement:
    """Put an element of the stream into its place."""

    element: Element | Branch
    place: Place


@record
class RemoveElement:
    """Take an element or a branch out of the stream, and with it whatever points at it."""

    target: str


@record
class MoveElement:
    """Take an element out and put it into another place; what points at it stays."""

    target: str
    place: Place


@record
class AddThing:
    """Add something around the stream (an arrow, a team, a note …) to its collection."""

    collection: str
    thing: Thing


@record
class RemoveThing:
    """Take something around the stream away, and with it what speaks of nothing else."""

    collection: str
    target: str


Change = SetField | AddElement | RemoveElement | MoveElement | AddThing | RemoveThing


def apply(stream: ValueStream, changes: Iterable[Change]) -> ValueStream:
    """The stream after all changes, carried out in order."""
    for change in changes:
        stream = _apply(stream, change)
    return stream


def _apply(stream: ValueStream, change: Change) -> ValueStream:
    match change:
        case SetField():
            return _set(stream, change)
        case AddElement(element=element, place=place):
            there = {one.key for one in walk(stream.elements)}
            if not there.isdisjoint(keys_in(element)):
                return stream
            return replace(stream, elements=_put(stream.elements, element, place))
        case RemoveElement(target=target):
            return _without(stream, target)
        case MoveElement(target=target, place=place):
            return _moved(stream, target, place)
        case AddThing(collection=collection, thing=thing):
            known = getattr(stream, collection, ())
            taken = collection not in COLLECTIONS or any(one.key == thing.key for one in known)
            return stream if taken else _with(stream, collection, (*known, thing))
        case RemoveThing(collection=collection, target=target):
            return _without_thing(stream, collection, target)
        case _:
            assert_never(change)


def _set(stream: ValueStream, change: SetField) -> ValueStream:
    if change.target == MAP:
        if change.field == "calendar":
            return replace(stream, calendar=change.value)
        return replace(stream, settings=_edited(stream.settings, change))
    if stream.find(change.target):
        elements = _mapped(stream.elements, change.target, lambda one: _edited(one, change))
        return replace(stream, elements=elements)
    for collection in COLLECTIONS:
        things = getattr(stream, collection)
        if any(one.key == change.target for one in things):
            edited = tuple(_edited(o, change) if o.key == change.target else o for o in things)
            return _with(stream, collection, edited)
    return stream


def keys_in(element: Element | Branch) -> list[str]:
    """The keys of an element and of all that stands inside it."""
    inside = walk(element.elements if isinstance(element, Branch) else (element,))
    return [element.key, *(one.key for one in inside if one is not element)]


def _edited(one: Any, change: SetField) -> Any:
    """The same thing with another value in one field, if it has such a field."""
    edit: dict[str, Any] = {change.field: change.value}
    known = change.field != "key" and change.field in field_names(one)
    return replace(one, **edit) if known else one


def _with(stream: ValueStream, collection: str, things: tuple[Thing, ...]) -> ValueStream:
    edit: dict[str, Any] = {collection: things}
    return replace(stream, **edit)


def _moved(stream: ValueStream, target: str, place: Place) -> ValueStream:
    found = stream.find(target)
    if found is None:
        return stream
    rest = _taken(stream.elements, target)
    moved = replace(stream, elements=_put(rest, found, place))
    return moved if moved.find(target) else stream  # a place that is not there loses nothing


# --- the tree of elements -------------------------------------------------------------------

Group = tuple[Any, ...]  # elements of the stream or of a branch, or branches of a fork


def _mapped(group: Group, key: str, edit: Callable[[Any], Any]) -> Group:
    for place, one in enumerate(group):
        if one.key == key:
            return (*group[:place], edit(one), *group[place + 1 :])
    return tuple(_inside(one, _mapped, key, edit) for one in group)


def _taken(group: Group, key: str) -> Group:
    return tuple(_inside(one, _taken, key) for one in group if one.key != key)


def _inside(one: Any, step: Callable[..., Group], *arguments: Any) -> Any:
    if isinstance(one, Branch):
        elements = step(one.elements, *arguments)
        return one if elements == one.elements else replace(one, elements=elements)
    if isinstance(one, Parallel | Choice):
        branches = step(one.branches, *arguments)
        return one if branches == one.branches else replace(one, branches=branches)
    return one


def _put(group: Group, element: Element | Branch, place: Place) -> Group:
    """The stream with one more element; steps stand beside steps, branches beside branches."""
    return _put_into(group, element, place, "", branches=False)


def _put_into(
    group: Group, element: Element | Branch, place: Place, owner: str, branches: bool
) -> Group:
    fits = isinstance(element, Branch) is branches
    if fits and place.side in ("first", "last") and place.key == owner:
        return (element, *group) if place.side == "first" else (*group, element)
    found: list[Any] = []
    for one in group:
        beside = fits and one.key == place.key
        if beside and place.side == "before":
            found.append(element)
        found.append(_put_inside(one, element, place))
        if beside and place.side == "after":
            found.append(element)
    return tuple(found)


def _put_inside(one: Any, element: Element | Branch, place: Place) -> Any:
    if isinstance(one, Branch):
        elements = _put_into(one.elements, element, place, one.key, branches=False)
        return one if elements == one.elements else replace(one, elements=elements)
    if isinstance(one, Parallel | Choice):
        branches = _put_into(one.branches, element, place, one.key, branches=True)
        return one if branches == one.branches else replace(one, branches=branches)
    return one


# --- what points at a removed element goes with it --------------------------------------------


def _without(stream: ValueStream, key: str) -> ValueStream:
    found = stream.find(key)
    if found is None:
        return stream
    gone = set(keys_in(found))
    return pruned(replace(stream, elements=_taken(stream.elements, key)), gone)


def _without_thing(stream: ValueStream, collection: str, key: str) -> ValueStream:
    things = getattr(stream, collection, ())
    kept = tuple(one for one in things if one.key != key)
    if collection not in COLLECTIONS or kept == things:
        return stream
    return pruned(_with(stream, collection, kept), {key})


def pruned(stream: ValueStream, gone: set[str]) -> ValueStream:
    """The stream without the arrows, loops and remarks that speak of nothing but what is gone."""
    return replace(
        stream,
        infos=_links(stream.infos, gone),
        shipments=_links(stream.shipments, gone),
        reworks=tuple(r for r in stream.reworks if r.start not in gone and r.end not in gone),
        wastes=_remarks(stream.wastes, gone),
        kaizens=_remarks(stream.kaizens, gone, keep_empty=True),
        notes=_remarks(stream.notes, gone),
    )


def _links(links: tuple[Any, ...], gone: set[str]) -> tuple[Any, ...]:
    kept = []
    for link in links:
        ends = tuple(end for end in link.ends if end not in gone)
        if link.start not in gone and ends:
            kept.append(link if ends == link.ends else replace(link, ends=ends))
    return tuple(kept)


def _remarks(remarks: tuple[Any, ...], gone: set[str], keep_empty: bool = False) -> tuple[Any, ...]:
    kept = []
    for remark in remarks:
        on = tuple(key for key in remark.on if key not in gone)
        if on or not remark.on or keep_empty:
            kept.append(remark if on == remark.on else replace(remark, on=on))
    return tuple(kept)
