"""The shape of a grid: columns, rows with their edges, and where bars and bands stand in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property

from vsmdsl.drawing.layout.boxes import BoxSize
from vsmdsl.drawing.layout.cells import Bars, Cell, Network
from vsmdsl.record import field, record

MARGIN = 28.0
OUTSIDE = 118.0  # the inbound and outbound columns of a one-row map
HALF_BAR, BAND_AIR = 20.0, 12.0
BAR = 40.0  # the column of a fork or join
TAG_WIDTH = 24.0  # the tag at the start of a row
TURN, TURN_LEAST = 62.0, 54.0  # room before shelves that begin a map: goods turn into them
BESIDE = 140.0  # from the middle of one supplier or customer to that of the next


@record
class Column:
    """One column: what it mainly holds, and how wide it wants to be."""

    kind: str
    width: float
    cells: tuple[int, ...]
    shelves: float = 0.0  # how much of it shelves take, with the arrows beside them


@record
class Row:
    """A stretch of columns with their left and right edges on the page."""

    number: int
    start: int
    end: int
    edges: tuple[tuple[float, float], ...]
    step: float  # the width of boxes in this row
    last: bool
    taken: Mapping[int, float] = field(default_factory=dict)  # what words cannot have of a column

    def edge(self, column: int) -> tuple[float, float]:
        """Left and right of a column."""
        return self.edges[column - self.start]

    @property
    def left(self) -> float:
        """The left edge of the first column."""
        return self.edges[0][0]

    @property
    def right(self) -> float:
        """The right edge of the last column."""
        return self.edges[-1][1]

    def room(self, column: int) -> float:
        """The width for words in a column; the tag of a later row takes some of the first."""
        left, right = self.edge(column)
        tag = MARGIN + TAG_WIDTH if self.number and column == self.start else 0
        return right - max(left, tag) - self.taken.get(column, 0.0)

    def holds(self, column: int) -> bool:
        """Whether a column stands in this row."""
        return self.start <= column < self.end


@record
class Grid:
    """Cells in columns, columns in rows, and the width of the picture."""

    net: Network
    ranks: Sequence[int]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size: BoxSize
    width: float
    wrapped: bool
    inbound: bool
    outbound: bool

    @property
    def stocked(self) -> float:
        """How much of the first column shelves take, where they begin a map that has a supplier."""
        return self.columns[0].shelves if self.columns and self.inbound else 0.0

    @property
    def turn(self) -> float:
        """How much of the first column goods take to turn into its shelves; 0 without room."""
        if not self.stocked:
            return 0.0
        left, right = self.rows[0].edges[0]
        room = right - left - self.stocked
        return min(room, TURN) if room >= TURN_LEAST else 0.0

    @cached_property
    def row_ends(self) -> Sequence[int]:
        """The column after each row."""
        return [row.end for row in self.rows]

    @cached_property
    def forks_in(self) -> Mapping[tuple[int, int], Sequence[Bars]]:
        """The columns of a row → the forks that reach into it."""
        starts = [row.start for row in self.rows]
        found: dict[tuple[int, int], list[Bars]] = {}
        for bars in self.net.forks:
            first = bisect_right(self.row_ends, self.ranks[bars.start])
            for row in self.rows[first : bisect_right(starts, self.ranks[bars.end])]:
                found.setdefault((row.start, row.end), []).append(bars)
        return found

    def row_of(self, cell: int) -> int:
        """The number of the row a cell stands in, from 0."""
        return self.rows[bisect_right(self.row_ends, self.ranks[cell])].number


def bar_x(row: Row, cell: Cell, rank: int) -> float:
    """The middle of a bar in its column."""
    left, right = row.edge(rank)
    return right - HALF_BAR if cell.kind == "fork" else left + HALF_BAR


def inside(grid: Grid, row: Row, bars: Bars) -> tuple[float, float]:
    """Left and right of the bands of a fork, as far as they lie in a row."""
    first, last = grid.ranks[bars.start], grid.ranks[bars.end]
    left, right = row.left - 4, row.right + 2
    if row.holds(first):
        left = bar_x(row, grid.net.cells[bars.start], first) + BAND_AIR
    if row.holds(last):
        right = bar_x(row, grid.net.cells[bars.end], last) - BAND_AIR
    return left, right
