"""The figures of a map as people read them on a terminal, and as lines of a CSV file."""

from __future__ import annotations

import csv
import io
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.metrics import METRICS
from vsmdsl.analysis.plan import plan, ranked
from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import show, show_duration, show_long, show_number, show_ratio
from vsmdsl.cli import actions, console
from vsmdsl.cli.cells import safe
from vsmdsl.cli.table import aligned, bar, shortened
from vsmdsl.pipeline import Compiled, State

MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}
OF_REWORK = frozenset({"expected_lead_time", "rework_time", "rework_factor"})
HEAD = ("file", "state", "of", "name", "figure", "value", "unit", "text", "complete")


def text(map_: Compiled, state: State, today: date | None = None) -> str:
    """The table that `vsm stats` prints."""
    parts = [_head(map_, state), _headline(map_, state), _waits(state), _constraint(state)]
    if not state.key:
        parts += [_futures(map_)]
    parts += [_kaizens(state, today), _goals(map_)]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def csv_rows(map_: Compiled, state: State) -> list[list[str]]:
    """The figures of one map, for `csv_text`."""
    name = map_.source.name
    return [[safe(c) for c in (name, state.key or "current", *row)] for row in _rows(state)]


def csv_text(found: list[list[list[str]]]) -> str:
    """One figure a line, with its exact value and as people read it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEAD)
    for rows in found:
        writer.writerows(rows)
    return file.getvalue()


# --- the terminal -------------------------------------------------------------------------------


def _head(map_: Compiled, state: State) -> list[str]:
    title = state.stream.settings.title or map_.source.name
    which = state.label or f"{state.stream.settings.state} state"
    return [_bold(_line(title)), f"{_line(which)} · {state.stream.calendar.text}"]


def _headline(map_: Compiled, state: State) -> list[str]:
    deltas = compare(map_.analysis, state.analysis) if state.key else {}
    rows = [
        (f"  {metric.label}", _figure(state, figure), _change(state, deltas.get(metric.name)))
        for metric in METRICS
        if metric.name not in OF_REWORK or state.stream.reworks
        if (figure := state.analysis.metrics.get(metric.name))
    ]
    return aligned(rows)


def _figure(state: State, figure: Figure) -> str:
    return show_long(figure, state.stream.calendar, state.analysis.labels)


def _change(state: State, delta: Delta | None) -> str:
    if delta is None or not delta.change:
        return ""
    sign, size = ("+" if delta.change > 0 else "−"), abs(delta.change)
    match delta.kind:
        case "waiting" | "work":
            step = show_duration(size, delta.kind, delta.after.unit, state.stream.calendar)
        case "ratio":
            step = f"{show_number(size * 100)} points"
        case _:
            step = show_number(size, 2)
    return f"{delta.bound}{sign}{step} (from {show(delta.before, state.stream.calendar)})"


def _waits(state: State) -> list[str]:
    ranked = [wait for wait in state.analysis.waits if wait.rank and wait.time.value]
    if not ranked:
        return []
    most = max(wait.share or Fraction(0) for wait in ranked)
    room = max(10, min(40, shutil.get_terminal_size().columns - 60))
    rows = [
        (
            f"  {wait.rank}",
            shortened(_line(wait.label), 36),
            show(wait.time, state.stream.calendar),
            show_ratio(wait.share) if wait.share is not None else "",
            _painted(bar(float((wait.share or 0) / most) if most else 0.0, room), wait.rank),
        )
        for wait in ranked
    ]
    return [_bold("Where it waits"), *aligned(rows, right=(0, 2, 3))]


def _painted(blocks: str, rank: int | None) -> str:
    return console.paint(blocks, "red" if rank == 1 else "yellow", sys.stdout)


def _constraint(state: State) -> list[str]:
    found = state.analysis.constraint
    if found is None:
        return []
    name = _line(state.analysis.labels.get(found.step, found.step))
    how = {
        "utilisation": f"utilisation {show_ratio(found.utilisation or Fraction(0))}",
        "cycle_time": "the longest cycle time",
        "process_time": "the longest process time",
    }[found.by]
    above = ", above takt" if found.above_takt else ""
    return [f"{_bold('Constraint')}  {name} ({how}{above})"]


def _futures(map_: Compiled) -> list[str]:
    if not map_.futures:
        return []
    rows = [
        (
            f"  {state.key}",
            shortened(_line(state.label), 36),
            _lead(state),
            _change(state, compare(map_.analysis, state.analysis)["lead_time"]),
        )
        for state in map_.futures
    ]
    return [_bold("Lead time in the future"), *aligned(rows, right=(2,))]


def _kaizens(state: State, today: date | None) -> list[str]:
    """What could be done next, best first; for a future, what is left to do."""
    if state.key:
        return []
    lines = actions.table(ranked(plan(state.stream, state.analysis, today)))
    return [_bold("Improvements, in the order of their return"), *lines] if lines else []


def _lead(state: State) -> str:
    figure = state.analysis.metrics["lead_time"]
    return show(figure, state.stream.calendar) if figure else "–"


def _goals(map_: Compiled) -> list[str]:
    if not map_.goals:
        return []
    lines = []
    for one in map_.goals:
        mark, style = MARKS[one.met]
        lines.append(f"  {console.paint(mark, style, sys.stdout)} {_line(one.text)}")
    return [_bold("Goals"), *lines]


def _bold(words: str) -> str:
    return console.paint(words, "bold", sys.stdout)


def _line(words: str) -> str:
    return console.harmless(" ".join(words.split()))


# --- CSV ----------------------------------------------------------------------------------------


def _rows(state: State) -> Iterator[tuple[str, ...]]:
    for name, figure in state.analysis.metrics.items():
        yield _row(state, "map", "", name, figure)
    for step in state.analysis.steps:
        for name in ("process_time", "lead_time", "wait_before", "effective_cycle_time"):
            yield _row(state, "step", step.label, name, getattr(step, name))
    for wait in state.analysis.waits:
        yield _row(state, "wait", wait.label, wait.kind, wait.time)
    for span in state.analysis.spans:
        for name, figure in (span.figures or {}).items():
            yield _row(state, "span", span.label, name, figure)


def _row(state: State, of: str, name: str, what: str, figure: Figure | None) -> tuple[str, ...]:
    if figure is None:
        return (of, name, what, "", "", "", "")
    unit = {"waiting": "seconds", "work": "seconds", "count": ""}.get(figure.kind, "ratio")
    value = f"{float(figure.value):.10g}"
    shown = show(figure, state.stream.calendar)
    return (of, name, what, value, unit, shown, "yes" if figure.complete else "no")
