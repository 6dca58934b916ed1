"""The headline figures of a map, one row each: name, label, kind, how it is worked out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from vsmdsl.analysis import gaps
from vsmdsl.analysis.course import Course
from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.gaps import Effect, Gaps
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.pieces import ONE, Corner, Piece, Units, demand, larger
from vsmdsl.analysis.result import Figure, FigureKind
from vsmdsl.analysis.rework import expected_lead_time, rework_factor, rework_time
from vsmdsl.record import record


@record
class Metric:
    """A row of the table of figures. `in_spans`: it also makes sense for a part of the stream."""

    name: str
    label: str
    kind: FigureKind
    function: Callable[[Course], Figure | None]
    in_spans: bool = False

    @property
    def explanation(self) -> str:
        """How it is worked out, in words."""
        from vsmdsl.docstrings import docstring  # only for a glossary

        return docstring(self.function)


def headline(measure: Measure) -> dict[str, Figure | None]:
    """Every figure of a map; None where one cannot exist."""
    return {row.name: row.function(measure.whole) for row in METRICS}


def of_part(course: Course) -> dict[str, Figure | None]:
    """The figures of a part of the stream."""
    return {row.name: row.function(course) for row in METRICS if row.in_spans}


def lead_time(course: Course) -> Figure:
    """Lead time: Σ `lt` + Σ `wait` along the path, the longest branch where work is parallel.

    With `timeline = inventory` the waiting alone (Rother & Shook, Learning to See, 1999).
    """
    if course.measure.inventory:
        return wait_time(course)
    low, mean, high = (course.first(corner).lead for corner in _SPREAD)
    unit = _unit(course, lambda units: (units.lead,))
    return make_figure("waiting", (low, mean, high), _gaps(course, gaps.of_lead), unit)


def process_time(course: Course) -> Figure:
    """Process time: Σ `pt` along the path that the lead time takes; hands on, uninterrupted."""
    low, mean, high = (course.first(corner).work for corner in _SPREAD)
    unit = _unit(course, lambda units: (units.work,))
    return make_figure("work", (low, mean, high), _gaps(course, gaps.of_work), unit)


def wait_time(course: Course) -> Figure:
    """Wait time: Σ of all waits on the path, in queues, in front of steps and inside them."""
    low, mean, high = (course.first(corner).wait for corner in _WAITING)
    unit = _unit(course, lambda units: (units.own, units.inner))
    return make_figure("waiting", (low, mean, high), _gaps(course, gaps.of_wait), unit)


def total_effort(course: Course) -> Figure:
    """Total effort: Σ `pt` over all branches, dead ends included; a choice by its shares."""
    low, mean, high = (course.effort(corner) for corner in _SPREAD)
    lacks = course.lacks(gaps.of_work, anywhere=True)
    return make_figure("work", (low, mean, high), lacks, larger(*course.work_units))


def flow_efficiency(course: Course) -> Figure | None:
    """Flow efficiency (activity ratio): process time ÷ lead time."""
    return _efficiency(course, "work", gaps.of_flow)


def process_cycle_efficiency(course: Course) -> Figure | None:
    """Process cycle efficiency: process time of the steps that add value ÷ lead time."""
    inventory = course.measure.inventory
    rule = gaps.of_value_in_inventory if inventory else gaps.of_value
    return _efficiency(course, "value", rule)


def rolled_ca(course: Course) -> Figure | None:
    """Rolled %C&A: Π of complete and accurate over all steps, branches of parallel work included;
    a choice by the mean of its branches (Karen Martin & Mike Osterling, Value Stream Mapping)."""
    known = course.quality()
    if not known.known:
        return None
    mean = course.rolled("ratio")
    low, high = (course.rolled(end) if known.ranged else mean for end in ("low", "high"))
    missing = Gaps(known.lacking, "≤" if known.lacking else "", known.steps)
    return make_figure("ratio", (low, mean, high), missing)


def handoffs(course: Course) -> Figure:
    """Handoffs: places between two steps where a `handoff` stands or the team changes."""
    number = Fraction(course.handoffs())
    return Figure("count", number, number, number)


def takt_time(course: Course) -> Figure | None:
    """Takt time: available time ÷ demand; the pace at which the customer takes."""
    rate = demand(course.measure.stream)
    if rate is None:
        return None
    return make_figure("work", (ONE / rate.high, ONE / rate.amount, ONE / rate.low), Gaps())


METRICS = (
    Metric("lead_time", "Lead time", "waiting", lead_time, in_spans=True),
    Metric("process_time", "Process time", "work", process_time, in_spans=True),
    Metric("wait_time", "Wait time", "waiting", wait_time, in_spans=True),
    Metric("total_effort", "Total effort", "work", total_effort, in_spans=True),
    Metric("flow_efficiency", "Flow efficiency", "ratio", flow_efficiency, in_spans=True),
    Metric(
        "process_cycle_efficiency",
        "Process cycle efficiency",
        "ratio",
        process_cycle_efficiency,
        in_spans=True,
    ),
    Metric("rolled_ca", "Rolled %C&A", "ratio", rolled_ca, in_spans=True),
    Metric("expected_lead_time", "Expected lead time", "waiting", expected_lead_time),
    Metric("rework_time", "Time on rework", "waiting", rework_time),
    Metric("rework_factor", "Rework factor", "factor", rework_factor),
    Metric("handoffs", "Handoffs", "count", handoffs, in_spans=True),
    Metric("takt_time", "Takt time", "work", takt_time),
)

_SPREAD = (Corner.LEAST, Corner.MEAN, Corner.MOST)
_WAITING = (Corner.SHORT, Corner.MEAN, Corner.LONG)
# Work that takes its waiting along (`transfer`) may make either end of it the better one.
_EFFICIENCY = (Corner.IDLE, Corner.BUSY, Corner.LEAST, Corner.MOST)


def _efficiency(course: Course, work: str, rule: Callable[[Piece], Effect]) -> Figure | None:
    mean = course.first(Corner.MEAN)
    if not mean.lead:
        return None
    value, *ends = (
        getattr(end, work) / (end.lead or mean.lead)
        for end in (mean, *(course.first(corner) for corner in _EFFICIENCY))
    )
    return make_figure("ratio", (min(ends), value, max(ends)), _gaps(course, rule))


def _gaps(course: Course, rule: Callable[[Piece], Effect]) -> Gaps:
    return course.lacks(rule)


def _unit(course: Course, pick: Callable[[Units], Iterable[str]]) -> str:
    """The largest unit among the durations on the path."""
    return larger(*(unit for units in course.units for unit in pick(units)))
