"""What rework costs: the expected lead time, the time spent on returns, and each loop alone."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.analysis.course import Course
from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.pieces import Corner, larger
from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.rework_gaps import expected_stops, factor_gaps, lead_gaps, time_gaps
from vsmdsl.model.quantity import Duration

_SPREAD = (Corner.LEAST, Corner.MEAN, Corner.MOST)


def expected_lead_time(course: Course) -> Figure | None:
    """Expected lead time: first pass + Σ over the loops of returns × one pass from B to A.

    On a line this is the absorbing Markov chain, (I − Q)⁻¹ (Kemeny & Snell, 1960).
    """
    measure = course.measure
    spread = _times(measure)
    if spread is None:
        return None
    lacks = lead_gaps(measure)
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
    lacks = time_gaps(measure)
    return make_figure("waiting", (low, mean, high), lacks, _unit(measure))


def rework_factor(course: Course) -> Figure | None:
    """Rework factor: expected process time ÷ first-pass process time."""
    measure = course.measure
    mean = _factor(measure, Corner.MEAN)
    if mean is None:
        return None
    ends = [_factor(measure, corner) or mean for corner in _SPREAD]
    return make_figure("factor", (min(ends), mean, max(ends)), factor_gaps(measure, mean))


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
    for stop in expected_stops(measure):
        units = found[stop.element.key].units
        if stop.role == "on":
            picked += [units.own, units.inner if measure.inventory else units.lead]
    for loop in measure.loops:
        times = (loop.rework.wait, loop.rework.pt)
        picked += [time.unit for time in times if isinstance(time, Duration)]
    return larger(*picked)
