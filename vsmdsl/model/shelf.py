"""One collection around the stream while it is changed, and what of it goes with what is gone."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

from vsmdsl.model.grove import Group
from vsmdsl.model.lineup import Known, Over, Row
from vsmdsl.model.stream import Info, Kaizen, Rework, Shipment, Thing, ValueStream
from vsmdsl.record import replace


class Room:
    """The things of one collection by key, one beside the other."""

    END = ("",)

    def __init__(self, things: Group) -> None:
        self.group = things
        self.things: Known = Known()
        self.things.update((one.key, one) for one in things)
        self.row = Row(Known(), Known())
        self.row.line_up(self.END, self.things)

    @cached_property
    def mentions(self) -> Known:
        """The keys of those that point at a key."""
        found: Known = Known()
        for one in self.group:
            for name in pointed_at(one):
                if name in found:
                    found[name].append(one.key)
                else:
                    found[name] = [one.key]
        return found


class Shelf:
    """The things of a collection by key, one beside the other."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.things = Over(room.things)
        self.row = room.row.over()
        self.changed = self.moved = False
        self.fresh: list[str] = []  # those who may point at others than before
        self.mentions: Over | None = None

    def group(self) -> Group:
        """All of them as they are now."""
        if not self.changed:
            return self.room.group
        if self.moved:
            return tuple([self.things[key] for key in self.row.keys(Room.END)])
        return tuple([dict.get(self.things, one.key, one) for one in self.room.group])

    def edit(self, one: Thing) -> None:
        """Another thing takes the place of that with its key."""
        self.things[one.key] = one
        self.changed = True
        self.fresh.append(one.key)

    def add(self, one: Thing, before: str) -> None:
        """Put a thing in front of the one with the key `before`, else to the end."""
        self.edit(one)
        self._put(one.key, before)

    def move(self, key: str, before: str) -> None:
        """Let a thing stand in front of another, else at the end."""
        self.changed = True
        self.row.take(key)
        self._put(key, before)

    def remove(self, key: str) -> None:
        """Take a thing away."""
        self.row.take(key)
        self.things[key] = None
        self.changed = self.moved = True

    def _put(self, key: str, before: str) -> None:
        behind = before if before != key and self.things[before] is not None else Room.END
        self.row.put(key, self.row.before[behind])
        self.moved = True

    def prune(self, gone: Collection[str]) -> list[tuple[Any, Any]]:
        """Those that spoke of what is gone, before and after; None for what went with it."""
        told = [(one, left(one, gone)) for one in self._naming(gone)]
        changed = [(one, rest) for one, rest in told if rest is not one]
        for one, rest in changed:
            if rest is None:
                self.remove(one.key)
            else:
                self.edit(rest)
        return changed

    def _naming(self, gone: Collection[str]) -> list[Any]:
        """Those that speak of what is gone, in their order."""
        mentions = self._mentions()
        keys = dict.fromkeys(key for name in gone for key in mentions[name] or ())
        found = {key: one for key in keys if (one := self.things[key]) is not None}
        if len(found) < 2:
            return list(found.values())
        return [found[key] for key in self.row.keys(Room.END) if key in found]

    def _mentions(self) -> Over:
        if self.mentions is None:
            self.mentions = Over(self.room.mentions)
        for key in self.fresh:
            for name in pointed_at(one) if (one := self.things[key]) else ():
                self.mentions[name] = [*(self.mentions[name] or ()), key]
        self.fresh.clear()
        return self.mentions


def room_of(stream: ValueStream, collection: str) -> Room:
    """Where the things of a collection stand, written down when it is first asked."""
    if collection not in stream.written:
        stream.written[collection] = Room(getattr(stream, collection))
    found: Room = stream.written[collection]
    return found


def pointed_at(one: Any) -> tuple[str, ...]:
    """The keys at which a link or a remark points."""
    if hasattr(one, "on"):
        found: tuple[str, ...] = one.on
        return found
    if hasattr(one, "ends"):
        return (one.start, *one.ends)
    return (one.start, one.end)


def left(one: Any, gone: Collection[str]) -> Any:
    """What is left of a link or a remark: it goes if it speaks of nothing but what is gone."""
    match one:
        case Info() | Shipment():
            ends = _others(one.ends, gone)
            return None if one.start in gone or not ends else _with(one, "ends", ends)
        case Rework():
            return None if one.start in gone or one.end in gone else one
        case _:
            on = _others(one.on, gone)
            keep = on or not one.on or isinstance(one, Kaizen)
            return _with(one, "on", on) if keep else None


def _others(keys: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in gone)


def _with(one: Any, field: str, keys: tuple[str, ...]) -> Any:
    edit: dict[str, Any] = {field: keys}
    return one if getattr(one, field) == keys else replace(one, **edit)
