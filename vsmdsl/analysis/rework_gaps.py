"""What nobody knows about rework: what its figures lack, and what that can do to them.

Work that comes back to a choice may take another way, and then passes some elements less often than
it would without rework. So what is unknown of an element can also lower the time on rework.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from vsmdsl.analysis import gaps
from vsmdsl.analysis.flow import Loop
from vsmdsl.analysis.gaps import Effect, Gaps, bound_of
from vsmdsl.analysis.loops import adds_work, lacks_times, one_pass
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.path import Stop, stops
from vsmdsl.analysis.pieces import ONE, ZERO, Corner, Piece
from vsmdsl.analysis.result import Bound
from vsmdsl.model.quantity import Gap
from vsmdsl.record import replace


def lead_gaps(measure: Measure) -> Gaps:
    """The gaps of the lead time along the expected path, and those of the loops themselves."""

    def rule(piece: Piece) -> Effect:
        if measure.inventory:
            return gaps.of_wait(piece)
        return Effect(up=piece.lead_unknown, down=_lightens(measure, piece))

    way = expected_stops(measure)
    stream = gaps.gaps(measure.whole, way, rule)
    return _together(measure, [stream], [*_gaps_of_loops_in_time(measure)], [way], None)


def time_gaps(measure: Measure) -> Gaps:
    """The gaps of the time on rework; what raises both lead times alike is none."""
    more, fewer = measure.changed.more, measure.changed.fewer

    def rule(piece: Piece) -> Effect:
        own = gaps.of_wait(piece) if measure.inventory else gaps.of_lead(piece)
        up = (piece.key in more and own.up) or (piece.key in fewer and own.down)
        down = (piece.key in more and own.down) or (piece.key in fewer and own.up)
        return Effect(up, down or (not measure.inventory and _lightens(measure, piece)))

    return _both_ways(measure, rule, _around(measure), [*_gaps_of_loops_in_time(measure)])


def factor_gaps(measure: Measure, factor: Fraction) -> Gaps:
    """A step whose work is unknown draws the factor towards its own number of visits."""
    if not _touched(measure):
        return Gaps()
    unsettled = measure.hidden

    def rule(piece: Piece) -> Effect:
        own, unknown = _worked(measure, piece.key), piece.unknown.work
        up = own > factor or piece.key in unsettled.more
        down = own < factor or piece.key in unsettled.fewer
        return Effect(unknown and up, unknown and down)

    return _both_ways(measure, rule, None, [*_gaps_of_loops_in_work(measure)])


def expected_stops(measure: Measure) -> list[Stop]:
    """The elements with their part in the expected lead time, which may take another branch."""
    expected, whole = measure.expected(Corner.MEAN), measure.whole
    if expected is None or expected.longest == whole.first().longest:
        return whole.stops
    return list(stops(whole.elements, expected.longest))


def _both_ways(
    measure: Measure, rule: gaps.Rule, only: set[str] | None, loops: Sequence[Gaps]
) -> Gaps:
    """Both count: the way that the expected lead time takes, and that of the first pass."""
    ways = {id(way): way for way in (expected_stops(measure), measure.whole.stops)}.values()
    chosen = None if only is None else only.__contains__
    streams = [gaps.gaps(measure.whole, way, rule, chosen) for way in ways]
    return _together(measure, streams, loops, ways, only)


def _together(
    measure: Measure,
    streams: Sequence[Gaps],
    loops: Sequence[Gaps],
    ways: Iterable[Sequence[Stop]],
    only: set[str] | None,
) -> Gaps:
    """The gaps of a figure that is made of the elements on some ways, and of the loops there."""
    found = gaps.joined([*streams, *loops])
    if not loops:
        return found
    weights = measure.whole.weights
    on = {stop.element.key for way in ways for stop in way if stop.role == "on"}
    elements = {key for key in on if weights[key] and (only is None or key in only)}
    unknown = {key for one in streams for key in one.missing}
    around = sum(1 for _ in _on_the_way(measure))
    return replace(found, parts=len(elements | unknown) + around)


def _lightens(measure: Measure, piece: Piece) -> bool:
    """Whether a return saves work that nobody knows, out of a lead time that is known."""
    return piece.unknown.less and bool(measure.visits and measure.visits.eased.get(piece.key))


# --- what the loops do to the elements --------------------------------------------------------


def _worked(measure: Measure, key: str) -> Fraction:
    visits = measure.visits
    if visits is None:
        return ONE
    worked = visits.passes[key] - visits.eased.get(key, 0)
    return Fraction(worked, visits.scale) / measure.weights[key]


def _touched(measure: Measure) -> set[str]:
    """The elements where some loop costs anything: it passes them again, or has costs of its own.

    A loop that nobody passes again has those alone, as `rework A -> A` in the model `once`.
    """
    change, visits = measure.changed, measure.visits
    eased = {key for key, count in visits.eased.items() if count} if visits else set()
    ends = {one.rework.end for one in measure.loops if one.chance != ZERO}
    return {*change.more, *change.fewer, *eased, *ends}


def _around(measure: Measure) -> set[str]:
    """What some loop touches, and the rest of the parallel forks that hold any of it."""
    touched, here = _touched(measure), measure.whole.stops
    forks = {fork for stop in here if stop.element.key in touched for fork in stop.forks}
    return touched.union(stop.element.key for stop in here if forks.intersection(stop.forks))


# --- what nobody knows of the loops -----------------------------------------------------------


def _gaps_of_loops_in_time(measure: Measure) -> Iterator[Gaps]:
    def dearer(loop: Loop) -> bool:
        return one_pass(measure, loop, Corner.MEAN) >= 0

    for loop, swaps in _on_the_way(measure):
        if loop.chance is None:
            yield _gap(loop, bound_of(dearer(loop), not dearer(loop), swaps))
        elif loop.chance and lacks_times(measure, loop):
            yield _gap(loop, "≥")


def _gaps_of_loops_in_work(measure: Measure) -> Iterator[Gaps]:
    """Work alone counts here; but a longer wait may make another branch the longest."""

    def dearer(loop: Loop) -> bool:
        return adds_work(measure, loop)

    for loop, swaps in _on_the_way(measure):
        up = loop.rework.pt is Gap.UNKNOWN
        longer = swaps and lacks_times(measure, loop)
        if loop.chance is None:
            yield _gap(loop, bound_of(dearer(loop), not dearer(loop), swaps))
        elif loop.chance and (up or longer):
            yield _gap(loop, bound_of(up, down=False, swaps=longer))


def _gap(loop: Loop, bound: Bound) -> Gaps:
    return Gaps((loop.key,), bound, 1, "parts")


def _on_the_way(measure: Measure) -> Iterator[tuple[Loop, bool]]:
    """The loops that the timeline meets, and whether each could make another branch the longest."""
    around = {stop.element.key: stop for stop in expected_stops(measure)}
    for loop in measure.loops:
        start, end = around.get(loop.rework.start), around.get(loop.rework.end)
        if not start or not end or not start.role == end.role == "off":
            yield loop, bool(start and end and _may_swap(start, end))


def _may_swap(start: Stop, end: Stop) -> bool:
    """Whether more returns could make another parallel branch the longest."""
    leaves = any(fork not in end.forks for fork in start.forks)
    return end.role == "rival" or (start.role == "on" and leaves)
