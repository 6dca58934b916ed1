"""Columns and rows: Graphviz says in which column a cell stands, this where that column lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import inf

from vsmdsl.drawing import placement
from vsmdsl.drawing.layout import gaps
from vsmdsl.drawing.layout.boxes import BoxSize, box_size
from vsmdsl.drawing.layout.cells import Bars, Cell, Lane, Network
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.placement import Edge, Placement
from vsmdsl.record import record

Place = Callable[..., Placement]

MARGIN = 28.0
OUTSIDE = 118.0  # the inbound and outbound columns of a one-row map
ONE_ROW_LEAST = 520.0
HALF_BAR, BAND_AIR = 20.0, 12.0
BAR = 40.0  # the column of a fork or join
TAG_WIDTH = 24.0  # the tag at the start of a row
TAG = 18.0  # what the first gap of a row is wider for its tag
ENDS = 34.0  # stub and tag at the end of a row
LEAD = 46.0  # the start of a row that does not begin with a gap
COMPACT_GAP = 92.0  # on a page words may take more lines, so that more steps stand in a row
STEP_LESS, GAP_LESS = 16.0, 10.0
STEP_MORE, GAP_MORE = 40.0, 36.0
MAIN, BRANCH, SLACK = 100, 10, 0


@record
class Column:
    """One column: what it mainly holds, and how wide it wants to be."""

    kind: str
    width: float
    cells: tuple[int, ...]


@record
class Row:
    """A stretch of columns with their left and right edges on the page."""

    number: int
    start: int
    end: int
    edges: tuple[tuple[float, float], ...]
    step: float  # the width of boxes in this row
    last: bool

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
        return right - max(left, MARGIN + TAG_WIDTH if self.number and column == self.start else 0)

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

    def row_of(self, cell: int) -> int:
        """The number of the row a cell stands in, from 0."""
        return next(row.number for row in self.rows if row.holds(self.ranks[cell]))


def grid(
    net: Network,
    facts: Facts,
    width: float | None,
    place: Place = placement.place,
    *,
    compact: bool = False,
) -> Grid:
    """Place all cells: in one row, or in as many as the width asks for."""
    size = box_size(facts)
    gap = min(
        max((gaps.natural_width(c, facts) for c in net.cells if c.kind == "gap"), default=0.0),
        COMPACT_GAP if compact else gaps.WIDE,
    )
    gap = max(gap, gaps.NARROW)
    ranks = _ranked(net, size, gap, place)
    columns = _columns(net, ranks, size.width, gap)
    inbound = facts.stream.party("supplier") is not None and bool(columns)
    outbound = facts.stream.party("customer") is not None
    single = _one_row(columns, size.width, inbound)
    total = max(single.right + (OUTSIDE if outbound else 0) + MARGIN, ONE_ROW_LEAST)
    if width is None or (total <= width and not columns):
        return Grid(net, ranks, columns, (single,), size, total, False, inbound, outbound)
    rows = _wrap(net, ranks, columns, size.width, width)
    return Grid(net, ranks, columns, rows, size, width, True, inbound, outbound)


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


# --- columns --------------------------------------------------------------------------------


def _ranked(net: Network, size: BoxSize, gap: float, place: Place) -> list[int]:
    """Ask for the columns, and put the lanes of every fork into the order that was found."""
    widths = {"step": size.width, "gap": gap, "fork": BAR, "join": BAR}
    order = {track: at for at, track in enumerate(_tracks(net, 0))}
    cells = sorted(net.cells, key=lambda cell: (order[net.tracks[cell.lane]], cell.index))
    boxes = [
        placement.Cell(cell.index, widths[cell.kind], 100.0, net.tracks[cell.lane])
        for cell in cells
    ]
    found = place(boxes, [_edge(net, *way[:2]) for way in (*net.edges, *net.unseen)])
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


def _edge(net: Network, start: int, end: int) -> Edge:
    one, two = net.cells[start], net.cells[end]
    if net.tracks[one.lane] == 0 == net.tracks[two.lane]:
        return Edge(start, end, MAIN)
    # The last queue of a short branch may move right, to where the branches come together.
    cells = net.lanes[two.lane].cells
    spare = one.kind != "fork" and two.kind == "gap" and cells[-1] == end
    return Edge(start, end, SLACK if spare else BRANCH)


def _columns(net: Network, ranks: Sequence[int], step: float, gap: float) -> tuple[Column, ...]:
    members: dict[int, list[int]] = {}
    for cell in net.cells:
        members.setdefault(ranks[cell.index], []).append(cell.index)
    columns = []
    for rank in sorted(members):
        kinds = {net.cells[index].kind for index in members[rank]}
        kind = next(one for one in ("step", "gap", "fork", "join") if one in kinds)
        shelves = max(gaps.shelf_width(net.cells[index]) for index in members[rank])
        width = max(step if "step" in kinds else 0, gap if "gap" in kinds else 0, shelves, BAR)
        columns.append(Column(kind, width, tuple(members[rank])))
    return tuple(columns)


# --- rows -----------------------------------------------------------------------------------


def _one_row(columns: Sequence[Column], step: float, inbound: bool) -> Row:
    at, edges = MARGIN, []
    for index, column in enumerate(columns):
        first = index == 0 and column.kind == "gap"
        width = max(column.width, OUTSIDE) if first and inbound else column.width
        if first and not inbound:
            width = max(width, 100.0)
        edges.append((at, at + width))
        at += width
    return Row(0, 0, len(columns), tuple(edges) or ((at, at),), step, True)


def _wrap(
    net: Network, ranks: Sequence[int], columns: Sequence[Column], step: float, width: float
) -> tuple[Row, ...]:
    room = width - 2 * MARGIN
    parts = _parts(net, ranks, columns, room - ENDS)
    spans = _spread(parts, columns, room - ENDS)
    more_step, more_gap = _slack(spans, columns, room)
    rows = []
    for number, (start, end) in enumerate(spans):
        at, edges = MARGIN + _lead(columns[start]), []
        for index in range(start, end):
            column = columns[index]
            own = _sized(column, step, more_step, more_gap)
            if index == start and column.kind == "gap":
                edges.append((MARGIN, at + own))
            else:
                edges.append((at, at + own))
            at += own
        rows.append(
            Row(number, start, end, tuple(edges), step + more_step, number == len(spans) - 1)
        )
    return tuple(rows)


def _sized(column: Column, step: float, more_step: float, more_gap: float) -> float:
    match column.kind:
        case "step":
            return max(column.width + more_step, step + more_step)
        case "gap":
            return column.width + more_gap
        case _:
            return column.width


def _lead(column: Column) -> float:
    return TAG if column.kind == "gap" else LEAD


def _least(columns: Sequence[Column], start: int, end: int) -> float:
    less = {"step": STEP_LESS, "gap": GAP_LESS}
    widths = sum(column.width - less.get(column.kind, 0.0) for column in columns[start:end])
    return widths + _lead(columns[start])


def _parts(
    net: Network, ranks: Sequence[int], columns: Sequence[Column], room: float
) -> list[tuple[int, int]]:
    """Stretches of columns that stay together: a step with what waits before it, a whole fork.

    A fork that is wider than a row comes apart like the stream itself.
    """
    starts = _starts(net, ranks, 0)
    parts = _between(starts, len(columns))
    done: list[tuple[int, int]] = []
    for start, end in parts:
        if _least(columns, start, end) <= room:
            done.append((start, end))
            continue
        inner = [rank for rank in _starts(net, ranks, None) if start < rank < end]
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
        for before, after in zip(one.cells, one.cells[1:], strict=False):
            left, right = net.cells[before], net.cells[after]
            if (
                left.kind in ("step", "join")
                and right.kind != "join"
                and not _trailing(net, one, after)
            ):
                found.add(ranks[after])
    return sorted(found)


def _trailing(net: Network, lane: Lane, cell: int) -> bool:
    """Whether only gaps follow: a row of nothing but a queue would look lost."""
    at = lane.cells.index(cell)
    return all(net.cells[index].kind == "gap" for index in lane.cells[at:])


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


def _spread(
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
        spans.append((parts[at][0], parts[at + taken - 1][1]))
        remaining -= sum(left[at : at + taken])
        at += taken
    return spans


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


def _slack(
    spans: Sequence[tuple[int, int]], columns: Sequence[Column], room: float
) -> tuple[float, float]:
    """What every step and gap may be wider, or must be narrower, in the fullest row."""
    more: tuple[float, float] = STEP_MORE, GAP_MORE
    for start, end in spans:
        row = columns[start:end]
        spare = room - ENDS - _lead(columns[start]) - sum(column.width for column in row)
        steps = sum(column.kind == "step" for column in row)
        gaps_ = sum(column.kind == "gap" for column in row)
        share = _shared(spare, steps, gaps_)
        more = min(more[0], share[0]), min(more[1], share[1])
    return more


def _shared(spare: float, steps: int, gaps_: int) -> tuple[float, float]:
    """Room to spare goes 55 to 45 to steps and gaps; what is missing is taken from steps first."""
    if spare >= 0:
        each = spare / max(0.55 * steps + 0.45 * gaps_, 0.45)
        return 0.55 * each, 0.45 * each
    step = max(spare / steps, -STEP_LESS) if steps else 0.0
    return step, max((spare - step * steps) / max(gaps_, 1), -GAP_LESS)
