"""The visits of a stream with rework, by the balance of what flows in and out of every place.

What leaves the stream is known: each item, once. So it is walked from its end to its front, and
each place tells what flows before it: what flows behind it, and what its loops take out or bring
in. What leaves a branch, or enters a fork, is not known when the walk comes there; it is given a
name, and all visits inside are sums of parts of such names. Where a branch meets its fork again,
that is one equation, and settles one name. So the work grows with the stream, not with the square
or the cube of its loops, and stays exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from itertools import count

from vsmdsl.analysis.flow import Loop, meeting
from vsmdsl.analysis.pieces import ONE, ZERO

Sum = dict[int, Fraction]  # parts of what has a name; 0 names one item
ITEM = 0


class UnbalancedError(Exception):
    """More comes back than leaves."""


class _Spot:
    """A place of a sequence where loops begin or end, or a fork that holds such places."""

    def __init__(self) -> None:
        self.starts: list[Loop] = []
        self.ends: list[Loop] = []
        self.branches: dict[str, Fraction] = {}
        self.leaving: list[Loop] = []  # out of the fork, from inside
        self.arriving: list[Loop] = []  # into the fork, from elsewhere


def balanced(loops: Iterable[Loop]) -> dict[str, Fraction]:
    """Returns of each loop for an item that enters; all must have a chance that is known.

    Raises UnbalancedError where items come back faster than they leave.
    """
    walk = _Walk(loops)
    front = walk.sequence("", {ITEM: ONE})
    walk.settle(_added(front, {ITEM: -ONE}))
    found = {key: walk.amount(part) for key, part in walk.returns.items()}
    if any(value < 0 for value in found.values()):
        raise UnbalancedError
    return found


class _Walk:
    def __init__(self, loops: Iterable[Loop]) -> None:
        self.spots = _spots(loops)
        self.returns: dict[str, Sum] = {}
        self.known: dict[int, Sum] = {}  # what a name stands for, by other names
        self.names = count(ITEM + 1)

    def sequence(self, key: str, flow: Sum) -> Sum:
        """What flows into a sequence, by what flows out of it."""
        spots = self.spots[key]
        for at in sorted(spots, reverse=True):
            flow = self._before(spots[at], flow)
        return flow

    def _before(self, spot: _Spot, behind: Sum) -> Sum:
        visits = self._fork(spot, behind) if spot.branches else self._place(spot, behind)
        return self._without(visits, spot.ends)

    def _place(self, spot: _Spot, behind: Sum) -> Sum:
        """The visits of a place: what goes on is what does not go back."""
        goes_on = ONE
        for one in spot.starts:
            goes_on -= _chance(one)
        if goes_on == ONE:
            visits = behind
        elif goes_on:
            visits = {name: part / goes_on for name, part in behind.items()}
        else:
            self.settle(behind)
            visits = {next(self.names): ONE}
        self._begin(spot.starts, visits)
        return visits

    def _fork(self, spot: _Spot, behind: Sum) -> Sum:
        """The visits of a fork: each branch has its share of them, whatever happens there."""
        name = next(self.names)
        visits = {name: ONE}
        self._begin(spot.starts, visits)
        for branch, share in spot.branches.items():
            front = self.sequence(branch, {next(self.names): ONE})
            self.settle(_added(front, {name: -share}))
        left = self._without(visits, [*spot.starts, *spot.leaving])
        stays = self._without(behind, spot.arriving)
        self.settle(_added(left, stays, -ONE))
        return self.reduced(visits)

    def _begin(self, loops: list[Loop], visits: Sum) -> None:
        for one in loops:
            self.returns[one.key] = _times(visits, _chance(one))

    def _without(self, flow: Sum, loops: list[Loop]) -> Sum:
        for one in loops:
            flow = _added(flow, self.reduced(self.returns[one.key]), -ONE)
        return flow

    def settle(self, nothing: Sum) -> None:
        """Find what one name stands for, from a sum that is nothing."""
        left = self.reduced(nothing)
        if not left:
            return
        newest = max(left)
        if newest == ITEM:
            raise UnbalancedError
        part = left.pop(newest)
        self.known[newest] = _times(left, -ONE / part)

    def reduced(self, parts: Sum) -> Sum:
        """The same sum, with names that nothing is known about yet."""
        if self.known.keys().isdisjoint(parts):
            return parts
        found: Sum = {}
        for name, part in parts.items():
            if name in self.known:
                self.known[name] = self.reduced(self.known[name])
                found = _added(found, self.known[name], part)
            else:
                found = _added(found, {name: part})
        return found

    def amount(self, parts: Sum) -> Fraction:
        """A sum in items, at the end; what nothing is known about is where nobody comes."""
        return self.reduced(parts).get(ITEM, ZERO)


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


def _added(one: Sum, other: Sum, times: Fraction = ONE) -> Sum:
    """A sum with another one so many times, and no name of which there is none."""
    found = dict(one)
    for name, part in other.items():
        found[name] = found.get(name, ZERO) + part * times
        if not found[name]:
            del found[name]
    return found


def _times(parts: Sum, factor: Fraction) -> Sum:
    return {name: part * factor for name, part in parts.items()}
