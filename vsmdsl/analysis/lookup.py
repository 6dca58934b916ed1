"""What a name stands for in a goal or a metric: a figure of the map, of a span, of an element."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.pieces import demand, portion, process_time, queue_wait
from vsmdsl.analysis.result import Analysis, Figure, FigureKind, StepFigures
from vsmdsl.model.quantity import Count, Duration, Percent, Rate
from vsmdsl.model.stream import Metric, Queue, Step, Thing, ValueStream

# The field's long names for the keys of the language.
FIELDS = {"yield": "yield_", "operators": "people", "process_time": "pt", "wait_time": "wait"}
WORK_FIELDS = frozenset({"pt", "ct", "co", "effort"})
STEP_FIGURES = frozenset({"lead_time", "effective_cycle_time", "wait_before", "process_time"})
STEP_RATIOS = frozenset({"utilisation", "share_of_lead_time"})
STEP_COUNTS = frozenset({"visits", "capacity_per_day", "capacity_per_shift"})


def look_up(stream: ValueStream, analysis: Analysis, name: str) -> Figure | None:
    """The figure of a name: computed names first, then stated metrics, `SPAN.figure`, `TARGET.key`.

    None where it does not exist or nobody knows.
    """
    if name in analysis.metrics:
        return analysis.metrics[name]
    if metric := analysis.called.metrics.get(name):
        return of_metric(stream, analysis, metric)
    target, _, field = name.rpartition(".")
    return _of_target(analysis, target, field) if target else None


def of_metric(stream: ValueStream, analysis: Analysis, metric: Metric) -> Figure | None:
    """A number that the author states, or the figure that it points at."""
    if metric.figure:
        points_back = metric.figure == (metric.id or metric.key)
        return None if points_back else look_up(stream, analysis, metric.figure)
    return as_figure(metric.value)


def as_figure(value: Any, kind: FigureKind = "waiting") -> Figure | None:
    """A quantity of the model as a figure; None for words and for what nobody knows."""
    match value:
        case Duration():
            return make_figure(kind, (value.low, value.seconds, value.high), Gaps(), value.unit)
        case Percent():
            return make_figure("ratio", (value.low, value.ratio, value.high), Gaps())
        case Count():
            return make_figure("count", (value.low, value.amount, value.high), Gaps())
        case Rate():
            return as_figure(Count(value.per_second, value.per_second, value.per_second))
        case _:
            return None


def _of_target(analysis: Analysis, target: str, field: str) -> Figure | None:
    if span := analysis.called.spans.get(target):
        return (span.figures or {}).get(field)
    thing = analysis.called.things.get(target)
    if thing is None:
        return None
    step = analysis.step(thing.key)
    if step and (figure := _of_step(step, field)):
        return figure
    key = FIELDS.get(field, field)
    kind: FigureKind = "work" if key in WORK_FIELDS else "waiting"
    return as_figure(_value(analysis, thing, key), kind)


def _value(analysis: Analysis, thing: Thing, field: str) -> object:
    """What a key of an element says, defaults of the language included."""
    match (thing, field):
        case (Step(), "pt"):
            return process_time(thing)
        case (Step(), "lt") if thing.lt is None:
            return process_time(thing)
        case (Queue(), "wait"):
            rate = demand(analysis.stream)
            return queue_wait(thing, portion(rate, analysis.called.weights[thing.key]))
        case _:
            return getattr(thing, field, None)


def _of_step(step: StepFigures, field: str) -> Figure | None:
    value = getattr(step, field, None)
    if field in STEP_FIGURES:
        return value if isinstance(value, Figure) else None
    if not isinstance(value, Fraction):
        return None
    if field in STEP_RATIOS:
        return make_figure("ratio", (value, value, value), Gaps())
    return make_figure("count", (value, value, value), Gaps()) if field in STEP_COUNTS else None
