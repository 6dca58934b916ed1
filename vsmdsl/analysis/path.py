"""What a part of the stream costs when branches are joined: the longest counts, or the mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Literal, assert_never

from vsmdsl.analysis.quotient import quotient
from vsmdsl.model.stream import FORKS, Branch, Choice, Element, Handoff, Parallel, Queue, Step
from vsmdsl.record import record

Role = Literal["on", "rival", "off"]


@record
class Cost:
    """Times in whole ticks, weighted by visits in whole parts: integers add up fast and exactly.

    `taken` is what the timeline takes of `work`; `value` is the value-adding work.
    """

    wait: int = 0
    taken: int = 0
    work: int = 0
    value: int = 0

    def plus(self, other: Cost) -> Cost:
        """Both together."""
        return Cost(
            self.wait + other.wait,
            self.taken + other.taken,
            self.work + other.work,
            self.value + other.value,
        )

    def minus(self, other: Cost) -> Cost:
        """The one without the other."""
        return self.plus(other.times(-1))

    def times(self, visits: int, eased: int = 0) -> Cost:
        """This for `visits` passes, of which `eased` (in whole passes) are free of work."""
        worked = visits - eased
        return Cost(
            self.wait * visits, self.taken * worked, self.work * worked, self.value * worked
        )

    def part(self, of: int) -> Cost:
        """One of so many parts, where that is whole."""
        return Cost(self.wait // of, self.taken // of, self.work // of, self.value // of)

    def lead(self, inventory: bool) -> int:
        """The lead time; by the convention of *Learning to See* the waiting alone."""
        return self.wait if inventory else self.wait + self.taken


@record
class Total:
    """A cost and the parallel branches that were taken for it."""

    cost: Cost
    longest: frozenset[str]


@record
class Spent:
    """The times of one course, in seconds, and the parallel branches that it takes."""

    cost: Cost
    per: int  # parts of the cost to a second
    inventory: bool
    longest: frozenset[str]

    @cached_property
    def lead(self) -> Fraction:
        """The lead time."""
        return quotient(self.cost.lead(self.inventory), self.per)

    @cached_property
    def wait(self) -> Fraction:
        """All waiting."""
        return quotient(self.cost.wait, self.per)

    @cached_property
    def work(self) -> Fraction:
        """All work."""
        return quotient(self.cost.work, self.per)

    @cached_property
    def value(self) -> Fraction:
        """The work that adds value."""
        return quotient(self.cost.value, self.per)


@record
class Stop:
    """An element and its part in a figure.

    `on` the path; `rival`: in a joining branch that was not the longest; `off`: in a dead end.
    `forks` are the keys of the parallel forks around it that have another branch to take.
    """

    element: Step | Queue | Handoff
    role: Role
    forks: tuple[str, ...]


def total(elements: tuple[Element, ...], costs: Mapping[str, Cost], inventory: bool) -> Total:
    """Sum a sequence; of parallel branches the longest, of the branches of a choice all.

    `costs` are weighted already. A fork may have a cost of its own: what only a return costs.
    """
    wait = taken = work = value = 0
    longest: frozenset[str] = frozenset()
    for element in elements:
        cost = costs.get(element.key)
        if isinstance(element, FORKS):
            inner = _fork(element, costs, inventory)
            cost = inner.cost.plus(cost) if cost else inner.cost
            longest |= inner.longest
        if cost:
            wait, taken = wait + cost.wait, taken + cost.taken
            work, value = work + cost.work, value + cost.value
    return Total(Cost(wait, taken, work, value), longest)


def _fork(fork: Parallel | Choice, costs: Mapping[str, Cost], inventory: bool) -> Total:
    lanes = [(branch, total(branch.elements, costs, inventory)) for branch in joining(fork)]
    match fork:
        case Parallel():
            if not lanes:
                return Total(Cost(), frozenset())
            # `max` keeps the first of equals: on a tie the upper branch is taken.
            branch, lane = max(lanes, key=lambda one: one[1].cost.lead(inventory))
            return Total(lane.cost, lane.longest | {branch.key})
        case Choice():
            cost = Cost()
            for _, lane in lanes:
                cost = cost.plus(lane.cost)
            return Total(cost, frozenset().union(*(lane.longest for _, lane in lanes)))
        case _:
            assert_never(fork)


def spent(found: Total, per: int, inventory: bool) -> Spent:
    """A total in seconds, where one second is `per` of its parts."""
    return Spent(found.cost, per, inventory, found.longest)


def joining(fork: Parallel | Choice) -> tuple[Branch, ...]:
    """The branches that the timeline waits for."""
    return tuple(branch for branch in fork.branches if branch.joins)


def stops(
    elements: tuple[Element, ...],
    longest: frozenset[str],
    role: Role = "on",
    forks: tuple[str, ...] = (),
) -> Iterator[Stop]:
    """Every step, queue and handoff with its part in the figures, in the order of the stream."""
    for element in elements:
        match element:
            case Parallel():
                contested = (*forks, element.key) if len(joining(element)) > 1 else forks
                for branch in element.branches:
                    part = _role(branch, longest, role)
                    yield from stops(branch.elements, longest, part, contested)
            case Choice():
                for branch in element.branches:
                    part = role if branch.joins else "off"
                    yield from stops(branch.elements, longest, part, forks)
            case Step() | Queue() | Handoff():
                yield Stop(element, role, forks)
            case _:
                assert_never(element)


def _role(branch: Branch, longest: frozenset[str], role: Role) -> Role:
    if not branch.joins:
        return "off"
    return role if branch.key in longest or role == "off" else "rival"
