"""Cards that travel back: dashed loops over the boxes, from where parts are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize
from vsmdsl.drawing.layout.cells import Cell
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.drawing.layout.lanes import Stage
from vsmdsl.drawing.layout.planning import Plan, words_of
from vsmdsl.drawing.scene import Group, Item, Items
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

PITCH = 46.0
FOOT = 14.0
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
    one_row = grid.rows[row]
    mine = [
        Card(info, grid.net.cells[start], grid.net.cells[end])
        for info, start, end in found.loops
        if one_row.holds(grid.ranks[start]) and one_row.holds(grid.ranks[end])
        and not grid.net.cells[start].lane and not grid.net.cells[end].lane
    ]  # fmt: skip
    taken: list[list[tuple[int, int]]] = []
    done = []
    for card in sorted(mine, key=lambda one: _span(grid, one)[1] - _span(grid, one)[0]):
        left, right = _span(grid, card)
        lane = 0
        while lane < len(taken) and any(a < right and left < b for a, b in taken[lane]):
            lane += 1
        if lane == len(taken):
            taken.append([])
        taken[lane].append((left, right))
        done.append(replace(card, lane=lane))
    return tuple(done)


def _span(grid: Grid, card: Card) -> tuple[int, int]:
    ends = grid.ranks[card.start.index], grid.ranks[card.end.index]
    return min(ends), max(ends)


def room(found: Sequence[Card]) -> float:
    """The height that the loops of a row need above it."""
    return PITCH * (max(card.lane for card in found) + 1) + 12 if found else 0.0


def talk(facts: Facts, stage: Stage) -> float:
    """How much higher the loops of a row run because bursts stand on its boxes."""
    return bursts(facts, [cell for cell in stage.cells if not cell.lane])


def bursts(facts: Facts, cells: Sequence[Cell]) -> float:
    """The height of the bursts on some boxes."""
    marked = any(cell.step and facts.bursts.get(cell.step.key) for cell in cells)
    return (50.0 if facts.spoken else 14.0) if marked else 0.0


def draw_cards(grid: Grid, stage: Stage, found: Sequence[Card], top: float, higher: float) -> Items:
    """Draw the loops; `top` is where the boxes or ribbons begin."""
    ends: dict[int, int] = {}
    for card in found:
        for cell in (card.start, card.end):
            ends[cell.index] = ends.get(cell.index, 0) + 1
    used: dict[int, int] = {}
    items: list[Item] = []
    for card in found:
        y = top - higher - FOOT - PITCH * card.lane - 18
        one, two = (_x(grid, stage, cell, ends, used) for cell in (card.start, card.end))
        feet = (_foot(stage, card.start, top), _foot(stage, card.end, top))
        items.append(_loop(card, (one, feet[0]), (two, feet[1]), y))
    return tuple(items)


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


def _loop(card: Card, start: tuple[float, float], end: tuple[float, float], y: float) -> Group:
    info = card.info
    points = (start, (start[0], y), (end[0], y), end)
    dashed = info.by in ("kanban", "signal")
    way = (
        kanban_loop(points)
        if dashed
        else arrow(points, stroke="info", thick=1.5, radius=10, length=9, width=8)
    )
    middle = (start[0] + end[0]) / 2
    span = abs(start[0] - end[0])
    items: list[Item] = [*way, *_symbol(card, middle, y, span)]
    text = words_of(info)
    shown = ellipsize(text, max(span - 40, 30), 10.5, 500) if text else ""
    if shown and span > 90:
        items.append(label(middle, y - 25, shown, 10.5, 500, fill="ink2"))
    return Group("info kanban", tuple(items), f"{text} ({info.by})", f"info-{info.key}", info.url)


def _symbol(card: Card, x: float, y: float, span: float) -> Items:
    match card.info.by:
        case "signal":
            return signal_kanban(x, y, width=30, height=25)
        case "kanban" if card.start.step:
            return withdrawal_kanban(x, y, width=24, height=30)
        case "kanban" if span > 200:
            return (
                *production_kanban(x - 26, y, width=24, height=30),
                *kanban_post(x + 26, y),
            )
        case "kanban":
            return production_kanban(x, y, width=24, height=30)
        case "verbal":
            return verbal(x, y)
        case "gosee":
            return go_see(x, y)
        case _:
            return ()
