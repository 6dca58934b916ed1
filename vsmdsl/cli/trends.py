"""The history of a map in figures: as a table, as data, as a chart."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.contract import metrics_as_json
from vsmdsl.analysis.show import show
from vsmdsl.cli import console
from vsmdsl.cli.comparison import better, change_of
from vsmdsl.cli.git import Commit
from vsmdsl.cli.table import aligned, shortened
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.trend import Point, trend
from vsmdsl.pipeline import State
from vsmdsl.record import record

COLUMNS = (
    ("lead_time", "lead time"), ("process_time", "process time"),
    ("flow_efficiency", "flow efficiency"), ("rolled_ca", "rolled %C&A"),
    ("expected_lead_time", "with rework"),
)  # fmt: skip


@record
class Revision:
    """A map as it stood at a commit; where it has no figures, `trouble` says why."""

    commit: Commit
    state: State | None
    trouble: str = ""


def text(path: str, found: Sequence[Revision], *, everything: bool = False) -> str:
    """For a terminal: a line for each revision that changed a figure."""
    sound = [one for one in found if one.state]
    told = sound if everything else list(_turns(sound))
    parts = [_head(path, found, sound), *([_table(told)] if told else [])]
    if len(told) < len(sound):
        left = len(sound) - len(told)
        parts.append([f"  {left} more changed no figure (--all shows them)"])
    if broken := [one for one in found if one.state is None]:
        parts.append([_bold("Not to be read"), *_broken(broken)])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _head(path: str, found: Sequence[Revision], sound: Sequence[Revision]) -> list[str]:
    title = sound[-1].state.stream.settings.title if sound and sound[-1].state else path
    count = f"{len(found)} revision" + ("s" if len(found) != 1 else "")
    return [_bold(_line(title)), f"{count} of {_line(path)}{_over_all(sound)}"]


def _over_all(sound: Sequence[Revision]) -> str:
    delta = _lead(sound)
    if delta is None or not delta.change or not sound[-1].state or not sound[0].state:
        return ""
    old = show(delta.before, sound[0].state.stream.calendar)
    new = show(delta.after, sound[-1].state.stream.calendar)
    return f" · lead time {old} → {new}, {change_of(sound[-1].state, delta)}"


def _table(told: Sequence[Revision]) -> list[str]:
    kept = [column for column in COLUMNS if any(_shown(one, column[0]) for one in told)]
    rows = [("  ", "", *(head for _, head in kept), "")]
    for one in told:
        cells = (_shown(one, name) or "–" for name, _ in kept)
        subject = shortened(_line(one.commit.subject), 48)
        rows.append((f"  {one.commit.day}", one.commit.short, *cells, subject))
    return aligned(rows, right=tuple(range(2, 2 + len(kept))))


def _broken(found: Sequence[Revision]) -> list[str]:
    return aligned([(f"  {one.commit.day}", one.commit.short, _line(one.trouble)) for one in found])


def _turns(sound: Sequence[Revision]) -> Iterator[Revision]:
    """The first revision, and each at which a figure changed."""
    last = None
    for one in sound:
        now = [_shown(one, name) for name, _ in COLUMNS]
        if now != last:
            yield one
        last = now


def as_json(path: str, found: Sequence[Revision]) -> dict[str, Any]:
    """For programs: every revision, oldest first."""
    return {"schema": 1, "file": path, "revisions": [_entry(one) for one in found]}


def _entry(one: Revision) -> dict[str, Any]:
    state = one.state
    return {
        "commit": one.commit.hash or None,
        "day": one.commit.day if one.commit.hash else None,
        "subject": one.commit.subject,
        "path": one.commit.path,
        "metrics": metrics_as_json(state.stream, state.analysis) if state else None,
        "trouble": one.trouble or None,
    }


def chart(found: Sequence[Revision]) -> str:
    """The lead time of every revision that changed a figure, as SVG."""
    told = list(_turns([one for one in found if one.state]))
    delta = _lead(told)
    change = change_of(told[-1].state, delta) if told and told[-1].state else ""
    title = told[-1].state.stream.settings.title if told and told[-1].state else "No figures"
    points = [point for one in told if (point := _point(one))]
    return paint(trend(_line(title), points, change, better=better("lead_time", delta)))


def _point(one: Revision) -> Point | None:
    lead = one.state.analysis.metrics["lead_time"] if one.state else None
    work = one.state.analysis.metrics["process_time"] if one.state else None
    if lead is None or work is None:
        return None
    shown = _shown(one, "lead_time"), _shown(one, "flow_efficiency")
    sure = lead.complete and work.complete
    return Point(one.commit.day, lead.value, work.value, *shown, sure, _line(one.commit.subject))


def _lead(sound: Sequence[Revision]) -> Delta | None:
    states = [one.state for one in sound if one.state]
    return compare(states[0].analysis, states[-1].analysis)["lead_time"] if states else None


def _shown(one: Revision, name: str) -> str:
    figure = one.state.analysis.metrics.get(name) if one.state else None
    if figure is None or one.state is None:
        return ""
    if name == "expected_lead_time" and not one.state.stream.reworks:
        return ""
    return show(figure, one.state.stream.calendar)


def _bold(words: str) -> str:
    return console.paint(words, "bold", sys.stdout)


def _line(words: str) -> str:
    return console.harmless(" ".join(words.split()))
