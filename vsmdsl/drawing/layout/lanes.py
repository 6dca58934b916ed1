"""How high things lie in a row: the flow line of every lane, the bands of branches, the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from vsmdsl.drawing.layout import captions, gaps
from vsmdsl.drawing.layout.boxes import box_height, name_height, name_lines
from vsmdsl.drawing.layout.cells import Bars, Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid, Row
from vsmdsl.drawing.layout.rework import NO_CHANNEL, PITCH, Channel, ChannelKey
from vsmdsl.record import field, record, replace

RIBBON, RIBBON_AIR = 20.0, 12.0
ICON_TOP = 46.0  # from the flow line up to just above a queue's icon
BAND_TOP, BAND_BOTTOM, BAND_AIR = 46.0, 22.0, 12.0
TAG_ROOM = 26.0
BURST, TALK = 20.0, 44.0
DROP = 44.0  # a schedule of its own above a box or ribbon
FIRST_LANE, FIRST_LANE_IN_BAND = 30.0, 22.0
FLAG = 16.0
MARK_REACH = 4  # columns that the words beside a lettered end may take


@record(frozen=False)
class Stage:
    """One row with all its heights: what every part of it needs to draw itself."""

    row: Row
    head: float
    people: float
    above: float  # from the flow line up to the top of the boxes
    lines: dict[int, float] = field(default_factory=dict)  # lane → flow line
    bands: dict[int, tuple[float, float]] = field(default_factory=dict)  # lane → top, bottom
    channel_tops: dict[int, float] = field(default_factory=dict)  # track → height of lane 0
    bottoms: dict[int, float] = field(default_factory=dict)  # cell → lower edge
    forks: list[Bars] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    top: float = 0.0
    ribbon: float = 0.0
    lowest: float = 0.0  # the lower edge of what stands on the main line
    ladder: float = 0.0

    @property
    def boxes(self) -> float:
        """The top of the boxes on the main line."""
        return self.lines[0] - self.above


@record(frozen=False)
class _Extent:
    up: float = 0.0
    down: float = 0.0
    lines: dict[int, float] = field(default_factory=dict)
    bands: dict[int, tuple[float, float]] = field(default_factory=dict)


@record(frozen=False)
class Drops:
    """Steps that get a schedule arrow of their own, because the bus cannot reach them."""

    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def stage(
    grid: Grid,
    facts: Facts,
    row: Row,
    y: float,
    found: Mapping[ChannelKey, Channel],
    drops: Drops,
    *,
    teams: bool,
    flag: bool,
    cards: float = 0.0,
) -> Stage:
    """Find all heights of a row whose upper edge lies at `y`."""
    return _Stacking(grid, facts, row, found, drops, teams).stage(y, flag, cards)


One = TypeVar("One", Cell, Bars)


def by_lane(among: Iterable[One]) -> dict[int, list[One]]:
    """Cells or forks by the lane they stand on: a fork may have thousands of lanes."""
    found: dict[int, list[One]] = {}
    for one in among:
        found.setdefault(one.lane, []).append(one)
    return found


class _Stacking:
    def __init__(
        self,
        grid: Grid,
        facts: Facts,
        row: Row,
        found: Mapping[ChannelKey, Channel],
        drops: Drops,
        teams: bool,
    ) -> None:
        self.grid, self.facts, self.row, self.drops = grid, facts, row, drops
        self.net, self.teams = grid.net, teams
        self.cells = [
            self.net.cells[index]
            for column in grid.columns[row.start : row.end]
            for index in column.cells
        ]
        self.cells.sort(key=lambda cell: cell.index)
        self.forks = [self.still(bars) for bars in grid.forks_in.get((row.start, row.end), ())]
        self.cells_on, self.forks_on = by_lane(self.cells), by_lane(self.forks)
        self.channels = found
        self.passed: dict[int, tuple[int, list[int]]] = {}
        steps = [cell for cell in self.cells if cell.step]
        lines = max((len(name_lines(c.step, row.step)) for c in steps if c.step), default=1)
        inside = any(c.step and c.step.team and c.lane for c in steps)
        self.head = name_height(lines, team=inside)
        self.above = (self.head + grid.size.people) / 2
        self.lower = {cell.index: self.measured(cell) for cell in self.cells}
        self.down = self.lowest_by_track()

    def channel(self, track: int) -> Channel:
        """What comes back on a track in this row."""
        return self.channels.get((self.row.number, track), NO_CHANNEL)

    def still(self, bars: Bars) -> Bars:
        """A fork without the branches that have come to a dead end in a row before.

        The straight one stays in any case: its bars stand on that line.
        """
        stays = (lane for lane in bars.lanes if lane == bars.straight or not self.ended(lane))
        lanes = tuple(stays)
        return bars if len(lanes) == len(bars.lanes) else replace(bars, lanes=lanes)

    def ended(self, lane: int) -> bool:
        one, start = self.net.lanes[lane], self.row.start
        dead = one.branch is not None and not one.branch.joins and bool(one.cells)
        return dead and all(self.grid.ranks[cell] < start for cell in one.cells)

    def lowest_by_track(self) -> dict[int, float]:
        found: dict[int, float] = {}
        for cell in self.cells:
            track = self.net.tracks[cell.lane]
            found[track] = max(found.get(track, 0.0), self.below(cell))
        return found

    def below(self, cell: Cell) -> float:
        """From the flow line to the lower edge of a cell."""
        return self.lower[cell.index]

    def measured(self, cell: Cell) -> float:
        """The same, found by measuring what is in it."""
        if cell.step:
            height = box_height(cell.step, self.facts, self.head, self.grid.size.people)
            return height - self.above
        if cell.kind != "gap":
            return 14.0
        words = captions.labels(cell, self.facts, self.row.room(self.grid.ranks[cell.index]))
        return gaps.under(cell) - 7 + words.height + (3 if words.height else 0)

    def over(self, cell: Cell) -> float:
        """From the flow line to the upper edge of a cell."""
        if cell.step:
            numbers = self.facts.bursts.get(cell.step.key)
            burst = (TALK if self.facts.spoken else BURST) if numbers else 0.0
            drop = DROP if cell.lane and self.drops.steps.get(cell.step.key) else 0.0
            return self.above + max(burst, drop)
        if cell.kind != "gap":
            return 26.0
        return 44.0 + self.burst(cell) + (16 if cell.arrives == "pull" else 0)

    def burst(self, cell: Cell) -> float:
        """How far the bursts of a queue, one over the other, stand out over its icon."""
        bursts = sum(len(self.facts.bursts.get(held.key, ())) for held in cell.holds)
        return 12.0 + 25 * (min(bursts, 3) - 1) if bursts else 0.0

    def stage(self, y: float, flag: bool, cards: float) -> Stage:
        extent = self.stack(0)
        ribbon = RIBBON + self.ribbon_air() if self.teams else 0.0
        own = any(self.drops.steps.get(c.step.key) for c in self.cells if c.step and not c.lane)
        over = self.above + ribbon + (DROP if own else 0.0)
        highest = max((-top for top, _ in extent.bands.values()), default=0.0)
        loops = max(self.above + ribbon, highest) + cards if cards else 0.0
        fy = y + max(extent.up, over, loops)
        done = Stage(self.row, self.head, self.grid.size.people, self.above)
        done.cells, done.forks, done.top = self.cells, self.forks, y
        done.lines = {lane: fy + at for lane, at in extent.lines.items()}
        done.bands = {lane: (fy + a, fy + b) for lane, (a, b) in extent.bands.items()}
        for cell in self.cells:
            done.bottoms[cell.index] = done.lines[cell.lane] + self.below(cell)
        for lane, at in done.lines.items():
            if self.net.tracks[lane] == lane:
                done.channel_tops[lane] = at + self.down.get(lane, 0.0) + self.first(lane)
        done.ribbon = fy - self.above - ribbon
        done.lowest = fy + self.down.get(0, 0.0)
        lanes = self.channel(0).lanes
        channel = done.channel_tops[0] + PITCH * (lanes - 1) + 30 if lanes else 0.0
        below = fy + extent.down + 20
        done.ladder = max(below, channel) + (FLAG if flag else 0.0)
        return done

    def ribbon_air(self) -> float:
        """Between boxes and ribbon: more where low boxes let the icons beside them stand out."""
        pulled = any(cell.arrives == "pull" and not cell.lane for cell in self.cells)
        piled = max((self.burst(c) for c in self.cells if not c.lane), default=0.0)
        piled = piled if piled > 12 else 0.0  # one burst stands beside the icon
        return max(RIBBON_AIR, ICON_TOP + (16 if pulled else 0) + piled - self.above)

    def first(self, track: int) -> float:
        """From the lowest box of a track to its first rework lane."""
        bands = track or any(self.net.tracks[lane] == track for lane in self.forks_on)
        return FIRST_LANE_IN_BAND if bands else FIRST_LANE

    def stack(self, lane: int) -> _Extent:
        """The room of a lane around its flow line, with the forks on it stacked around it."""
        done = _Extent(lines={lane: 0.0})
        for cell in self.cells_on.get(lane, ()):
            done.up = max(done.up, self.over(cell))
            done.down = max(done.down, self.below(cell))
        for bars in self.forks_on.get(lane, ()):
            if bars.lanes:
                self.add(done, bars)
        return done

    def add(self, done: _Extent, bars: Bars) -> None:
        """Put the bands of a fork around the straight one."""
        rooms = {lane: self.band(lane) for lane in bars.lanes}
        at = bars.lanes.index(bars.straight)
        offsets = {bars.straight: 0.0}
        up, down = rooms[bars.straight][1:]
        done.up, done.down = max(done.up, up), max(done.down, down)
        top, bottom = -up, down
        for lane in reversed(bars.lanes[:at]):
            _, over, under = rooms[lane]
            offsets[lane] = top - BAND_AIR - under
            top = offsets[lane] - over
        for lane in bars.lanes[at + 1 :]:
            _, over, under = rooms[lane]
            offsets[lane] = bottom + BAND_AIR + over
            bottom = offsets[lane] + under
        done.up, done.down = max(done.up, -top), max(done.down, bottom)
        for lane, offset in offsets.items():
            inner, over, under = rooms[lane]
            done.bands[lane] = (offset - over, offset + under)
            done.lines.update({one: offset + y for one, y in inner.lines.items()})
            done.bands.update({o: (offset + a, offset + b) for o, (a, b) in inner.bands.items()})

    def band(self, lane: int) -> tuple[_Extent, float, float]:
        """A lane with the room of its band above and below the flow line."""
        inner = self.stack(lane)
        track = self.net.tracks[lane]
        nested = lane in self.forks_on
        up = max(self.above + BAND_TOP, inner.up + TAG_ROOM)
        low = max(inner.down, 110 - self.above if not nested else 0.0)
        down = low + (BAND_AIR if nested else BAND_BOTTOM)
        lanes = self.passing(track, self.net.forks[self.net.lanes[lane].fork])
        if lanes:
            channel = self.down.get(track, 0.0) + FIRST_LANE_IN_BAND + PITCH * (lanes - 1) + 14
            down = max(down, channel)
        return inner, up, down

    def passing(self, track: int, bars: Bars) -> int:
        """How many lanes of rework on a track run between the bars of a fork."""
        start, depths = self.depths(track)
        first, last = self.grid.ranks[bars.start], self.grid.ranks[bars.end]
        return max(depths[max(first - start, 0) : max(last + 1 - start, 0)], default=0)

    def depths(self, track: int) -> tuple[int, list[int]]:
        """How many lanes of rework on a track pass each column, and from which column on."""
        if track not in self.passed:
            found = sorted(self.stretches(self.channel(track)))
            start = min((left for _, left, _ in found), default=0)
            end = max((right for _, _, right in found), default=-1)
            depths = [0] * (end + 1 - start)
            for lane, left, right in found:  # the deepest comes last
                depths[left - start : right + 1 - start] = [lane + 1] * (right + 1 - left)
            self.passed[track] = start, depths
        return self.passed[track]

    def stretches(self, channel: Channel) -> Iterator[tuple[int, int, int]]:
        """The lane and the columns of each loop and each lettered end."""
        for loop in channel.loops:
            left, right = sorted((self.grid.ranks[loop.start], self.grid.ranks[loop.end]))
            yield loop.lane, left, right
        for mark in channel.marks:
            rank = self.grid.ranks[mark.cell]
            left = rank - (MARK_REACH if mark.side == "left" else 0)
            yield mark.lane, left, rank + (MARK_REACH if mark.side == "right" else 0)
