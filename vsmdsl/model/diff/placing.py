"""Where elements stand: what is new, and what has to move, as few as can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vsmdsl.model.changes import AddElement, Change, MoveElement, Place
from vsmdsl.model.diff.order import staying
from vsmdsl.model.stream import FORKS, Branch, ValueStream
from vsmdsl.record import replace

Group = tuple[Any, ...]


def arranged(now: ValueStream, after: ValueStream) -> Iterator[Change]:
    """The new elements and the moves that bring the others into the order of `after`.

    What is to go is still there, and does not mind: places are beside those who stay.
    """
    grove = _Grove(now)
    for owner, group in groups(after):
        yield from grove.arrange(owner, group)


def groups(stream: ValueStream) -> Iterator[tuple[str, Group]]:
    """The stream, then the branches and elements inside, each with the key of what holds it."""
    yield "", stream.elements
    for one in stream.everything:
        if parts := _parts(one):
            yield one.key, parts


def _parts(one: Any) -> Group:
    if isinstance(one, FORKS):
        return one.branches
    return one.elements if isinstance(one, Branch) else ()


class _Grove:
    """Who stands in what at the moment, by key."""

    def __init__(self, stream: ValueStream) -> None:
        self.inside: dict[str, list[str]] = {"": []}
        self.owner: dict[str, str] = {}
        for owner, group in groups(stream):
            self._settle(owner, [one.key for one in group])

    def arrange(self, owner: str, group: Group) -> Iterator[Change]:
        """Bring one group into its order."""
        number = {one.key: at for at, one in enumerate(group)}
        here = self.inside.setdefault(owner, [])
        fixed = staying([number[key] for key in here if key in number])
        place = Place("first", owner)
        for at, one in enumerate(group):
            if at not in fixed:
                yield self._put(one, place)
            place = Place("after", one.key)

    def _put(self, one: Any, place: Place) -> Change:
        if one.key in self.owner:
            self.inside[self.owner[one.key]].remove(one.key)
            self._stand(one.key, place)
            return MoveElement(one.key, place)
        new = self._without_known(one)
        self._stand(one.key, place)
        for part in _parts(new):
            self._grow(new.key, part)
        return AddElement(new, place)

    def _stand(self, key: str, place: Place) -> None:
        owner = place.key if place.side == "first" else self.owner[place.key]
        group = self.inside.setdefault(owner, [])
        group.insert(0 if place.side == "first" else group.index(place.key) + 1, key)
        self.owner[key] = owner

    def _grow(self, owner: str, one: Any) -> None:
        self._settle(owner, [*self.inside.get(owner, ()), one.key])
        for part in _parts(one):
            self._grow(one.key, part)

    def _settle(self, owner: str, keys: list[str]) -> None:
        self.inside[owner] = keys
        self.owner.update(dict.fromkeys(keys, owner))

    def _without_known(self, one: Any) -> Any:
        """A new fork without those who are there already: they move into it."""
        kept = tuple(
            self._without_known(part) for part in _parts(one) if part.key not in self.owner
        )
        if isinstance(one, FORKS):
            return replace(one, branches=kept)
        return replace(one, elements=kept) if isinstance(one, Branch) else one
