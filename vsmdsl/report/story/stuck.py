"""Where the value gets stuck: the waits by their length, whose, why, and what is planned."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.result import WaitFigures
from vsmdsl.drawing.charts.waits import Wait
from vsmdsl.drawing.charts.waits import waits as draw
from vsmdsl.model.stream import Handoff, Queue, Step
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Chart, Column, Row, Table, table
from vsmdsl.report.story.charted import charted
from vsmdsl.report.story.charted import name as chart_name
from vsmdsl.report.story.notes import plain
from vsmdsl.report.story.places import Around, around, kaizens_at, wastes_at, whose
from vsmdsl.report.subject import Side, Subject

MOST = 10  # waits of the ranking; all of them stand in the data
PARETO = Fraction(80, 100)
KINDS = {
    "queue": "in a queue",
    "handoff": "at a handoff",
    "step": "before the step",
    "inside": "inside the step",
}


@record
class Stuck:
    """The ranking as a chart and as a table with the reasons."""

    lead: str
    chart: Chart | None
    table: Table


def stuck(subject: Subject) -> Stuck | None:
    """The longest waits that are known, at most ten."""
    found = [one for one in subject.shown.analysis.waits if one.rank and one.time.value]
    if not found:
        return None
    first, known = found[:MOST], around(subject.shown.stream)
    chart = _chart(subject, first, known) if len(first) > 1 else None
    return Stuck(_lead(subject, found), chart, _table(subject, first, known))


def reasons(subject: Subject, side: Side, one: WaitFigures) -> Iterator[str]:
    """Why it waits, as far as the map says: marked wastes, what stands there, how it is handed."""
    say = subject.say
    for waste in wastes_at(side, one.key):
        yield words.sentence(words.one_line(waste.label) or say(waste.kind))
    for note in side.stream.notes:
        if one.key in note.on:
            yield words.sentence(words.shortened(plain(note.label)))
    match side.stream.find(one.key):
        case Queue() as queue:
            if count := words.count(subject, queue.qty or queue.wip):
                yield say("{count} waiting there.", count=count)
        case Handoff(via=via) if via:
            yield say("Handed on by {means}.", means=via)
        case Step(batch=batch) if batch and one.kind == "inside":
            yield say("Worked on in batches of {count}.", count=words.count(subject, batch))


def _lead(subject: Subject, found: list[WaitFigures]) -> str:
    side = subject.shown
    waiting, lead = (side.analysis.metrics.get(name) for name in ("wait_time", "lead_time"))
    first = _few(subject, found)
    if waiting is None or lead is None or not waiting.value or waiting == lead:
        return first
    text = "Of {lead}, {waiting} are waiting, not work."
    time, whole = (words.worded(subject, one, side.calendar) for one in (waiting, lead))
    return " ".join((subject.say(text, waiting=time, lead=whole), first)).strip()


def _few(subject: Subject, found: list[WaitFigures]) -> str:
    """`The first 3 of 6 waits make up 82 % of it.`"""
    whole = sum((one.time.value for one in found), Fraction(0))
    if len(found) < 3 or not whole:
        return ""
    part, count = Fraction(0), 0
    while part < PARETO * whole:
        part += found[count].time.value
        count += 1
    if count > len(found) / 2:
        return ""
    text = "The first {count} of {all} waits make up {share} of the waiting: start there."
    one = "The first of {all} waits makes up {share} of the waiting: start there."
    waiting = subject.shown.analysis.metrics.get("wait_time")
    if waiting and waiting.bound:
        text = "The first {count} of {all} waits make up {share} of the waiting that is known."
        one = "The first of {all} waits makes up {share} of the waiting that is known."
    share = words.whole(subject, part / whole)
    return subject.some(one, text, count, all=len(found), share=share)


def _chart(subject: Subject, found: list[WaitFigures], known: dict[str, Around]) -> Chart:
    side, title = subject.shown, subject.say("The longest waits")
    said = subject.say("The same waits, with reasons, are in the table that follows.")
    rows = [
        Wait(
            words.one_line(one.label), whose(side, one.key, known),
            one.share or Fraction(0), _value(subject, one),
        )
        for one in found
    ]  # fmt: skip
    name = chart_name(subject)
    return charted(
        subject, title, lambda width: draw(rows, width, title=title, said=said, name=name)
    )


def _value(subject: Subject, one: WaitFigures) -> str:
    time = words.shown(subject, one.time, subject.shown.calendar)
    share = words.ratio(subject, one.share)
    return f"{time} · {share}" if share else time


def _table(subject: Subject, found: list[WaitFigures], known: dict[str, Around]) -> Table:
    say = subject.say
    columns = (
        Column(say("Where it waits")), Column(say("Why")), Column(say("Whose work")),
        Column(say("Time"), number=True), Column(say("Share of lead time"), number=True),
        Column(say("What is planned")),
    )  # fmt: skip
    rows = [_row(subject, one, known) for one in found]
    return table(say("The longest waits, with reasons"), columns, rows)


def _row(subject: Subject, one: WaitFigures, known: dict[str, Around]) -> Row:
    side = subject.shown
    plans = "; ".join(_plans(side, one.key))
    cells = (
        Cell(words.one_line(one.label), subject.say(KINDS[one.kind])),
        Cell(" ".join(reasons(subject, side, one))),
        Cell(whose(side, one.key, known)),
        Cell(words.shown(subject, one.time, side.calendar), sort=words.exact(one.time.value)),
        Cell(words.ratio(subject, one.share), sort=words.exact(one.share)),
        Cell(plans),
    )
    return Row(cells, on=one.key)


def _plans(side: Side, key: str) -> Iterator[str]:
    for one in kaizens_at(side, key):
        name = words.one_line(one.label) or one.id or one.key
        yield f"{name} ({one.owner})" if one.owner else name
