"""Stacks the bands of a map from top to bottom and gives the finished scene."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING

from vsmdsl.analysis.result import Analysis
from vsmdsl.drawing import placement
from vsmdsl.drawing.bands import BANDS
from vsmdsl.drawing.layout.cells import network
from vsmdsl.drawing.layout.describe import describe
from vsmdsl.drawing.layout.facts import Facts, facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid, Place, Row, grid, rewrapped
from vsmdsl.drawing.layout.information import draw_band, draw_nets
from vsmdsl.drawing.layout.kanbans import cards, headroom
from vsmdsl.drawing.layout.ladder import BRACKET, FLOOR, HEIGHT, Rung, hot, rungs
from vsmdsl.drawing.layout.lanes import Drops, Stage, stage
from vsmdsl.drawing.layout.legend import PAGE_PITCH, PITCH, legend, used
from vsmdsl.drawing.layout.links import Ways
from vsmdsl.drawing.layout.planning import Plan, plan
from vsmdsl.drawing.layout.rework import Channel, ChannelKey, channels
from vsmdsl.drawing.layout.rows import draw_row
from vsmdsl.drawing.layout.shipments import shipments
from vsmdsl.drawing.layout.strip import strip
from vsmdsl.drawing.layout.tiles import SMALL, Tile, draw_small, draw_tiles, small, tiles
from vsmdsl.drawing.layout.title import Band, state_name, title, title_width
from vsmdsl.drawing.scene import Item, Rect, Scene
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record
from vsmdsl.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from vsmdsl.drawing.sharing import Share

PAGES: Mapping[str, float] = MappingProxyType({"a4": 1440.0, "a3": 1440.0, "letter": 1440.0})
# As wide as names of 7 points allow, for maps that take fewer rows then.
WIDEST: Mapping[str, float] = MappingProxyType({"a4": 1534.0, "a3": 1534.0, "letter": 1438.0})
NARROWEST = 360.0
ROW_AIR, PAGE_ROW_AIR = 26.0, 10.0
FEW_ROWS = 2  # so many fit on a page with the tail
FIRST, END = 28.0, 23.0


@record(frozen=False)
class _Draft:
    grid: Grid
    facts: Facts
    bands: Collection[str]
    plan: Plan
    channels: Mapping[ChannelKey, Channel]
    rungs: Sequence[Rung]
    tiles: tuple[Tile, ...]
    ways: Ways
    teams: bool  # whether there are ribbons
    page: bool
    items: list[Item]
    y: float = 0.0
    band: float = 0.0  # where the information band begins

    @property
    def air(self) -> float:
        """The room between two rows."""
        return PAGE_ROW_AIR if self.page else ROW_AIR


def layout(
    stream: ValueStream,
    analysis: Analysis,
    *,
    width: float | None = None,
    page: str | None = None,
    bands: Collection[str] | None = None,
    place: Place = placement.place,
    wording: Wording = ENGLISH,
    label: str = "",
    share: Share | None = None,
) -> Scene:
    """Lay out a map: in one row, or wrapped to a width or to a page (`a4`, `a3`, `letter`).

    `label` is what a future state is called. `share` has a part of a long row drawn by others.
    """
    wide = PAGES[page.casefold()] if page else width
    draft = _drafted(facts(stream, analysis, wording, label), wide, page, bands, place)
    _head(draft)
    for row in _rows(draft):
        _draw(draft, _staged(draft, row), share)
    draft.y -= draft.air if _rows(draft) else 0
    _tail(draft)
    return _scene(draft, max(draft.y, 2 * MARGIN))


def _drafted(
    known: Facts,
    width: float | None,
    page: str | None,
    bands: Collection[str] | None,
    place: Place,
) -> _Draft:
    """Place all cells and plan what stands around them."""
    chosen = frozenset(bands) if bands is not None else frozenset(BANDS)
    net = network(known.stream, known.analysis)
    wide = max(width, NARROWEST) if width else None
    found = grid(net, known, wide, place, compact=page is not None)
    if page and len(found.rows) > FEW_ROWS:
        wider = rewrapped(found, WIDEST[page.casefold()])
        found = wider if len(wider.rows) < len(found.rows) else found
    return _Draft(
        found,
        known,
        chosen,
        plan(found, known, tight=page is not None) if "information" in chosen else Plan(),
        channels(found, known) if "rework" in chosen else {},
        rungs(found, known),
        tuple(one for one in tiles(known) if not (one.told and "information" in chosen)),
        Ways(found),
        "teams" in chosen and any(c.step and c.step.team and not c.lane for c in net.cells),
        page is not None,
        [],
        FIRST,
    )


def _rows(draft: _Draft) -> tuple[Row, ...]:
    shown = "stream" in draft.bands and draft.grid.columns
    return draft.grid.rows if shown else ()


def _above(draft: _Draft) -> tuple[tuple[Tile, ...], float]:
    """The tiles that stand beside the title of a page, and how wide each is."""
    width = draft.grid.width
    most, each = small(len(draft.tiles), width, title_width(draft.facts, width))
    both = draft.page and {"title", "tiles"} <= set(draft.bands)
    return draft.tiles[: most if both else 0], each


def _head(draft: _Draft) -> None:
    """Title and information band, down to where the rows begin."""
    facts_, width = draft.facts, draft.grid.width
    above, each = _above(draft)
    if "title" in draft.bands:
        head = title(facts_, width, right=(each + 8) * len(above))
        draft.items += (*head.items, *draw_small(above, width, each, facts_.say("Summary")))
        draft.y = max(head.end, 26 + SMALL + 12 if above else 0)
    draft.band = draft.y
    if draft.plan.places or draft.plan.messages:
        draft.items += draw_band(draft.plan, width, draft.y, facts_.say)
        draft.y += draft.plan.height + draft.plan.bridge


def _staged(draft: _Draft, row: Row) -> Stage:
    """Find the heights of a row that begins at `y`, and go down by them."""
    grid_, bands = draft.grid, draft.bands
    loops = headroom(grid_, draft.facts, draft.plan, row, cards(grid_, draft.plan, row.number))
    flag = hot(row, draft.rungs) is not None and not draft.facts.future
    drops = Drops(draft.plan.drops)
    one = stage(
        grid_,
        draft.facts,
        row,
        draft.y,
        draft.channels,
        drops,
        teams=draft.teams,
        flag=flag,
        cards=loops,
    )
    bracket = BRACKET if one.forks else 0.0
    below = HEIGHT + FLOOR + bracket if "ladder" in bands else -20.0
    draft.y = one.ladder + below + draft.air
    return one


def _draw(draft: _Draft, one: Stage, share: Share | None) -> None:
    """Draw a row, and what joins it to those outside."""
    found, facts_, info = draft.grid, draft.facts, draft.plan
    draft.items += draw_row(
        found, facts_, one, draft.ways, draft.channels, draft.rungs, draft.bands, info, share
    )
    if info.places:
        if one.row.number == 0:
            draft.items += draw_nets(
                info, draft.band, _tops(one, "teams" in draft.bands), draft.facts.say
            )
        draft.items += shipments(found, facts_, info, draft.band, one)


def _tops(first: Stage, teams: bool) -> dict[int, float]:
    """Where the arrows of a schedule end: on the ribbon, or on the box."""
    top = first.ribbon - 2 if teams and first.ribbon < first.boxes else first.boxes - 2
    return {cell.index: top if cell.step else first.lines[0] - 46 for cell in first.cells}


def _tail(draft: _Draft) -> None:
    """Strip, tiles and key."""
    facts_, width, chosen = draft.facts, draft.grid.width, draft.bands
    if "strip" in chosen:
        _put(draft, strip(facts_, width, draft.y))
    if "tiles" in chosen:
        more = draft.tiles[len(_above(draft)[0]) :]
        draft.y -= 0 if more or not draft.page else 10
        widest = 280 if draft.page else inf
        _put(draft, draw_tiles(more, width, draft.y, widest, facts_.say("Summary")))
    loops = tuple(draft.channels.values())
    information = bool(draft.plan.places or draft.plan.loops or draft.plan.messages)
    names = used(draft.grid, facts_, loops, "ladder" in chosen, information, draft.items)
    keys = legend(
        facts_,
        names,
        width,
        draft.y,
        keys="legend" in chosen and "stream" in chosen,
        kaizens="kaizens" in chosen and not facts_.spoken,
        pitch=PAGE_PITCH if draft.page else PITCH,
    )
    _put(draft, keys)
    draft.y += END


def _put(draft: _Draft, band: Band) -> None:
    draft.items += band.items
    draft.y = band.end


def _scene(draft: _Draft, height: float) -> Scene:
    settings, width = draft.facts.stream.settings, draft.grid.width
    paper = Rect(0, 0, width, height, fill="paper", kind="paper")
    named = f"{settings.state or 'current'} state"
    if draft.facts.wording.texts:
        named = state_name(draft.facts)
    name = settings.title or draft.facts.say("Value stream")
    return Scene(
        width,
        height,
        f"{name} – {named}",
        describe(draft.facts, draft.tiles),
        (paper, *draft.items),
        settings.title,
    )
