"""A picture as PNG, with the fonts that ship with vsmdsl, so that it looks the same everywhere.

Only where a picture has letters that these fonts lack (Chinese, Thai, Hebrew …) the fonts of the
machine are asked as well; letters that none of them has are said, never left out in silence.
"""

import re
from functools import partial
from typing import Literal

from vsmdsl.drawing.glyphs import foreign, missing, tell
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD, Theme
from vsmdsl.resources import data_path

FONTS = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
FAMILY = "Inter"
MOST_PIXELS = 80_000_000  # of eight bytes each while they are painted
_SIDE = r'\b%s\s*=\s*["\']\s*([0-9.eE+]+)'


class PictureTooLargeError(ValueError):
    """More pixels than are painted."""


def to_png(svg: str, *, scale: float = 1.0) -> bytes:
    """Rasterise an SVG as it stands; `scale` 2 is sharp on a dense screen."""
    _refuse_too_large(svg, scale)
    letters = foreign(svg)
    if letters:
        tell(missing(letters, partial(_rasterised, scale=1.0, machine=True)))
    return _rasterised(svg, scale=scale, machine=bool(letters))


def scene_to_png(
    scene: Scene,
    *,
    scale: float = 1.0,
    theme: Literal["light", "dark"] = "light",
    colours: Theme = STANDARD,
) -> bytes:
    """Paint a scene in one theme and rasterise it."""
    return to_png(paint(scene, theme=theme, colours=colours), scale=scale)


def _refuse_too_large(svg: str, scale: float) -> None:
    """Before a byte is asked for: what paints the pixels ends the process where it gets too few."""
    begin = svg.find("<svg")
    head = svg[begin : svg.find(">", begin)]
    sides = [re.search(_SIDE % name, head) for name in ("width", "height")]
    width, height = (float(side[1]) * scale if side else 0.0 for side in sides)
    if width * height > MOST_PIXELS or max(width, height) > MOST_PIXELS:
        raise PictureTooLargeError(
            f"{width:,.0f} × {height:,.0f} pixels are too many for a PNG; at most "
            f"{MOST_PIXELS:,} are painted: a smaller scale or width, SVG or PDF will do"
        )


def _rasterised(svg: str, *, scale: float, machine: bool) -> bytes:
    """The picture in the shipped fonts; `machine` adds those of the machine behind them."""
    import resvg_py  # Imported here because only a PNG needs it.

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            dpi=96,
            font_files=[str(data_path("templates", "fonts", name)) for name in FONTS],
            font_family=FAMILY,
            skip_system_fonts=not machine,
        )
    )
