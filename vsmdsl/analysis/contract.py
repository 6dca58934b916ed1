"""The figures of a map as data for other programs: `vsm stats --json`, schema version 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.goals import GoalResult
from vsmdsl.analysis.lookup import of_metric
from vsmdsl.analysis.result import Analysis, Constraint, Figure, StepFigures, WaitFigures
from vsmdsl.analysis.show import show, show_number, show_rate, show_share
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.calendar import HOUR, Calendar
from vsmdsl.model.quantity import Gap, Percent, Rate, Share
from vsmdsl.model.stream import Metric, ValueStream

SCHEMA = 1
PLACES = 6  # decimals of seconds, visits and capacities
DIGITS = 6  # significant digits of ratios
WITHOUT_COMPLETE = frozenset({"handoffs", "takt_time"})  # always whole where they exist

Json = dict[str, Any]


class Future(Protocol):
    """What is read of a future: `pipeline.State` has it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def stream(self) -> ValueStream: ...
    @property
    def analysis(self) -> Analysis: ...


def document(maps: Sequence[Json]) -> Json:
    """Several maps as one answer."""
    return {"schema": SCHEMA, "maps": list(maps)}


def as_json(
    stream: ValueStream,
    analysis: Analysis,
    futures: Iterable[Future] = (),
    goals: Iterable[GoalResult] = (),
    findings: Iterable[Diagnostic] = (),
    file: str | None = None,
) -> Json:
    """One map with its futures, goals and findings; `findings` may hold errors, which are left out.

    `file` is the name to print; by default that of the source.
    """
    return {
        "file": stream.span.source.name if file is None else file,
        "title": stream.settings.title,
        "state": stream.settings.state,
        "calendar": _calendar(stream.calendar),
        "metrics": metrics_as_json(stream, analysis),
        "stated": {one.id or one.key: _stated(stream, analysis, one) for one in stream.metrics},
        "spans": _spans(stream, analysis),
        "steps": [_step(stream, analysis, step) for step in analysis.steps],
        "waits": [_wait(analysis, wait) for wait in analysis.waits],
        "constraint": _constraint(analysis, analysis.constraint),
        "futures": {one.key: _future(analysis, one) for one in futures},
        "goals": [_goal(stream, analysis, one) for one in goals],
        "findings": [_finding(one) for one in findings if not one.is_error],
    }


# --- the parts of a map ---------------------------------------------------------------------------


def _calendar(calendar: Calendar) -> Json:
    return {
        "hours_per_day": decimal(calendar.day / HOUR),
        "days_per_week": decimal(calendar.days_per_week),
        "days_per_month": decimal(calendar.days_per_month),
        "text": calendar.text,
    }


def metrics_as_json(stream: ValueStream, analysis: Analysis) -> Json:
    """Every headline figure of one state."""
    return {
        name: _figure(stream, analysis, figure, headline=name not in WITHOUT_COMPLETE)
        for name, figure in analysis.metrics.items()
    }


def _stated(stream: ValueStream, analysis: Analysis, metric: Metric) -> Json | None:
    figure = of_metric(stream, analysis, metric)
    match metric.value:
        case _ if metric.figure:
            return _figure(stream, analysis, figure)
        case Percent():
            return {"ratio": significant(metric.value.ratio), "text": show_share(metric.value)}
        case Rate():
            return {"text": show_rate(metric.value)}
        case Gap():
            return None if metric.value is Gap.NONE else {"text": metric.value.value}
        case _ if figure:
            return _number(figure) | {"text": show(figure, stream.calendar)}
        case _:
            return {"text": metric.text or str(metric.value)}


def _spans(stream: ValueStream, analysis: Analysis) -> Json:
    return {
        analysis.names.get(span.key, span.key): None
        if span.figures is None
        else {"name": span.label}
        | {name: _figure(stream, analysis, figure) for name, figure in span.figures.items()}
        for span in analysis.spans
    }


def _step(stream: ValueStream, analysis: Analysis, step: StepFigures) -> Json:
    return {
        "id": analysis.names[step.key],
        "label": step.label,
        "team": ", ".join(analysis.names.get(team, team) for team in step.team) or None,
        "process_time": _figure(stream, analysis, step.process_time),
        "lead_time": _figure(stream, analysis, step.lead_time),
        "wait_before": _figure(stream, analysis, step.wait_before),
        "ca": _share(step.ca),
        "visits": None if step.visits is None else decimal(step.visits),
        "effective_cycle_time": _figure(stream, analysis, step.effective_cycle_time),
        "above_takt": step.above_takt,
        "capacity": _capacity(step),
        "utilisation": _ratio(step.utilisation),
        "share_of_lead_time": _ratio(step.share_of_lead_time),
    }


