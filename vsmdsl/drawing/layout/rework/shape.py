"""What a channel of rework holds, and where its ends meet the boxes."""

from __future__ import annotations

from collections.abc import Mapping

from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.model.stream import Rework
from vsmdsl.record import record

PITCH = 26.0
RADIUS = 10.0
TEXT_SIZE = 10.5


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
Port = tuple[str, bool]  # the key of a rework, and whether it comes in here


def ports(grid: Grid, channel: Channel, row: int) -> Mapping[Port, float]:
    """Where each end meets the lower edge of its box, so that no two loops of a box cross."""
    ends: dict[int, list[tuple[tuple[int, int], Port]]] = {}
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


def share_of(one: Rework) -> str:
    """How much comes back, as people read it."""
    return words.share(one.share) or "?"
