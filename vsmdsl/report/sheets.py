"""The sheets of the workbook, a row each: what its columns are, and whence.

Times are numbers in the unit that the head names: days of the map's own clock, or hours of work.
Between maps with different clocks nothing is computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from vsmdsl.analysis.metrics import METRICS, Metric
from vsmdsl.analysis.plan import plan
from vsmdsl.analysis.result import Figure
from vsmdsl.model.calendar import HOUR
from vsmdsl.model.quantity import Duration, Percent
from vsmdsl.model.quantity import Share as Written
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.story.places import around, biggest, teams, whose
from vsmdsl.report.story.stuck import KINDS
from vsmdsl.report.subject import Subject


@record
class Share:
    """A part of one, to be shown in per cent."""

    ratio: Fraction


Value: TypeAlias = str | int | float | Fraction | Share | date | bool | None
Rows: TypeAlias = Iterable[Sequence[Value]]


@record
class Sheet:
    """One sheet: its name, the heads of its columns, and its rows for a map."""

    name: str
    head: tuple[str, ...]
    rows: Callable[[Subject], Rows]


def figures(subject: Subject) -> Rows:
    """Every headline figure, with what is not known of it."""
    side, say, wording = subject.shown, subject.say, subject.wording
    for row in METRICS:
        if one := side.analysis.metrics.get(row.name):
            value, unit = _measured(subject, one)
            missing = ", ".join(side.analysis.labels.get(key, key) for key in one.missing)
            shown = words.shown(subject, one, side.calendar)
            yield (
                say(row.label),
                value,
                wording.unit(unit),
                shown,
                one.bound,
                missing,
                say(formula(row)),
            )


def steps(subject: Subject) -> Rows:
    """Every step in order."""
    side, day = subject.shown, subject.shown.calendar.day
    for one in side.analysis.steps:
        yield (
            words.one_line(one.label), teams(side, one.team), _in(one.process_time, HOUR),
            _in(one.lead_time, day), _in(one.wait_before, day), _written(one.ca), one.visits,
            _in(one.effective_cycle_time, Fraction(60)), one.capacity_per_day,
            _share(one.utilisation), one.on_path,
        )  # fmt: skip


def waits(subject: Subject) -> Rows:
    """Every wait, longest first."""
    side, known = subject.shown, around(subject.shown.stream)
    for one in side.analysis.waits:
        time = _in(one.time, side.calendar.day) if one.known or one.time.value else None
        share = _share(one.share) if one.rank else None
        yield (
            one.rank, words.one_line(one.label), subject.say(KINDS[one.kind]),
            whose(side, one.key, known), time, share, one.known,
        )  # fmt: skip


def kaizens(subject: Subject) -> Rows:
    """Every improvement of the plan, in the order of the file."""
    side, day = subject.shown, subject.shown.calendar.day
    for one in plan(side.stream, side.analysis, subject.today):
        burst, gain = one.kaizen, one.gain
        effort = burst.effort.seconds if isinstance(burst.effort, Duration) else None
        status = subject.say(burst.status) if burst.status else ""
        yield (
            one.rank, one.name, one.on, burst.owner, burst.due, status, one.overdue,
            effort / day if effort is not None else None,
            gain.saved / day if gain and gain.saved is not None else None,
            one.then.saved / day if one.then and one.then.saved is not None else None,
            gain.per_effort if gain else None,
        )  # fmt: skip


def findings(subject: Subject) -> Rows:
    """What was found, with its place in the file."""
    for one in subject.messages:
        where, text, hint = words.finding(subject, one)
        told = f"{where}: {text}" if where else text
        kind, place = subject.say(one.severity), f"{one.span.source.name}:{one.span.line}"
        yield (one.code.code, one.code.name, kind, told, hint, place)


SHEETS = (
    Sheet("Figures", (
        "Figure", "Value", "Unit", "As shown", "Bound", "Unmeasured", "Formula",
    ), figures),
    Sheet("Steps", (
        "Step", "Team", "Process time (h)", "Lead time (d)", "Waiting before (d)", "%C&A", "Visits",
        "Cycle time (min)", "Capacity (per day)", "Utilisation", "On the longest path",
    ), steps),
    Sheet("Waits", (
        "Rank", "Wait", "Kind", "Whose work", "Time (d)", "Share of lead time", "Measured",
    ), waits),
    Sheet("Kaizens", (
        "Order", "Improvement", "On", "Owner", "Due", "Status", "Overdue", "Effort (d)",
        "Saves alone (d)", "Saves after those before (d)", "Saved per day of effort (d)",
    ), kaizens),
    Sheet("Findings", (
        "Code", "Name", "Severity", "What was found", "What to do", "Place",
    ), findings),
)  # fmt: skip


def portfolio_rows(subjects: Sequence[Subject]) -> tuple[tuple[str, ...], list[Sequence[Value]]]:
    """The streams side by side, each on its own clock."""
    head = (
        "Value stream", "State", "Lead time (own d)", "Process time (h)", "Flow efficiency",
        "Biggest wait", "Biggest wait (own d)", "Its share of lead time", "Rolled %C&A",
        "One day is (h)", "Clock",
    )  # fmt: skip
    return head, [tuple(_stream(one)) for one in subjects]


def _stream(subject: Subject) -> Iterator[Value]:
    side, day = subject.shown, subject.shown.calendar.day
    metrics, wait = side.analysis.metrics, biggest(subject.shown)
    yield words.one_line(side.stream.settings.title) or subject.name
    yield words.one_line(side.label if subject.is_future else subject.say(side.label))
    yield _in(metrics.get("lead_time"), day)
    yield _in(metrics.get("process_time"), HOUR)
    yield _ratio(metrics.get("flow_efficiency"))
    yield words.one_line(wait.label) if wait else ""
    yield _in(wait.time, day) if wait else None
    yield _share(wait.share) if wait else None
    yield _ratio(metrics.get("rolled_ca"))
    yield day / HOUR
    yield words.clock(subject, side.calendar)


def formula(row: Metric) -> str:
    """How a figure is worked out, in one line."""
    return " ".join(row.explanation.split())


def _measured(subject: Subject, one: Figure) -> tuple[Value, str]:
    """A figure as a number, and the unit it counts."""
    match one.kind:
        case "waiting":
            return one.value / subject.shown.calendar.day, "d"
        case "work":
            return one.value / HOUR, "h"
        case "ratio":
            return Share(one.value), ""
    return one.value, "×" if one.kind == "factor" else ""


def _in(one: Figure | None, unit: Fraction) -> Fraction | None:
    return None if one is None else one.value / unit


def _ratio(one: Figure | None) -> Share | None:
    return None if one is None else Share(one.value)


def _share(value: Fraction | None) -> Share | None:
    return None if value is None else Share(value)


def _written(one: Written | None) -> Value:
    return Share(one.ratio) if isinstance(one, Percent) else "?" if one is not None else None
