"""Names first: whoever is the same in both maps is called as in the later one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vsmdsl.model.changes import Rename
from vsmdsl.model.diff.matching import Matched, match_elements, match_things
from vsmdsl.model.renaming import AROUND, TEAMS, Name, renamed
from vsmdsl.model.stream import ValueStream

Group = tuple[Any, ...]


def renames(before: ValueStream, after: ValueStream) -> Iterator[Rename]:
    """The changes of keys after which both maps speak of the same things by the same key."""
    if teams := tuple(_team_names(before, after)):
        yield Rename(teams, TEAMS)
        before = renamed(before, teams, TEAMS)
    if names := tuple(_names(before, after)):
        yield Rename(names)


def _team_names(before: ValueStream, after: ValueStream) -> Iterator[Name]:
    found = match_things(before.teams, after.teams)
    yield from _changed(before.teams, after.teams, found)
    yield from _out_of_the_way(_unmatched(before.teams, found), {one.key for one in after.teams})


def _names(before: ValueStream, after: ValueStream) -> Iterator[Name]:
    elements, later = before.everything, after.everything
    found = match_elements(before, after)
    names = list(_changed(elements, later, found))
    left = _unmatched(elements, found)
    now = renamed(before, tuple(names))  # what points at them is compared by their new names
    for collection in AROUND:
        old, new = getattr(now, collection), getattr(after, collection)
        found = match_things(old, new)
        names += _changed(old, new, found)
        left += _unmatched(old, found)
    yield from names
    yield from _out_of_the_way(left, _all_keys(after) | {name.old for name in names})


def _changed(old: Group, new: Group, found: Matched) -> Iterator[Name]:
    later = {one.key: one for one in new}
    for one in old:
        other = later.get(found.after.get(one.key, ""))
        if other is not None and other.key != one.key:
            yield Name(one.key, other.key, other.id, other.label)


def _unmatched(old: Group, found: Matched) -> list[Any]:
    return [one for one in old if one.key not in found.after]


def _out_of_the_way(left: Iterable[Any], taken: set[str]) -> Iterator[Name]:
    """Names for those who leave, where somebody else is called like them from now on."""
    for one in left:
        if one.key in taken:
            key = f"{one.key} (before)"
            while key in taken:
                key += "*"
            taken.add(key)
            yield Name(one.key, key, one.id, one.label)


def _all_keys(stream: ValueStream) -> set[str]:
    around = {one.key for name in AROUND for one in getattr(stream, name)}
    return around | {one.key for one in stream.everything}
