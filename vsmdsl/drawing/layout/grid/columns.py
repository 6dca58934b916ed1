"""Graphviz says in which column a cell stands; here it is asked, and the columns get a width."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vsmdsl.drawing import placement
from vsmdsl.drawing.layout import gaps
from vsmdsl.drawing.layout.cells import Lane, Network, Way
from vsmdsl.drawing.layout.grid.shape import BAR, Column
from vsmdsl.drawing.placement import Edge, Placement

Place = Callable[..., Placement]

MAIN, BRANCH, SLACK = 100, 10, 0


# What Graphviz is told of their widths: columns and the order of lanes do not depend on it, and
# maps of one shape then ask the same.
WIDTHS = {"step": 120.0, "gap": 80.0, "fork": BAR, "join": BAR}


def ranked(net: Network, place: Place) -> list[int]:
    """Ask for the columns, and put the lanes of every fork into the order that was found."""
    order = {track: at for at, track in enumerate(_tracks(net, 0))}
    cells = sorted(net.cells, key=lambda cell: (order[net.tracks[cell.lane]], cell.index))
    boxes = [
        placement.Cell(cell.index, WIDTHS[cell.kind], 100.0, net.tracks[cell.lane])
        for cell in cells
    ]
    found = place(boxes, [_edge(net, way) for way in (*net.edges, *net.unseen)])
    for bars in net.forks:
        rows = {lane: found.lanes.get(net.tracks[lane], 0) for lane in bars.lanes}
        if len(set(rows.values())) == len(rows):
            bars.lanes = tuple(sorted(bars.lanes, key=rows.__getitem__))
    return [found.ranks[cell.index] for cell in net.cells]


def _tracks(net: Network, lane: int) -> list[int]:
    """The tracks from top to bottom: upper lanes, the line itself, lower lanes."""
    above: list[int] = []
    below: list[int] = []
    for fork in _forks_on(net, net.lanes[lane]):
        at = net.forks[fork].lanes.index(net.forks[fork].straight)
        for one in net.forks[fork].lanes[:at]:
            above += _tracks(net, one)
        for one in net.forks[fork].lanes[at + 1 :]:
            below += _tracks(net, one)
    return [*above, lane, *below]


def _forks_on(net: Network, lane: Lane) -> list[int]:
    """The forks on the line of a lane, those in its straight branches included."""
    found: list[int] = []
    for fork in lane.forks:
        straight = net.forks[fork].straight
        inner = _forks_on(net, net.lanes[straight]) if straight >= 0 else []
        found += [fork, *inner]
    return found


def _edge(net: Network, way: Way) -> Edge:
    start, end = way.start, way.end
    one, two = net.cells[start], net.cells[end]
    if net.tracks[one.lane] == 0 == net.tracks[two.lane]:
        return Edge(start, end, MAIN)
    # The last queue of a short branch may move right, to where the branches come together.
    cells = net.lanes[two.lane].cells
    spare = one.kind != "fork" and two.kind == "gap" and cells[-1] == end
    return Edge(start, end, SLACK if spare else BRANCH)


def columns(net: Network, ranks: Sequence[int], step: float, gap: float) -> tuple[Column, ...]:
    members: dict[int, list[int]] = {}
    for cell in net.cells:
        members.setdefault(ranks[cell.index], []).append(cell.index)
    columns = []
    for rank in sorted(members):
        cells = [net.cells[index] for index in members[rank]]
        kinds = {cell.kind for cell in cells}
        kind = next(one for one in ("step", "gap", "fork", "join") if one in kinds)
        shelves = max(map(gaps.shelf_width, cells))
        width = max(step if "step" in kinds else 0, gap if "gap" in kinds else 0, shelves, BAR)
        columns.append(Column(kind, width, tuple(members[rank]), shelves))
    return tuple(columns)
