"""Room for the lettered ends of rework: a lane for each, and a side for its words."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from math import inf
from operator import itemgetter

from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout.grid import MARGIN, Grid, inside
from vsmdsl.drawing.layout.rework.shape import (
    RADIUS,
    TEXT_SIZE,
    Channel,
    ChannelKey,
    Loop,
    Mark,
    ports,
    share_of,
)
from vsmdsl.drawing.shapes import WIDER
from vsmdsl.drawing.symbols.marks import rework_share_width
from vsmdsl.record import replace

AIR = 12.0
LANES = 6


def mark_lanes(
    grid: Grid, loops: Sequence[Loop], marks: Sequence[Mark], key: ChannelKey
) -> list[Mark]:
    """Find room for the lettered ends, from right to left, in the shallowest lane there is."""
    if not marks:
        return []
    row = grid.rows[key[0]]
    draft = Channel(tuple(loops), tuple(marks))
    xs = ports(grid, draft, row.number)
    room = _Room(_lanes(loops, marks))
    for loop in loops:
        one, two = xs[loop.rework.key, False], xs[loop.rework.key, True]
        pill = rework_share_width(f"{share_of(loop.rework)} back") / 2 + 2
        middle, half = (one + two) / 2, max(abs(one - two) / 2 + 6, pill)
        room.lanes[loop.lane].append((middle - half, middle + half))
        room.pass_by(one, loop.lane)
        room.pass_by(two, loop.lane)
    done: dict[int, Mark] = {}
    limit = min(200.0, 0.3 * grid.width)
    places = [xs[mark.rework.key, mark.incoming] for mark in marks]
    edges, nearest = _band_edges(grid, key), _nearest(places)
    for index in sorted(range(len(marks)), key=lambda one: -places[one]):
        mark, x = marks[index], places[index]
        text = ellipsize(mark.text, limit, TEXT_SIZE, 600)
        wide = WIDER * text_width(text, TEXT_SIZE, 600)
        lane, side = _free(x, wide, room, _bounds(grid, key[0], mark), (nearest[x], *edges))
        room.lanes[lane].append(_interval(x, wide, side))
        room.pass_by(x, lane)
        done[index] = replace(mark, lane=lane, side=side, text=text if side else "")
    return [done[index] for index in range(len(marks))]  # their ports keep this order


class _Room:
    """What has its place already: words and loops in their lanes, and the lines down to them."""

    def __init__(self, lanes: int) -> None:
        self.lanes: list[list[tuple[float, float]]] = [[] for _ in range(lanes)]
        self.lines: list[tuple[float, int]] = []  # from the left: where, and past how many lanes

    def pass_by(self, x: float, lane: int) -> None:
        """A line from the boxes to a lane takes room in all lanes above it."""
        if lane:
            insort(self.lines, (x, lane))

    def passed(self, left: float, right: float) -> Iterator[int]:
        """How many lanes each line between two places goes past."""
        begin, end = bisect_left(self.lines, (left - 6,)), bisect_left(self.lines, (right + 6,))
        for x, lanes in self.lines[begin:end]:
            if x - 5 < right and left < x + 5:
                yield lanes

    def reach(self, x: float) -> int:
        """How many lanes a line from the box comes to: the last is the first that is blocked."""
        if any(True for _ in self.passed(x - 5, x + 5)):
            return 1
        blocked = (any(a < x + 5 and x - 5 < b for a, b in lane) for lane in self.lanes)
        return next(
            (at + 1 for at, is_blocked in enumerate(blocked) if is_blocked), len(self.lanes)
        )

    def first(self, left: float, right: float, reach: int) -> int:
        """The first lane with nothing between two places; `reach` if there is none before it."""
        for lane in range(max(self.passed(left, right), default=0), reach):
            if not any(a < right and left < b for a, b in self.lanes[lane]):
                return lane
        return reach


def _nearest(places: Sequence[float]) -> dict[float, float]:
    """The next place to the left of each: all ends to the right have found theirs before."""
    every = sorted({*places})
    return dict(zip(every, (-inf, *every), strict=False))


def crossed(loops: Sequence[Loop], ends: Sequence[Mark]) -> bool:
    """Whether an end found no place but the last, with a line of another loop in its way."""
    last = _lanes(loops, ends) - 1
    return any(mark.lane == last for mark in ends)


def _lanes(loops: Sequence[Loop], marks: Sequence[Mark]) -> int:
    """How many lanes there are: so many that each end finds one below those of all loops."""
    usual, deepest = LANES + len(marks), max((loop.lane for loop in loops), default=0)
    return usual if deepest < usual else deepest + 1 + len(marks)


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
    room: _Room,
    bounds: tuple[float, float],
    others: Sequence[float],
) -> tuple[int, str]:
    reach = room.reach(x)
    for sides in (("right", "left"), ("",)):
        wanted = [(side, *_interval(x, width, side)) for side in sides]
        found = [
            (room.first(left, right, reach), side)
            for side, left, right in wanted
            if _fits(side, left, right, bounds, others)
        ]
        lane, side = min(found, key=itemgetter(0), default=(reach, ""))  # the first of equals
        if lane < reach:
            return lane, side
    return len(room.lanes) - 1, ""


def _fits(
    side: str, left: float, right: float, bounds: tuple[float, float], others: Sequence[float]
) -> bool:
    """Whether an end keeps clear of other lines and in its bounds, which a letter may leave."""
    if side and not (left >= bounds[0] and right <= bounds[1]):
        return False
    return not any(left < one < right for one in others)


def _interval(x: float, width: float, side: str) -> tuple[float, float]:
    left = x - RADIUS - 2 - (width + AIR if side == "left" else 0)
    right = x + RADIUS + 2 + (width + AIR if side == "right" else 0)
    return left, right
