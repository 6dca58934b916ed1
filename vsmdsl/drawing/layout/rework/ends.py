"""Room for the lettered ends of rework: a lane for each, and a side for its words."""

from __future__ import annotations

from collections.abc import Sequence

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
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES + len(marks))]
    for loop in loops:
        one, two = xs[loop.rework.key, False], xs[loop.rework.key, True]
        pill = rework_share_width(f"{share_of(loop.rework)} back") / 2 + 2
        middle, half = (one + two) / 2, max(abs(one - two) / 2 + 6, pill)
        taken[loop.lane].append((middle - half, middle + half))
        legs = [(one - 5, one + 5), (two - 5, two + 5)]  # of the same values in every lane
        for lane in range(loop.lane):
            taken[lane] += legs
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
        lane, side = _free(x, WIDER * text_width(text, TEXT_SIZE, 600), taken, bounds, others)
        waiting.discard((mark.rework.key, mark.incoming))
        width = _interval(x, WIDER * text_width(text, TEXT_SIZE, 600), side)
        taken[lane].append(width)
        line = x - 5, x + 5
        for above in range(lane):
            taken[above].append(line)
        done[index] = replace(mark, lane=lane, side=side, text=text if side else "")
    return [done[index] for index in range(len(marks))]  # their ports keep this order


def crossed(ends: Sequence[Mark]) -> bool:
    """Whether an end found no place but the last, with a line of another loop in its way."""
    return any(mark.lane == LANES + len(ends) - 1 for mark in ends)


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
    reach = _reach(x, taken)
    for sides in (("right", "left"), ("",)):
        wanted = [(side, *_interval(x, width, side)) for side in sides]
        fitting = [one for one in wanted if _fits(*one, bounds, others)]
        for lane in range(reach if fitting else 0):
            for side, left, right in fitting:
                if not any(a < right and left < b for a, b in taken[lane]):
                    return lane, side
    return len(taken) - 1, ""


def _reach(x: float, taken: Sequence[Sequence[tuple[float, float]]]) -> int:
    """How many lanes a line from the box comes to: the last is the first that is blocked."""
    blocked = (any(a < x + 5 and x - 5 < b for a, b in lane) for lane in taken)
    return next((lane + 1 for lane, is_blocked in enumerate(blocked) if is_blocked), len(taken))


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
