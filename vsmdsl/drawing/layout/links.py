"""How the columns of a row are joined: plain lines, the bars of forks, and tags to the next row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout.cells import Cell, Way, is_parallel
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, TAG_WIDTH, Grid, Row, bar_x, inside
from vsmdsl.drawing.layout.lanes import Stage
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Text
from vsmdsl.drawing.shapes import arrow, line, pill_width, text_room
from vsmdsl.drawing.symbols.marks import branch_tag, continuation, fork_bar
from vsmdsl.wording import ENGLISH, Say

AIR = 3.0
HALF = 4.0
BEYOND = 24.0  # what a bar reaches beyond the outer flow lines
END_TAG, START_TAG = 26.0, TAG_WIDTH
STUB = 6.0
TAG_LEAST = 40.0


class Ways:
    """The edges of a map sorted by row, so that a row finds its own at once."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.before: dict[int, int] = {}
        self.late: dict[int, float] = {}  # gaps whose arrow begins further right
        self.early: dict[int, float] = {}  # gaps whose arrow ends further left
        self.after: dict[int, list[int]] = {}
        self.rows = [0] * len(grid.columns)
        for row in grid.rows:
            self.rows[row.start : row.end] = [row.number] * (row.end - row.start)
        self.by_row: dict[int, list[Way]] = {row.number: [] for row in grid.rows}
        for way in grid.net.edges:
            start, end = way.start, way.end
            self.before.setdefault(end, start)
            self.after.setdefault(start, []).append(end)
            one, two = self.row(start), self.row(end)
            for number in range(one, two + 1):
                self.by_row[number].append(way)

    def row(self, cell: int) -> int:
        """The number of the row of a cell."""
        return self.rows[self.grid.ranks[cell]]

    def reach(self, row: Row, cell: Cell) -> tuple[float, float]:
        """From where to where the arrow of a gap goes, on its flow line."""
        rank = self.grid.ranks[cell.index]
        left, right = row.edge(rank)
        x1, x2 = left + AIR + self.late.get(cell.index, 0.0), right - AIR
        x1 += 0 if rank else self.grid.turn
        x2 -= self.early.get(cell.index, 0.0)
        if rank == row.start and row.number:
            x1 = max(x1, MARGIN + START_TAG + AIR)
        before = self.near(row, self.before.get(cell.index), rank - 1)
        if before and before.kind in ("fork", "join"):
            x1 = bar_x(row, before, rank - 1) + HALF + (HALF if before.kind == "fork" else 5)
        ahead = (self.near(row, one, rank + 1) for one in self.after.get(cell.index, ()))
        after = next((one for one in ahead if one), None)
        if after and after.kind in ("fork", "join"):
            x2 = bar_x(row, after, rank + 1) - HALF - (HALF if after.kind == "join" else 2)
        return x1, x2

    def near(self, row: Row, cell: int | None, rank: int) -> Cell | None:
        """A neighbour, if it stands in the very next column of the same row."""
        if cell is None or self.grid.ranks[cell] != rank or not row.holds(rank):
            return None
        return self.grid.net.cells[cell]


def bar_xs(grid: Grid, stage: Stage) -> list[float]:
    """The middles of all bars of a row."""
    return [
        bar_x(stage.row, grid.net.cells[cell], grid.ranks[cell])
        for bars in stage.forks
        for cell in (bars.start, bars.end)
        if stage.row.holds(grid.ranks[cell])
    ]


def right_of(grid: Grid, row: Row, cell: Cell) -> float:
    """Where a line leaves a cell."""
    rank = grid.ranks[cell.index]
    left, right = row.edge(rank)
    match cell.kind:
        case "step":
            return (left + right + row.step) / 2 + 2
        case "gap":
            return right - AIR
        case _:
            return bar_x(row, cell, rank) + HALF + 1


def left_of(grid: Grid, row: Row, ways: Ways, cell: Cell) -> float:
    """Where a line reaches a cell."""
    rank = grid.ranks[cell.index]
    left, right = row.edge(rank)
    match cell.kind:
        case "step":
            return (left + right - row.step) / 2 - 2
        case "gap":
            return ways.reach(row, cell)[0]
        case _:
            return bar_x(row, cell, rank) - HALF - 1


def links(grid: Grid, ways: Ways, stage: Stage) -> Items:
    """Draw the plain lines of a row, and the tags where they go on in another row."""
    items: list[Item] = []
    for way in ways.by_row[stage.row.number]:
        items += link(grid, ways, stage, way)
    return tuple(items)


def link(grid: Grid, ways: Ways, stage: Stage, way: Way) -> Items:
    row, start, end = stage.row, grid.net.cells[way.start], grid.net.cells[way.end]
    here, there = ways.row(start.index) == row.number, ways.row(end.index) == row.number
    y = stage.lines[way.lane]
    items: list[Item] = []
    if (
        here
        and there
        and grid.ranks[end.index] - grid.ranks[start.index] == 1
        and ("gap" in (start.kind, end.kind))
    ):
        return ()
    x1 = right_of(grid, row, start) if here else MARGIN + START_TAG
    x2 = left_of(grid, row, ways, end) if there else row.right + STUB
    if not here:
        items += continuation(MARGIN + START_TAG / 2, y, row=str(row.number + 1), width=START_TAG)
        if end.kind == "gap" and there and grid.ranks[end.index] == row.start:
            return tuple(items)
    if there and end.kind != "gap":
        items += arrow(((x1, y), (x2, y)), kind="flow") if x2 - x1 > 4 else ()
    else:
        items.append(line(x1, y, x2, y, thick=2))
    if not there:
        middle = row.right + STUB + END_TAG / 2
        items += continuation(middle, y, row=str(row.number + 2), width=END_TAG)
    return (Group("link", tuple(items)),)


