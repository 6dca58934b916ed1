"""The visits of a stream with rework, by the balance of what flows in and out of every place.

What leaves the stream is known: each item, once. So it is walked from its end to its front, and
each place tells what flows before it: what flows behind it, and what its loops take out or bring
in. What leaves a branch, or enters a fork, is not known when the walk comes there; it is given a
name, and all visits inside are sums of parts of such names. Where a branch meets its fork again,
that is one equation, and settles one name. So the work grows with the stream, not with the square
or the cube of its loops, and stays exact.

All is counted in whole numbers: what leaves a sequence is cut into so many parts that every place
on the way to its front can divide them. Fractions would be reduced at each place, and those of
thousands of loops have tens of thousands of digits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property, reduce
from itertools import count
from math import lcm, prod

from vsmdsl.analysis.flow import Loop, meeting
from vsmdsl.analysis.pieces import ZERO
from vsmdsl.analysis.returns import Returns, UnbalancedError, in_common
from vsmdsl.record import record

ITEM = 0  # the name of a part of one item


@record
class Sum:
    """Parts of what has a name, of which `per` make a whole one."""

    parts: Mapping[int, int]
    per: int = 1


@record
class _Way:
    """Where work goes on from a place: of `all` parts of it these go on, and the rest go back."""

    goes_on: int
    all: int
    back: Mapping[str, int]


class _Spot:
    """A place of a sequence where loops begin or end, or a fork that holds such places."""

    def __init__(self) -> None:
        self.starts: list[Loop] = []
        self.ends: list[Loop] = []
        self.branches: dict[str, Fraction] = {}
        self.leaving: list[Loop] = []  # out of the fork, from inside
        self.arriving: list[Loop] = []  # into the fork, from elsewhere

    @cached_property
    def way(self) -> _Way:
        """The shares of all loops that begin here, and of what goes on."""
        per = lcm(*(_chance(one).denominator for one in self.starts))
        back = {one.key: int(_chance(one) * per) for one in self.starts}
        return _Way(per - sum(back.values()), per, back)


def balanced(loops: Iterable[Loop]) -> Returns:
    """Returns of each loop for an item that enters; all must have a chance that is known.

    Raises UnbalancedError where items come back faster than they leave.
    """
    walk = _Walk(loops)
    parts = walk.cut("")
    front = walk.sequence("", ITEM)
    walk.settle(_added(front, Sum({ITEM: parts}), -1))
    found = {key: walk.amount(part) for key, part in walk.returns.items()}
    if any(top < 0 for top, _ in found.values()):
        raise UnbalancedError
    return in_common({key: (top, per * parts) for key, (top, per) in found.items()})


class _Walk:
    def __init__(self, loops: Iterable[Loop]) -> None:
        self.spots = _spots(loops)
        self.returns: dict[str, Sum] = {}
        self.known: dict[int, Sum] = {}  # what a name stands for, by other names
        self.names = count(ITEM + 1)

    def cut(self, key: str) -> int:
        """The parts into which to cut what leaves a sequence, so that its places can divide it."""
        ways = (spot.way for spot in self.spots[key].values() if not spot.branches)
        return prod(abs(way.goes_on) or 1 for way in ways)

    def sequence(self, key: str, name: int) -> Sum:
        """What flows into a sequence; what flows out of it has that name, cut into parts."""
        spots, flow = self.spots[key], Sum({name: self.cut(key)})
        for at in sorted(spots, reverse=True):
            flow = self._before(spots[at], flow)
        return flow

    def _before(self, spot: _Spot, behind: Sum) -> Sum:
        visits = self._fork(spot, behind) if spot.branches else self._place(spot, behind)
        return self._without(visits, spot.ends)

    def _place(self, spot: _Spot, behind: Sum) -> Sum:
        """The visits of a place: what goes on is what does not go back."""
        way = spot.way
        if not way.back:
            return behind
        if way.goes_on:
            part = _divided(behind, way.goes_on)
        else:
            self.settle(behind)
            part = Sum({next(self.names): 1})
        for key, share in way.back.items():
            self.returns[key] = _times(part, share)
        return _times(part, way.all)

    def _fork(self, spot: _Spot, behind: Sum) -> Sum:
        """The visits of a fork: each branch has its share of them, whatever happens there."""
        name = next(self.names)
        visits = Sum({name: 1})
        for key, back in spot.way.back.items():
            self.returns[key] = Sum({name: back}, spot.way.all)
        for branch, share in spot.branches.items():
            front = self.sequence(branch, next(self.names))
            self.settle(_added(front, Sum({name: share.numerator}, share.denominator), -1))
        left = self._without(visits, [*spot.starts, *spot.leaving])
        stays = self._without(behind, spot.arriving)
        self.settle(_added(left, stays, -1))
        return self.reduced(visits)

    def _without(self, flow: Sum, loops: list[Loop]) -> Sum:
        if not loops:
            return flow
        together = reduce(_added, (self.returns[one.key] for one in loops))
        return _added(flow, self.reduced(together), -1)

    def settle(self, nothing: Sum) -> None:
        """Find what one name stands for, from a sum that is nothing."""
        left = dict(self.reduced(nothing).parts)
        if not left:
            return
        newest = max(left)
        if newest == ITEM:
            raise UnbalancedError
        part = left.pop(newest)
        sign = -1 if part > 0 else 1
        self.known[newest] = Sum({name: sign * one for name, one in left.items()}, abs(part))

    def reduced(self, found: Sum) -> Sum:
        """The same sum, with names that nothing is known about yet."""
        if self.known.keys().isdisjoint(found.parts):
            return found
        left = Sum({name: part for name, part in found.parts.items() if name not in self.known})
        for name in found.parts.keys() & self.known.keys():
            self.known[name] = self.reduced(self.known[name])
            left = _added(left, self.known[name], found.parts[name])
        return Sum(left.parts, left.per * found.per)

    def amount(self, found: Sum) -> tuple[int, int]:
        """A sum in parts of an item, at the end, and how many make a whole one.

        What nothing is known about is where nobody comes.
        """
        known = self.reduced(found)
        return known.parts.get(ITEM, 0), known.per


def _spots(loops: Iterable[Loop]) -> dict[str, dict[int, _Spot]]:
    """By sequence and index; what has no loop is passed as it is."""
    found: dict[str, dict[int, _Spot]] = defaultdict(lambda: defaultdict(_Spot))
    for one in loops:
        level = meeting(one.start, one.end)
        for place, own, across in ((one.start, "starts", "leaving"), (one.end, "ends", "arriving")):
            for depth, turn in enumerate(place):
                spot = found[turn.sequence][turn.at]
                if depth == len(place) - 1:
                    getattr(spot, own).append(one)
                    continue
                spot.branches[place[depth + 1].sequence] = place[depth + 1].share
                if depth >= level:
                    getattr(spot, across).append(one)
    return found


def _chance(loop: Loop) -> Fraction:
    return loop.chance or ZERO


def _added(one: Sum, other: Sum, times: int = 1) -> Sum:
    """A sum with another one so many times, and no name of which there is none."""
    per = one.per if one.per == other.per else lcm(one.per, other.per)
    found = dict(_times(one, per // one.per).parts)
    for name, part in _times(other, times * (per // other.per)).parts.items():
        found[name] = found.get(name, 0) + part
        if not found[name]:
            del found[name]
    return Sum(found, per)


def _times(found: Sum, factor: int) -> Sum:
    """A sum so many times."""
    if factor == 1:
        return found
    return Sum({name: part * factor for name, part in found.parts.items()}, found.per)


def _divided(found: Sum, divisor: int) -> Sum:
    """A part of a sum."""
    if any(part % divisor for part in found.parts.values()):
        sign = 1 if divisor > 0 else -1
        return Sum(_times(found, sign).parts, found.per * abs(divisor))
    return Sum({name: part // divisor for name, part in found.parts.items()}, found.per)
