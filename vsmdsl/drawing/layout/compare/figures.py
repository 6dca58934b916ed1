"""What becomes of the headline figures: a tile each, with the value before and the change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from vsmdsl.analysis.compare import compare as deltas
from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import show, show_number
from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Text
from vsmdsl.drawing.shapes import pill, pill_width, struck
from vsmdsl.drawing.symbols.change import delta
from vsmdsl.record import record

TILE, TILE_GAP, LEAST = 84.0, 10.0, 186.0
WIDER = 1.13  # so much wider another font may be
NAMES = {
    "lead_time": "Lead time",
    "process_time": "Process time",
    "flow_efficiency": "Flow efficiency",
    "rolled_ca": "Rolled %C&A",
    "handoffs": "Handoffs",
}
BIGGEST = "Biggest wait"
TIMES = ("waiting", "work")


@record
class Change:
    """One figure before and after; `better` is None where it is neither better nor worse."""

    name: str
    old: str
    new: str
    change: str
    better: bool | None


def same_clock(now: Facts, then: Facts) -> bool:
    """Whether a day and a week are as long in both: else no time can be subtracted."""
    old, new = now.calendar, then.calendar
    return (old.day, old.week, old.month) == (new.day, new.week, new.month)


def changes(now: Facts, then: Facts) -> tuple[Change, ...]:
    """The headline figures that both states have."""
    found = deltas(now.analysis, then.analysis)
    pairs = [
        (now.say(NAMES[name]), one.before, one.after)
        for name in NAMES
        if (one := found.get(name)) is not None
    ]
    if now.biggest and then.biggest:
        pairs.append((BIGGEST, now.biggest.time, then.biggest.time))
    return tuple(_change(name, old, new, now, then) for name, old, new in pairs)


def _change(name: str, old: Figure, new: Figure, now: Facts, then: Facts) -> Change:
    name, told = then.say(name), then.wording.figure
    texts = told(show(old, now.calendar)), told(show(new, then.calendar))
    if old.kind in TIMES and not same_clock(now, then):
        return Change(name, *texts, "", None)
    whole = old.complete and new.complete
    better = (new.value > old.value) == (new.kind == "ratio")
    sure = better if whole and new.value != old.value else None
    return Change(name, *texts, told(_amount(old, new)) if whole else "", sure)


def _amount(before: Figure, after: Figure) -> str:
    """A change in words: −78 % of a time, ×3.2 of a share, −2 of a count."""
    change = after.value - before.value
    if not change:
        return "±0"
    sign = "+" if change > 0 else "−"
    if after.kind == "count" or not before.value:
        return f"{sign}{show_number(abs(change))}" if after.kind == "count" else ""
    if after.kind == "ratio":
        return f"×{show_number(after.value / before.value)}"
    return f"{sign}{show_number(abs(change) / before.value * 100, 0)} %"


def tiles(found: Sequence[Change], known: Facts, width: float, y: float) -> Band:
    """Draw a tile for each, in as many rows as the width asks for."""
    if not found:
        return Band((), y)
    room = width - 2 * MARGIN
    across = max(int((room + TILE_GAP) // (LEAST + TILE_GAP)), 1)
    rows = ceil(len(found) / across)
    across = ceil(len(found) / rows)
    each = (room - TILE_GAP * (across - 1)) / across
    items: list[Item] = []
    for index, one in enumerate(found):
        left = MARGIN + (each + TILE_GAP) * (index % across)
        items += _tile(one, left, y + (TILE + TILE_GAP) * (index // across), each)
    end = y + (TILE + TILE_GAP) * rows - TILE_GAP
    return Band((Group("summary", tuple(items), known.say("What changes")),), end)


def _tile(one: Change, x: float, y: float, width: float) -> Iterator[Item]:
    wide = pill_width(one.change, 11.5, 700, pad=8) if one.change else 0.0
    size, free = 26.0, (width - wide - 34) / WIDER
    while size > 13 and text_width(one.new, size, 700) > free:
        size -= 1
    yield Rect(x, y, width, TILE, 8, "band")
    yield Rect(x, y + 15, 4, TILE - 30, 2, "goodln" if one.better else "line")
    yield Text(x + 16, y + 22, ellipsize(one.name, width - 24, 10.5, 600), 10.5, 600, "ink2")
    yield Text(x + 16, y + 54, ellipsize(one.new, free, size, 700), size, 700)
    if one.old != one.new:
        old = ellipsize(one.old, width - 24, 12)
        yield from struck(x + 16, y + 69, old, 12, anchor="start")
    if one.change:
        yield from _pill(one, x + width - 12 - wide / 2, y + 46.5)


def _pill(one: Change, x: float, y: float) -> Items:
    if one.better:
        return delta(x, y, text=one.change)
    return pill(x, y, one.change, 11.5, fill="h0", ink="o0", height=21, pad=8)
