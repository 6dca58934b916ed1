"""Stacks the bands of a map from top to bottom and gives the finished scene."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from vsmdsl.analysis.result import Analysis
from vsmdsl.drawing import placement
from vsmdsl.drawing.layout.cells import network
from vsmdsl.drawing.layout.describe import describe
from vsmdsl.drawing.layout.facts import Facts, facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid, Place, grid
from vsmdsl.drawing.layout.information import Plan, draw_band, draw_nets, plan
from vsmdsl.drawing.layout.kanbans import bursts, cards, room
from vsmdsl.drawing.layout.ladder import BRACKET, FLOOR, HEIGHT, Rung, hot, rungs
from vsmdsl.drawing.layout.lanes import Drops, Stage, stage
from vsmdsl.drawing.layout.legend import legend, used
from vsmdsl.drawing.layout.links import Ways
from vsmdsl.drawing.layout.rework import Channel, ChannelKey, channels
from vsmdsl.drawing.layout.rows import draw_row
from vsmdsl.drawing.layout.shipments import shipments
from vsmdsl.drawing.layout.strip import strip
from vsmdsl.drawing.layout.tiles import Tile, draw_tiles, tiles
from vsmdsl.drawing.layout.title import title
from vsmdsl.drawing.scene import Item, Rect, Scene
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record

BANDS = (
    "title", "information", "teams", "stream", "rework", "ladder", "strip", "tiles", "kaizens",
    "legend",
)  # fmt: skip
PAGES: Mapping[str, float] = MappingProxyType({"a4": 1440.0, "a3": 1440.0, "letter": 1440.0})
NARROWEST = 360.0
ROW_AIR = 26.0
END = 23.0


@record(frozen=False)
class _Draft:
    grid: Grid
    facts: Facts
    bands: Collection[str]
    plan: Plan
    channels: Mapping[ChannelKey, Channel]
    rungs: Sequence[Rung]
    tiles: tuple[Tile, ...]
    items: list[Item]
    y: float = 0.0


def layout(
    stream: ValueStream,
    analysis: Analysis,
    *,
    width: float | None = None,
    page: str | None = None,
    bands: Collection[str] | None = None,
    place: Place = placement.place,
) -> Scene:
    """Lay out a map: in one row, or wrapped to a width or to a page (`a4`, `a3`, `letter`)."""
    known = facts(stream, analysis)
    chosen = frozenset(bands) if bands is not None else frozenset(BANDS)
    wide = PAGES[page.casefold()] if page else width
    net = network(stream, analysis)
    found = grid(net, known, max(wide, NARROWEST) if wide else None, place)
    draft = _Draft(
        found,
        known,
        chosen,
        plan(found, known) if "information" in chosen else Plan(),
        channels(found, known) if "rework" in chosen else {},
        rungs(found, known),
        tiles(known),
        [],
        28.0,
    )
    _compose(draft)
    return _scene(draft)


def _compose(draft: _Draft) -> None:
    facts_, width, chosen = draft.facts, draft.grid.width, draft.bands
    if "title" in chosen:
        head = title(facts_, width)
        draft.items += head.items
        draft.y = head.end
    _stream(draft)
    if "strip" in chosen:
        band = strip(facts_, width, draft.y)
        draft.items += band.items
        draft.y = band.end
    if "tiles" in chosen:
        band = draw_tiles(draft.tiles, width, draft.y)
        draft.items += band.items
        draft.y = band.end
    information = bool(draft.plan.places)
    names = used(
        draft.grid, facts_, tuple(draft.channels.values()), "ladder" in chosen, information
    )
    band = legend(
        facts_,
        names,
        width,
        draft.y,
        keys="legend" in chosen and "stream" in chosen,
        kaizens="kaizens" in chosen and not facts_.spoken,
    )
    draft.items += band.items
    draft.y = band.end + END


def _stream(draft: _Draft) -> None:
    """The information band, the bridge, and the rows with their ladders."""
    found, info, top = draft.grid, draft.plan, draft.y
    if info.places:
        draft.items += draw_band(info, found.width, top)
        draft.y = top + info.height + info.bridge
    if "stream" not in draft.bands or not found.columns:
        return
    stages, ways = _stages(draft), Ways(found)
    for one in stages:
        draft.items += draw_row(
            found, draft.facts, one, ways, draft.channels, draft.rungs, draft.bands, info
        )
    if info.places:
        draft.items += shipments(found, draft.facts, info, top, stages[0], stages[-1])
        draft.items += draw_nets(info, top, _tops(stages[0], "teams" in draft.bands))


def _tops(first: Stage, teams: bool) -> dict[int, float]:
    """Where the arrows of a schedule end: on the ribbon, or on the box."""
    top = first.ribbon - 2 if teams and first.ribbon < first.boxes else first.boxes - 2
    return {cell.index: top if cell.step else first.lines[0] - 46 for cell in first.cells}


def _stages(draft: _Draft) -> list[Stage]:
    """Stack the rows; each begins where the one above it ends."""
    teams = "teams" in draft.bands and any(
        cell.step and cell.step.team and not cell.lane for cell in draft.grid.net.cells
    )
    drops = Drops(draft.plan.drops)
    done: list[Stage] = []
    shown = "ladder" in draft.bands
    for row in draft.grid.rows:
        flag = hot(row, draft.rungs) is not None and not draft.facts.future
        loops = room(cards(draft.grid, draft.plan, row.number))
        if loops:
            columns = draft.grid.columns[row.start : row.end]
            cells = [draft.grid.net.cells[index] for column in columns for index in column.cells]
            loops += bursts(draft.facts, [cell for cell in cells if not cell.lane])
        one = stage(
            draft.grid,
            draft.facts,
            row,
            draft.y,
            draft.channels,
            drops,
            teams=teams,
            flag=flag,
            cards=max(loops - draft.plan.bridge * (row.number == 0) + 8, 0.0) if loops else 0.0,
        )
        done.append(one)
        bracket = BRACKET if one.forks else 0.0
        draft.y = one.ladder + (HEIGHT + FLOOR + bracket if shown else -20.0) + ROW_AIR
    draft.y -= ROW_AIR
    return done


def _scene(draft: _Draft) -> Scene:
    settings = draft.facts.stream.settings
    width, height = draft.grid.width, max(draft.y, 2 * MARGIN)
    paper = Rect(0, 0, width, height, fill="paper", kind="paper")
    name = settings.title or "Value stream"
    return Scene(
        width,
        height,
        f"{name} – {settings.state or 'current'} state",
        describe(draft.facts, draft.tiles),
        (paper, *draft.items),
        settings.title,
    )
