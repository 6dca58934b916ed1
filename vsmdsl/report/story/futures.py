"""The states to come, beside the one of today: every headline figure with its difference."""

from __future__ import annotations

import re
from fractions import Fraction

from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.metrics import METRICS
from vsmdsl.analysis.show import show_ratio
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Column, Row, Table, table
from vsmdsl.report.story.places import biggest, hands_known, where
from vsmdsl.report.subject import Side, Subject

RISING = frozenset({"flow_efficiency", "process_cycle_efficiency", "rolled_ca"})  # more is better
NEUTRAL = frozenset({"takt_time"})  # the customer's pace: neither good nor bad
OF_REWORK = frozenset({"expected_lead_time", "rework_time", "rework_factor"})
# A figure that says the same as its twin in every state is not printed twice.
TWINS = {"process_cycle_efficiency": "flow_efficiency", "total_effort": "process_time"}


@record
class Picture:
    """Today above a state to come, as SVG; `upright` where it is taller than wide."""

    name: str
    svg: str
    upright: bool


@record
class Futures:
    """The states to come: pictures, and one table with a column for each."""

    lead: str
    pictures: tuple[Picture, ...]
    table: Table


def futures(subject: Subject) -> Futures | None:
    """One column a state, one row a figure; rows that say nothing new are left out."""
    if not subject.futures:
        return None
    names = {side.key: name(side) for side in subject.futures}
    pictures = tuple(
        Picture(names[key], svg, _upright(svg)) for key, svg in subject.comparisons if key in names
    )
    return Futures(_lead(subject), pictures, _table(subject))


def difference(subject: Subject, delta: Delta, side: Side) -> str:
    """`−7.7 d, −25 %`; of ratios in percentage points, of counts in numbers."""
    sign = delta.bound + ("+" if delta.change > 0 else "−")
    size = abs(delta.change)
    match delta.kind:
        case "ratio":
            return subject.say("{sign}{points} points", sign=sign, points=_points(subject, size))
        case "waiting" | "work":
            time = words.duration(subject, size, delta.kind, delta.after.unit, side.calendar)
            share = f", {sign}{words.whole(subject, abs(delta.ratio))}" if delta.ratio else ""
            return f"{sign}{time}{share}"
        case _:
            return f"{sign}{words.number(subject, size, 2)}"


def _points(subject: Subject, size: Fraction) -> str:
    return subject.wording.figure(show_ratio(size).removesuffix(" %").removesuffix(".0"))


def name(side: Side) -> str:
    """The name of a state to come."""
    return words.one_line(side.label) or side.key


def _lead(subject: Subject) -> str:
    applied = [side for side in subject.futures if side.analysis.metrics.get("lead_time")]
    if len(applied) != 1:
        return ""
    side = applied[0]
    before, after = (
        words.worded(subject, found, one.calendar)
        for one in (subject.current, side)
        if (found := one.analysis.metrics.get("lead_time"))
    )
    text = "“{name}” brings the lead time from {before} to {after}."
    return subject.say(text, name=name(side), before=before, after=after)


def _upright(svg: str) -> bool:
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return box is not None and float(box[2]) > float(box[1])


def _table(subject: Subject) -> Table:
    say = subject.say
    sides = (subject.current, *subject.futures)
    columns = (
        Column(say("Figure")),
        Column(say("Today"), number=True),
        *(Column(name(side), number=True) for side in subject.futures),
    )
    deltas = [compare(subject.current.analysis, side.analysis) for side in subject.futures]
    rows = [
        _row(
            subject, sides, metric.name, say(metric.label), [delta[metric.name] for delta in deltas]
        )
        for metric in METRICS
        if _says_something(subject, sides, metric.name)
    ]
    waits = Row((Cell(say("Biggest wait")), *(_longest(subject, side) for side in sides)))
    return table(say("Figures today and in the states to come"), columns, [*rows, waits])


def _says_something(subject: Subject, sides: tuple[Side, ...], name: str) -> bool:
    if name in OF_REWORK and not any(side.stream.reworks for side in sides):
        return False
    if name == "handoffs" and not any(map(hands_known, sides)):
        return False
    shown = [words.figure(subject, side, name) for side in sides]
    twin = TWINS.get(name)
    same = twin and shown == [words.figure(subject, side, twin) for side in sides]
    return any(shown) and not same


def _row(
    subject: Subject, sides: tuple[Side, ...], name: str, label: str, deltas: list[Delta | None]
) -> Row:
    today, *ahead = sides
    cells = (_cell(subject, side, name, delta) for side, delta in zip(ahead, deltas, strict=True))
    return Row((Cell(label), Cell(words.figure(subject, today, name) or "–"), *cells))


def _cell(subject: Subject, side: Side, name: str, delta: Delta | None) -> Cell:
    text = words.figure(subject, side, name) or "–"
    if delta is None or not delta.change:
        return Cell(text)
    better = (delta.change > 0) == (name in RISING)
    tone = "" if name in NEUTRAL else "good" if better else "bad"
    return Cell(text, difference(subject, delta, side), tone)


def _longest(subject: Subject, side: Side) -> Cell:
    wait = biggest(side)
    if wait is None:
        return Cell("–")
    return Cell(words.shown(subject, wait.time, side.calendar), where(subject, wait))
