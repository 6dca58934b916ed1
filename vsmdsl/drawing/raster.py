"""A picture as PNG, with the fonts that ship with vsmdsl, so that it looks the same everywhere.

Only where a picture has letters that these fonts lack (Chinese, Thai, Hebrew …) the fonts of the
machine are asked as well; letters that none of them has are said, never left out in silence.
"""

import re
import sys
from functools import partial
from typing import Literal

from vsmdsl.drawing import pixels
from vsmdsl.drawing.child import LateError, ask
from vsmdsl.drawing.eastern import with_eastern_fonts
from vsmdsl.drawing.glyphs import foreign, missing, tell
from vsmdsl.drawing.pixels import painted
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD, Theme
from vsmdsl.resources import data_path

FONTS = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")
FAMILY = "Inter"
MOST_PIXELS = 80_000_000  # of eight bytes each while they are painted
QUICK = 2_000_000  # pixels that are painted before anybody gets impatient, on a busy machine, too
SHORT = 300_000  # letters of an SVG, likewise
SECONDS = 60
SECONDS_OF_OTHERS = 20  # for a picture that is not ours: a logo is no work
MEMORY = 2 * 10**9  # bytes, of which half are the room that programs and fonts are given
_SIDE = r'\b%s\s*=\s*["\']\s*([0-9]*\.?[0-9]+(?:[eE]\+?[0-9]+)?)'


class PictureTooLargeError(ValueError):
    """More pixels than are painted."""


class PaintingError(ValueError):
    """No pixels came of it; the text says why."""


def to_png(svg: str, *, scale: float = 1.0, apart: bool = False) -> bytes:
    """Rasterise an SVG as it stands; `scale` 2 is sharp on a dense screen.

    What takes long, or is not ours (`apart`), is painted in a process of its own.
    """
    seconds = SECONDS_OF_OTHERS if apart else SECONDS
    apart = _pixels(svg, scale) > QUICK or len(svg) > SHORT or apart
    letters = foreign(svg)
    if letters:
        tell(missing(letters, partial(_rasterised, scale=1.0, machine=True)))
    return _rasterised(svg, scale=scale, machine=bool(letters), apart=apart, seconds=seconds)


def scene_to_png(
    scene: Scene,
    *,
    scale: float = 1.0,
    theme: Literal["light", "dark"] = "light",
    colours: Theme = STANDARD,
) -> bytes:
    """Paint a scene in one theme and rasterise it."""
    svg = paint(scene, theme=theme, colours=colours)
    return to_png(with_eastern_fonts(svg, FAMILY), scale=scale)


def _pixels(svg: str, scale: float) -> float:
    """How many there are. Raises PictureTooLargeError for too many.

    Before a byte is asked for: what paints the pixels ends the process where it gets too few.
    """
    begin = svg.find("<svg")
    head = svg[begin : svg.find(">", begin)]
    sides = [re.search(_SIDE % name, head) for name in ("width", "height")]
    width, height = (float(side[1]) * scale if side else 0.0 for side in sides)
    if width * height > MOST_PIXELS or max(width, height) > MOST_PIXELS:
        raise PictureTooLargeError(
            f"{width:,.0f} × {height:,.0f} pixels are too many for a PNG; at most "
            f"{MOST_PIXELS:,} are painted: a smaller scale or width, SVG or PDF will do"
        )
    return width * height


def _rasterised(
    svg: str, *, scale: float, machine: bool, apart: bool = False, seconds: int = SECONDS
) -> bytes:
    """The picture in the shipped fonts; `machine` adds those of the machine behind them."""
    fonts = [str(data_path("templates", "fonts", name)) for name in FONTS]
    if not apart:
        return painted(svg, scale=scale, family=FAMILY, machine=machine, fonts=fonts)
    line = [sys.executable, pixels.__file__, str(scale), FAMILY, "yes" if machine else "no", *fonts]
    try:
        code, png, complaint = ask(line, svg.encode(), seconds=seconds, memory=MEMORY)
    except OSError as error:
        raise PaintingError(f"the pixels cannot be painted: {error.strerror or error}") from None
    except LateError:
        raise PaintingError(f"painting the pixels took more than {seconds} s") from None
    if code:
        said = complaint.decode(errors="replace").strip().splitlines() if code == 1 else ()
        raise PaintingError(said[-1] if said else "the picture asks for too much to be painted")
    return png
