"""One row of one state: the stream with its ghosts, the way around them, and the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout.cells import Bars
from vsmdsl.drawing.layout.compare.columns import Placed
from vsmdsl.drawing.layout.compare.detour import detours, draw_detour, making_room
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Row, bar_x, inside
from vsmdsl.drawing.layout.ladder import FLOOR, HEIGHT, Block, Rung, blocks, hot, ladder
from vsmdsl.drawing.layout.lanes import Drops, Stage, stage
from vsmdsl.drawing.layout.links import BEYOND, Ways, bands, bars, link, tags, tight
from vsmdsl.drawing.layout.rework import Channel, ChannelKey
from vsmdsl.drawing.layout.rows import draw_cell, draw_rework, hot_column, openings
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.scene import Group, Item, Items, Rect
from vsmdsl.drawing.shapes import label, line, pill, pill_width, struck
from vsmdsl.drawing.symbols.change import new_tab
from vsmdsl.record import record, replace

HEAD = 40.0  # from the heading of a row down to its stream
WIDER = 1.13  # so much wider another font may be
WORD = 150.0  # the widest name of a state
LOW = 16.5  # from the floor of the ladder down to the middle of the words under it


@record
class State:
    """One of the two states on the common columns, and what the picture calls it."""

    word: str
    known: Facts
    placed: Placed
    rungs: Sequence[Rung]
    channels: Mapping[ChannelKey, Channel]
    later: bool
    names: Mapping[str, str]  # what steps were called before
    fresh: frozenset[str]  # what only this state has: steps, forks, branches

    @property
    def new_forks(self) -> frozenset[str]:
        """The forks that only this state has."""
        return frozenset(one.element.key for one in self.placed.bars) & self.fresh


def draw_state(one: State, before: State, row: Row, y: float, lead: str) -> Band:
    """Draw the heading, the stream and the ladder of one state in one row."""
    grid, known = one.placed.grid, one.known
    row, ways = making_room(one.placed, row)
    flag = one.later or hot(row, one.rungs) is not None
    placed = stage(grid, known, row, y + HEAD, one.channels, Drops(), teams=False, flag=flag)
    there = {bars_.index for bars_ in placed.forks}
    forks = [_banded(bars_, placed) for bars_ in one.placed.bars if bars_.index in there]
    kept = {bars_.index for bars_ in forks}
    lost = [bars_ for bars_ in placed.forks if bars_.index not in kept]
    placed = replace(placed, forks=forks)
    items = (
        *_heading(one, grid.width, y, lead),
        *(_lost_bars(one, placed, lost) if one.later else ()),
        *_stream(one, placed, ways),
        *ladder(grid, known, placed, one.rungs, total=False),
        *(_waits_before(placed, one, before) if one.later else ()),
        *(_work_before(placed, one, before) if one.later else ()),
    )
    return Band(items, placed.ladder + HEIGHT + FLOOR)


def _banded(bars_: Bars, placed: Stage) -> Bars:
    """A fork with the branches that have a band in this row: dead ends stay behind."""
    return replace(bars_, lanes=tuple(lane for lane in bars_.lanes if lane in placed.bands))


def _heading(one: State, width: float, y: float, lead: str) -> Items:
    word = ellipsize(one.word, WORD, 10, 700)
    wide = pill_width(word, 10, 700, pad=10, spacing=0.5)
    fill, ink = ("good", "paper") if one.later else ("inv", "oninv")
    right = width - MARGIN - (text_width(lead, 12.5, 700) + 14 if lead else 0)
    return (
        *pill(MARGIN + wide / 2, y + 10, word, fill=fill, ink=ink, pad=10, spacing=0.5),
        line(MARGIN + wide + 10, y + 10, right, y + 10, stroke="line"),
        *((label(width - MARGIN, y + 10, lead, 12.5, 700, anchor="end"),) if lead else ()),
    )


def _stream(one: State, placed: Stage, ways: Ways) -> Items:
    """Everything between the heading and the ladder, in the order of painting."""
    known, grid, row = one.known, one.placed.grid, placed.row
    items: list[Item] = [*bands(grid, known, placed), *_lost_bands(one, placed)]
    items += hot_column(known, placed, one.rungs)
    items += tags(grid, known, placed)
    items += bars(grid, placed, openings(grid, placed, one.channels), one.new_forks, known.say)
    items += _new_forks(one, placed)
    around = detours(one.placed, row)
    for way in ways.by_row[row.number]:
        if way in around:
            items += draw_detour(one.placed, known, ways, placed, way, around[way])
        else:
            items += link(grid, ways, placed, way)
    for cell in placed.cells:
        items += draw_cell(grid, known, placed, ways, cell)
    items += draw_rework(grid, known, placed, one.channels)
    items += _names_before(one, placed)
    return tuple(items)


def _lost_bands(one: State, placed: Stage) -> Iterator[Item]:
    """The branches that are no longer there: dashed, their names struck."""
    grid, row = one.placed.grid, placed.row
    for bars_, lane in one.placed.lost:
        if lane not in placed.bands:
            continue
        left, right = inside(grid, row, bars_)
        top, bottom = placed.bands[lane]
        items: list[Item] = [
            Rect(left, top, right - left, bottom - top, 8, "", "ghostln", 1.4, (5, 4), "removed")
        ]
        branch = grid.net.lanes[lane].branch
        name = branch.label if branch and branch.label != branch.key else ""
        text = ellipsize(name or one.known.say("Branch"), (right - left - 20) / WIDER, 10.5, 700)
        if right - left > 60 and grid.ranks[bars_.start] >= row.start:
            items += struck(left + 10, top + 11.5, text, 10.5, 700, anchor="start")
        said = one.known.say("Removed branch: {name}", name=name).removesuffix(": ")
        yield Group("lane removed", tuple(items), said)


def _lost_bars(one: State, placed: Stage, lost: Iterable[Bars]) -> Iterator[Item]:
    """The bars of forks that are no longer there: dashed, as their branches are."""
    grid = one.placed.grid
    for bars_ in lost:
        lines = [placed.lines[lane] for lane in bars_.lanes if lane in placed.lines]
        for cell in (bars_.start, bars_.end):
            if lines and placed.row.holds(grid.ranks[cell]):
                x = bar_x(placed.row, grid.net.cells[cell], grid.ranks[cell])
                top, bottom = min(lines) - BEYOND, max(lines) + BEYOND
                fork = cell == bars_.start
                bar = Rect(x - 4, top, 8, bottom - top, 3, "", "ghostln", 1.4, (5, 4), "removed")
                yield Group(
                    "removed", (bar,), one.known.say("Removed: fork" if fork else "Removed: join")
                )


def _new_forks(one: State, placed: Stage) -> Iterator[Item]:
    """The green tab over the bar of a fork that the later state adds."""
    grid = one.placed.grid
    for bars_ in placed.forks:
        rank = grid.ranks[bars_.start]
        if bars_.element.key in one.new_forks and placed.row.holds(rank):
            x = bar_x(placed.row, grid.net.cells[bars_.start], rank)
            x += 12 if tight(grid, bars_.start) else -12  # away from the word over the join
            top = min(placed.lines[lane] for lane in bars_.lanes) - BEYOND
            tab = new_tab(x, top - (12 if bars_.lane else 25))
            yield Group("", tab, one.known.say("New: fork"))


def _names_before(one: State, placed: Stage) -> Iterator[Item]:
    """What a renamed step was called, struck over its box."""
    for cell in placed.cells:
        name = one.names.get(cell.step.key) if cell.step else None
        if name and cell.step:
            left, right = placed.row.edge(one.placed.grid.ranks[cell.index])
            top = placed.lines[cell.lane] - placed.above
            above = 17 if cell.step.key in one.known.moved else 9
            text = ellipsize(name, (placed.row.step - 4) / WIDER, 10.5)
            yield from struck((left + right) / 2, top - above, text, 10.5, anchor="middle")


# --- the ladder before ----------------------------------------------------------------------


def _waits_before(placed: Stage, one: State, before: State) -> Iterator[Item]:
    """What a wait was before: struck over its block, or over the floor where it is gone."""
    high = {block.rung.column: block for block in blocks(placed.row, one.rungs) if block.high}
    ghosts = {one.placed.grid.ranks[cell] for cell in one.placed.ghosts}
    for old in blocks(placed.row, before.rungs):
        column = old.rung.column
        new = high.get(column)
        if not old.high or (new and new.rung.wait == old.rung.wait):
            continue
        if new is None and ghosts & {column, column + 1}:
            continue  # the ghost over it tells more
        text = ("" if old.rung.known else "≥ ") + before.known.time(
            old.rung.wait, old.rung.wait_unit
        )
        y = placed.ladder - 10 if new else placed.ladder + HEIGHT - 11
        yield from _struck_within(text, new or old, y)


def _work_before(placed: Stage, one: State, before: State) -> Iterator[Item]:
    """What the work of a step was before, struck beside the new one."""
    low = {block.rung.column: block for block in blocks(placed.row, before.rungs) if not block.high}
    for new in blocks(placed.row, one.rungs):
        old = low.get(new.rung.column)
        if new.high or old is None or not old.rung.work or not new.rung.work:
            continue
        if new.rung.work != old.rung.work:
            words = ("" if new.rung.measured else "≥ ") + one.known.work(
                new.rung.work, new.rung.work_unit
            )
            text = before.known.work(old.rung.work, old.rung.work_unit)
            x = (new.left + new.right) / 2 - text_width(words, 12.5, 700) / 2 - 8
            if x - text_width(text, 10.5) >= new.left + 2:
                yield from struck(x, placed.ladder + HEIGHT + LOW, text, 10.5)


def _struck_within(text: str, block: Block, y: float) -> Items:
    """A struck text over a block, if it has the room."""
    if text_width(text, 10.5) > block.right - block.left:
        return ()
    return struck((block.left + block.right) / 2, y, text, 10.5, anchor="middle")
