"""One row of the stream, painted from the ground up: bands, ribbons, cells, rework, ladder."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from vsmdsl.drawing.fonts import wrap
from vsmdsl.drawing.layout import gaps
from vsmdsl.drawing.layout.boxes import box
from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.drawing.layout.information import draw_drop
from vsmdsl.drawing.layout.kanbans import cards, crossings, draw_cards, higher
from vsmdsl.drawing.layout.ladder import Rung, brackets, hot, ladder
from vsmdsl.drawing.layout.lanes import Stage
from vsmdsl.drawing.layout.links import Ways, bands, bar_xs, bars, links, tags
from vsmdsl.drawing.layout.planning import Plan
from vsmdsl.drawing.layout.rework import PITCH, Channel, ChannelKey, draw_channel
from vsmdsl.drawing.layout.ribbons import boundaries, ribbons
from vsmdsl.drawing.scene import Item, Items, Rect
from vsmdsl.drawing.symbols.marks import kaizen, kaizen_size, kaizen_text

if TYPE_CHECKING:
    from vsmdsl.drawing.sharing import Share

MANY = 300  # boxes and gaps: fewer are drawn before another process has begun
PART = 0.7  # of many, for the other one: this one draws what is around them meanwhile


def draw_row(
    grid: Grid,
    facts: Facts,
    stage: Stage,
    ways: Ways,
    channels: Mapping[ChannelKey, Channel],
    rungs: Sequence[Rung],
    chosen: Collection[str],
    info: Plan,
    share: Share | None = None,
) -> Items:
    """Draw everything of a row in the order of painting.

    `share` has a part of a long one drawn by another process.
    """
    items: list[Item] = [*bands(grid, facts, stage)]
    with_ladder = "ladder" in chosen
    if with_ladder:
        items += hot_column(facts, stage, rungs)
    items += tags(grid, facts, stage)
    if "teams" in chosen:
        items += (*ribbons(grid, facts, stage), *boundaries(grid, facts, stage))
    items += bars(grid, stage, openings(grid, stage, channels), say=facts.say)
    items += links(grid, ways, stage)
    draw = partial(_cells, grid, facts, stage, ways, goods=bool(info.places))
    items += _shared(draw, stage.cells, share) if share else draw(stage.cells)
    items += _bursts(grid, facts, stage)
    loops = cards(grid, info, stage.row.number)
    top = min(stage.ribbon, stage.boxes, *(band for band, _ in stage.bands.values()))
    passing = crossings(info, wrapped=grid.wrapped) if not stage.row.number else ()
    above = higher(facts, info, stage.cells)
    items += draw_cards(grid, stage, loops, top, above, passing, facts.say)
    items += _drops(grid, stage, info)
    items += draw_rework(grid, facts, stage, channels)
    if with_ladder:
        total = not grid.wrapped and grid.outbound
        below = brackets(grid, facts, stage)
        items += ladder(grid, facts, stage, rungs, total=total, below=below)
    return tuple(items)


def hot_column(facts: Facts, stage: Stage, rungs: Sequence[Rung]) -> Items:
    """The warm column behind the biggest wait, from the ribbon down to its block."""
    edges = None if facts.future else hot(stage.row, rungs)
    if edges is None:
        return ()
    top = max(min(stage.ribbon, stage.lines[0] - 46), stage.top) - 2
    left, right = edges
    height = stage.ladder + 2 - top
    band = _band_of_biggest(facts, stage)
    if band:
        top, height = band[0], band[1] - band[0]
    return (Rect(left, top, right - left, height, fill="hot", kind="hotspot"),)


def _band_of_biggest(facts: Facts, stage: Stage) -> tuple[float, float] | None:
    """In a branch only its own band is warm, not those of the others above and below."""
    key = facts.biggest.key if facts.biggest else ""
    for cell in stage.cells:
        things = (cell.step, *cell.holds, cell.waits_for, cell.includes)
        if cell.lane and any(thing is not None and thing.key == key for thing in things):
            return stage.bands.get(cell.lane)
    return None


def _shared(draw: Callable[[Sequence[Cell]], Items], cells: Sequence[Cell], share: Share) -> Items:
    """Draw the first of many boxes here, while others draw the rest."""
    if len(cells) < MANY:
        return draw(cells)
    own = int(len(cells) * (1 - PART))
    rest = share(partial(draw, cells[own:]))
    return (*draw(cells[:own]), rest) if rest else draw(cells)


def _cells(
    grid: Grid, facts: Facts, stage: Stage, ways: Ways, cells: Sequence[Cell], *, goods: bool
) -> Items:
    drawn = (draw_cell(grid, facts, stage, ways, cell, goods=goods) for cell in cells)
    return tuple(chain.from_iterable(drawn))


def draw_cell(
    grid: Grid, facts: Facts, stage: Stage, ways: Ways, cell: Cell, *, goods: bool = False
) -> Items:
    """Draw a step or a gap; `goods` is whether a supplier's arrow leads to the first one."""
    left, right = stage.row.edge(grid.ranks[cell.index])
    y = stage.lines[cell.lane]
    if cell.step:
        width = stage.row.step
        return box(
            cell.step,
            facts,
            (left + right - width) / 2,
            y - stage.above,
            width,
            stage.head,
            stage.people,
            with_team=bool(cell.lane),
        )
    if cell.kind == "gap":
        x1, x2 = ways.reach(stage.row, cell)
        room = stage.row.room(grid.ranks[cell.index])
        room -= 0 if grid.ranks[cell.index] else grid.turn
        supplied = goods and not grid.ranks[cell.index] and bool(grid.stocked)
        return gaps.draw_gap(cell, facts, x1, x2, y, width=room, supplied=supplied)
    return ()


