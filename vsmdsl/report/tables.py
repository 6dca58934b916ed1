"""The tables of a report: waits, steps, rework and spans."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.result import StepFigures, WaitFigures
from vsmdsl.analysis.show import show_count, show_number, show_share
from vsmdsl.model.stream import Handoff, Metric, Queue, Rework, Step
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Column, Row, Table, table
from vsmdsl.report.subject import Side

KINDS = {
    "queue": "queue",
    "handoff": "handoff",
    "step": "before the step",
    "inside": "inside the step",
}
HEAT = (
    (Fraction(85, 100), 4),
    (Fraction(55, 100), 3),
    (Fraction(30, 100), 2),
    (Fraction(1, 10), 1),
)
CAPS = ((Fraction(5, 100), 1), (Fraction(10, 100), 2), (Fraction(15, 100), 3))


def waits(side: Side) -> tuple[Table, ...]:
    """The waits, longest first, with what the map says about each."""
    columns = (
        Column("Where it waits"), Column("Kind"), Column("Share of the lead time"),
        Column("Time", number=True),
    )  # fmt: skip
    most = max((wait.share or Fraction(0) for wait in side.analysis.waits), default=Fraction(0))
    rows = [
        _wait(side, one, most) for one in side.analysis.waits if one.time.value or not one.known
    ]
    return _some("Waits, longest first", columns, rows)


def steps(side: Side) -> tuple[Table, ...]:
    """Every step with what is known of it; columns that nobody filled in are left out."""
    columns = (
        Column("Step"), Column("Process time", number=True), Column("Lead time", number=True),
        Column("Waiting before", number=True), Column("%C&A", number=True),
        Column("Visits", number=True), Column("Cycle time", number=True),
        Column("Capacity a day", number=True), Column("Utilisation", number=True),
    )  # fmt: skip
    return _some("Steps in order", columns, [_step(side, one) for one in side.analysis.steps])


def rework(side: Side) -> tuple[Table, ...]:
    """What comes back, and the lead time without and with it."""
    columns = (
        Column("What comes back"), Column("Share", number=True),
        Column("Returns an item", number=True), Column("One return", number=True),
        Column("Cost an item", number=True),
    )  # fmt: skip
    rows = [_loop(side, one) for one in side.stream.reworks]
    return (*_some("Rework loops", columns, rows), *(_with_rework(side) if rows else ()))


def spans(side: Side) -> tuple[Table, ...]:
    """Parts of the stream, and the numbers that the author states."""
    columns = (
        Column("Part of the stream"), Column("Lead time", number=True),
        Column("Process time", number=True), Column("Flow efficiency", number=True),
    )  # fmt: skip
    rows = [Row(tuple(_span(side, number))) for number in range(len(side.analysis.spans))]
    stated = [_metric(one) for one in side.stream.metrics]
    heads = (Column("Stated by the author"), Column("Value", number=True))
    return (
        *_some("Parts of the stream", columns, rows),
        *_some("Numbers stated by the author", heads, stated),
    )


def heat(share: Fraction, most: Fraction) -> int:
    """How hot a wait is drawn: by its share of the largest one, capped where it is small."""
    relative = share / most if most else Fraction(0)
    level = next((level for least, level in HEAT if relative >= least), 0)
    return min([level, *(cap for below, cap in CAPS if share < below)])


def _some(caption: str, columns: tuple[Column, ...], rows: list[Row]) -> tuple[Table, ...]:
    return (table(caption, columns, rows),) if rows else ()


def _wait(side: Side, one: WaitFigures, most: Fraction) -> Row:
    share = one.share or Fraction(0)
    bar = f"{float(share / most * 100):.1f}" if most and one.rank else None
    return Row(
        (
            Cell(words.one_line(one.label), "; ".join(_about(side, one.key))),
            Cell(KINDS[one.kind], _off(one)),
            Cell(words.ratio(one.share) if one.rank else "", bar=bar, heat=heat(share, most)),
            Cell(words.shown(one.time, side.calendar) if one.known or one.time.value else "?"),
        )
    )


def _off(one: WaitFigures) -> str:
    if one.known:
        return "" if one.rank else "in a shorter branch"
    return "not all of it measured" if one.time.value else "not measured"


def _about(side: Side, key: str) -> Iterator[str]:
    match side.stream.find(key):
        case Queue() as queue:
            if count := show_count(queue.qty or queue.wip):
                yield f"{count} waiting"
        case Handoff(via=via) if via:
            yield f"via {via}"
        case Step(team=team) if team:
            yield _teams(side, team)
    for waste in side.stream.wastes:
        if key in waste.on:
            yield words.one_line(waste.label) or waste.kind


def _step(side: Side, one: StepFigures) -> Row:
    clock = side.calendar
    visits = one.visits if one.visits not in (None, 1) else None
    return Row(
        (
            Cell(words.one_line(one.label), " · ".join(_remarks(side, one))),
            Cell(words.shown(one.process_time, clock) or "?"),
            Cell(words.shown(one.lead_time, clock) or "?"),
            Cell(words.shown(one.wait_before, clock) if one.wait_before.value else "–"),
            Cell(show_share(one.ca)),
            Cell(show_number(visits, 2) if visits is not None else ""),
            _warned(words.shown(one.effective_cycle_time, clock), "above takt", one.above_takt),
            Cell("" if one.capacity_per_day is None else show_number(one.capacity_per_day)),
            _warned(words.ratio(one.utilisation), "overloaded", (one.utilisation or 0) > 1),
        ),
    )


def _remarks(side: Side, one: StepFigures) -> Iterator[str]:
    if teams := _teams(side, one.team):
        yield teams
    if not one.on_path:
        yield "not on the longest path"
    if side.analysis.constraint and side.analysis.constraint.step == one.key:
        yield "sets the pace"


def _warned(text: str, warning: str, wrong: bool | None) -> Cell:
    return Cell(text, warning, "bad") if wrong else Cell(text)


def _loop(side: Side, one: Rework) -> Row:
    found = next((loop for loop in side.analysis.loops if loop.key == one.key), None)
    names, clock = side.analysis.labels, side.calendar
    way = f"{names.get(one.start, one.start)} → {names.get(one.end, one.end)}"
    returns = found.returns if found else None
    return Row(
        (
            Cell(words.one_line(way), words.one_line(one.label)),
            Cell(show_share(one.share)),
            Cell("?" if returns is None else show_number(returns, 2)),
            Cell(words.shown(found.one_pass, clock) if found else ""),
            Cell(words.shown(found.cost, clock) if found else ""),
        )
    )


def _with_rework(side: Side) -> tuple[Table, ...]:
    columns = (Column("Lead time"), Column("", number=True))
    rows = [
        Row((Cell(label), Cell(words.figure(side, name))), strong=name == "expected_lead_time")
        for label, name in (
            ("First pass", "lead_time"),
            ("Time on rework", "rework_time"),
            ("Expected lead time", "expected_lead_time"),
            ("Work, against the first pass", "rework_factor"),
        )
        if words.figure(side, name)
    ]
    return _some("Lead time without and with rework", columns, rows)


def _span(side: Side, number: int) -> Iterator[Cell]:
    one = side.analysis.spans[number]
    yield Cell(words.one_line(one.label))
    for name in ("lead_time", "process_time", "flow_efficiency"):
        found = one.figures.get(name) if one.figures else None
        yield Cell(words.shown(found, side.calendar) or "–")


def _metric(one: Metric) -> Row:
    name = words.one_line(one.label) or (one.id or one.key).replace("_", " ").capitalize()
    return Row((Cell(name, one.source), Cell(one.text)))


def _teams(side: Side, keys: tuple[str, ...]) -> str:
    found = (side.stream.team(key) for key in keys)
    return ", ".join(team.label or team.key for team in found if team)
