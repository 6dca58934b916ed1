"""Where everything in a stream stands, written down once, and what becomes of it.

Changes need no search then, and copy nothing: each notes only what it makes different (`Over`).
"""

from __future__ import annotations

from typing import Any

from vsmdsl.model.changes import Place
from vsmdsl.model.lineup import Known, Over, Row, end_of
from vsmdsl.model.stream import FORKS, Branch, Element, ValueStream
from vsmdsl.record import replace

Group = tuple[Any, ...]
HOLDERS = (Branch, *FORKS)
Spot = tuple[str, Any]  # what an element stands in, and behind whom


class Places:
    """The elements and branches of a stream by key, what each stands in, and beside whom."""

    def __init__(self, elements: Group) -> None:
        self.group = elements
        self.things: Known = Known()
        self.owner: Known = Known()
        self.row = Row(Known(), Known())
        self.forks = False
        self._settle("", elements)

    def _settle(self, owner: str, group: Group) -> None:
        keys = [one.key for one in group]
        if len({*keys}) < len(keys) or not self.things.keys().isdisjoint(keys):
            keys = self._apart(keys)
        self.things.update(zip(keys, group, strict=True))
        self.owner.update(dict.fromkeys(keys, owner))
        self.row.line_up(end_of(owner), keys)
        for key, one in zip(keys, group, strict=True):
            if isinstance(one, HOLDERS):
                self.forks = True
                self._settle(key, parts(one))

    def _apart(self, keys: list[str]) -> list[Any]:
        """Of two with one key, the first is meant by it."""
        found = dict.fromkeys(self.things)
        for key in keys:
            found[(key, len(found)) if key in found else key] = None
        return list(found)[len(self.things) :]


def places_of(stream: ValueStream) -> Places:
    """Where the elements of a stream stand, written down when it is first asked."""
    if "" not in stream.written:
        stream.written[""] = Places(stream.elements)
    found: Places = stream.written[""]
    return found


def inherit(stream: ValueStream, other: ValueStream) -> None:
    """Take over what is written down of another stream that is the same there."""
    for name, one in other.written.items():
        if one.group is getattr(stream, name or "elements"):
            stream.written.setdefault(name, one)


def parts(one: Any) -> Group:
    """What stands inside of a branch or a fork."""
    return one.elements if isinstance(one, Branch) else one.branches


