"""What a name stands for in a goal or a metric: a figure of the map, of a span, of an element."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import Any

from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.measure import Measure
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
    if metric := stated_metric(stream, name):
        return of_metric(stream, analysis, metric)
    target, _, field = name.rpartition(".")
    return _of_target(stream, analysis, target, field) if target else None


def of_metric(stream: ValueStream, analysis: Analysis, metric: Metric) -> Figure | None:
    """A number that the author states, or the figure that it points at."""
    if metric.figure:
        points_back = metric.figure == (metric.id or metric.key)
        return None if points_back else look_up(stream, analysis, metric.figure)
    return as_figure(metric.value)


def stated_metric(stream: ValueStream, name: str) -> Metric | None:
    """The metric with this name."""
    return next((one for one in stream.metrics if name in (one.id, one.key, one.label)), None)


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


def _of_target(stream: ValueStream, analysis: Analysis, target: str, field: str) -> Figure | None:
    for span in analysis.spans:
        if target in (span.key, span.label):
            return (span.figures or {}).get(field)
    thing = find_thing(stream, target)
    if thing is None:
        return None
    step = analysis.step(thing.key)
    if step and (figure := _of_step(step, field)):
        return figure
    key = FIELDS.get(field, field)
    kind: FigureKind = "work" if key in WORK_FIELDS else "waiting"
    return as_figure(_value(stream, thing, key), kind)


def find_thing(stream: ValueStream, name: str) -> Thing | None:
    """An element, a link or anything around the stream, by its key, id or label."""
    return next((one for one in _things(stream) if name in (one.key, one.id, one.label)), None)


def _things(stream: ValueStream) -> Iterator[Thing]:
    around = (stream.reworks, stream.teams, stream.parties, stream.infos, stream.kaizens)
    return chain(stream.everything, *around)


def _value(stream: ValueStream, thing: Thing, field: str) -> object:
    """What a key of an element says, defaults of the language included."""
    match (thing, field):
        case (Step(), "pt"):
            return process_time(thing)
        case (Step(), "lt") if thing.lt is None:
            return process_time(thing)
        case (Queue(), "wait"):
            return queue_wait(thing, portion(demand(stream), Measure(stream).weights[thing.key]))
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
