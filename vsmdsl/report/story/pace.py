"""Capacity against demand: the pace the customer sets, and which step can hold it."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.analysis.result import StepFigures
from vsmdsl.drawing.charts.load import Load
from vsmdsl.drawing.charts.load import load as draw
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Chart, Column, Row, Table, table
from vsmdsl.report.story.charted import charted
from vsmdsl.report.story.charted import name as chart_name
from vsmdsl.report.story.places import name_of
from vsmdsl.report.subject import Subject

# From here on waits grow steeply: with random arrivals an item waits ρ ÷ (1 − ρ) times as long as
# it is worked on (M/M/1 queue).
BUSY = Fraction(80, 100)


@record
class Pace:
    """Takt, and what each step can do against it."""

    lead: str
    why: str
    chart: Chart | None
    table: Table


def pace(subject: Subject) -> Pace | None:
    """Only where the demand and the pace of at least one step are known."""
    side = subject.shown
    takt = side.analysis.metrics.get("takt_time")
    rows = [one for one in side.analysis.steps if _ratio(one, subject) is not None]
    if takt is None or not rows:
        return None
    return Pace(_lead(subject), _why(subject), _chart(subject, rows), _table(subject, rows))


def _ratio(one: StepFigures, subject: Subject) -> Fraction | None:
    """The load of a step: its utilisation, else its cycle time as a share of takt."""
    takt = subject.shown.analysis.metrics.get("takt_time")
    if one.utilisation is not None:
        return one.utilisation
    if one.effective_cycle_time and takt and takt.value:
        return one.effective_cycle_time.value / takt.value
    return None


def _lead(subject: Subject) -> str:
    side, say = subject.shown, subject.say
    takt = words.figure(subject, side, "takt_time")
    said = [say("The customer takes one every {time} of working time (takt time).", time=takt)]
    found = side.analysis.constraint
    if found and found.by == "utilisation" and found.utilisation is not None:
        text = "{step} sets the pace: it is asked for {share} of what it can do."
        if found.utilisation > 1:
            text = (
                "{step} cannot keep up: it is asked for {share} of what it can do, and its queue "
                "only grows."
            )
        step, share = name_of(side, found.step), words.whole(subject, found.utilisation)
        said.append(say(text, step=step, share=share))
    elif found and found.by == "cycle_time":
        said.append(say("{step} is the slowest step.", step=name_of(side, found.step)))
    return " ".join(said)


def _why(subject: Subject) -> str:
    """Why a busy step is a slow one: how waits grow with utilisation, by a known formula."""
    found = subject.shown.analysis.constraint
    load = found.utilisation if found else None
    if load is None or not BUSY <= load < 1:
        return ""
    return subject.say(
        "A busy step is a slow one: where work arrives at random, it waits about {times} times as "
        "long as it is worked on at {load} load, and 4 times at 80 % (queueing theory, M/M/1).",
        times=words.number(subject, load / (1 - load), 0),
        load=words.whole(subject, load),
    )


def _chart(subject: Subject, found: list[StepFigures]) -> Chart:
    side, say = subject.shown, subject.say
    used = any(one.utilisation is not None for one in found)
    title = (
        say("What each step is asked for, against what it can do")
        if used
        else (say("How long each step takes for one, against takt time"))
    )
    takt = words.figure(subject, side, "takt_time")
    mark = say("all that it can do") if used else say("takt {time}", time=takt)
    said = say("The same figures are in the table that follows.")
    rows = [
        Load(
            name_of(side, one.key),
            _cycle(subject, one) if used else "",
            ratio,
            words.ratio(subject, ratio) if used else _time(subject, one),
        )
        for one in found
        if (ratio := _ratio(one, subject)) is not None
    ]
    name = chart_name(subject)
    return charted(
        subject, title, lambda width: draw(rows, width, mark, title=title, said=said, name=name)
    )


def _time(subject: Subject, one: StepFigures) -> str:
    return words.shown(subject, one.effective_cycle_time, subject.shown.calendar)


def _cycle(subject: Subject, one: StepFigures) -> str:
    time = _time(subject, one)
    return subject.say("one every {time}", time=time) if time else ""


def _table(subject: Subject, found: list[StepFigures]) -> Table:
    say = subject.say
    columns = (
        Column(say("Step")), Column(say("Needs for one (cycle time)"), number=True),
        Column(say("Can do per day"), number=True), Column(say("Visits per item"), number=True),
        Column(say("Utilisation"), number=True),
    )  # fmt: skip
    rows = [_row(subject, one) for one in found]
    return table(say("Capacity against demand"), columns, rows)


def _row(subject: Subject, one: StepFigures) -> Row:
    say, clock = subject.say, subject.shown.calendar
    cycle, visits = one.effective_cycle_time, one.visits
    limit = subject.shown.analysis.constraint
    sets = say("sets the pace") if limit and limit.step == one.key else ""
    over = (one.utilisation or 0) > 1
    again = words.number(subject, visits, 2) if visits not in (None, 1) else ""
    load = words.ratio(subject, one.utilisation)
    cells = (
        Cell(name_of(subject.shown, one.key), sets),
        Cell(
            words.shown(subject, cycle, clock), say("above takt") if one.above_takt else "",
            "bad" if one.above_takt else "", words.exact(cycle.value if cycle else None),
        ),
        Cell(
            "" if one.capacity_per_day is None else words.number(subject, one.capacity_per_day),
            sort=words.exact(one.capacity_per_day),
        ),
        Cell(again, sort=words.exact(visits)),
        Cell(
            load, say("overloaded") if over else "", "bad" if over else "",
            words.exact(one.utilisation),
        ),
    )  # fmt: skip
    return Row(cells, on=one.key)
