"""Cards that travel back: dashed loops over the boxes, from where parts are taken."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize
from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.crowd import lanes
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid, Row
from vsmdsl.drawing.layout.lanes import DROP, Stage
from vsmdsl.drawing.layout.planning import Plan, stretch, words_of
from vsmdsl.drawing.layout.planning.goods import leader
from vsmdsl.drawing.scene import Group, Item, Items, Point
from vsmdsl.drawing.shapes import arrow, label
from vsmdsl.drawing.symbols.information import go_see, verbal
from vsmdsl.drawing.symbols.kanban import (
    kanban_loop,
    kanban_post,
    production_kanban,
    signal_kanban,
    withdrawal_kanban,
)
from vsmdsl.model.stream import Info, Queue
from vsmdsl.record import record, replace
from vsmdsl.wording import ENGLISH, Say

PITCH = 46.0
LABELLED = 56.0  # room for a few letters
FOOT = 14.0
TALK = 40.0  # how high a burst with words stands over its box
APART, POSTED = 26.0, 200.0  # a card and its post, from the middle between; a loop with both
UNDER_BAND = 6.0  # between the band and the words of the highest loop
TRUCK, REACH = 84.0, 24.0  # from an arrow to the far side of its truck; from a step to its loops
TRUCKS = {"supplier": (-8, 4, 42, 82), "customer": (8, -4, -42, -82)}  # from a factory's middle
SHELVES = frozenset(("supermarket", "safety", "buffer"))


@record
class Card:
    """One loop: from a cell to a cell, in a lane above the row."""

    info: Info
    start: Cell
    end: Cell
    lane: int = 0


def cards(grid: Grid, found: Plan, row: int) -> tuple[Card, ...]:
    """The loops of a row, shortest lowest, each in the first lane that is free."""
    if not found.loops:
        return ()
    one_row = grid.rows[row]
    cells = (cell for column in grid.columns[one_row.start : one_row.end] for cell in column.cells)
    begun = sorted(at for cell in cells for at in found.loops_from.get(cell, ()))
    mine = [
        Card(info, grid.net.cells[start], grid.net.cells[end])
        for info, start, end in (found.loops[at] for at in begun)
        if one_row.holds(grid.ranks[end])
        and not grid.net.cells[start].lane and not grid.net.cells[end].lane
    ]  # fmt: skip
    ordered = sorted(mine, key=lambda one: _span(grid, one)[1] - _span(grid, one)[0])
    spans = [_span(grid, card) for card in ordered]
    found_lanes = lanes([(left, right - 1) for left, right in spans])  # they may meet over a box
    return tuple(replace(card, lane=at) for card, at in zip(ordered, found_lanes, strict=True))


def _span(grid: Grid, card: Card) -> tuple[int, int]:
    ends = grid.ranks[card.start.index], grid.ranks[card.end.index]
    return min(ends), max(ends)


def headroom(grid: Grid, facts: Facts, plan: Plan, row: Row, found: Sequence[Card]) -> float:
    """The height that the loops of a row need above it; trucks beside them need none."""
    if not found:
        return 0.0
    columns = grid.columns[row.start : row.end]
    cells = [grid.net.cells[index] for column in columns for index in column.cells]
    own = PITCH * (max(card.lane for card in found) + 1) + 20 + higher(facts, plan, cells)
    if row.number or not plan.places or plan.joined or not _clear(grid, plan, row, found):
        return own
    return max(own - plan.bridge + UNDER_BAND, 0.0)


def _clear(grid: Grid, plan: Plan, row: Row, found: Sequence[Card]) -> bool:
    """Whether no loop of the first row passes under a truck."""
    if not plan.trucks:
        return True
    left, right = (leader(plan.places, kind) for kind in ("supplier", "customer"))
    middles = [sum(row.edge(rank)) / 2 for card in found for rank in _span(grid, card)]
    first, last = min(middles) - REACH, max(middles) + REACH
    free = left is None or left.x + TRUCK < first
    return free and (grid.wrapped or right is None or last < right.x - TRUCK)


def higher(facts: Facts, found: Plan, cells: Sequence[Cell]) -> float:
    """How much higher the loops of a row run: bursts and schedules stand on its boxes."""
    main = [cell for cell in cells if not cell.lane]
    steps = [cell.step.key for cell in main if cell.step]
    held = [held.key for cell in main for held in cell.holds]
    bursts = (
        (TALK if facts.spoken else 14.0) if any(map(facts.bursts.get, (*steps, *held))) else 0.0
    )
    return max(bursts, DROP if any(map(found.drops.get, steps)) else 0.0)


def draw_cards(
    grid: Grid,
    stage: Stage,
    found: Sequence[Card],
    top: float,
    more: float,
    passing: Sequence[float] = (),
    say: Say = ENGLISH.say,
) -> Items:
    """Draw the loops; `top` is where the boxes or ribbons begin, `passing` other lines cross."""
    ends: dict[int, int] = {}
    for card in found:
        for cell in (card.start, card.end):
            ends[cell.index] = ends.get(cell.index, 0) + 1
    used: dict[int, int] = {}
    feet = [
        tuple(_x(grid, stage, cell, ends, used) for cell in (card.start, card.end))
        for card in found
    ]
    standing = sorted((x, card.lane) for card, pair in zip(found, feet, strict=True) for x in pair)
    others = sorted(passing)
    items: list[Item] = []
    for card, (one, two) in zip(found, feet, strict=True):
        y = top - more - FOOT - PITCH * card.lane - 18
        left, right = min(one, two), max(one, two)
        near = standing[bisect_left(standing, (left,)) : bisect_left(standing, (right,))]
        legs = [x for x, lane in near if lane > card.lane]
        lines = others[bisect_left(others, left) : bisect_left(others, right)]
        middle, room = stretch(left, right, (*lines, *legs))
        start = (one, _foot(stage, card.start, top))
        end = (two, _foot(stage, card.end, top))
        items.append(_loop(card, start, end, y, middle, room, say))
    return tuple(items)


def crossings(found: Plan, *, wrapped: bool) -> tuple[float, ...]:
    """Where lines pass the loops of the first row: schedules, goods, and the words beside these."""
    lowest = max((place.shift for place in found.places), default=0.0)
    goods = [place for place in found.places if place.shift == lowest]
    beside = [
        place.x + side
        for place in goods
        for side in TRUCKS.get(place.party.kind, ())
        if not (wrapped and place.party.kind == "customer")
    ]
    return (*found.xs.values(), *beside)


def _x(
    grid: Grid, stage: Stage, cell: Cell, ends: Mapping[int, int], used: dict[int, int]
) -> float:
    left, right = stage.row.edge(grid.ranks[cell.index])
    used[cell.index] = used.get(cell.index, 0) + 1
    return (left + right) / 2 + 18 * (used[cell.index] - (ends[cell.index] + 1) / 2)


def _foot(stage: Stage, cell: Cell, top: float) -> float:
    if cell.step:
        return top - 2
    shelf = any(isinstance(held, Queue) and held.kind in SHELVES for held in cell.holds)
    return stage.lines[0] - (28 if shelf else 46)


def _loop(
    card: Card, start: Point, end: Point, y: float, middle: float, room: float, say: Say
) -> Group:
    info = card.info
    points = (start, (start[0], y), (end[0], y), end)
    dashed = info.by in ("kanban", "signal")
    way = (
        kanban_loop(points)
        if dashed
        else arrow(points, stroke="info", thick=1.5, radius=10, length=9, width=8)
    )
    items: list[Item] = [*way, *_symbol(card, middle, y, room)]
    text = words_of(info)
    shown = ellipsize(text, (room - 20) / 1.08, 10.5, 500) if text else ""
    if shown and room > LABELLED:
        x = middle - APART if _posted(card, room) else middle
        items.append(label(x, y - 25, shown, 10.5, 500, fill="ink2"))
    title = f"{text} ({say(info.by)})"
    return Group("info kanban", tuple(items), title, f"info-{info.key}", info.url)


def _posted(card: Card, span: float) -> bool:
    """Whether the post where cards are collected stands on a loop, too."""
    return card.info.by == "kanban" and not card.start.step and span > POSTED


def _symbol(card: Card, x: float, y: float, span: float) -> Items:
    match card.info.by:
        case "signal":
            return signal_kanban(x, y, width=30, height=25)
        case "kanban" if card.start.step:
            return withdrawal_kanban(x, y, width=24, height=30)
        case "kanban" if _posted(card, span):
            return (
                *production_kanban(x - APART, y, width=24, height=30),
                *kanban_post(x + APART, y),
            )
        case "kanban":
            return production_kanban(x, y, width=24, height=30)
        case "verbal":
            return verbal(x, y)
        case "gosee":
            return go_see(x, y)
        case _:
            return ()
