"""How tiles stand in rows and in the corner of a page; all tiles of a map are equally wide."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, inf

from vsmdsl.drawing.fonts import ellipsize, shrunk, wrap
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.layout.tiles.figures import Tile
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Text
from vsmdsl.drawing.shapes import text_room

GAP, HEIGHT, TALL = 10.0, 82.0, 95.0
NARROWEST = 140.0
SMALL, SMALL_WIDTH, SMALL_LESS = 79.0, 128.0, 118.0  # a tile in the corner of a page
TITLE_LEAST = 320.0  # beside tiles
ABOVE, MOST_ABOVE = 5, 7  # so many stand there, and more beside a short title
SIDES = 19.0  # left and right of the words of a tile


def draw_tiles(
    found: Sequence[Tile], width: float, y: float, widest: float = inf, name: str = "Summary"
) -> Band:
    """Draw the tiles in as few rows as they need, in columns of one width."""
    room = width - 2 * MARGIN
    most = max(int((room + GAP) / (NARROWEST + GAP)), 1)
    rows = ceil(len(found) / most)
    across = ceil(len(found) / rows) if rows else 1
    each = min((room - GAP * (across - 1)) / across, widest)
    items: list[Item] = []
    for start in range(0, len(found), across):
        batch = found[start : start + across]
        height = TALL if any(len(_sub(tile, each)) > 1 for tile in batch) else HEIGHT
        for index, tile in enumerate(batch):
            items += _draw(tile, MARGIN + (each + GAP) * index, y, each, height)
        y += height + GAP
    return Band((Group("summary", tuple(items), name),) if items else (), y - GAP if items else y)


def small(count: int, width: float, title: float) -> tuple[int, float]:
    """How many of so many tiles stand beside the title of a page, and how wide each is there.

    Where one or two would be left over, the title takes a second line instead.
    """
    room = width - 2 * MARGIN - 24
    most = min(max(int((room - title) / (SMALL_LESS + 8)), ABOVE), MOST_ABOVE, max(count, 1))
    beside = room - count * (SMALL_LESS + 8)
    if most < count <= most + 2 and beside > max(TITLE_LEAST, 0.55 * title):
        most = count
    return most, SMALL_WIDTH if most <= ABOVE else SMALL_LESS


def draw_small(found: Sequence[Tile], width: float, each: float, name: str = "Summary") -> Items:
    """Draw small tiles in the upper right corner of a page."""
    left = width - MARGIN - (each + 8) * len(found) + 8
    items = [
        item
        for index, tile in enumerate(found)
        for item in _draw(tile, left + (each + 8) * index, 26, each, SMALL, small=True)
    ]
    return (Group("summary", tuple(items), name),) if items else ()


def _sub(tile: Tile, width: float) -> tuple[str, ...]:
    room = text_room(width, SIDES)
    lines = wrap(tile.sub, room, 10.5)
    if len(lines) > 2 and tile.brief:
        lines = wrap(tile.brief, room, 10.5)
    if len(lines) > 2:
        return lines[0], ellipsize(" ".join(lines[1:]), room, 10.5)
    return lines


def _draw(
    tile: Tile, x: float, y: float, width: float, height: float, *, small: bool = False
) -> Items:
    size, lift = (20.0, 4.0) if small else (24.0, 0.0)
    room = text_room(width, SIDES)
    size = shrunk(tile.value, size, 14.0, room, 700)
    value = ellipsize(tile.value, room, size, 700)
    small_size = shrunk(tile.label, 10.5, 9.5, room, 600)
    name = ellipsize(tile.label, room, small_size, 600)
    words_ = (
        Text(x + 16, y + (56 if small else 69) + 13.1 * row, text, 10.5, 400, "ink2")
        for row, text in enumerate(_sub(tile, width))
    )
    return (
        Group(
            "band",
            (
                Rect(x, y, width, height, 8, "band"),
                Rect(x, y + (10 if small else 14), 4, height - (20 if small else 28), 2, tile.tone),
                Text(x + 16, y + 21 - lift, name, small_size, 600, "ink2"),
                Text(x + 16, y + 49 - 2 * lift, value, size, 700),
                *words_,
            ),
            f"{tile.label}: {tile.value}" + (f", {tile.sub}" if tile.sub else ""),
        ),
    )
