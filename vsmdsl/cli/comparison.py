"""Two states of a map beside each other: what changed and what it does to the figures.

As text for a terminal, as Markdown for a pull request, as data for programs.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from vsmdsl.analysis.compare import Delta, compare
from vsmdsl.analysis.contract import delta_as_json
from vsmdsl.analysis.metrics import METRICS
from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import show, show_duration, show_number, show_ratio
from vsmdsl.analysis.words_of_change import Said, said
from vsmdsl.cli import console
from vsmdsl.cli.marked import unmarked
from vsmdsl.cli.table import aligned
from vsmdsl.model.diff import diff
from vsmdsl.pipeline import State
from vsmdsl.record import record

MARKS = {"new": ("+", "green"), "gone": ("-", "red"), "moved": ("↕", "blue"),
         "changed": ("~", "yellow"), "renamed": ("~", "yellow")}  # fmt: skip
RISING = frozenset({"flow_efficiency", "process_cycle_efficiency", "rolled_ca"})  # more is better
NEUTRAL = frozenset({"takt_time"})
TWINS = {"process_cycle_efficiency": "flow_efficiency", "total_effort": "process_time"}
TIMES = ("waiting", "work")
OF_REWORK = frozenset({"expected_lead_time", "rework_time", "rework_factor"})


@record
class Comparison:
    """Two states, by the names that people know them by, and what changed between them."""

    name: str
    before: State
    after: State
    said: tuple[Said, ...]
    old: str  # what the earlier state is called
    new: str

    @property
    def changed(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.said)


def comparison(name: str, before: State, after: State, old: str, new: str) -> Comparison:
    """Compare two states."""
    found = said(before, after, diff(before.stream, after.stream))
    return Comparison(name, before, after, found, old, new)


# --- text


def text(one: Comparison) -> str:
    """For a terminal."""
    title = _plain(one.after.stream.settings.title or one.name)
    head = [_bold(title), f"{_plain(one.old)} → {_plain(one.new)}"]
    if not one.changed:
        return "\n".join((*head, "", "Nothing changed in the stream.")) + "\n"
    rows = [("  ", "", "before", "after", "change")]
    rows += [("  ", label, old, new, change) for label, old, new, change in figures(one)]
    lines = [f"  {console.paint(*MARKS[it.what], sys.stdout)} {_plain(it.text)}" for it in one.said]
    table = [line.removeprefix("  ") for line in aligned(rows, right=(2, 3))]
    parts = [head, [sentence(one)], table, [_bold("What changed"), *lines]]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def sentence(one: Comparison) -> str:
    """The headline: what becomes of the lead time, else of the first figure that changes."""
    count = f"{len(one.said)} change" + ("s" if len(one.said) != 1 else "")
    if other_clock(one):
        sides = (one.before, one.after)
        old, new = (_shown(side, side.analysis.metrics["lead_time"]) for side in sides)
        return f"Lead time is {new}; it was {old} on another clock ({count})."
    deltas = compare(one.before.analysis, one.after.analysis)
    lead = deltas["lead_time"]
    text = _becomes(one, lead, "Lead time")
    if text:
        return f"{text} ({count})."
    stays = f"Lead time stays {_shown(one.after, lead.after)}" if lead else ""
    others = (_becomes(one, deltas[metric.name], metric.label) for metric in METRICS)
    return f"{', '.join(filter(None, (stays, next(filter(None, others), ''))))} ({count})."


def other_clock(one: Comparison) -> bool:
    """Whether a day or a week is not as long in both: then nothing can be subtracted."""
    old, new = one.before.stream.calendar, one.after.stream.calendar
    return (old.day, old.week, old.month) != (new.day, new.week, new.month)


def _becomes(one: Comparison, delta: Delta | None, label: str) -> str:
    if delta is None or not delta.change:
        return ""
    old, new = _shown(one.before, delta.before), _shown(one.after, delta.after)
    if old == new:
        return ""
    less = delta.change < 0
    times = delta.ratio and delta.kind != "ratio"
    size = (
        f", {_share(abs(delta.ratio or Fraction(0)))} {'less' if less else 'more'}" if times else ""
    )
    return f"{label} {'falls' if less else 'rises'} from {old} to {new}{size}"


def figures(one: Comparison) -> list[tuple[str, str, str, str]]:
    """Label, before, after and change of every headline figure that has something to say."""
    return [row for row, _ in figures_judged(one)]


def figures_judged(one: Comparison) -> list[tuple[tuple[str, str, str, str], bool | None]]:
    """The figures, each with whether it has become better."""
    deltas = compare(one.before.analysis, one.after.analysis)
    rework = one.before.stream.reworks or one.after.stream.reworks
    rows: list[tuple[tuple[str, str, str, str], bool | None]] = []
    seen: dict[str, tuple[str, str]] = {}
    for metric in METRICS:
        states = (one.before, one.after)
        pair = tuple(_shown(side, side.analysis.metrics.get(metric.name)) for side in states)
        seen[metric.name] = (pair[0], pair[1])
        twin = seen.get(TWINS.get(metric.name, ""))
        if twin == pair or pair == ("–", "–") or (metric.name in OF_REWORK and not rework):
            continue
        same = None if other_clock(one) and metric.kind in TIMES else deltas[metric.name]
        row = (metric.label, *seen[metric.name], change_of(one.after, same))
        rows.append((row, better(metric.name, same)))
    return rows


def change_of(side: State, delta: Delta | None) -> str:
    """`−7.7 d (−25 %)`; of ratios in percentage points, of counts in numbers; empty if none."""
    if delta is None or not delta.change:
        return ""
    sign, size = delta.bound + ("+" if delta.change > 0 else "−"), abs(delta.change)
    match delta.kind:
        case "waiting" | "work":
            unit = delta.after.unit
            step = show_duration(size, delta.kind, unit, side.stream.calendar)
            share = f" ({sign}{_share(abs(delta.ratio))})" if delta.ratio else ""
            return f"{sign}{step}{share}"
        case "ratio":
            return f"{sign}{show_ratio(size).removesuffix(' %')} points"
        case _:
            return f"{sign}{show_number(size, 2)}"


def better(name: str, delta: Delta | None) -> bool | None:
    """Whether a change is for the better; None where it is neither."""
    if delta is None or not delta.change or name in NEUTRAL:
        return None
    return (delta.change > 0) == (name in RISING)


# --- Markdown


def markdown(found: Iterable[Comparison]) -> str:
    """For a pull request: a headline, the figures, then the list of changes."""
    parts = [_markdown(one) for one in found if one.changed]
    return "\n".join(parts) if parts else "**No value stream changed.**\n"


def _markdown(one: Comparison) -> str:
    title = unmarked(one.after.stream.settings.title or one.name)
    rows = [
        f"| {label} | {old} | {new} | {_strong(change)} |"
        for label, old, new, change in figures(one)
    ]
    lines = [
        f"### {title}",
        "",
        f"**{sentence(one)}**",
        "",
        "| | Before | After | Change |",
        "|:--|--:|--:|--:|",
        *rows,
        "",
        *(f"- {it.text}" for it in one.said),
        "",
        f"<sub>{unmarked(one.old)} → {unmarked(one.new)} · {one.after.stream.calendar.text}</sub>",
        "",
    ]
    return "\n".join(lines)


def _strong(change: str) -> str:
    return f"**{change}**" if change else "–"


# --- data


def as_json(one: Comparison) -> dict[str, Any]:
    """For programs."""
    deltas = compare(one.before.analysis, one.after.analysis)
    if other_clock(one):
        deltas = {name: it if it and it.kind not in TIMES else None for name, it in deltas.items()}
    return {
        "map": one.name,
        "title": one.after.stream.settings.title,
        "before": one.old,
        "after": one.new,
        "summary": sentence(one),
        "metrics": {name: _metric(one, name, delta) for name, delta in deltas.items()},
        "changes": [
            {"what": it.what, "on": it.on, "text": it.text.replace("`", "")} for it in one.said
        ],
    }


def _metric(one: Comparison, name: str, delta: Delta | None) -> dict[str, Any]:
    return {
        "before": _text(one.before, name),
        "after": _text(one.after, name),
        "delta": delta_as_json(delta),
        "better": better(name, delta),
    }


def _text(side: State, name: str) -> str | None:
    figure = side.analysis.metrics.get(name)
    return show(figure, side.stream.calendar) if figure else None


def _shown(side: State, figure: Figure | None) -> str:
    return show(figure, side.stream.calendar) if figure else "–"


def _share(ratio: Fraction) -> str:
    if ratio * 100 >= 1:
        return f"{int(ratio * 100 + Fraction(1, 2))} %"
    return show_ratio(ratio)


def _bold(words: str) -> str:
    return console.paint(words, "bold", sys.stdout)


def _plain(words: str) -> str:
    return console.harmless(" ".join(words.replace("`", "").split()))
