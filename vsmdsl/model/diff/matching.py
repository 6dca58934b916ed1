"""Who is who in two maps: by id, by name, then by place and likeness."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from vsmdsl.model.diff.likeness import LEAST, likeness
from vsmdsl.model.diff.order import gaps, paired
from vsmdsl.model.diff.values import compared
from vsmdsl.model.stream import FORKS, Branch, ValueStream, walk
from vsmdsl.record import field, record

MADE_UP = re.compile(r"#\d+$")  # `queue#2`: the second one without a name

Group = tuple[Any, ...]
Naming = Callable[[Any], Any]  # what something is known by; empty where it is not


@record(frozen=False)
class Matched:
    """Pairs of keys: `after` leads from the old to the new one, `before` back."""

    after: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def pair(self, old: str, new: str) -> None:
        """Note that two things are one."""
        self.after[old] = new
        self.before[new] = old


def match_elements(before: ValueStream, after: ValueStream) -> Matched:
    """The elements and branches of the stream that are the same in both."""
    found = Matched()
    old, new = before.everything, after.everything
    for name in (_id, _named_content, _key, _label):
        _pair_by(old, new, name, found)
    known = {one.key: one for one in old}
    _pair_by_place(before.elements, after.elements, found)
    for one in new:  # from the outside in, so that those around are known
        other = known.get(found.before.get(one.key, ""))
        if isinstance(one, FORKS) and isinstance(other, FORKS):
            _pair_by(other.branches, one.branches, lambda branch: branch.label, found)
            _pair_by_place(other.branches, one.branches, found)
        elif isinstance(one, Branch) and isinstance(other, Branch):
            _pair_by_place(other.elements, one.elements, found)
    return found


def match_things(old: Group, new: Group) -> Matched:
    """The things of one collection that are the same in both."""
    found = Matched()
    for name in (_id, _content, _key, _label):
        _pair_by(old, new, name, found)
    _pair_by_place(old, new, found)
    return found


# --- by name


def _id(one: Any) -> Any:
    return one.id


def _key(one: Any) -> Any:
    return "" if MADE_UP.search(one.key) else one.key


def _label(one: Any) -> Any:
    return "" if isinstance(one, Branch) else one.label  # `Yes` and `No` are in every fork


def _content(one: Any) -> Any:
    """All that is said of a thing: of two with one name, it tells which is gone."""
    return tuple(getattr(one, name) for name in compared(type(one)) if name != "key")


def _named_content(one: Any) -> Any:
    return _content(one) if one.label and _sort(one) == "stop" else ""


def _pair_by(old: Group, new: Group, name: Naming, found: Matched) -> None:
    """Pair by a name; where several share it, in order, if they are as many in both."""
    left = _by_name((one for one in old if one.key not in found.after), name)
    free = _by_name((one for one in new if one.key not in found.before), name)
    for what, ones in left.items():
        others = free.get(what, [])
        if len(ones) == len(others):
            for one, other in zip(ones, others, strict=True):
                found.pair(one.key, other.key)


def _by_name(things: Iterable[Any], name: Naming) -> dict[Hashable, list[Any]]:
    found: dict[Hashable, list[Any]] = {}
    for one in things:
        if what := name(one):
            found.setdefault((_sort(one), what), []).append(one)
    return found


def _sort(one: Any) -> str:
    """A step may become a handoff, and a parallel a choice, but no step a fork."""
    if isinstance(one, FORKS):
        return "fork"
    return "branch" if isinstance(one, Branch) else "stop"


# --- by place and likeness


def _pair_by_place(old: Group, new: Group, found: Matched) -> None:
    """Pair what stands in the same place between those who are known, by likeness."""
    places = {one.key: at for at, one in enumerate(new)}
    stretches = list(gaps(old, new, lambda one: places.get(found.after.get(one.key, ""))))
    for before, after in stretches:
        left = [one for one in before if one.key not in found.after]
        free = [one for one in after if one.key not in found.before]
        for one, other in list(paired(left, free, lambda a, b: _score(a, b, found))):
            found.pair(one.key, other.key)
    _pair_by_neighbour(old, new, places, found)


def _pair_by_neighbour(old: Group, new: Group, places: dict[str, int], found: Matched) -> None:
    """Pair what still stands beside the same one, where others have moved around it."""
    for step in (1, -1):
        for at, one in enumerate(old):
            beside = old[at + step] if 0 <= at + step < len(old) else None
            place = places.get(found.after.get(beside.key, "")) if beside else None
            if one.key in found.after or place is None or not 0 <= place - step < len(new):
                continue
            other = new[place - step]
            if other.key not in found.before and _score(one, other, found):
                found.pair(one.key, other.key)


def _score(before: Any, after: Any, found: Matched) -> float:
    if _sort(before) != _sort(after):
        return 0.0
    return likeness(before, after) if _sort(before) == "stop" else _inside(before, after, found)


def _inside(before: Any, after: Any, found: Matched) -> float:
    """Forks and branches are alike by what stands in them."""
    old, new = _keys(before), _keys(after)
    shared = sum(found.after.get(key) in new for key in old)
    if type(before) is not type(after) and not shared:
        return 0.0
    return LEAST + (1 - LEAST) * shared / (max(len(old), len(new)) or 1)


def _keys(one: Any) -> set[str]:
    inside = one.elements if isinstance(one, Branch) else (one,)
    return {part.key for part in walk(inside)}