class Grove:
    """Elements and branches by key. What stands inside of a thing is looked up in its row."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.things, self.owner = Over(places.things), Over(places.owner)
        self.row = places.row.over()
        self.dirty: set[str] = set()  # what is not as it was, and all around it
        self.moved: set[str] = set()  # in what others stand, or in another order
        self.forks = places.forks  # whether there may be any

    def find(self, key: str) -> Element | Branch | None:
        """The element or branch with this key, as it is now."""
        found: Element | Branch | None = self.things[key]
        return self._whole(key) if key in self.dirty and found is not None else found

    def elements(self) -> Group:
        """The stream as it is now."""
        return self._group("", self.places.group) if "" in self.dirty else self.places.group

    def _group(self, owner: str, before: Group) -> Group:
        if owner in self.moved:
            return tuple([self._whole(key) for key in self.row.keys(end_of(owner))])
        dirty, whole = self.dirty, self._whole
        return tuple([whole(one.key) if one.key in dirty else one for one in before])

    def _whole(self, key: str) -> Any:
        one = self.things[key]
        if key not in self.dirty or not isinstance(one, HOLDERS):
            return one
        inside = self._group(key, parts(one))
        return (
            replace(one, elements=inside)
            if isinstance(one, Branch)
            else replace(one, branches=inside)
        )

    def run(self, first: str, last: str) -> list[str]:
        """The keys from the one to the other, in one row; empty where they do not lie so."""
        found: list[str] = []
        if self.owner[first] == self.owner[last]:
            key: Any = first
            while isinstance(key, str):
                found.append(key)
                if key == last:
                    return found
                key = self.row.after[key]
        return []

    def in_front_of(self, key: str) -> Place:
        """The place behind the neighbour of a thing, else at the beginning of its row."""
        front = self.row.before[key]
        if isinstance(front, str):
            return Place("after", front)
        return Place("first", self.owner[key] or "")

    def inside(self, key: str) -> list[str]:
        """The key of a thing and those of all that stands inside it."""
        found = [key]
        if isinstance(self.things[key], HOLDERS):
            for part in self.row.keys(end_of(key)):
                found += self.inside(part)
        return found

    def within(self, key: str, owner: str) -> bool:
        """Whether something is `owner` or stands inside it."""
        at: str | None = key
        while at is not None and at != owner:
            at = self.owner[at]
        return at == owner

    # --- changes

    def edit(self, one: Any) -> None:
        """Another thing takes the place of that with its key; what stands inside stays."""
        self.things[one.key] = one
        self._mark(one.key)

    def exchange(self, one: Any) -> None:
        """Another element takes the place of that with its key; a fork keeps its branches."""
        old = self.things[one.key]
        if isinstance(old, FORKS) and isinstance(one, FORKS):
            self.edit(replace(one, branches=old.branches))
            return
        owner, gone = self.owner[one.key] or "", self.inside(one.key)
        if all(self.things[key] is None or key in gone for key in _keys(one)):
            self._forget(gone)
            self._know(one, owner)
            self._mark(one.key)

    def add(self, one: Element | Branch, place: Place) -> bool:
        """Put a new thing into its place; False where there is no such place."""
        spot = self._spot(one, place)
        if spot is None or any(self.things[key] is not None for key in _keys(one)):
            return False
        self._know(one, spot[0])
        self._put(one.key, spot)
        return True

    def remove(self, key: str) -> list[str]:
        """Take a thing out with all that stands inside it; their keys."""
        gone = self.inside(key)
        self._take(key)
        self._forget(gone)
        return gone

    def move(self, key: str, place: Place) -> bool:
        """Take a thing to another place; False where there is no such place, or it is inside."""
        one = self.things[key]
        if one is None or self.within(place.key, key) or self._spot(one, place) is None:
            return False
        self._take(key)
        self._put(key, self._spot(one, place) or ("", end_of("")))
        return True

    # --- rows

    def _spot(self, one: Any, place: Place) -> Spot | None:
        """Steps stand beside steps, and branches beside branches."""
        beside, branch = self.things[place.key], isinstance(one, Branch)
        if place.side in ("first", "last"):
            fits = isinstance(beside, FORKS) if branch else isinstance(beside, Branch)
            if not fits and (branch or place.key):
                return None
            end = end_of(place.key)
            return place.key, end if place.side == "first" else self.row.before[end]
        if beside is None or isinstance(beside, Branch) is not branch:
            return None
        front = place.key if place.side == "after" else self.row.before[place.key]
        return self.owner[place.key] or "", front

    def _take(self, key: str) -> None:
        self._rearranged(self.owner[key] or "")
        self.row.take(key)

    def _put(self, key: str, spot: Spot) -> None:
        self.owner[key] = spot[0]
        self.row.put(key, spot[1])
        self._rearranged(spot[0])

    def _rearranged(self, owner: str) -> None:
        self.moved.add(owner)
        self._mark(owner)

    def _mark(self, key: str | None) -> None:
        while key is not None and key not in self.dirty:
            self.dirty.add(key)
            key = self.owner[key]

    def _know(self, one: Any, owner: str) -> None:
        self.things[one.key] = one
        self.owner[one.key] = owner
        if isinstance(one, HOLDERS):
            self.forks = True
            self.row.line_up(end_of(one.key), [part.key for part in parts(one)])
            for part in parts(one):
                self._know(part, one.key)

    def _forget(self, keys: list[str]) -> None:
        for key in keys:
            self.things[key] = self.owner[key] = None
        self.dirty.difference_update(keys)
        self.moved.difference_update(keys)


def _keys(one: Any) -> list[str]:
    found = [one.key]
    if isinstance(one, HOLDERS):
        for part in parts(one):
            found += _keys(part)
    return found
