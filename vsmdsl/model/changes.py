"""A change is a value: what a kaizen promises, what a future sets, what a diff finds.

`apply` carries changes out in order, on one stream after the other; a change whose target is gone
is passed over, since `resolve` has said so already.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, assert_never

from vsmdsl.model.pruning import pruned
from vsmdsl.model.renaming import Name, renamed
from vsmdsl.model.stream import FORKS, Branch, Element, Thing, ValueStream, walk
from vsmdsl.model.tree import mapped, put, taken
from vsmdsl.record import field_names, record, replace

MAP = "map"  # the target of a change to the map's own settings

COLLECTIONS = (
    "teams", "parties", "infos", "shipments", "reworks", "wastes", "kaizens", "notes", "metrics",
    "stretches", "goals",
)  # fmt: skip

POINTED_AT = frozenset(("parties", "infos", "shipments", "reworks"))  # what links and remarks name


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
class ReplaceElement:
    """Put another kind of element where `target` is (its key stays); a fork keeps its branches."""

    target: str
    element: Element


@record
class Rename:
    """Call things by other names; what points at them follows. `room`: `teams`, else empty."""

    names: tuple[Name, ...]
    room: str = ""

    @property
    def target(self) -> str:
        """The first of them."""
        return self.names[0].old


@record
class AddThing:
    """Add something around the stream (an arrow, a team, a note …) to its collection.

    It goes in front of the thing with the key `before`, else to the end.
    """

    collection: str
    thing: Thing
    before: str = ""


@record
class MoveThing:
    """Let something around the stream stand in front of another (empty: at the end)."""

    collection: str
    target: str
    before: str


@record
class RemoveThing:
    """Take something around the stream away, and with it what speaks of nothing else."""

    collection: str
    target: str


Change = (
    SetField | AddElement | RemoveElement | MoveElement | ReplaceElement | Rename
    | AddThing | MoveThing | RemoveThing
)  # fmt: skip


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
            return _added(stream, element, place)
        case RemoveElement(target=target):
            return _without(stream, target)
        case MoveElement(target=target, place=place):
            return _moved(stream, target, place)
        case ReplaceElement(target=target, element=element):
            return _exchanged(stream, target, element)
        case Rename(names=names, room=room):
            return renamed(stream, names, room)
        case AddThing() | MoveThing() | RemoveThing():
            return _around(stream, change) if change.collection in COLLECTIONS else stream
        case _:
            assert_never(change)


def _around(stream: ValueStream, change: AddThing | MoveThing | RemoveThing) -> ValueStream:
    match change:
        case AddThing(collection=collection, thing=thing, before=before):
            known = getattr(stream, collection)
            there = any(one.key == thing.key for one in known)
            return stream if there else _with(stream, collection, _lined_up(known, thing, before))
        case MoveThing(collection=collection, target=target, before=before):
            return _thing_moved(stream, collection, target, before)
        case RemoveThing(collection=collection, target=target):
            return _without_thing(stream, collection, target)
        case _:
            assert_never(change)


def _added(stream: ValueStream, element: Element | Branch, place: Place) -> ValueStream:
    if any(stream.find(key) for key in keys_in(element)):
        return stream
    return replace(stream, elements=put(stream.elements, element, place))


def _set(stream: ValueStream, change: SetField) -> ValueStream:
    if change.target == MAP:
        if change.field == "calendar":
            return replace(stream, calendar=change.value)
        return replace(stream, settings=_edited(stream.settings, change))
    elements = mapped(stream.elements, change.target, lambda one: _edited(one, change))
    if elements is not stream.elements:
        return replace(stream, elements=elements)
    for collection in COLLECTIONS:
        things = getattr(stream, collection)
        if any(one.key == change.target for one in things):
            edited = tuple(_edited(o, change) if o.key == change.target else o for o in things)
            return _with(stream, collection, edited)
    return stream


def everything_in(element: Element | Branch) -> list[Element | Branch]:
    """An element or a branch, and all that stands inside it."""
    if isinstance(element, Branch):
        return [element, *walk(element.elements)]
    return list(walk((element,)))


def keys_in(element: Element | Branch) -> set[str]:
    """The keys of an element and of all that stands inside it."""
    return {one.key for one in everything_in(element)}


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
    rest = taken(stream.elements, target)
    moved = replace(stream, elements=put(rest, found, place))
    return moved if moved.find(target) else stream  # a place that is not there loses nothing


def _exchanged(stream: ValueStream, target: str, element: Element) -> ValueStream:
    def other(old: Any) -> Any:
        both_fork = isinstance(old, FORKS) and isinstance(element, FORKS)
        return replace(element, branches=old.branches) if both_fork else element

    fits = element.key == target and not isinstance(stream.find(target), Branch)
    return replace(stream, elements=mapped(stream.elements, target, other)) if fits else stream


def _lined_up(things: tuple[Thing, ...], thing: Thing, before: str) -> tuple[Thing, ...]:
    at = next((n for n, one in enumerate(things) if one.key == before), len(things))
    return (*things[:at], thing, *things[at:])


def _thing_moved(stream: ValueStream, collection: str, target: str, before: str) -> ValueStream:
    things = getattr(stream, collection)
    moved = next((one for one in things if one.key == target), None)
    if moved is None or before == target:
        return stream
    rest = tuple(one for one in things if one is not moved)
    return _with(stream, collection, _lined_up(rest, moved, before))


# --- what points at a removed element goes with it --------------------------------------------


def _without(stream: ValueStream, key: str) -> ValueStream:
    found = stream.find(key)
    if found is None:
        return stream
    gone = keys_in(found)
    return pruned(replace(stream, elements=taken(stream.elements, key)), gone)


def _without_thing(stream: ValueStream, collection: str, key: str) -> ValueStream:
    things = getattr(stream, collection)
    kept = tuple(one for one in things if one.key != key)
    if kept == things:
        return stream
    without = _with(stream, collection, kept)
    return pruned(without, {key}) if collection in POINTED_AT else without
