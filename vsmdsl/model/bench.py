"""A stream on the bench: changes are carried out in place, and it is a stream again when asked.

One change takes as long as thousands of them in a stream of thousands of steps, each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from vsmdsl.model.changes import (
    COLLECTIONS,
    LINKS,
    MAP,
    POINTED_AT,
    AddElement,
    AddThing,
    Change,
    MoveElement,
    MoveThing,
    RemoveElement,
    RemoveThing,
    Rename,
    ReplaceElement,
    SetField,
)
from vsmdsl.model.grove import Grove, inherit, places_of
from vsmdsl.model.renaming import renamed
from vsmdsl.model.stream import Branch, Element, Thing, ValueStream
from vsmdsl.record import field_names, replace

if TYPE_CHECKING:
    from vsmdsl.model.shelf import Shelf

REMARKS = ("wastes", "kaizens", "notes")
Pruned = list[tuple[Any, Any]]  # links as they were, and what is left of them


class Bench:
    """A stream while it is changed."""

    def __init__(self, stream: ValueStream) -> None:
        self._made = stream
        self._begin(stream)

    def _begin(self, stream: ValueStream) -> None:
        self._base = stream
        self._grove: Grove | None = None
        self._shelves: dict[str, Shelf] = {}
        self._edits: dict[str, Any] = {}  # of the map itself
        self._changed = False

    @property
    def stream(self) -> ValueStream:
        """The stream as it is now."""
        if self._changed:
            self._changed = False
            shelves = {n: one.group() for n, one in self._shelves.items() if one.changed}
            edits = self._edits | shelves
            if self._grove is not None:
                edits["elements"] = self._grove.elements()
            made = replace(self._base, **edits)
            inherit(made, self._made)
            self._made = made
        return self._made

    @property
    def grove(self) -> Grove:
        """The elements of the stream."""
        if self._grove is None:
            self._grove = Grove(places_of(self._base))
        return self._grove

    def shelf(self, collection: str) -> Shelf:
        """One of the collections around it."""
        if collection not in self._shelves:
            from vsmdsl.model.shelf import Shelf, room_of  # most changes are about steps

            self._shelves[collection] = Shelf(room_of(self._base, collection))
        return self._shelves[collection]

    def find(self, key: str) -> Element | Branch | None:
        """The element or branch of the stream with this key."""
        return self.grove.find(key)

    def thing(self, collection: str, key: str) -> Thing | None:
        """The thing of a collection with this key."""
        found: Thing | None = self.shelf(collection).things[key]
        return found

    def all_of(self, collection: str) -> tuple[Any, ...]:
        """The things of a collection as they are now."""
        return self.shelf(collection).group()

    def taken(self) -> tuple[frozenset[str], list[str], list[str]]:
        """The keys of the stream as it was, those that are gone, and those that are there now."""
        shelves = (one.things for name, one in self._shelves.items() if name != "teams")
        told = [pair for over in (self.grove.things, *shelves) for pair in over.items()]
        gone = [key for key, one in told if one is None]
        return self._base.taken, gone, [key for key, one in told if one is not None]

    # --- carrying out

    def do(self, change: Change) -> Pruned:
        """Carry out a change; what became of the links that spoke of what is gone."""
        self._changed = True
        match change:
            case SetField():
                self._set(change)
            case AddElement(element=element, place=place):
                self.grove.add(element, place)
            case RemoveElement(target=target):
                return self._without(target)
            case MoveElement(target=target, place=place):
                self.grove.move(target, place)
            case ReplaceElement(target=target, element=element):
                self._exchange(target, element)
            case Rename(names=names, room=room):
                self._made = renamed(self.stream, names, room)
                self._begin(self._made)
            case AddThing() | MoveThing() | RemoveThing():
                return self._around(change) if change.collection in COLLECTIONS else []
            case _:
                assert_never(change)
        return []

    def _set(self, change: SetField) -> None:
        if change.target == MAP:
            self._set_map(change)
        elif (element := self.grove.things[change.target]) is not None:
            self.grove.edit(edited(element, change))
        else:
            shelves = (self.shelf(name) for name in COLLECTIONS)
            found = next((one for one in shelves if one.things[change.target] is not None), None)
            if found is not None:
                found.edit(edited(found.things[change.target], change))

    def _set_map(self, change: SetField) -> None:
        if change.field == "calendar":
            self._edits["calendar"] = change.value
        else:
            settings = self._edits.get("settings", self._base.settings)
            self._edits["settings"] = edited(settings, change)

    def _exchange(self, target: str, element: Element) -> None:
        old = self.grove.things[target]
        if element.key == target and old is not None and not isinstance(old, Branch):
            self.grove.exchange(element)

    def _without(self, key: str) -> Pruned:
        if self.grove.things[key] is None:
            return []
        return self._pruned({*self.grove.remove(key)})

    def _pruned(self, gone: set[str]) -> Pruned:
        for name in REMARKS:
            self.shelf(name).prune(gone)
        return [pair for name in LINKS for pair in self.shelf(name).prune(gone)]

    def _around(self, change: AddThing | MoveThing | RemoveThing) -> Pruned:
        shelf = self.shelf(change.collection)
        match change:
            case AddThing(thing=thing, before=before):
                if shelf.things[thing.key] is None:
                    shelf.add(thing, before)
            case MoveThing(target=target, before=before):
                if shelf.things[target] is not None and before != target:
                    shelf.move(target, before)
            case RemoveThing(collection=collection, target=target):
                if shelf.things[target] is not None:
                    shelf.remove(target)
                    return self._pruned({target}) if collection in POINTED_AT else []
            case _:
                assert_never(change)
        return []


def edited(one: Any, change: SetField) -> Any:
    """The same thing with another value in one field, if it has such a field."""
    edit: dict[str, Any] = {change.field: change.value}
    known = change.field != "key" and change.field in field_names(one)
    return replace(one, **edit) if known else one
