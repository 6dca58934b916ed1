"""Each rework loop alone: how many returns, what one pass takes, what both cost together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from fractions import Fraction

from vsmdsl.analysis.costs import whole_drops
from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.flow import Loop, flow_at
from vsmdsl.analysis.gaps import Gaps, bound_of
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.path import Cost
from vsmdsl.analysis.pieces import Corner, larger
from vsmdsl.analysis.quotient import quotient
from vsmdsl.analysis.result import LoopFigures
from vsmdsl.model.quantity import Gap


def loop_figures(measure: Measure) -> tuple[LoopFigures, ...]:
    """Returns and costs of every loop, in the order of the file."""
    unit = larger(*(piece.units.lead for piece in measure.pieces.values()))
    return tuple(_figures(measure, loop, unit) for loop in measure.loops)


def returning(measure: Measure) -> tuple[str, ...]:
    """The loops that are known to send something back, in the order of the file."""
    back = measure.visits.returns if measure.visits else {}
    found = (loop.key for loop in measure.loops if back.get(loop.key))
    return tuple(key for key in found if key not in measure.unsettled)


def one_pass(measure: Measure, loop: Loop, corner: Corner) -> Fraction:
    """The lead time that one return costs: everything from B to A, its own wait and work too."""
    corner = measure.corner(corner)
    extra = Fraction(measure.only_on_return(loop, corner).lead(measure.inventory), measure.tick)
    cost, scale = _passed(measure, loop, corner)
    return Fraction(cost.lead(measure.inventory), scale * measure.tick) + extra


def adds_work(measure: Measure, loop: Loop) -> bool:
    """Whether a return makes for more work; who takes another way the second time may have less."""
    cost, scale = _passed(measure, loop, Corner.MEAN)
    return cost.work + measure.only_on_return(loop, Corner.MEAN).work * scale >= 0


def _passed(measure: Measure, loop: Loop, corner: Corner) -> tuple[Cost, int]:
    """What one return passes, in ticks; a visit has as many parts as the second number says.

    A return inside of a branch is no matter of the branches beside it, also where it saves time.
    """
    from vsmdsl.analysis.passing import Change  # most maps have no loops

    scale = measure.return_scale
    passes = whole_drops(loop.detour, scale)
    eased = whole_drops(loop.eased, int(loop.relief * scale))
    return measure.passing(corner).stretch(*loop.stretch, Change(passes, eased)), scale


def _figures(measure: Measure, loop: Loop, unit: str) -> LoopFigures:
    low, mean, high = _spread(measure, loop)
    lacks, count = _lacks(measure, loop), _returns(measure, loop)
    cost = None if count is None else (low * count, mean * count, high * count)
    return LoopFigures(
        loop.key,
        count,
        make_figure("waiting", (low, mean, high), lacks, unit),
        make_figure("waiting", cost, lacks, unit) if cost else None,
    )


def _spread(measure: Measure, loop: Loop) -> tuple[Fraction, Fraction, Fraction]:
    mean = one_pass(measure, loop, Corner.MEAN)
    if not measure.ranged:
        return mean, mean, mean
    return one_pass(measure, loop, Corner.LEAST), mean, one_pass(measure, loop, Corner.MOST)


def lacks_times(measure: Measure, loop: Loop) -> bool:
    """Whether nobody knows what a return costs beside the steps."""
    work = loop.rework.pt is Gap.UNKNOWN and not measure.inventory
    return work or loop.rework.wait is Gap.UNKNOWN


def _lacks(measure: Measure, loop: Loop) -> Gaps:
    """What one pass lacks; behind A it spares those that take another way the second time."""
    first, last = loop.end[0].at, loop.start[0].at
    begin = bisect_left(measure.lacking, first, key=lambda key: measure.places[key][0].at)
    end = bisect_right(measure.lacking, last, key=lambda key: measure.places[key][0].at)
    within = measure.lacking[begin:end]
    flows = {key: flow_at(measure.places[key], loop.detour) for key in within}
    own = (loop.key,) if lacks_times(measure, loop) else ()
    missing = (*(key for key, flow in flows.items() if flow), *own)
    up, down = any(flow > 0 for flow in flows.values()), any(flow < 0 for flow in flows.values())
    return Gaps(missing, bound_of(up or bool(own), down))


def _returns(measure: Measure, loop: Loop) -> Fraction | None:
    visits = measure.visits
    if visits is None or loop.key in measure.unsettled:
        return None
    return quotient(visits.returns.get(loop.key, 0), visits.scale)
