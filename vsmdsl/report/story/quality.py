"""Quality: what is right the first time, step by step, and what comes back and costs."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.analysis.cascade import Stage, cascade
from vsmdsl.analysis.result import Figure
from vsmdsl.drawing.charts.cascade import Stage as Drawn
from vsmdsl.drawing.charts.cascade import cascade as draw
from vsmdsl.model.stream import Rework
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Chart, Column, Row, Table, table
from vsmdsl.report.story.charted import charted
from vsmdsl.report.story.charted import name as chart_name
from vsmdsl.report.story.places import name_of
from vsmdsl.report.subject import Subject


@record
class Quality:
    """The cascade of what is right the first time, and the loops."""

    lead: str
    chart: Chart | None
    tables: tuple[Table, ...]


def quality(subject: Subject) -> Quality | None:
    """What is known of first-time quality and of rework."""
    stages = cascade(subject.shown.stream)
    loops = tuple(_loops(subject))
    if not stages and not loops:
        return None
    chart = _chart(subject, stages) if len(stages) > 1 else None
    return Quality(_lead(subject), chart, loops)


def _lead(subject: Subject) -> str:
    return " ".join(filter(None, (_first_time(subject), _returns(subject))))


def _first_time(subject: Subject) -> str:
    ca = subject.shown.analysis.metrics.get("rolled_ca")
    if ca is None:
        return ""
    text = "{share} of the items pass every step complete and accurate (%C&A) the first time."
    if not ca.complete:
        text = (
            "At most {share} of the items pass every step complete and accurate (%C&A) the first "
            "time: not every step is measured."
        )
    return subject.say(text, share=words.whole(subject, ca.value))


def _returns(subject: Subject) -> str:
    side = subject.shown
    time, whole = (
        side.analysis.metrics.get(name) for name in ("rework_time", "expected_lead_time")
    )
    if not side.stream.reworks or time is None or not time.value or whole is None:
        return ""
    lead = words.worded(subject, whole, side.calendar)
    text = "What comes back adds {time} on average, so that the lead time to expect is {lead}."
    return subject.say(text, time=words.worded(subject, time, side.calendar), lead=lead)


def _chart(subject: Subject, stages: tuple[Stage, ...]) -> Chart:
    side, say = subject.shown, subject.say
    title = say("Right the first time, step by step")
    said = say("The same figures are in the table of steps of the full data.")
    rows = [
        Drawn(
            name_of(side, one.key), one.before, one.after,
            say("{share} right here", share=_own(subject, one)), words.ratio(subject, one.after),
        )
        for one in stages
    ]  # fmt: skip
    keys = say("still right after this step"), say("lost in this step")
    name = chart_name(subject)
    return charted(
        subject, title,
        lambda width: draw(rows, width, title=title, said=said, name=name, keys=keys),
    )  # fmt: skip


def _own(subject: Subject, one: Stage) -> str:
    figures = subject.shown.analysis.step(one.key)
    return words.share(subject, figures.ca) if figures else words.ratio(subject, one.own)


def _loops(subject: Subject) -> Iterator[Table]:
    say = subject.say
    columns = (
        Column(say("What comes back")), Column(say("Share"), number=True),
        Column(say("Returns per item"), number=True), Column(say("One return takes"), number=True),
        Column(say("Adds per item"), number=True),
    )  # fmt: skip
    rows = [_loop(subject, one) for one in subject.shown.stream.reworks]
    if rows:
        yield table(say("What comes back, and what it costs"), columns, rows)
        yield from _with_rework(subject)


def _loop(subject: Subject, one: Rework) -> Row:
    side = subject.shown
    found = next((loop for loop in side.analysis.loops if loop.key == one.key), None)
    way = f"{name_of(side, one.start)} → {name_of(side, one.end)}"
    returns = found.returns if found else None
    again = "?" if returns is None else words.number(subject, returns, 2)
    pass_, cost = (found.one_pass, found.cost) if found else (None, None)
    cells = (
        Cell(way, words.one_line(one.label)),
        Cell(words.share(subject, one.share)),
        Cell(again, sort=words.exact(returns)),
        _time(subject, pass_),
        _time(subject, cost),
    )
    return Row(cells, on=one.start)


def _time(subject: Subject, one: Figure | None) -> Cell:
    text = words.shown(subject, one, subject.shown.calendar)
    return Cell(text, sort=words.exact(one.value if one else None))


def _with_rework(subject: Subject) -> Iterator[Table]:
    side, say = subject.shown, subject.say
    columns = (Column(say("Lead time")), Column(say("Time"), number=True))
    rows = [
        Row((Cell(say(label)), Cell(text)), name == "expected_lead_time")
        for label, name in (
            ("If all goes right the first time", "lead_time"),
            ("Spent on what comes back, on average", "rework_time"),
            ("To be expected", "expected_lead_time"),
            ("Work, against the first pass", "rework_factor"),
        )
        if (text := words.figure(subject, side, name))
    ]
    if rows:
        yield table(say("Lead time without and with rework"), columns, rows)
