"""How often an item comes by: shares of the branches, and returns of the rework loops.

A loop takes an item out of the flow after its start A and puts it back at its end B. From there it
flows on like any other: through a choice by share, through all branches of parallel work. So one
return changes the visits between B and A and, once the paths have met, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import lcm, prod

from vsmdsl.analysis.pieces import ONE, ZERO, Corner
from vsmdsl.model.quantity import Percent, Share
from vsmdsl.model.stream import FORKS, Choice, Element, Parallel, Rework, ValueStream
from vsmdsl.record import record, replace

Drops = dict[str, dict[int, Fraction]]  # sequence → index → what is added to the flow from there on
FRONT = ("", 0)  # a sequence and an index in it: the beginning of the stream
WholeDrops = Mapping[str, Mapping[int, int]]  # the same, counted in whole parts


@record
class Turn:
    """One stop on the way to an element: a sequence (`""` is the stream, else a branch), where in
    it, and the share of the fork's flow that enters the sequence."""

    sequence: str
    at: int
    share: Fraction


Place = tuple[Turn, ...]  # outermost first


@record
class Loop:
    """A rework loop laid into the stream.

    `detour` is what one return does to the visits; `eased` are the visits that it makes with less
    effort: those on a way from B to A.
    """

    rework: Rework
    start: Place
    end: Place
    chance: Fraction | None  # None: nobody knows
    relief: Fraction  # 1 - effort
    detour: Drops
    eased: Drops

    @property
    def key(self) -> str:
        """The key of the rework."""
        return self.rework.key

    @property
    def repeats_itself(self) -> bool:
        """Whether it is a step that is done over again, alone."""
        return self.start == self.end

    @property
    def only_steps(self) -> bool:
        """Whether a return costs nothing beside the steps."""
        return self.rework.wait is None and self.rework.pt is None

    @property
    def stretch(self) -> tuple[str, int, int]:
        """The innermost sequence that holds both ends, and the first and last place of a pass."""
        level = meeting(self.start, self.end)
        return self.start[level].sequence, self.end[level].at, self.start[level].at


def places(elements: tuple[Element, ...]) -> dict[str, Place]:
    """Where every element stands."""
    return dict(_places(elements, (), "", ONE))


def _places(
    elements: tuple[Element, ...], above: Place, sequence: str, share: Fraction
) -> Iterator[tuple[str, Place]]:
    for index, element in enumerate(elements):
        place = (*above, Turn(sequence, index, share))
        yield element.key, place
        if isinstance(element, FORKS):
            for branch in element.branches:
                part = branch_share(element, branch.share)
                yield from _places(branch.elements, place, branch.key, part)


def branch_share(fork: Parallel | Choice, share: Percent | None) -> Fraction:
    """The part of the items that take a branch: all of them where the work is parallel."""
    return share.ratio if isinstance(fork, Choice) and share else ONE


def spread(
    elements: tuple[Element, ...], inflow: int, drops: WholeDrops, begin: tuple[str, int] = FRONT
) -> dict[str, int]:
    """Visits of every element when `inflow` enters at the front and `drops` on the way.

    Counted in parts so small that every share of every fork is a whole number of them (see
    `share_scale`). `elements` are the stream, or the part of a sequence that begins at that index.
    """
    found: dict[str, int] = {}
    _spread(elements, inflow, drops, begin, found)
    return found


def _spread(
    elements: tuple[Element, ...],
    inflow: int,
    drops: WholeDrops,
    begin: tuple[str, int],
    found: dict[str, int],
) -> None:
    flow, here = inflow, drops.get(begin[0], {})
    for index, element in enumerate(elements, begin[1]):
        if index in here:
            flow += here[index]
        found[element.key] = flow
        if isinstance(element, FORKS):
            for branch in element.branches:
                share = branch_share(element, branch.share)
                part = flow * share.numerator // share.denominator
                _spread(branch.elements, part, drops, (branch.key, 0), found)


def share_scale(where: Iterable[Place]) -> int:
    """The parts into which a visit is cut, so that a share of a share is still a whole number."""
    paths = {tuple(turn.share.denominator for turn in place) for place in where}
    return lcm(*(prod(path) for path in paths))


