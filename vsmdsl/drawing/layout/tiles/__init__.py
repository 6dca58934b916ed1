"""The summary: what a manager asks first, each figure in a tile of its own."""

from __future__ import annotations

from vsmdsl.drawing.layout.tiles.drawing import SMALL, draw_small, draw_tiles, small
from vsmdsl.drawing.layout.tiles.figures import DORA, Tile, tiles

__all__ = ["DORA", "SMALL", "Tile", "draw_small", "draw_tiles", "small", "tiles"]
