"""What one return passes, found without a walk through the stream for each of thousands.

A return changes the flow in a few places. Between them, elements are told by sums from the front,
and a fork costs what it costs every return, but for the branches in which this one turns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import accumulate, pairwise
from math import lcm

from vsmdsl.analysis.flow import WholeDrops, branch_share
from vsmdsl.analysis.outermost import outermost
from vsmdsl.analysis.path import Cost, joining
from vsmdsl.model.stream import FORKS, Branch, Choice, Element, Fork
from vsmdsl.record import record, replace

Flow = tuple[int, int]  # visits, and those of them that are free of work

NOTHING = Cost()
HELD = 100_000  # costs of branches that are kept: each effort makes a flow of its own


@record
class Change:
    """What a return does to the flow: sequence → index → what is added from there on."""

    passes: WholeDrops
    eased: WholeDrops

    def places(self, line: str) -> set[int]:
        """Where the flow of a sequence changes."""
        return {*self.passes.get(line, ()), *self.eased.get(line, ())}

    def after(self, flow: Flow, line: str, at: int) -> Flow:
        """The flow from a place on."""
        passes, eased = self.passes.get(line, {}), self.eased.get(line, {})
        return flow[0] + passes.get(at, 0), flow[1] + eased.get(at, 0)


STEADY = Change({}, {})


@record
class _Lanes:
    """The branches of a fork that join, at one flow, by a return that turns in none of them."""

    costs: Mapping[str, Cost]
    upper: Mapping[str, int]  # how many branches lie above each
    ranked: Sequence[str]  # the longest first, of equals the upper
    cost: Cost = NOTHING


class Passing:
    """A stream as returns pass it; `costs` are those of a single pass."""

    def __init__(
        self, lines: Mapping[str, Sequence[Element]], costs: Mapping[str, Cost], inventory: bool
    ) -> None:
        self.lines, self.costs, self.inventory = lines, costs, inventory
        self.forks = {
            line: [(at, one) for at, one in enumerate(elements) if isinstance(one, FORKS)]
            for line, elements in lines.items()
        }
        self.stands = {
            branch.key: (line, at, fork, branch)
            for line, forks in self.forks.items()
            for at, fork in forks
            for branch in fork.branches
        }
        self.plain: dict[str, list[Cost]] = {}
        self.forked: dict[tuple[str, Flow], list[Cost]] = {}
        self.lanes: dict[tuple[str, Flow], _Lanes] = {}
        self.rivals: dict[str, tuple[list[Cost], int]] = {}
        self.held = 0

    def stretch(self, line: str, first: int, last: int, change: Change) -> Cost:
        """From one place of a sequence to another; what flows there comes with the change."""
        return self._line(line, first, last + 1, (0, 0), change)

    def _line(self, line: str, begin: int, end: int, flow: Flow, change: Change) -> Cost:
        cost = NOTHING
        places = (at for at in change.places(line) if begin < at < end)
        for at, until in pairwise(sorted((begin, *places, end))):
            flow = change.after(flow, line, at)
            cost = cost.plus(self._steady(line, at, until, flow))
            for fork, turned in self._turned(line, at, until, change):
                lanes = self._lanes(fork, flow)
                own = {one.key: self._branch(fork, one, flow, change) for one in turned}
                cost = cost.plus(self._fork(fork, lanes, own)).minus(lanes.cost)
        return cost

    def _steady(self, line: str, at: int, until: int, flow: Flow) -> Cost:
        """What a flow costs that nothing changes."""
        if flow == (0, 0):
            return NOTHING
        if line not in self.plain:
            each = (self.costs.get(one.key, NOTHING) for one in self.lines[line])
            self.plain[line] = list(accumulate(each, Cost.plus, initial=NOTHING))
        cost = self.plain[line][until].minus(self.plain[line][at]).times(*flow)
        begin, end = (bisect_left(self.forks[line], one, key=_place) for one in (at, until))
        if begin == end:
            return cost
        sums = self._forked(line, flow)
        return cost.plus(sums[end]).minus(sums[begin])

    def _forked(self, line: str, flow: Flow) -> list[Cost]:
        """What the forks of a sequence cost, from the front to each of them."""
        found = self.forked.get((line, flow))
        if found is None:
            each = [self._whole(fork, flow) for _, fork in self.forks[line]]
            found = list(accumulate(each, Cost.plus, initial=NOTHING))
            self._hold(len(found))
            self.forked[line, flow] = found
        return found

    def _whole(self, fork: Fork, flow: Flow) -> Cost:
        """What a flow costs in a fork where nothing changes it."""
        if fork.key not in self.rivals:
            self.rivals[fork.key] = self._rivals(fork)
        rivals, visits = self.rivals[fork.key]
        if not visits:
            return self._lanes(fork, flow).cost
        costs = (one.times(*flow) for one in rivals)
        longest = max(costs, key=lambda one: one.lead(self.inventory), default=NOTHING)
        return longest if visits == 1 else longest.part(visits)

    def _rivals(self, fork: Fork) -> tuple[list[Cost], int]:
        """What so many visits cost in branches, of which one counts, whatever flows.

        No visits where branches hold forks: there, none of that can be said beforehand.
        """
        branches = joining(fork)
        if any(self.forks[one.key] for one in branches):
            return [], 0
        visits = lcm(*(branch_share(fork, one.share).denominator for one in branches))
        costs = [self._branch(fork, one, (visits, 0), STEADY) for one in branches]
        if isinstance(fork, Choice):
            return [reduce(Cost.plus, costs, NOTHING)], visits
        taken = (0 if self.inventory else one.taken for one in costs)
        points = [(one.wait, work) for one, work in zip(costs, taken, strict=True)]
        return [costs[at] for at in outermost(points)], visits

    def _lanes(self, fork: Fork, flow: Flow) -> _Lanes:
        found = self.lanes.get((fork.key, flow))
        if found is None:
            costs = {one.key: self._branch(fork, one, flow, STEADY) for one in joining(fork)}
            ranked = sorted(costs, key=lambda key: -costs[key].lead(self.inventory))
            found = _Lanes(costs, {key: at for at, key in enumerate(costs)}, ranked)
            found = replace(found, cost=self._fork(fork, found, {}))
            self._hold(len(costs))
            self.lanes[fork.key, flow] = found
        return found

    def _branch(self, fork: Fork, branch: Branch, flow: Flow, change: Change) -> Cost:
        share = branch_share(fork, branch.share)
        visits, eased = (part * share.numerator // share.denominator for part in flow)
        return self._line(branch.key, 0, len(branch.elements), (visits, eased), change)

    def _fork(self, fork: Fork, lanes: _Lanes, own: Mapping[str, Cost]) -> Cost:
        """All branches of a choice, of parallel ones the longest; `own` are those it turns in."""
        own = {
            key: cost for key, cost in own.items() if key in lanes.costs
        }  # dead ends cost nothing
        if isinstance(fork, Choice) and own:
            differ = (cost.minus(lanes.costs[key]) for key, cost in own.items())
            return reduce(Cost.plus, differ, lanes.cost)
        if isinstance(fork, Choice):
            return reduce(Cost.plus, lanes.costs.values(), NOTHING)
        other = next((key for key in lanes.ranked if key not in own), None)
        rivals = own if other is None else own | {other: lanes.costs[other]}
        by_length = sorted(
            rivals, key=lambda key: (-rivals[key].lead(self.inventory), lanes.upper[key])
        )
        return rivals[by_length[0]] if by_length else NOTHING

    def _turned(
        self, line: str, at: int, until: int, change: Change
    ) -> Iterator[tuple[Fork, list[Branch]]]:
        """The forks of a stretch with those of their branches in which the flow changes."""
        found: dict[int, tuple[Fork, list[Branch]]] = {}
        for key in {*change.passes, *change.eased}:
            if key not in self.stands:
                continue  # the stream itself
            there, place, fork, branch = self.stands[key]
            if there == line and at <= place < until:
                found.setdefault(place, (fork, []))[1].append(branch)
        yield from found.values()

    def _hold(self, more: int) -> None:
        """Forget what was found before it is too much."""
        self.held += more
        if self.held > HELD:
            self.forked.clear()
            self.lanes.clear()
            self.held = more


def _place(one: tuple[int, Fork]) -> int:
    return one[0]
