"""The states to come, beside the one of today: every headline figure with its difference."""

from __future__ import annotations

from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.metrics import METRICS
from vsmdsl.analysis.show import show_duration, show_number
from vsmdsl.report import words
from vsmdsl.report.answer import biggest, where
from vsmdsl.report.sheet import Cell, Column, Row, Table, table
from vsmdsl.report.subject import Side, Subject

RISING = frozenset({"flow_efficiency", "process_cycle_efficiency", "rolled_ca"})  # more is better
NEUTRAL = frozenset({"takt_time"})  # the customer's pace: neither good nor bad
OF_REWORK = frozenset({"expected_lead_time", "rework_time", "rework_factor"})
# A figure that says the same as its twin in every state is not printed twice.
TWINS = {"process_cycle_efficiency": "flow_efficiency", "total_effort": "process_time"}


def futures(subject: Subject) -> tuple[Table, ...]:
    """One column a state, one row a figure; rows that say nothing new are left out."""
    if not subject.futures:
        return ()
    sides = (subject.current, *subject.futures)
    columns = (
        Column("Figure"),
        Column("Today", number=True),
        *(Column(_name(side), number=True) for side in subject.futures),
    )
    deltas = [compare(subject.current.analysis, side.analysis) for side in subject.futures]
    rows = [
        _row(sides, metric.name, metric.label, [delta[metric.name] for delta in deltas])
        for metric in METRICS
        if _says_something(sides, metric.name)
    ]
    waits = Row((Cell("Biggest wait"), *map(_longest, sides)))
    return (table("Figures today and in the states to come", columns, [*rows, waits]),)


def difference(delta: Delta, side: Side) -> str:
    """`−7.7 d, −25 %`; of ratios in percentage points, of counts in numbers."""
    sign = delta.bound + ("+" if delta.change > 0 else "−")
    size = abs(delta.change)
    match delta.kind:
        case "ratio":
            return f"{sign}{show_number(size * 100)} points"
        case "waiting" | "work":
            time = show_duration(size, delta.kind, delta.after.unit, side.calendar)
            share = f", {sign}{words.whole(abs(delta.ratio))}" if delta.ratio else ""
            return f"{sign}{time}{share}"
        case _:
            return f"{sign}{show_number(size, 2)}"


def _name(side: Side) -> str:
    return words.one_line(side.label) or side.key


def _says_something(sides: tuple[Side, ...], name: str) -> bool:
    if name in OF_REWORK and not any(side.stream.reworks for side in sides):
        return False
    shown = [words.figure(side, name) for side in sides]
    twin = TWINS.get(name)
    return any(shown) and (twin is None or shown != [words.figure(side, twin) for side in sides])


def _row(sides: tuple[Side, ...], name: str, label: str, deltas: list[Delta | None]) -> Row:
    today, *ahead = sides
    cells = (_cell(side, name, delta) for side, delta in zip(ahead, deltas, strict=True))
    return Row((Cell(label), Cell(words.figure(today, name) or "–"), *cells))


def _cell(side: Side, name: str, delta: Delta | None) -> Cell:
    text = words.figure(side, name) or "–"
    if delta is None or not delta.change:
        return Cell(text)
    better = (delta.change > 0) == (name in RISING)
    tone = "" if name in NEUTRAL else "good" if better else "bad"
    return Cell(text, difference(delta, side), tone)


def _longest(side: Side) -> Cell:
    wait = biggest(side)
    return Cell(words.shown(wait.time, side.calendar), where(wait)) if wait else Cell("–")
