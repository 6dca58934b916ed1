"""The full data: every step, every wait, every part of the stream, as the map has them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.cascade import cascade
from vsmdsl.analysis.result import Figure, StepFigures, WaitFigures
from vsmdsl.model.stream import Handoff, Queue, Step, walk
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Column, Row, Table, table
from vsmdsl.report.story.places import Around, around, name_of, teams, whose
from vsmdsl.report.story.stuck import KINDS
from vsmdsl.report.subject import Subject


@record
class Data:
    """All tables that have rows."""

    lead: str
    tables: tuple[Table, ...]


def data(subject: Subject) -> Data | None:
    """The data tables of the state that is shown."""
    found = (_steps(subject), _waits(subject), _spans(subject), _own_rows(subject))
    some = tuple(one for one in found if one.rows)
    lead = subject.say("Everything that the map knows. A “?” has not been measured.")
    return Data(lead, some) if some else None


def _steps(subject: Subject) -> Table:
    say, side = subject.say, subject.shown
    columns = (
        Column(say("Step")), Column(say("Process time"), number=True),
        Column(say("Lead time"), number=True), Column(say("Waiting before"), number=True),
        Column(say("%C&A"), number=True), Column(say("Right up to here"), number=True),
        Column(say("Visits"), number=True),
        Column(say("Cycle time"), number=True), Column(say("Capacity a day"), number=True),
        Column(say("Utilisation"), number=True),
    )  # fmt: skip
    right = {one.key: one.after for one in cascade(side.stream)}
    rows = [_step(subject, one, right.get(one.key)) for one in side.analysis.steps]
    return table(say("Steps, in order"), columns, rows)


def _step(subject: Subject, one: StepFigures, right: Fraction | None) -> Row:
    visits = one.visits if one.visits not in (None, 1) else None
    work, lead, cycle = one.process_time, one.lead_time, one.effective_cycle_time
    can = one.capacity_per_day
    cells = (
        Cell(words.one_line(one.label), words.joined(*_remarks(subject, one))),
        _figure(subject, work, "?"),
        _figure(subject, lead, "?"),
        Cell(_before(subject, one), sort=words.exact(one.wait_before.value)),
        Cell(words.share(subject, one.ca)),
        Cell(words.ratio(subject, right), sort=words.exact(right)),
        Cell(words.number(subject, visits, 2) if visits is not None else ""),
        _figure(subject, cycle),
        Cell("" if can is None else words.number(subject, can), sort=words.exact(can)),
        Cell(words.ratio(subject, one.utilisation), sort=words.exact(one.utilisation)),
    )
    return Row(cells, on=one.key)


def _figure(subject: Subject, one: Figure | None, unknown: str = "") -> Cell:
    text = words.shown(subject, one, subject.shown.calendar) or unknown
    return Cell(text, sort=words.exact(one.value if one else None))


def _before(subject: Subject, one: StepFigures) -> str:
    if one.wait_before.value:
        return words.shown(subject, one.wait_before, subject.shown.calendar)
    return "–" if one.wait_before.complete else "?"


def _remarks(subject: Subject, one: StepFigures) -> Iterator[str]:
    if found := teams(subject.shown, one.team):
        yield found
    if not one.on_path:
        yield subject.say("not on the longest path")


def _waits(subject: Subject) -> Table:
    say, side = subject.say, subject.shown
    known = around(side.stream)
    columns = (
        Column(say("Wait")), Column(say("Kind")), Column(say("Whose work")),
        Column(say("Time"), number=True), Column(say("Share of lead time"), number=True),
    )  # fmt: skip
    rows = [
        _wait(subject, one, known) for one in side.analysis.waits if one.time.value or not one.known
    ]
    return table(say("Waits, longest first"), columns, rows)


def _wait(subject: Subject, one: WaitFigures, known: dict[str, Around]) -> Row:
    side, say = subject.shown, subject.say
    time = words.shown(subject, one.time, side.calendar) if one.known or one.time.value else "?"
    share = words.ratio(subject, one.share) if one.rank else ""
    off = "" if one.rank or not one.known else say("in a shorter branch")
    if not one.known:
        off = say("not all of it measured") if one.time.value else say("not measured")
    cells = (
        Cell(words.one_line(one.label), off),
        Cell(say(KINDS[one.kind])),
        Cell(whose(side, one.key, known)),
        Cell(time, sort=words.exact(one.time.value)),
        Cell(share, sort=words.exact(one.share or Fraction(0))),
    )
    return Row(cells, on=one.key)


def _spans(subject: Subject) -> Table:
    say, side = subject.say, subject.shown
    names = ("lead_time", "process_time", "flow_efficiency")
    columns = (
        Column(say("Part of the stream")), Column(say("Lead time"), number=True),
        Column(say("Process time"), number=True), Column(say("Flow efficiency"), number=True),
    )  # fmt: skip
    rows = []
    for one in side.analysis.spans:
        found = [one.figures.get(name) if one.figures else None for name in names]
        cells = (Cell(words.shown(subject, it, side.calendar) or "–") for it in found)
        rows.append(Row((Cell(words.one_line(one.label)), *cells)))
    return table(say("Parts of the stream"), columns, rows)


def _own_rows(subject: Subject) -> Table:
    """Rows of the data boxes that are the author's own."""
    say, side = subject.say, subject.shown
    columns = (Column(say("At")), Column(say("Name")), Column(say("Value")))
    rows = [
        Row((Cell(name_of(side, one.key)), Cell(name), Cell(value)), on=one.key)
        for one in walk(side.stream.elements)
        if isinstance(one, Step | Queue | Handoff)
        for name, value in one.rows
    ]
    return table(say("Further data"), columns, rows)
