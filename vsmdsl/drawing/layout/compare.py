"""Current against future in one picture: two rows, the same columns, one scale of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vsmdsl.analysis.compare import compare as deltas
from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.analysis.show import show, show_number
from vsmdsl.drawing import placement
from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.cells import Cell, Way, network
from vsmdsl.drawing.layout.facts import Facts, facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid, Place, grid
from vsmdsl.drawing.layout.ladder import FLOOR, HEIGHT, Rung, blocks, hot, ladder, rungs
from vsmdsl.drawing.layout.lanes import Drops, Stage, stage
from vsmdsl.drawing.layout.legend import legend, used
from vsmdsl.drawing.layout.links import Ways, bands, bars, left_of, link, right_of, tags
from vsmdsl.drawing.layout.rework import Channel, ChannelKey, channels
from vsmdsl.drawing.layout.rows import draw_cell, draw_rework, hot_column, openings
from vsmdsl.drawing.layout.strip import BAR, axis, bar, caption
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.layout.union import in_state, merged
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Scene, Text
from vsmdsl.drawing.shapes import arrow, label, line, pill, pill_width, struck
from vsmdsl.drawing.symbols.change import delta
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import replace

LATE = 22.0  # room for the new way to come up in the gap behind a removed step
TILE, TILE_GAP = 84.0, 10.0
NAMES = {
    "lead_time": "Lead time",
    "process_time": "Process time",
    "flow_efficiency": "Flow efficiency",
    "rolled_ca": "Rolled %C&A",
    "handoffs": "Handoffs",
}
SIDE = 64.0  # the names of the two strips
WORDS = "Same columns, same time scale. Removed steps are ghosted; a changed value is struck through and the new one is green."  # noqa: E501


class _State(NamedTuple):
    """One of the two states, on the common grid."""

    known: Facts
    grid: Grid
    rungs: Sequence[Rung]
    channels: dict[ChannelKey, Channel]
    word: str


def compare(
    before: ValueStream,
    before_figures: Analysis,
    after: ValueStream,
    after_figures: Analysis,
    *,
    place: Place = placement.place,
) -> Scene:
    """Draw two states of one stream, one above the other."""
    now, then = facts(before, before_figures), facts(after, after_figures)
    elements = merged(before.elements, after.elements)
    union = replace(after, elements=elements)
    old = {key: dict(rows) for key, rows in now.rows.items() if key in then.rows}
    ghosts = frozenset(now.rows) - frozenset(then.rows)
    fresh = frozenset(then.rows) - frozenset(now.rows)
    both = replace(facts(union, after_figures), old=old)
    common = grid(network(union, after_figures), both, None, place)
    then = replace(then, rows=both.rows, old=old, ghosts=ghosts, fresh=fresh)
    states = tuple(_state(common, known, word) for known, word in ((now, "NOW"), (then, "FUTURE")))
    return _scene(states, common)


def _state(common: Grid, known: Facts, word: str) -> _State:
    own = in_state(common, known)
    return _State(known, own, rungs(own, known), dict(channels(own, known)), word)


def _scene(states: Sequence[_State], common: Grid) -> Scene:
    now, then = states
    width = max(common.width, 760.0)
    head = _head(now.known, then.known, width)
    tiles = _tiles(now.known, then.known, width, head.end)
    items: list[Item] = [*head.items, *tiles.items]
    y = tiles.end + 26
    for one in states:
        band = _row(common, one, now, width, y)
        items += band.items
        y = band.end
    strips = _strips(now.known, then.known, width, y)
    keys = _legend(states, width, strips.end)
    items += (*strips.items, *keys.items)
    height = keys.end + 23
    title = f"{now.known.stream.settings.title or 'Value stream'}: current against future"
    return Scene(
        width,
        height,
        title,
        f"{title}. " + " ".join(_sentence(one) for one in _figures(now.known, then.known)),
        (Rect(0, 0, width, height, fill="paper", kind="paper"), *items),
        title,
    )


def _head(now: Facts, then: Facts, width: float) -> Band:
    name = now.stream.settings.title or "Value stream"
    text = "CURRENT → FUTURE"
    wide = pill_width(text, 10, 700, pad=10, spacing=0.5)
    size = 25.0 if width < 1200 else 30.0
    y = 81.0 if width < 1200 else 86.0
    shown = ellipsize(f"{name}: current against future", width - 2 * MARGIN, size, 700)
    meta = then.stream.settings.date
    items: tuple[Item, ...] = (
        *pill(MARGIN + wide / 2, 38, text, pad=10, spacing=0.5),
        Text(MARGIN, y, shown, size, 700),
        Text(MARGIN, y + 21, ellipsize(WORDS, width - 2 * MARGIN, 13), 13, 400, "ink2"),
    )
    date = (Text(width - MARGIN, 42.14, words.day(meta), 11.5, 400, "ink3", "end"),) if meta else ()
    return Band((*items, *date), y + 39)


# --- tiles ----------------------------------------------------------------------------------


class _Change(NamedTuple):
    name: str
    old: str
    new: str
    change: str
    better: bool


def _figures(now: Facts, then: Facts) -> list[_Change]:
    found = []
    for name, one in deltas(now.analysis, then.analysis).items():
        if one is not None and name in NAMES:
            old, new = show(one.before, now.calendar), show(one.after, then.calendar)
            change = _amount(one.before, one.after)
            found.append(_Change(NAMES[name], old, new, change, _better(one.before, one.after)))
    found.sort(key=lambda change: list(NAMES.values()).index(change.name))
    if now.biggest and then.biggest:
        times = now.biggest.time, then.biggest.time
        old, new = show(times[0], now.calendar), show(times[1], then.calendar)
        found.append(_Change("Biggest wait", old, new, _amount(*times), _better(*times)))
    return found


def _amount(before: Figure, after: Figure) -> str:
    """A change in words: −78 % of a time, ×3.2 of a share, −2 of a count."""
    change = after.value - before.value
    if not change:
        return "±0"
    if after.kind == "count" or not before.value:
        return f"{'+' if change > 0 else '−'}{show_number(abs(change))}"
    if after.kind == "ratio":
        return f"×{show_number(after.value / before.value)}"
    sign = "+" if change > 0 else "−"
    return f"{sign}{show_number(abs(change) / before.value * 100, 0)} %"


def _better(before: Figure, after: Figure) -> bool:
    """Shares should rise, everything else should fall."""
    rises = after.value > before.value
    return after.value != before.value and rises == (after.kind == "ratio")


def _sentence(one: _Change) -> str:
    return f"{one.name}: {one.old} before, {one.new} after."


def _tiles(now: Facts, then: Facts, width: float, y: float) -> Band:
    found = _figures(now, then)
    room = width - 2 * MARGIN
    each = (room - TILE_GAP * (len(found) - 1)) / max(len(found), 1)
    items: list[Item] = []
    for index, one in enumerate(found):
        x = MARGIN + (each + TILE_GAP) * index
        wide = pill_width(one.change, 11.5, 700, pad=8)
        size = 26.0
        while size > 14 and text_width(one.new, size, 700) > each - wide - 34:
            size -= 1
        items += (
            Rect(x, y, each, TILE, 8, "band"),
            Rect(x, y + 15, 4, TILE - 30, 2, "goodln" if one.better else "line"),
            Text(x + 16, y + 22, ellipsize(one.name, each - 24, 10.5, 600), 10.5, 600, "ink2"),
            Text(x + 16, y + 54, one.new, size, 700),
            *struck(x + 16, y + 69, one.old, 12, anchor="start"),
            *_pill(one, x + each - 12 - wide / 2, y + 46.5),
        )
    return Band((Group("summary", tuple(items), "What changes"),), y + TILE)


def _pill(one: _Change, x: float, y: float) -> Items:
    if one.better:
        return delta(x, y, text=one.change)
    return pill(x, y, one.change, 11.5, fill="h0", ink="o0", height=21, pad=8)


# --- the two rows ---------------------------------------------------------------------------


def _row(common: Grid, one: _State, now: _State, width: float, y: float) -> Band:
    """A heading, the stream and its ladder."""
    row, known = common.rows[0], one.known
    future = one is not now
    lead = known.analysis.metrics.get("lead_time")
    text = f"Lead time {show(lead, known.calendar)}" if lead else ""
    wide = pill_width(one.word, 10, 700, pad=10, spacing=0.5)
    fill, ink = ("good", "paper") if future else ("inv", "oninv")
    right = width - MARGIN - text_width(text, 12.5, 700) - 14
    items: list[Item] = [
        *pill(MARGIN + wide / 2, y + 10, one.word, fill=fill, ink=ink, pad=10, spacing=0.5),
        line(MARGIN + wide + 10, y + 10, right, y + 10, stroke="line"),
        label(width - MARGIN, y + 10, text, 12.5, 700, anchor="end"),
    ]
    flagged = not known.future and hot(row, one.rungs) is not None
    ghosts = [cell for cell in common.net.cells if cell.step and cell.step.key in known.ghosts]
    top = y + 40
    placed = stage(
        one.grid, known, row, top, one.channels, Drops(), teams=False, flag=flagged or future
    )
    items += _stream(common, one, placed, ghosts)
    items += ladder(one.grid, known, placed, one.rungs, total=False)
    if future:
        items += _before(placed, one, now)
    return Band(tuple(items), placed.ladder + HEIGHT + FLOOR + 26)


def _stream(common: Grid, one: _State, placed: Stage, ghosts: Sequence[Cell]) -> Items:
    known, own = one.known, one.grid
    ways = Ways(own)
    low = placed.lowest
    ways.late.update({way.end: LATE for way in own.net.edges if _passed(own, way, ghosts)})
    for cell in ghosts:
        placed.lines.setdefault(cell.lane, placed.lines[0])
    items: list[Item] = [*bands(own, known, placed), *hot_column(known, placed, one.rungs)]
    items += tags(own, known, placed)
    items += bars(own, placed, openings(own, placed, one.channels))
    for way in own.net.edges:
        passed = _passed(own, way, ghosts)
        items += _detour(own, ways, placed, way, low) if passed else link(own, ways, placed, way)
    for cell in placed.cells:
        items += draw_cell(own, known, placed, ways, cell)
    for cell in ghosts:
        items += draw_cell(common, known, placed, ways, cell)
    items += draw_rework(own, known, placed, one.channels)
    return tuple(items)


def _passed(own: Grid, way: Way, ghosts: Sequence[Cell]) -> bool:
    """Whether a removed step of the same lane stands between two ends."""
    start, end = own.ranks[way.start], own.ranks[way.end]
    return any(start < own.ranks[cell.index] < end and cell.lane == way.lane for cell in ghosts)


def _detour(own: Grid, ways: Ways, placed: Stage, way: Way, low: float) -> Items:
    """The flow under what is no longer there, in green."""
    start, end = own.net.cells[way.start], own.net.cells[way.end]
    y, below = placed.lines[way.lane], low + 13
    x1 = right_of(own, placed.row, start)
    x2 = left_of(own, placed.row, ways, end)
    rise = x2 - LATE + 4 if end.kind == "gap" else x2 - 16
    points = ((x1, y), (x1 + 16, y), (x1 + 16, below), (rise, below), (rise, y), (x2, y))
    drawn = arrow(points, stroke="goodln", thick=2, radius=8, kind="flow")
    return (Group("flow", drawn, "The new way"),)


def _before(placed: Stage, one: _State, now: _State) -> Items:
    """What a wait was before, struck over its block."""
    items: list[Item] = []
    old = {block.rung.column: block.rung for block in blocks(placed.row, now.rungs) if block.high}
    for block in blocks(placed.row, one.rungs):
        was = old.get(block.rung.column)
        if block.high and was and was.wait != block.rung.wait:
            text = now.known.time(was.wait, was.wait_unit)
            middle = (block.left + block.right) / 2
            items += struck(middle, placed.ladder - 10, text, 10.5, anchor="middle")
    lows = {
        block.rung.column: block.rung for block in blocks(placed.row, now.rungs) if not block.high
    }
    for block in blocks(placed.row, one.rungs):
        was = lows.get(block.rung.column)
        if not block.high and was and was.work and block.rung.work not in (0, was.work):
            new = one.known.work(block.rung.work, block.rung.work_unit)
            x = (block.left + block.right) / 2 - text_width(new, 12.5, 700) / 2 - 8
            text = now.known.work(was.work, was.work_unit)
            items += struck(x, placed.ladder + HEIGHT + 16.5, text, 10.5)
    return tuple(items)


# --- strips and key -------------------------------------------------------------------------


def _strips(now: Facts, then: Facts, width: float, y: float) -> Band:
    """Both timelines at one scale; what is gained is dotted."""
    left, room = MARGIN + SIDE, width - 2 * MARGIN - SIDE
    longest = max(now.lead, then.lead)
    if not longest:
        return Band((), y)
    items: list[Item] = [*caption(y + 12, room, left)]
    top = y + 30
    for known, word, ink in ((now, "NOW", "ink"), (then, "FUTURE", "good")):
        wide = room * float(known.lead / longest)
        items.append(label(MARGIN, top + BAR / 2, word, 11, 700, fill=ink, anchor="start"))
        items += bar(known, left, wide, top)
        top += BAR + 20
    items += _gained(now, then, left, room, top - BAR - 20)
    wider = now if now.lead >= then.lead else then
    items += axis(wider, left, room, top - 8)
    return Band((Group("strip", tuple(items), "Elapsed time to scale"),), top + 22)


def _gained(now: Facts, then: Facts, left: float, room: float, top: float) -> Items:
    saved = now.lead - then.lead
    if saved <= 0:
        return ()
    text = f"{now.time(saved, 'd')} returned to the customer"
    start = left + room * float(then.lead / now.lead) + 6
    middle = (start + left + room) / 2
    wide = pill_width(text, 12, 700, pad=12)
    dots = line(start, top + BAR / 2, left + room, top + BAR / 2, stroke="goodln", dash=(2, 4))
    if wide > left + room - start:
        return (dots,)
    words_ = pill(middle, top + BAR / 2, text, 12, fill="goodsoft", ink="good", height=24, pad=12)
    return (dots, *words_)


def _legend(states: Sequence[_State], width: float, y: float) -> Band:
    names = dict.fromkeys(
        name
        for one in states
        for name in used(one.grid, one.known, tuple(one.channels.values()), True, False)
    )
    now, then = states
    names.update(dict.fromkeys(["removed_step"] if then.known.ghosts else []))
    names.update(dict.fromkeys(["new_step"] if then.known.fresh else []))
    return legend(now.known, tuple(names), width, y, kaizens=False)
