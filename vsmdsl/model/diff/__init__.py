"""What changed between two maps, in the words of kaizens and futures: as changes.

The law is `apply(before, diff(before, after)) == after`. Who is who is found by id, then by label,
then by place and likeness, so that a renamed step is renamed and not thrown away. What goes with a
removed element is no change of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from vsmdsl.model.changes import (
    COLLECTIONS,
    MAP,
    Change,
    RemoveElement,
    SetField,
    apply,
    keys_in,
)
from vsmdsl.model.diff.around import around
from vsmdsl.model.diff.naming import renames
from vsmdsl.model.diff.placing import arranged
from vsmdsl.model.diff.values import edits
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import field_names

__all__ = ["diff"]

Part = Callable[[ValueStream, ValueStream], Iterable[Change]]
AROUND: tuple[Part, ...] = tuple(partial(around, collection) for collection in COLLECTIONS)


def diff(before: ValueStream, after: ValueStream) -> tuple[Change, ...]:
    """The changes that make `after` out of `before`, in the order in which to carry them out."""
    found: list[Change] = []
    now = before
    parts: tuple[Part, ...] = (renames, arranged, _removed, _edited, *AROUND, _settings)
    for part in parts:
        more = tuple(part(now, after))
        now = apply(now, more)
        found += more
    return tuple(found)


def _removed(now: ValueStream, after: ValueStream) -> Iterator[Change]:
    """What is gone, outermost first: what stands inside it goes with it."""
    kept = {one.key for one in after.everything}
    inside: set[str] = set()
    for one in now.everything:
        if one.key not in kept and one.key not in inside:
            inside |= keys_in(one)
            yield RemoveElement(one.key)


def _edited(now: ValueStream, after: ValueStream) -> Iterator[Change]:
    known = {one.key: one for one in now.everything}
    for one in after.everything:
        if known[one.key] is not one:
            yield from edits(known[one.key], one)


def _settings(now: ValueStream, after: ValueStream) -> Iterator[Change]:
    for name in field_names(after.settings):
        value = getattr(after.settings, name)
        if value != getattr(now.settings, name):
            yield SetField(MAP, name, value)
    if now.calendar != after.calendar:
        yield SetField(MAP, "calendar", after.calendar)
