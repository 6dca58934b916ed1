"""The trend: the headline figures at the revisions of the file that changed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from vsmdsl.analysis.compare import compare
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.trend import Point
from vsmdsl.drawing.trend import trend as draw
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Chart, Column, Row, Table, table
from vsmdsl.report.story.futures import difference
from vsmdsl.report.subject import NOW, Revision, Subject

FIGURES = (
    ("lead_time", "Lead time"), ("process_time", "Process time"),
    ("flow_efficiency", "Flow efficiency"), ("rolled_ca", "Rolled %C&A"),
)  # fmt: skip


@record
class Trend:
    """How the figures went."""

    lead: str
    chart: Chart
    table: Table


def trend(subject: Subject) -> Trend | None:
    """The revisions at which a figure changed; one alone is no trend."""
    told = list(_turns(subject))
    if len(told) < 2:
        return None
    return Trend(_lead(subject, told), _chart(subject, told), _table(subject, told))


def _turns(subject: Subject) -> Iterator[Revision]:
    """The first revision, and each at which a figure reads differently."""
    last = None
    for one in subject.history:
        now = [words.figure(subject, one.side, name) for name, _ in FIGURES]
        if now != last and one.side.analysis.metrics.get("lead_time"):
            yield one
        last = now


def _lead(subject: Subject, told: Sequence[Revision]) -> str:
    first, last = told[0], told[-1]
    before, after = (words.figure(subject, one.side, "lead_time") for one in (first, last))
    change, days = _change(subject, told), [_day(subject, one) for one in (first, last)]
    if not change:
        text = "From {first} to {last}, the lead time stayed at {after}."
        return subject.say(text, first=days[0], last=days[1], after=after)
    text = "From {first} to {last}, the lead time went from {before} to {after} ({change})."
    return subject.say(text, first=days[0], last=days[1], before=before, after=after, change=change)


def _change(subject: Subject, told: Sequence[Revision]) -> str:
    delta = compare(told[0].side.analysis, told[-1].side.analysis)["lead_time"]
    return difference(subject, delta, told[-1].side) if delta and delta.change else ""


def _chart(subject: Subject, told: Sequence[Revision]) -> Chart:
    points = [point for one in told if (point := _point(subject, one))]
    delta = compare(told[0].side.analysis, told[-1].side.analysis)["lead_time"]
    better = delta.change < 0 if delta and delta.change else None
    title = subject.say("Lead time over the revisions of the map")
    scene = draw(title, points, _change(subject, told), better=better, wording=subject.wording)
    return Chart("", paint(scene, colours=subject.colours), "")  # its title is in the picture


def _point(subject: Subject, one: Revision) -> Point | None:
    lead, work = (one.side.analysis.metrics.get(name) for name in ("lead_time", "process_time"))
    if lead is None or work is None:
        return None
    time = words.figure(subject, one.side, "lead_time")
    share = words.figure(subject, one.side, "flow_efficiency")
    sure = lead.complete and work.complete
    return Point(
        _day(subject, one), lead.value, work.value, time, share, sure, words.one_line(one.note)
    )


def _table(subject: Subject, told: Sequence[Revision]) -> Table:
    say = subject.say
    columns = (
        Column(say("Day")), *(Column(say(label), number=True) for _, label in FIGURES),
        Column(say("What changed")),
    )  # fmt: skip
    return table(say("The figures over time"), columns, [_row(subject, one) for one in told])


def _row(subject: Subject, one: Revision) -> Row:
    figures = (_cell(subject, one, name) for name, _ in FIGURES)
    return Row((Cell(_day(subject, one), sort=one.day), *figures, Cell(words.one_line(one.note))))


def _cell(subject: Subject, one: Revision, name: str) -> Cell:
    found = one.side.analysis.metrics.get(name)
    text = words.figure(subject, one.side, name)
    return Cell(text, sort=words.exact(found.value if found else None))


def _day(subject: Subject, one: Revision) -> str:
    if one.day == NOW:
        return subject.say("today")
    return subject.wording.short_day(date.fromisoformat(one.day))
