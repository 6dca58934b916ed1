"""How often the work changes hands: every place between two steps is looked at once."""

from __future__ import annotations

from collections import Counter
from typing import assert_never

from vsmdsl.model.stream import Choice, Element, Handoff, Parallel, Queue, Step

HANDED = None  # handed on, whoever had it
NOBODY: frozenset[str] = frozenset()

# Where work stands on its way to the next step: who had it. Counted, since behind a fork there are
# as many ends as branches, and twice as many behind each fork whose two branches are empty.
_Ends = Counter[frozenset[str] | None]


def count_handoffs(elements: tuple[Element, ...]) -> int:
    """Places where a handoff stands or the team changes; every edge of a fork or join is one.

    The ends of the stream count only where a handoff stands there.
    """
    count, ends = _walk(elements, Counter([NOBODY]))
    return count + ends[HANDED]


def _walk(elements: tuple[Element, ...], ends: _Ends) -> tuple[int, _Ends]:
    count = 0
    for element in elements:
        match element:
            case Step():
                team = frozenset(element.team)
                count += _changes(ends, team)
                ends = Counter([team])
            case Handoff():
                ends = Counter({HANDED: ends.total()})
            case Queue():
                pass
            case Parallel() | Choice():
                inside, ends = _fork(element, ends)
                count += inside
            case _:
                assert_never(element)
    return count, ends


def _fork(fork: Parallel | Choice, ends: _Ends) -> tuple[int, _Ends]:
    count = 0
    joined: _Ends = Counter()
    for branch in fork.branches:
        inside, last = _walk(branch.elements, ends)
        count += inside
        if branch.joins:
            joined.update(last)
        else:  # a dead end is an end of the stream
            count += last[HANDED] if branch.elements else 0
    return count, joined or ends


def _changes(ends: _Ends, team: frozenset[str]) -> int:
    return ends.total() - ends[NOBODY] - ends[team] if team else ends[HANDED]


class Handed:
    """A sequence walked once for all its parts: behind a step, nobody asks who had it before."""

    def __init__(self, elements: tuple[Element, ...]) -> None:
        self.elements = elements
        self.counts, self.handed = [0], [0]  # up to each element, and where the work stands then
        self.steps = [len(elements)] * (len(elements) + 1)  # the next step from each on
        self.fronts: dict[int, int] = {}
        ends: _Ends = Counter([NOBODY])
        for at, element in enumerate(elements):
            inside, ends = _walk((element,), ends)
            self.counts.append(self.counts[at] + inside)
            self.handed.append(ends[HANDED])
        for at in range(len(elements) - 1, -1, -1):
            self.steps[at] = at if isinstance(elements[at], Step) else self.steps[at + 1]

    def between(self, start: int, end: int) -> int:
        """What `count_handoffs` says of the elements from `start` up to `end`."""
        step = self.steps[start]
        if step >= end:
            return count_handoffs(self.elements[start:end])
        if start not in self.fronts:
            self.fronts[start] = _walk(self.elements[start : step + 1], Counter([NOBODY]))[0]
        return self.fronts[start] + self.counts[end] - self.counts[step + 1] + self.handed[end]
