"""Where a wide stream breaks into rows, as a text into lines: never between a wait and its step."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from vsmdsl.drawing.layout.cells import Lane, Network
from vsmdsl.drawing.layout.grid.shape import Column

TAG = 18.0  # what the first gap of a row is wider for its tag
ENDS = 34.0  # stub and tag at the end of a row
LEAD = 46.0  # the start of a row that does not begin with a gap
STEP_LESS, GAP_LESS = 16.0, 10.0


def parts(
    net: Network, ranks: Sequence[int], columns: Sequence[Column], room: float
) -> list[tuple[int, int]]:
    """Stretches of columns that stay together: a step with what waits before it, a whole fork.

    A fork that is wider than a row comes apart like the stream itself.
    """
    starts = _starts(net, ranks, 0)
    parts = _between(starts, len(columns))
    wide = any(_least(columns, start, end) > room for start, end in parts)
    inside = _starts(net, ranks, None) if wide else []
    done: list[tuple[int, int]] = []
    for start, end in parts:
        if _least(columns, start, end) <= room:
            done.append((start, end))
            continue
        inner = inside[bisect_right(inside, start) : bisect_left(inside, end)]
        done += [
            (start + one, start + two)
            for one, two in _between([r - start for r in inner], end - start)
        ]
    return [piece for part in done for piece in _halved(part, columns, room)]


def _starts(net: Network, ranks: Sequence[int], lane: int | None) -> list[int]:
    """The columns at which a row may begin: after a step or join of the main line."""
    found: set[int] = set()
    for one in net.lanes:
        if net.tracks[one.index] != 0 or lane not in (None, one.index):
            continue
        for before, after in pairwise(_followed(net, one)):
            left, right = net.cells[before], net.cells[after]
            if left.kind in ("step", "join") and right.kind != "join":
                found.add(ranks[after])
    return sorted(found)


def _followed(net: Network, lane: Lane) -> list[int]:
    """A lane without the gaps at its end: a row of nothing but a queue would look lost."""
    end = len(lane.cells)
    while end and net.cells[lane.cells[end - 1]].kind == "gap":
        end -= 1
    return lane.cells[:end]


def _between(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    cuts = [0, *(start for start in starts if 0 < start < end), end]
    return [(one, two) for one, two in pairwise(cuts) if two > one]


def _halved(part: tuple[int, int], columns: Sequence[Column], room: float) -> list[tuple[int, int]]:
    """As a last resort a row may begin at any column."""
    start, end = part
    if end - start < 2 or _least(columns, start, end) <= room:
        return [part]
    cut = start + 1
    while cut + 1 < end and _least(columns, start, cut + 1) <= room:
        cut += 1
    return [(start, cut), *_halved((cut, end), columns, room)]


def spread(
    parts: Sequence[tuple[int, int]], columns: Sequence[Column], room: float
) -> list[tuple[int, int]]:
    """Fill the fewest rows about evenly, the fuller ones first."""
    rows = len(_fill(parts, columns, room, inf))
    left = [_least(columns, start, end) for start, end in parts]
    spans: list[tuple[int, int]] = []
    at, remaining = 0, sum(left)
    while at < len(parts):
        target = remaining / max(rows - len(spans), 1)
        taken = _fill(parts[at:], columns, room, target)[0]
        taken -= _better_shorter(parts[at:], columns, room, target, taken, rows - len(spans) - 1)
        spans.append((parts[at][0], parts[at + taken - 1][1]))
        remaining -= sum(left[at : at + taken])
        at += taken
    return spans


def _better_shorter(
    parts: Sequence[tuple[int, int]],
    columns: Sequence[Column],
    room: float,
    target: float,
    taken: int,
    rows: int,
) -> bool:
    """Whether a row with one part less is closer to the mean, and the rest still fits."""
    if taken < 2 or not rows:
        return False
    more, less = (_least(columns, parts[0][0], parts[taken - n][1]) for n in (1, 2))
    closer = target - less < more - target
    return closer and len(_fill(parts[taken - 1 :], columns, room, inf)) <= rows


def _fill(
    parts: Sequence[tuple[int, int]], columns: Sequence[Column], room: float, target: float
) -> list[int]:
    """How many parts each row takes; with a target, only the first row is asked for."""
    counts: list[int] = []
    at = 0
    while at < len(parts):
        taken, used = 1, _least(columns, *parts[at])
        while at + taken < len(parts):
            more = _least(columns, parts[at][0], parts[at + taken][1])
            if more > room or (target < inf and used >= target - 1):
                break
            used, taken = more, taken + 1
        counts.append(taken)
        if target < inf:
            break
        at += taken
    return counts


def lead(column: Column) -> float:
    return TAG if column.kind == "gap" else LEAD


def _least(columns: Sequence[Column], start: int, end: int) -> float:
    less = {"step": STEP_LESS, "gap": GAP_LESS}
    widths = sum(column.width - less.get(column.kind, 0.0) for column in columns[start:end])
    return widths + lead(columns[start])
