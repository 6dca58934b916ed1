"""Room for the lettered ends of rework: a lane for each, and a side for its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout.grid import MARGIN, Grid, inside
from vsmdsl.drawing.layout.rework.shape import (
    RADIUS,
    TEXT_SIZE,
    Channel,
    ChannelKey,
    Loop,
    Mark,
    Port,
    ports,
    share_of,
)
from vsmdsl.drawing.layout.rework.taken import Stretch, Taken
from vsmdsl.drawing.shapes import WIDER
from vsmdsl.drawing.symbols.marks import rework_share_width
from vsmdsl.record import replace

AIR = 12.0
LANES = 6
SIDES = (("right", "left"), ("",))


def mark_lanes(
    grid: Grid,
    loops: Sequence[Loop],
    marks: Sequence[Mark],
    key: ChannelKey,
    edges: Sequence[float],
) -> list[Mark]:
    """Find room for the lettered ends, from right to left, in the shallowest lane there is.

    `edges` are the sides of bands in the way, from left to right: words lie on one side of them.
    """
    xs = ports(grid, Channel(tuple(loops), tuple(marks)), grid.rows[key[0]].number)
    taken = Taken(_depth(loops, marks), _lines(loops, xs), _legs(loops, xs))
    done: dict[int, Mark] = {}
    limit = min(200.0, 0.3 * grid.width)
    for index, x, beside in _from_right(marks, xs):
        mark = marks[index]
        text = ellipsize(mark.text, limit, TEXT_SIZE, 600)
        width = WIDER * text_width(text, TEXT_SIZE, 600)
        lane, side = _free(x, width, taken, _bounds(grid, key[0], mark), beside, edges)
        taken.add(lane, _interval(x, width, side), x)
        done[index] = replace(mark, lane=lane, side=side, text=text if side else "")
    return [done[index] for index in range(len(marks))]  # their ports keep this order


def crossed(loops: Sequence[Loop], ends: Sequence[Mark]) -> bool:
    """Whether an end found no place but the last, with a line of another loop in its way."""
    last = _depth(loops, ends) - 1
    return any(mark.lane == last for mark in ends)


def _depth(loops: Sequence[Loop], marks: Sequence[Mark]) -> int:
    """How many lanes there are for the ends: the last, if need be, lies below all loops."""
    lanes = LANES + len(marks)
    deepest = max((loop.lane for loop in loops), default=0)
    return lanes if deepest < lanes else deepest + 2


def _lines(loops: Sequence[Loop], xs: Mapping[Port, float]) -> Iterator[tuple[int, Stretch]]:
    """The lane of every loop, and what it takes of it."""
    for loop in loops:
        one, two = xs[loop.rework.key, False], xs[loop.rework.key, True]
        pill = rework_share_width(f"{share_of(loop.rework)} back") / 2 + 2
        middle, half = (one + two) / 2, max(abs(one - two) / 2 + 6, pill)
        yield loop.lane, (middle - half, middle + half)


def _legs(loops: Sequence[Loop], xs: Mapping[Port, float]) -> Iterator[tuple[float, int]]:
    """Where loops come out of boxes and go back into them, and from which lane."""
    for loop in loops:
        yield xs[loop.rework.key, False], loop.lane
        yield xs[loop.rework.key, True], loop.lane


def _from_right(
    marks: Sequence[Mark], xs: Mapping[Port, float]
) -> Iterator[tuple[int, float, float]]:
    """From right to left: the number of an end, where it is, and where the next on its left is."""
    places = [xs[mark.rework.key, mark.incoming] for mark in marks]
    order = sorted(range(len(marks)), key=lambda index: -places[index])
    distinct = sorted(set(places), reverse=True)
    beside = dict(zip(distinct, [*distinct[1:], float("-inf")], strict=True))
    return ((index, places[index], beside[places[index]]) for index in order)


def _bounds(grid: Grid, row: int, mark: Mark) -> tuple[float, float]:
    """The words of a branch stay in its band."""
    fork = grid.net.lanes[grid.net.cells[mark.cell].lane].fork
    if fork < 0:
        return MARGIN - 4, grid.width - MARGIN + 4
    return inside(grid, grid.rows[row], grid.net.forks[fork])


def _free(
    x: float,
    width: float,
    taken: Taken,
    bounds: tuple[float, float],
    beside: float,
    edges: Sequence[float],
) -> tuple[int, str]:
    reach = taken.reach(x)
    for sides in SIDES:
        found: list[tuple[int, str]] = []
        for side in sides:
            stretch = _interval(x, width, side)
            if beside <= stretch[0] and _fits(side, stretch, bounds, edges):
                found.append((taken.first_free(stretch, reach), side))
        lane, side = min(found, key=lambda one: one[0], default=(reach, ""))
        if lane < reach:
            return lane, side
    return taken.lanes - 1, ""


def _fits(side: str, stretch: Stretch, bounds: tuple[float, float], edges: Sequence[float]) -> bool:
    """Whether an end keeps clear of bands and in its bounds, which a letter may leave."""
    left, right = stretch
    if side and not (left >= bounds[0] and right <= bounds[1]):
        return False
    first = bisect_right(edges, left)
    return first == len(edges) or edges[first] >= right


def _interval(x: float, width: float, side: str) -> Stretch:
    left = x - RADIUS - 2 - (width + AIR if side == "left" else 0)
    right = x + RADIUS + 2 + (width + AIR if side == "right" else 0)
    return left, right
