"""Each rework loop alone: how many returns, what one pass takes, what both cost together."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.analysis.costs import weighted, whole_drops
from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.flow import Loop, flow_at, spread
from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.path import total
from vsmdsl.analysis.pieces import ZERO, Corner, larger
from vsmdsl.analysis.result import LoopFigures

_SPREAD = (Corner.LEAST, Corner.MEAN, Corner.MOST)


def loop_figures(measure: Measure) -> tuple[LoopFigures, ...]:
    """Returns and costs of every loop, in the order of the file."""
    unit = larger(*(piece.units.lead for piece in measure.pieces.values()))
    return tuple(_figures(measure, loop, unit) for loop in measure.loops)


def one_pass(measure: Measure, loop: Loop, corner: Corner) -> Fraction:
    """The lead time that one return costs: everything from B to A, its own wait and work too."""
    corner = measure.corner(corner)
    extra = Fraction(measure.only_on_return(loop, corner).lead(measure.inventory), measure.tick)
    first, last = loop.end[0].at, loop.start[0].at
    simple = len(loop.start) == len(loop.end) == 1 and not loop.relief
    if simple and measure.stream.settings.rework_model != "once":
        return measure.whole.between(first, last, corner) + extra
    elements = measure.stream.elements[first : last + 1]
    scale = measure.share_scale * loop.relief.denominator
    passes = spread(elements, 0, whole_drops(loop.detour, scale), first)
    eased = spread(elements, 0, whole_drops(loop.eased, loop.relief * scale), first)
    costs = weighted(measure.costs(corner), passes, eased)
    lead = total(elements, costs, measure.inventory).cost.lead(measure.inventory)
    return Fraction(lead, scale * measure.tick) + extra


def _figures(measure: Measure, loop: Loop, unit: str) -> LoopFigures:
    low, mean, high = (one_pass(measure, loop, corner) for corner in _SPREAD)
    lacks, count = _lacks(measure, loop), _returns(measure, loop)
    cost = None if count is None else (low * count, mean * count, high * count)
    return LoopFigures(
        loop.key,
        count,
        make_figure("waiting", (low, mean, high), lacks, unit),
        make_figure("waiting", cost, lacks, unit) if cost else None,
    )


def _lacks(measure: Measure, loop: Loop) -> Gaps:
    """The elements that one pass lacks."""
    first, last = loop.end[0].at, loop.start[0].at
    missing = tuple(
        key
        for key in measure.lacking
        if first <= measure.places[key][0].at <= last and flow_at(measure.places[key], loop.detour)
    )
    return Gaps(missing, "≥" if missing else "")


def _returns(measure: Measure, loop: Loop) -> Fraction | None:
    visits = measure.visits
    if visits is None or loop.key in measure.unsettled:
        return None
    return visits.returns.get(loop.key, ZERO)
