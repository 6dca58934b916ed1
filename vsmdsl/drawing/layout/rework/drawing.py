"""Drawing a channel of rework: its loops with their share, its lettered ends with their words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.drawing.layout.rework.shape import (
    PITCH,
    RADIUS,
    TEXT_SIZE,
    Channel,
    Mark,
    ports,
    share_of,
)
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import label
from vsmdsl.drawing.symbols.marks import connector, rework, rework_end, rework_share
from vsmdsl.model.stream import Rework


def draw_channel(
    grid: Grid,
    facts: Facts,
    channel: Channel,
    row: int,
    first: float,
    bottoms: Mapping[int, float],
    bars: Sequence[float] = (),
) -> Items:
    """Draw one channel; `first` is the height of lane 0, `bottoms` the lower edges of boxes."""
    xs = ports(grid, channel, row)
    cuts = sorted(bars) if channel.loops else []
    apart = [right - left for left, right in pairwise(cuts)]
    items: list[Item] = []
    for loop in channel.loops:
        one = loop.rework
        text = facts.say("{share} back", share=facts.wording.figure(share_of(one)))
        start = (xs[one.key, False], bottoms[loop.start] + 1)
        end = (xs[one.key, True], bottoms[loop.end] + 1)
        lane = first + PITCH * loop.lane
        middle = _between_bars((start[0], end[0]), cuts, apart)
        way = (*rework(start, lane, end), *rework_share(middle, lane, text))
        title = _title(one, facts)
        items.append(Group("rework", tuple(way), title, f"rework-{one.key}", one.url))
    for mark in channel.marks:
        key = mark.rework.key
        x = xs[key, mark.incoming]
        y = first + PITCH * mark.lane
        items.append(_mark(mark, x, y, bottoms[mark.cell], facts))
    return tuple(items)


def _between_bars(
    ends: tuple[float, float], bars: Sequence[float], apart: Sequence[float]
) -> float:
    """The middle of the longest stretch that no bar of a fork cuts.

    `bars` stand from left to right, so far `apart` from each other.
    """
    left, right = min(ends), max(ends)
    first, after = bisect_right(bars, left), bisect_left(bars, right)
    if first >= after:
        return (left + right) / 2
    parts = [(left, bars[first])]
    if inner := apart[first : after - 1]:
        widest = first + inner.index(max(inner))
        parts.append((bars[widest], bars[widest + 1]))
    parts.append((bars[after - 1], right))
    left, right = max(parts, key=lambda part: part[1] - part[0])
    return (left + right) / 2


def _title(one: Rework, facts: Facts) -> str:
    names = facts.analysis.labels
    title = facts.say(
        "Rework: {share} from {start} back to {end}",
        share=facts.wording.figure(share_of(one)),
        start=names.get(one.start, one.start),
        end=names.get(one.end, one.end),
    )
    return f"{title}: {one.label}" if one.label else title


def _mark(mark: Mark, x: float, y: float, bottom: float, facts: Facts) -> Group:
    box, circle = bottom + 1, y - RADIUS
    arrow = rework_end(x, circle, box) if mark.incoming else rework_end(x, box, circle)
    side = 1 if mark.side == "right" else -1
    text = (
        label(
            x + side * (RADIUS + 5),
            y,
            mark.text,
            TEXT_SIZE,
            600,
            fill="rew",
            anchor="start" if side > 0 else "end",
        ),
    )
    one, title = mark.rework, _title(mark.rework, facts)
    end = "in" if mark.incoming else "out"
    circle_items = connector(x, y, letter=mark.letter)
    items = (*arrow, *circle_items, *(text if mark.text else ()))
    return Group("rework", items, title, f"rework-{one.key}-{end}", one.url)
