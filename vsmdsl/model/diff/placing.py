"""Where elements stand: what is new, and what has to move, as few as can be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vsmdsl.model.changes import AddElement, Change, MoveElement, Place
from vsmdsl.model.diff.order import staying
from vsmdsl.model.lineup import Known, Row, end_of
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
        self.row = Row(Known(), Known())
        self.owner: dict[str, str] = {}
        for owner, group in groups(stream):
            self.row.line_up(end_of(owner), [one.key for one in group])
            self.owner.update(dict.fromkeys([one.key for one in group], owner))

    def arrange(self, owner: str, group: Group) -> Iterator[Change]:
        """Bring one group into its order."""
        number = {one.key: at for at, one in enumerate(group)}
        fixed = staying([number[key] for key in self.row.keys(end_of(owner)) if key in number])
        place = Place("first", owner)
        for at, one in enumerate(group):
            if at not in fixed:
                yield self._put(one, place)
            place = Place("after", one.key)

    def _put(self, one: Any, place: Place) -> Change:
        if one.key in self.owner:
            self.row.take(one.key)
            self._stand(one.key, place)
            return MoveElement(one.key, place)
        new = self._without_known(one)
        self._stand(one.key, place)
        for part in _parts(new):
            self._grow(new.key, part)
        return AddElement(new, place)

    def _stand(self, key: str, place: Place) -> None:
        first = place.side == "first"
        owner = place.key if first else self.owner[place.key]
        self._begin(owner)
        self.row.put(key, end_of(owner) if first else place.key)
        self.owner[key] = owner

    def _grow(self, owner: str, one: Any) -> None:
        self._begin(owner)
        self.row.put(one.key, self.row.before[end_of(owner)])
        self.owner[one.key] = owner
        for part in _parts(one):
            self._grow(one.key, part)

    def _begin(self, owner: str) -> None:
        if self.row.after[end_of(owner)] is None:
            self.row.line_up(end_of(owner), ())

    def _without_known(self, one: Any) -> Any:
        """A new fork without those who are there already: they move into it."""
        kept = tuple(
            self._without_known(part) for part in _parts(one) if part.key not in self.owner
        )
        if isinstance(one, FORKS):
            return replace(one, branches=kept)
        return replace(one, elements=kept) if isinstance(one, Branch) else one