def weights(elements: tuple[Element, ...], scale: int) -> dict[str, Fraction]:
    """The share of every element, for an item that enters at the front."""
    visits = spread(elements, scale, {})
    return {key: ONE if part == scale else Fraction(part, scale) for key, part in visits.items()}


def flow_at(place: Place, drops: Drops, inflow: Fraction = ZERO) -> Fraction:
    """Visits of one place when `inflow` enters at the front and `drops` on the way."""
    flow = inflow
    for turn in place:
        flow *= turn.share
        for index, amount in drops.get(turn.sequence, {}).items():
            if index <= turn.at:
                flow += amount
    return flow


def loops(stream: ValueStream, where: Mapping[str, Place], corner: Corner) -> list[Loop]:
    """The rework of the map that leads back; what leads nowhere or forward was reported before."""
    found = []
    for rework in stream.reworks:
        start, end = where.get(rework.start), where.get(rework.end)
        if start and end and _leads_back(start, end):
            found.append(_loop(rework, start, end, corner, _repeats_start(stream)))
    return found


def _repeats_start(stream: ValueStream) -> bool:
    return stream.settings.rework_model != "once"


def _leads_back(start: Place, end: Place) -> bool:
    level = meeting(start, end)
    if start[level].at != end[level].at:
        return end[level].at < start[level].at
    # The same fork on both ways down would be a sister branch; one of them must end here.
    return level in (len(start) - 1, len(end) - 1)


def meeting(start: Place, end: Place) -> int:
    """The innermost sequence that both lie in, as a level of their places."""
    same = (one.sequence == other.sequence for one, other in zip(start, end, strict=False))
    return sum(1 for _ in _while_true(same)) - 1


def _while_true(flags: Iterator[bool]) -> Iterator[bool]:
    for flag in flags:
        if not flag:
            return
        yield flag


def _loop(rework: Rework, start: Place, end: Place, corner: Corner, again: bool) -> Loop:
    relief = ONE - _ratio(rework.effort, corner) if rework.effort else ZERO
    return Loop(
        rework,
        start,
        end,
        _ratio(rework.share, corner) if isinstance(rework.share, Percent) else None,
        relief,
        _detour(start, end, again),
        _eased(start, end, again) if relief else {},
    )


def _ratio(share: Share, corner: Corner) -> Fraction:
    if not isinstance(share, Percent):
        return ZERO
    return {"mean": share.ratio, "low": share.low, "high": share.high}[corner.work]


def _detour(start: Place, end: Place, again: bool) -> Drops:
    """One return: in at B, out behind A; above the sequence where both lie, nothing changes."""
    drops: Drops = {}
    level = meeting(start, end)
    for depth in range(level, len(end)):
        _drop(drops, end[depth], ONE, after=depth < len(end) - 1)
    for depth in range(level, len(start)):
        _drop(drops, start[depth], -ONE, after=True)
    if not again:
        _skip(drops, start, _reach(start, level))
    return drops


def _eased(start: Place, end: Place, again: bool) -> Drops:
    """The visits of one return that lie on a way from B to A: sister branches of A do not."""
    drops: Drops = {}
    level, last = meeting(start, end), len(start) - 1
    for depth in range(level, len(end)):
        _drop(drops, end[depth], ONE, after=depth < len(end) - 1)
    _drop(drops, start[level], -ONE, after=level == last and again)
    for depth in range(level + 1, len(start)):
        turn, reach = start[depth], _reach(start[: depth + 1], level)
        _drop(drops, replace(turn, at=0), reach, after=False)
        _drop(drops, turn, -reach, after=depth == last and again)
    return drops


def _reach(place: Place, level: int) -> Fraction:
    """The share of a return that comes to a place, from the sequence at `level` on."""
    share = ONE
    for turn in place[level + 1 :]:
        share *= turn.share
    return share


def _skip(drops: Drops, turn: Place, amount: Fraction) -> None:
    _drop(drops, turn[-1], -amount, after=False)
    _drop(drops, turn[-1], amount, after=True)


def _drop(drops: Drops, turn: Turn, amount: Fraction, *, after: bool) -> None:
    here = drops.setdefault(turn.sequence, {})
    index = turn.at + 1 if after else turn.at
    here[index] = here.get(index, ZERO) + amount
