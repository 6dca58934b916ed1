"""What rework costs: the expected lead time, the time spent on returns, and each loop alone."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis import gaps
from vsmdsl.analysis.course import Course
from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.flow import Loop
from vsmdsl.analysis.gaps import Effect, Gaps, bound_of
from vsmdsl.analysis.loops import one_pass
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.path import Stop, stops
from vsmdsl.analysis.pieces import ONE, Corner, Piece, larger
from vsmdsl.analysis.result import Figure
from vsmdsl.model.quantity import Duration, Gap

_SPREAD = (Corner.LEAST, Corner.MEAN, Corner.MOST)


def expected_lead_time(course: Course) -> Figure | None:
    """Expected lead time: first pass + Σ over the loops of returns × one pass from B to A.

    On a line this is the absorbing Markov chain, (I − Q)⁻¹ (Kemeny & Snell, 1960).
    """
    measure = course.measure
    spread = _times(measure)
    if spread is None:
        return None
    lacks = _lead_gaps(measure, None)
    return make_figure("waiting", spread, lacks, _unit(measure))


def rework_time(course: Course) -> Figure | None:
    """Time on rework: expected lead time − first-pass lead time."""
    measure = course.measure
    spread = _times(measure)
    if spread is None:
        return None
    low, mean, high = (
        end - course.first(corner).lead for end, corner in zip(spread, _SPREAD, strict=True)
    )
    lacks = _lead_gaps(measure, _repeated(measure))
    return make_figure("waiting", (low, mean, high), lacks, _unit(measure))


def rework_factor(course: Course) -> Figure | None:
    """Rework factor: expected process time ÷ first-pass process time."""
    measure = course.measure
    mean = _factor(measure, Corner.MEAN)
    if mean is None:
        return None
    ends = [_factor(measure, corner) or mean for corner in _SPREAD]
    return make_figure("factor", (min(ends), mean, max(ends)), _factor_gaps(measure, mean))


def _times(measure: Measure) -> tuple[Fraction, Fraction, Fraction] | None:
    """Expected lead time at its least, its mean and its most; None where rework never ends."""
    mean = measure.expected(Corner.MEAN)
    if mean is None:
        return None
    # Where returns at their most would never end, no number is right; the mean is at least one.
    ends = [measure.expected(corner) or mean for corner in _SPREAD]
    low, middle, high = (end.lead for end in ends)
    return low, middle, high


def _factor(measure: Measure, corner: Corner) -> Fraction | None:
    expected, first = measure.expected(corner), measure.whole.first(corner)
    return expected.work / first.work if expected and first.work else None


def _unit(measure: Measure) -> str:
    found, picked = measure.pieces, []
    for stop in _stops(measure):
        units = found[stop.element.key].units
        if stop.role == "on":
            picked += [units.own, units.inner if measure.inventory else units.lead]
    for loop in measure.loops:
        times = (loop.rework.wait, loop.rework.pt)
        picked += [time.unit for time in times if isinstance(time, Duration)]
    return larger(*picked)


# --- what nobody knows ------------------------------------------------------------------------


def _stops(measure: Measure) -> list[Stop]:
    """The elements with their part in the expected lead time, which may take another branch."""
    expected, whole = measure.expected(Corner.MEAN), measure.whole
    if expected is None or expected.longest == whole.first().longest:
        return whole.stops
    return list(stops(whole.elements, expected.longest))


def _lead_gaps(measure: Measure, only: set[str] | None) -> Gaps:
    """The gaps of the lead time along the expected path, and those of the loops themselves."""

    def rule(piece: Piece) -> Effect:
        if measure.inventory:
            return gaps.of_wait(piece)
        eased = bool(measure.visits and measure.visits.eased.get(piece.key))
        return Effect(up=piece.lead_unknown, down=eased and piece.unknown.less)

    chosen = None if only is None else only.__contains__
    stream = gaps.gaps(measure.whole, _stops(measure), rule, chosen)
    return gaps.joined([stream, *_loop_gaps(measure)])


def _factor_gaps(measure: Measure, factor: Fraction) -> Gaps:
    """A step whose work is unknown draws the factor towards its own number of visits."""
    if not _repeated(measure):
        return Gaps()

    def rule(piece: Piece) -> Effect:
        own = _worked(measure, piece.key)
        unknown = piece.unknown.work
        return Effect(up=unknown and own > factor, down=unknown and own < factor)

    # Both ways count: the one that the expected lead time takes, and the one of the first pass.
    ways = {id(way): way for way in (_stops(measure), measure.whole.stops)}.values()
    streams = [gaps.gaps(measure.whole, way, rule) for way in ways]
    return gaps.joined([*streams, *_loop_gaps(measure)])


def _worked(measure: Measure, key: str) -> Fraction:
    visits = measure.visits
    if visits is None:
        return ONE
    worked = visits.passes[key] - visits.eased.get(key, 0)
    return Fraction(worked, visits.scale) / measure.weights[key]


def _repeated(measure: Measure) -> set[str]:
    """The elements whose visits some loop changes."""
    visits, weights = measure.visits, measure.weights
    if visits is None:
        return set()
    scale, passes = visits.scale, visits.passes.items()
    counted = {key for key, count in passes if count != _part(scale, weights[key])}
    eased = {key for key, count in visits.eased.items() if count}
    return counted | eased | measure.touched(measure.unsettled)


def _part(scale: int, weight: Fraction) -> Fraction | int:
    return scale if weight is ONE else scale * weight


def _loop_gaps(measure: Measure) -> Iterator[Gaps]:
    around = {stop.element.key: stop for stop in _stops(measure)}
    for loop in measure.loops:
        start, end = around.get(loop.rework.start), around.get(loop.rework.end)
        if start and end and start.role == end.role == "off":
            continue
        if loop.chance is None:
            dearer = one_pass(measure, loop, Corner.MEAN) >= 0
            swaps = bool(start and end and _may_swap(start, end))
            yield Gaps((loop.key,), bound_of(dearer, not dearer, swaps), 1, "parts")
        elif loop.chance and _lacks_times(loop, measure.inventory):
            yield Gaps((loop.key,), "≥", 1, "parts")


def _lacks_times(loop: Loop, inventory: bool) -> bool:
    work = loop.rework.pt is Gap.UNKNOWN and not inventory
    return work or loop.rework.wait is Gap.UNKNOWN


def _may_swap(start: Stop, end: Stop) -> bool:
    """Whether more returns could make another parallel branch the longest."""
    leaves = any(fork not in end.forks for fork in start.forks)
    return end.role == "rival" or (start.role == "on" and leaves)
