"""What is said around the stream: what came, what went, what changed, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from vsmdsl.model.changes import COLLECTIONS, AddThing, Change, MoveThing, RemoveThing
from vsmdsl.model.diff.order import staying
from vsmdsl.model.diff.values import edits
from vsmdsl.model.stream import ValueStream

Group = tuple[Any, ...]


def around(collection: str, now: ValueStream, after: ValueStream) -> Iterator[Change]:
    """The changes of one collection; of those before it all are carried out."""
    old, new = getattr(now, collection), getattr(after, collection)
    if old != new:
        yield from _collection(collection, old, new, _found_earlier(collection, after))


def _found_earlier(collection: str, after: ValueStream) -> set[str]:
    """The keys at which a change stops before it comes to this collection."""
    earlier = COLLECTIONS[: COLLECTIONS.index(collection)]
    things = {one.key for name in earlier for one in getattr(after, name)}
    return things | {one.key for one in after.everything}


def _collection(collection: str, old: Group, new: Group, shadowed: set[str]) -> Iterator[Change]:
    known = {one.key: one for one in old}
    known = {one.key: known[one.key] for one in new if one.key in known}
    # A change finds its target by key: one that means something else, too, is made anew.
    anew = {one.key for one in new if one.key in shadowed and known.get(one.key, one) != one}
    kept = dict.fromkeys(one.key for one in old if one.key in known and one.key not in anew)
    for one in old:
        if one.key not in kept:
            yield RemoveThing(collection, one.key)
    yield from _in_order(collection, kept, new)
    for one in new:
        if one.key in kept:
            yield from edits(known[one.key], one)


def _in_order(collection: str, kept: Collection[str], new: Group) -> Iterator[Change]:
    number = {one.key: at for at, one in enumerate(new)}
    fixed = staying([number[key] for key in kept])
    behind = ""
    follower: list[str] = []  # who stands behind each, among those who stay
    for at in range(len(new) - 1, -1, -1):
        follower.append(behind)
        behind = new[at].key if at in fixed else behind
    for at, (one, before) in enumerate(zip(new, reversed(follower), strict=True)):
        if one.key not in kept:
            yield AddThing(collection, one, before)
        elif at not in fixed:
            yield MoveThing(collection, one.key, before)