def _bursts(grid: Grid, facts: Facts, stage: Stage) -> Items:
    items: list[Item] = []
    for cell in stage.cells:
        numbers = facts.bursts.get(cell.step.key, ()) if cell.step else ()
        left, right = stage.row.edge(grid.ranks[cell.index])
        corner = (left + right + stage.row.step) / 2 - 4
        for index, number in enumerate(numbers[:3]):
            x, y = corner - 30 * index, stage.lines[cell.lane] - stage.above - 4
            if number in facts.spoken:
                lines = wrap(facts.kaizens[number - 1].label, 44, 10.5, 600)
                reach = kaizen_size(lines)[0]
                items += kaizen_text(min(x + 2, grid.width - reach - 4), y - 12, lines=lines)
            else:
                items += kaizen(x, y, number=str(number), title=_burst_title(facts, number))
    return tuple(items)


def _burst_title(facts: Facts, number: int) -> str:
    name = facts.say("Kaizen {number}", number=number)
    return f"{name}: {facts.kaizens[number - 1].label}"


def _drops(grid: Grid, stage: Stage, info: Plan) -> Items:
    items: list[Item] = []
    for cell in stage.cells:
        texts = info.drops.get(cell.step.key) if cell.step else None
        if texts:
            left, right = stage.row.edge(grid.ranks[cell.index])
            lane = bool(cell.lane)
            top = stage.lines[cell.lane] - stage.above
            foot = (top if lane else min(stage.ribbon, top)) - 2
            items += draw_drop((left + right) / 2, foot, texts, right - left + 60)
    return tuple(items)


def draw_rework(
    grid: Grid, facts: Facts, stage: Stage, channels: Mapping[ChannelKey, Channel]
) -> Items:
    items: list[Item] = []
    xs = bar_xs(grid, stage)
    for track, first in stage.channel_tops.items():
        channel = channels.get((stage.row.number, track))
        if channel:
            items += draw_channel(grid, facts, channel, stage.row.number, first, stage.bottoms, xs)
    return tuple(items)


def openings(
    grid: Grid, stage: Stage, channels: Mapping[ChannelKey, Channel]
) -> dict[int, list[float]]:
    """Where a loop passes a bar: the bar leaves an opening, so that no line crosses it."""
    found: dict[int, list[float]] = {}
    ranks = grid.ranks
    own = {bar for one in stage.forks for bar in (one.start, one.end)}
    standing = sorted((ranks[bar], bar) for bar in own)
    for track, first in stage.channel_tops.items():
        channel = channels.get((stage.row.number, track))
        for loop in channel.loops if channel else ():
            left, right = sorted((ranks[loop.end], ranks[loop.start]))
            y = first + PITCH * loop.lane
            until = bisect_left(standing, (right + 1,))
            for _, bar in standing[bisect_left(standing, (left,)) : until]:
                found.setdefault(bar, []).append(y)
    return found
