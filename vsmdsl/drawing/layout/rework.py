"""Work that comes back: loops in lanes under the boxes, and lettered ends where a loop cannot go.

A loop is drawn where both ends stand on one line and in one row. Everywhere else, between rows and
between branches, two circles with the same letter stand for it, so that no line crosses a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid, inside
from vsmdsl.drawing.scene import Group, Item, Items
from vsmdsl.drawing.shapes import label
from vsmdsl.drawing.symbols.marks import connector, rework, rework_end, rework_share
from vsmdsl.model.stream import Rework
from vsmdsl.record import record, replace

PITCH = 26.0
RADIUS = 10.0
TEXT_SIZE = 10.5
AIR = 12.0
LANES = 6


@record
class Loop:
    """A loop drawn as a line in one lane."""

    rework: Rework
    start: int
    end: int
    lane: int


@record
class Mark:
    """One lettered end of a loop; `side` is where its words stand."""

    rework: Rework
    letter: str
    cell: int
    incoming: bool
    text: str
    lane: int = 0
    side: str = "right"


@record
class Channel:
    """All that comes back on one line in one row: loops, lettered ends, how many lanes."""

    loops: tuple[Loop, ...] = ()
    marks: tuple[Mark, ...] = ()
    lanes: int = 0


NO_CHANNEL = Channel()
ChannelKey = tuple[int, int]  # row and track


def channels(grid: Grid, facts: Facts) -> Mapping[ChannelKey, Channel]:
    """Sort all rework into the channels of rows and tracks."""
    loops: dict[ChannelKey, list[Loop]] = {}
    marks: dict[ChannelKey, list[Mark]] = {}
    places = _places(grid)
    letters = 0
    for one in facts.stream.reworks:
        start, end = places.get(one.start), places.get(one.end)
        if start is None or end is None:
            continue
        if start[1:] == end[1:]:
            loops.setdefault(start[1:], []).append(Loop(one, start[0], end[0], 0))
            continue
        letter = _letter(letters)
        letters += 1
        names = facts.analysis.labels
        back = f"{_share(one)} back to {names.get(one.end, one.end)}"
        away = f"from {names.get(one.start, one.start)}"
        marks.setdefault(start[1:], []).append(Mark(one, letter, start[0], False, back))
        marks.setdefault(end[1:], []).append(Mark(one, letter, end[0], True, away))
    return {
        key: _channel(grid, loops.get(key, ()), marks.get(key, ()), key) for key in {*loops, *marks}
    }


def _places(grid: Grid) -> dict[str, tuple[int, int, int]]:
    """Key → cell, row and track of every step, queue and handoff."""
    rows = [0] * len(grid.columns)
    for row in grid.rows:
        rows[row.start : row.end] = [row.number] * (row.end - row.start)
    found = {}
    for cell in grid.net.cells:
        place = (cell.index, rows[grid.ranks[cell.index]], grid.net.tracks[cell.lane])
        for thing in (cell.step, *cell.holds):
            if thing is not None:
                found[thing.key] = place
    return found


def _letter(number: int) -> str:
    more, letter = divmod(number, 26)
    return chr(ord("A") + letter) + (str(more + 1) if more else "")


def _share(one: Rework) -> str:
    return words.share(one.share) or "?"


def _channel(grid: Grid, loops: Iterable[Loop], marks: Sequence[Mark], key: ChannelKey) -> Channel:
    placed = _lanes(grid, loops)
    ends = _mark_lanes(grid, placed, marks, key)
    used = [loop.lane for loop in placed] + [mark.lane for mark in ends]
    return Channel(tuple(placed), tuple(ends), max(used) + 1 if used else 0)


def _lanes(grid: Grid, loops: Iterable[Loop]) -> list[Loop]:
    """Shortest loops first, each into the first lane that is free over its columns."""

    def span(loop: Loop) -> tuple[int, int]:
        ends = grid.ranks[loop.start], grid.ranks[loop.end]
        return min(ends), max(ends)

    taken: list[list[tuple[int, int]]] = []
    done = []
    for loop in sorted(loops, key=lambda one: span(one)[1] - span(one)[0]):
        left, right = span(loop)
        lane = 0
        while lane < len(taken) and any(a <= right and left <= b for a, b in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        done.append(replace(loop, lane=lane))
    return done


def _mark_lanes(
    grid: Grid, loops: Sequence[Loop], marks: Sequence[Mark], key: ChannelKey
) -> list[Mark]:
    """Find room for the lettered ends, from right to left, in the shallowest lane there is."""
    if not marks:
        return []
    row = grid.rows[key[0]]
    draft = Channel(tuple(loops), tuple(marks))
    xs = ports(grid, draft, row.number)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES + len(marks))]
    for loop in loops:
        one, two = xs[loop.rework.key, False], xs[loop.rework.key, True]
        taken[loop.lane].append((min(one, two) - 6, max(one, two) + 6))
        for lane in range(loop.lane):
            taken[lane] += [(one - 5, one + 5), (two - 5, two + 5)]
    done: dict[int, Mark] = {}
    limit = min(200.0, 0.3 * grid.width)
    order = sorted(enumerate(marks), key=lambda one: -xs[one[1].rework.key, one[1].incoming])
    edges = _band_edges(grid, key)
    waiting = {(mark.rework.key, mark.incoming) for mark in marks}
    for index, mark in order:
        x = xs[mark.rework.key, mark.incoming]
        text = ellipsize(mark.text, limit, TEXT_SIZE, 600)
        others = [one for port, one in xs.items() if port in waiting and one != x]
        others += edges
        bounds = _bounds(grid, key[0], mark)
        lane, side = _free(x, 1.08 * text_width(text, TEXT_SIZE, 600), taken, bounds, others)
        waiting.discard((mark.rework.key, mark.incoming))
        width = _interval(x, 1.08 * text_width(text, TEXT_SIZE, 600), side)
        taken[lane].append(width)
        for above in range(lane):
            taken[above].append((x - 5, x + 5))
        done[index] = replace(mark, lane=lane, side=side, text=text if side else "")
    return [done[index] for index in range(len(marks))]  # their ports keep this order


def _band_edges(grid: Grid, key: ChannelKey) -> list[float]:
    """The sides of the bands that a channel runs through; words lie on one side of them."""
    net, row = grid.net, grid.rows[key[0]]
    return [
        edge
        for bars in net.forks
        if net.tracks[bars.lane] == key[1]
        and grid.ranks[bars.start] < row.end
        and grid.ranks[bars.end] >= row.start
        for edge in inside(grid, row, bars)
    ]


def _bounds(grid: Grid, row: int, mark: Mark) -> tuple[float, float]:
    """The words of a branch stay in its band."""
    fork = grid.net.lanes[grid.net.cells[mark.cell].lane].fork
    if fork < 0:
        return MARGIN - 4, grid.width - MARGIN + 4
    return inside(grid, grid.rows[row], grid.net.forks[fork])


def _free(
    x: float,
    width: float,
    taken: Sequence[Sequence[tuple[float, float]]],
    bounds: tuple[float, float],
    others: Sequence[float],
) -> tuple[int, str]:
    for side_options in (("right", "left"), ("",)):
        for lane in range(len(taken)):
            for side in side_options:
                left, right = _interval(x, width, side)
                fits = (left >= bounds[0] and right <= bounds[1]) or not side
                fits = fits and not any(left < one < right for one in others)
                clear = not any(a < right and left < b for a, b in taken[lane])
                shaft = not any(a < x + 5 and x - 5 < b for above in taken[:lane] for a, b in above)
                if fits and clear and shaft:
                    return lane, side
    return len(taken) - 1, ""


def _interval(x: float, width: float, side: str) -> tuple[float, float]:
    left = x - RADIUS - 2 - (width + AIR if side == "left" else 0)
    right = x + RADIUS + 2 + (width + AIR if side == "right" else 0)
    return left, right


def ports(grid: Grid, channel: Channel, row: int) -> Mapping[tuple[str, bool], float]:
    """Where each end meets the lower edge of its box, so that no two loops of a box cross."""
    ends: dict[int, list[tuple[tuple[int, int], tuple[str, bool]]]] = {}
    for loop in channel.loops:
        own = loop.start == loop.end
        going = ((0, loop.lane), (loop.rework.key, False))
        coming = ((2, -loop.lane), (loop.rework.key, True))
        ends.setdefault(loop.start, []).append(((3, 0), going[1]) if own else going)
        ends.setdefault(loop.end, []).append(coming)
    for index, mark in enumerate(channel.marks):
        ends.setdefault(mark.cell, []).append(((1, index), (mark.rework.key, mark.incoming)))
    found = {}
    for cell, one in ends.items():
        left, right = grid.rows[row].edge(grid.ranks[cell])
        if grid.net.cells[cell].kind == "gap":
            left, right = (left + right) / 2, right
        for place, (_, port) in enumerate(sorted(one), 1):
            found[port] = left + (right - left) * place / (len(one) + 1)
    return found


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
    names = facts.analysis.labels
    items: list[Item] = []
    for loop in channel.loops:
        one = loop.rework
        text = f"{_share(one)} back"
        start = (xs[one.key, False], bottoms[loop.start] + 1)
        end = (xs[one.key, True], bottoms[loop.end] + 1)
        lane = first + PITCH * loop.lane
        middle = _between_bars((start[0], end[0]), bars)
        way = (*rework(start, lane, end), *rework_share(middle, lane, text))
        to, away = names.get(one.end, one.end), names.get(one.start, one.start)
        title = f"Rework: {_share(one)} from {away} back to {to}" + _reason(one)
        items.append(Group("rework", tuple(way), title, f"rework-{one.key}", one.url))
    for mark in channel.marks:
        key = mark.rework.key
        x = xs[key, mark.incoming]
        y = first + PITCH * mark.lane
        items.append(_mark(mark, x, y, bottoms[mark.cell], facts))
    return tuple(items)


def _between_bars(ends: tuple[float, float], bars: Sequence[float]) -> float:
    """The middle of the longest stretch that no bar of a fork cuts."""
    left, right = min(ends), max(ends)
    cuts = [left, *sorted(bar for bar in bars if left < bar < right), right]
    widest = max(pairwise(cuts), key=lambda part: part[1] - part[0])
    return sum(widest) / 2


def _reason(one: Rework) -> str:
    return f": {one.label}" if one.label else ""


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
    one, names = mark.rework, facts.analysis.labels
    title = (
        f"Rework: {_share(one)} from {names.get(one.start, one.start)}"
        f" back to {names.get(one.end, one.end)}{_reason(one)}"
    )
    end = "in" if mark.incoming else "out"
    circle_items = connector(x, y, letter=mark.letter)
    items = (*arrow, *circle_items, *(text if mark.text else ()))
    return Group("rework", items, title, f"rework-{one.key}-{end}", one.url)
