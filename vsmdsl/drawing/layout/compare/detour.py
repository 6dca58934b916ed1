"""The way of the flow around what is no longer there: in green, below the ghosts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsmdsl.drawing.layout.cells import Bars, Way
from vsmdsl.drawing.layout.compare.columns import Placed
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, TAG_WIDTH, Row
from vsmdsl.drawing.layout.lanes import Stage
from vsmdsl.drawing.layout.links import END_TAG, STUB, Ways, left_of, right_of
from vsmdsl.drawing.scene import Group, Items, Point
from vsmdsl.drawing.shapes import arrow, polyline
from vsmdsl.drawing.symbols.marks import continuation
from vsmdsl.record import record, replace

LATE, EARLY = 22.0, 18.0  # room for the way to come up before a gap, or to go down behind one
TURN, NARROW_TURN = 16.0, 9.0  # from a box, or from a bar, to where the way turns
BELOW, RADIUS = 11.0, 8.0


@record
class Ghosts:
    """What a way goes around in a row: removed steps on its line, and removed forks."""

    cells: tuple[int, ...]
    forks: tuple[Bars, ...]


def detours(placed: Placed, row: Row) -> Mapping[Way, Ghosts]:
    """The ways that pass by something in this row, and what they pass by."""
    grid, net = placed.grid, placed.grid.net
    there = {bars.index for bars in placed.bars}
    cells = [cell for cell in placed.ghosts if row.holds(grid.ranks[cell])]
    forks = [
        bars
        for bars in net.forks
        if bars.index not in there
        and grid.ranks[bars.start] < row.end
        and grid.ranks[bars.end] >= row.start
    ]
    found = {}
    for way in net.edges if cells or forks else ():
        start, end = grid.ranks[way.start], grid.ranks[way.end]
        track = net.tracks[way.lane]
        around = Ghosts(
            tuple(
                one
                for one in cells
                if start < grid.ranks[one] < end and net.tracks[net.cells[one].lane] == track
            ),
            tuple(
                bars
                for bars in forks
                if start < grid.ranks[bars.start]
                and grid.ranks[bars.end] < end
                and net.tracks[bars.lane] == track
            ),
        )
        if around.cells or around.forks:
            found[way] = around
    return found


def making_room(placed: Placed, row: Row) -> tuple[Row, Ways]:
    """The row with less room for words where a way comes up or goes down, and its ways."""
    grid, ways, taken = placed.grid, Ways(placed.grid), dict[int, float]()
    for way in detours(placed, row):
        for cell, room, shift in ((way.end, LATE, ways.late), (way.start, EARLY, ways.early)):
            if grid.net.cells[cell].kind == "gap" and row.holds(grid.ranks[cell]):
                shift[cell] = room
                taken[grid.ranks[cell]] = ways.late.get(cell, 0.0) + ways.early.get(cell, 0.0)
    return replace(row, taken=taken), ways


def draw_detour(
    placed: Placed, known: Facts, ways: Ways, stage: Stage, way: Way, ghosts: Ghosts
) -> Items:
    """Draw the part of a way in a row, down, along, and up again, or on to the next row."""
    grid, row = placed.grid, stage.row
    start, end = grid.net.cells[way.start], grid.net.cells[way.end]
    here, there = row.holds(grid.ranks[way.start]), row.holds(grid.ranks[way.end])
    y, low = stage.lines[way.lane], _low(stage, ghosts) + BELOW
    items: list[Items] = []
    x1 = right_of(grid, row, start) if here else MARGIN + TAG_WIDTH
    down = x1 + (TURN if here and start.kind == "step" else NARROW_TURN)
    if not here:
        number = str(row.number + 1)
        items.append(continuation(MARGIN + TAG_WIDTH / 2, y, row=number, width=TAG_WIDTH))
    points: list[Point] = [(x1, y), (down, y), (down, low)]
    if there:
        x2 = left_of(grid, row, ways, end)
        rise = x2 - {"gap": LATE - 4, "step": TURN}.get(end.kind, NARROW_TURN + 4)
        points += [(rise, low), (rise, y), (x2, y)]
        items.append(arrow(points, stroke="goodln", thick=2, radius=RADIUS, kind="flow"))
    else:
        points.append((row.right + STUB, low))
        items.append((polyline(points, stroke="goodln", thick=2, radius=RADIUS, kind="flow"),))
        middle = row.right + STUB + END_TAG / 2
        items.append(continuation(middle, low, row=str(row.number + 2), width=END_TAG))
    return (
        Group("flow", tuple(item for part in items for item in part), known.say("The new way")),
    )


def _low(stage: Stage, ghosts: Ghosts) -> float:
    """The lower edge of all that a way goes around."""
    lanes: Sequence[int] = [lane for bars in ghosts.forks for lane in bars.lanes]
    edges = [stage.bottoms[cell] for cell in ghosts.cells if cell in stage.bottoms]
    return max((*edges, *(stage.bands[lane][1] for lane in lanes)))
