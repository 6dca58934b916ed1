"""From a value stream to all its figures."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from vsmdsl.analysis.capacity import constraint
from vsmdsl.analysis.lanes import lane_figures
from vsmdsl.analysis.loops import loop_figures, returning
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.metrics import headline
from vsmdsl.analysis.naming import labels
from vsmdsl.analysis.result import Analysis, Constraint, Figure, StepFigures
from vsmdsl.analysis.spans import span_figures
from vsmdsl.analysis.steps import step_figures
from vsmdsl.analysis.timeline import timeline, waits
from vsmdsl.model.stream import ValueStream


def analyse(stream: ValueStream) -> Analysis:
    """All figures of a map, exact; nothing is read or written and nothing fails."""
    measure = Measure(stream)
    metrics, segments, read_as = headline(measure), timeline(measure), labels(stream)
    steps = step_figures(measure, metrics, read_as)
    return Analysis(
        metrics=metrics,
        segments=segments,
        waits=waits(segments, _value(metrics["lead_time"]), read_as),
        steps=steps,
        lanes=lane_figures(measure),
        spans=span_figures(measure),
        constraint=_constraint(measure, steps),
        labels=read_as,
        longest=measure.whole.first().longest,
        countless=measure.countless,
        returning=returning(measure),
        rework=partial(loop_figures, measure),
        stream=stream,
    )


def _constraint(measure: Measure, steps: tuple[StepFigures, ...]) -> Constraint | None:
    """Dead ends set nobody's pace; shorter branches may."""
    roles = measure.whole.stops
    dead = {stop.element.key for stop in roles if stop.role == "off"}
    return constraint(step for step in steps if step.key not in dead)


def _value(figure: Figure | None) -> Fraction:
    return figure.value if figure else Fraction(0)
