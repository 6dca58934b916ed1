"""The tree of elements, with one of them edited, taken out or put in; the rest stays the same."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Any, Protocol

from vsmdsl.model.stream import FORKS, Branch, Element
from vsmdsl.record import replace

Group = tuple[Any, ...]  # elements of the stream or of a branch, or branches of a fork


class Where(Protocol):
    """What is read of a place: `changes.Place` has it."""

    @property
    def side(self) -> str: ...
    @property
    def key(self) -> str: ...


def mapped(group: Group, key: str, edit: Callable[[Any], Any]) -> Group:
    """The group with one element edited; the same group where the element is not in it."""
    place = _index(group, key)
    if place is not None:
        return (*group[:place], edit(group[place]), *group[place + 1 :])
    return _each(group, lambda inside: mapped(inside, key, edit))


def taken(group: Group, key: str) -> Group:
    """The group without one element; the same group where the element is not in it."""
    place = _index(group, key)
    if place is not None:
        return (*group[:place], *group[place + 1 :])
    return _each(group, lambda inside: taken(inside, key))


def put(group: Group, element: Element | Branch, place: Where) -> Group:
    """The stream with one more element; steps stand beside steps, branches beside branches."""
    return _put_into(group, element, place, "", branches=False)


def _put_into(
    group: Group, element: Element | Branch, place: Where, owner: str, branches: bool
) -> Group:
    fits = isinstance(element, Branch) is branches
    if fits and place.side in ("first", "last") and place.key == owner:
        return (element, *group) if place.side == "first" else (*group, element)
    at = _index(group, place.key) if fits and place.side in ("after", "before") else None
    if at is not None:
        at += place.side == "after"
        return (*group[:at], element, *group[at:])
    found = tuple(_put_inside(one, element, place) for one in group)
    return group if all(map(is_, found, group)) else found


def _put_inside(one: Any, element: Element | Branch, place: Where) -> Any:
    return _inside(
        one,
        lambda group: _put_into(group, element, place, one.key, isinstance(one, FORKS)),
    )


def _index(group: Group, key: str) -> int | None:
    keys = [one.key for one in group]  # a future may have thousands of changes: no generator here
    return keys.index(key) if key in keys else None


def _each(group: Group, step: Callable[[Group], Group]) -> Group:
    found = tuple(_inside(one, step) for one in group)
    return group if all(map(is_, found, group)) else found


def _inside(one: Any, step: Callable[[Group], Group]) -> Any:
    """The same branch or fork with another group in it; anything else as it is."""
    if isinstance(one, Branch):
        elements = step(one.elements)
        return one if elements is one.elements else replace(one, elements=elements)
    if isinstance(one, FORKS):
        branches = step(one.branches)
        return one if branches is one.branches else replace(one, branches=branches)
    return one