def _capacity(step: StepFigures) -> Json | None:
    if step.capacity_per_day is None:
        return None
    day, shift = step.capacity_per_day, step.capacity_per_shift
    text = f"{show_number(day)} a day" if shift is None else f"{show_number(shift)} a shift"
    per_shift = None if shift is None else decimal(shift)
    return {"per_day": decimal(day), "per_shift": per_shift, "text": text}


def _wait(analysis: Analysis, wait: WaitFigures) -> Json:
    return {
        "at": analysis.names[wait.key],
        "label": wait.label,
        "kind": wait.kind,
        **_number(wait.time),
        **_incomplete(analysis, wait.time),
        "share": None if wait.share is None else significant(wait.share),
        "rank": wait.rank,
    }


def _constraint(analysis: Analysis, constraint: Constraint | None) -> Json | None:
    if constraint is None:
        return None
    return {
        "step": analysis.names[constraint.step],
        "utilisation": _ratio(constraint.utilisation),
        "above_takt": constraint.above_takt,
    }


def _future(before: Analysis, future: Future) -> Json:
    stream, after = future.stream, future.analysis
    return {
        "title": future.label,
        "metrics": metrics_as_json(stream, after),
        "delta": {name: delta_as_json(delta) for name, delta in compare(before, after).items()},
        "steps": [_step(stream, after, step) for step in after.steps],
        "waits": [_wait(after, wait) for wait in after.waits],
        "constraint": _constraint(after, after.constraint),
        "spans": _spans(stream, after),
    }


def delta_as_json(delta: Delta | None) -> Json | None:
    """What became of one figure: after − before, and that ÷ before."""
    if delta is None:
        return None
    ratio = None if delta.ratio is None else significant(delta.ratio)
    match delta.kind:
        case "waiting" | "work":
            return {"seconds": decimal(delta.change), "ratio": ratio}
        case "count":
            return {"count": decimal(delta.change), "ratio": ratio}
        case _:
            return {"difference": significant(delta.change), "ratio": ratio}


def _goal(stream: ValueStream, analysis: Analysis, goal: GoalResult) -> Json:
    actual = _figure(stream, analysis, goal.actual)
    return {"text": goal.goal.text, "met": goal.met, "actual": actual}


def _finding(finding: Diagnostic) -> Json:
    on = finding.on[0] if len(finding.on) == 1 else list(finding.on) or None
    return {
        "code": finding.code.code,
        "name": finding.code.name,
        "message": finding.message,
        "on": on,
        "file": finding.span.source.name,
        "line": finding.span.line,
        "column": finding.span.column,
    }


# --- figures and numbers --------------------------------------------------------------------------


def _figure(
    stream: ValueStream, analysis: Analysis, figure: Figure | None, *, headline: bool = False
) -> Json | None:
    if figure is None:
        return None
    if figure.kind == "count":
        return _number(figure)
    found = _number(figure) | {"text": show(figure, stream.calendar)}
    if figure.complete:
        return found | ({"complete": True} if headline else {})
    return found | _incomplete(analysis, figure)


def _number(figure: Figure) -> Json:
    """The value, and its two ends where a range enters."""
    match figure.kind:
        case "waiting" | "work":
            word, number = "seconds", decimal
        case "count":
            word, number = "count", decimal
        case _:
            word, number = "ratio", significant
    found: Json = {word: number(figure.value)}
    if figure.low != figure.high:
        found |= {"low": number(figure.low), "high": number(figure.high)}
    return found


def _incomplete(analysis: Analysis, figure: Figure) -> Json:
    if figure.complete:
        return {}
    names: Mapping[str, str] = analysis.names
    missing = [names.get(key, key) for key in figure.missing]
    return {"complete": False, "bound": figure.bound, "missing": missing}


def _share(share: Share | None) -> Json | None:
    if not isinstance(share, Percent):
        return None
    found: Json = {"ratio": significant(share.ratio)}
    if share.is_range:
        found |= {"low": significant(share.low), "high": significant(share.high)}
    return found


def _ratio(ratio: Fraction | None) -> Json | None:
    return None if ratio is None else {"ratio": significant(ratio)}


def decimal(number: Fraction) -> int | float:
    """Exact where it is an integer, else a decimal with at most six places."""
    top, bottom = number.as_integer_ratio()  # a long one is not reduced for it
    if bottom == 1:
        return top
    parts, rest = divmod(top * 10**PLACES, bottom)
    up = 2 * rest > bottom or (2 * rest == bottom and parts % 2)
    return _plain(Fraction(parts + 1 if up else parts, 10**PLACES))


def significant(number: Fraction) -> int | float:
    """Six significant digits."""
    return _plain(Fraction(f"{float(number):.{DIGITS}g}"))


def _plain(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else float(number)