def bands(grid: Grid, facts: Facts, stage: Stage) -> Items:
    """Draw the band of every branch; the outer forks first, under the inner ones."""
    items: list[Item] = []
    fills: dict[int, str] = {}
    for bars in stage.forks:
        left, right = inside(grid, stage.row, bars)
        for lane in bars.lanes:
            top, bottom = stage.bands[lane]
            longest = lane == bars.straight and is_parallel(bars)
            wanted = "vasoft" if longest else "band"
            fill = fills[lane] = "paper" if fills.get(bars.lane) == wanted else wanted
            shape = Rect(left, top, right - left, bottom - top, 8, fill)
            kind = "lane critical" if longest else "lane"
            items.append(Group(kind, (shape,), _tag_text(grid, facts, lane, longest)))
    return tuple(items)


def tags(grid: Grid, facts: Facts, stage: Stage) -> Items:
    """Write over every branch what it is: the longest, its slack, its share."""
    items: list[Item] = []
    for bars in stage.forks:
        left, right = inside(grid, stage.row, bars)
        if grid.ranks[bars.start] < stage.row.start:
            continue
        for lane in bars.lanes:
            longest = lane == bars.straight and is_parallel(bars)
            items += _tag(grid, facts, lane, left, stage.bands[lane][0], right, longest)
    return tuple(items)


def _tag(
    grid: Grid,
    facts: Facts,
    lane: int,
    left: float,
    top: float,
    right: float,
    longest: bool,
) -> Items:
    room = text_room(right - left, 20)
    if room < TAG_LEAST:
        return ()
    words = _tag_text(grid, facts, lane, longest)
    sets, longest_one = facts.say("sets the lead time"), facts.say("Longest branch")
    for less in ("", f" · {sets}", f"{longest_one} · "):
        words = words.replace(less, "") if text_width(words, 10.5, 700) > room - 16 else words
    text = ellipsize(words, room, 10.5, 700)
    if not longest:
        return (Text(left + 10, top + 15.3, text, 10.5, 700, "ink2"),)
    width = pill_width(text, 10.5, 700, pad=8.5)
    return branch_tag(left + width / 2, top + 11.5, text=text, longest=True)


def _tag_text(grid: Grid, facts: Facts, lane: int, longest: bool) -> str:
    branch = grid.net.lanes[lane].branch
    if branch is None:
        return ""
    figures = facts.lanes.get(branch.key)
    parts = [branch.label] if branch.label and branch.label != branch.key else []
    if branch.share is not None:
        from vsmdsl.drawing.layout.words import whole_ratio

        parts.append(whole_ratio(branch.share.ratio, facts.wording))
    elif longest:
        parts.append(facts.say("Longest branch"))
    elif not branch.joins:
        parts.append(facts.say("Does not join"))
    elif not parts:
        parts.append(facts.say("Parallel"))
    if figures is not None:
        time = figures.lead_time
        parts.append(f"{time.bound} {facts.time(time.value, time.unit)}".strip())
        if longest:
            parts.append(facts.say("sets the lead time"))
        elif figures.slack is not None and branch.share is None and branch.joins:
            slack = facts.time(figures.slack.value, figures.slack.unit)
            parts.append(facts.say("slack {time}", time=slack))
    return " · ".join(parts)


def bars(
    grid: Grid,
    stage: Stage,
    openings: Mapping[int, Sequence[float]],
    fresh: Collection[str] = (),
    say: Say = ENGLISH.say,
) -> Items:
    """Draw the bars, those of `fresh` forks in green; where a loop passes, it leaves an opening."""
    items: list[Item] = []
    for one in stage.forks:
        lines = [stage.lines[lane] for lane in one.lanes]
        top, bottom = min(lines) - BEYOND, max(lines) + BEYOND
        for cell in (one.start, one.end):
            rank = grid.ranks[cell]
            if not stage.row.holds(rank):
                continue
            kind = grid.net.cells[cell].kind
            x = bar_x(stage.row, grid.net.cells[cell], rank)
            pieces = _pieces(top, bottom, openings.get(cell, ()))
            fill = "goodln" if one.element.key in fresh else "inv"
            parts = tuple(fork_bar(x, a, b, kind=kind, fill=fill) for a, b in pieces)
            wordless = one.lane or tight(grid, cell)
            word = () if wordless else (_word(say, one.start == cell, x, top),)
            items.append(Group(kind, (*parts, *word)))
    return tuple(items)


def tight(grid: Grid, cell: int) -> bool:
    """Whether the word over a fork would touch that of the join right before it."""
    rank = grid.ranks[cell]
    if grid.net.cells[cell].kind != "fork" or not rank:
        return False
    return any(grid.net.cells[one].kind == "join" for one in grid.columns[rank - 1].cells)


def _word(say: Say, start: bool, x: float, top: float) -> Text:
    if start:
        return Text(x + HALF, top - 8, say("FORK"), 9.5, 700, "ink3", "end", 0.8)
    return Text(x - HALF, top - 8, say("JOIN"), 9.5, 700, "ink3", "start", 0.8)


def _pieces(top: float, bottom: float, openings: Iterable[float]) -> Iterator[tuple[float, float]]:
    for y in sorted(openings):
        if top + 12 < y < bottom - 12:
            yield top, y - 6
            top = y + 6
    yield top, bottom
