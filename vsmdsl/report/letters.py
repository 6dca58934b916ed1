"""Words of a picture set by Pango, which WeasyPrint holds: a whole line at once, as in a text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from math import inf
from types import ModuleType
from typing import Any

from vsmdsl.drawing.svg import FONT_STACK

FAMILIES = [name.strip('"') for name in FONT_STACK.split(", ")]


class Letters:
    """What writes the texts of pictures; one for a document, since a layout can be used again."""

    def __init__(self, weasyprint: ModuleType, fonts: Any) -> None:
        self.weasyprint = weasyprint
        self.layout = cache(partial(_layout, weasyprint, fonts))

    def write(self, stream: Any, text: str, look: Mapping[str, str]) -> None:
        """Write one line by its anchor and its baseline, in the colour that is set."""
        size = float(look["font-size"])
        spacing = float(look.get("letter-spacing", 0))
        layout = self.layout(size, int(look.get("font-weight", 400)), spacing)
        layout.set_text(text)
        x, y = float(look["x"]) - self._before(layout, look), float(look["y"])
        setting = self.weasyprint.draw.text
        stream.begin_text()
        matrix = self.weasyprint.matrix.Matrix(d=-1, e=x, f=y)
        pictures = setting.draw_first_line(stream, _Line(layout), "none", "none", matrix)
        stream.end_text()
        setting.draw_emojis(stream, layout.style, x, y, pictures)

    def _before(self, layout: Any, look: Mapping[str, str]) -> float:
        """How much of the line stands before its anchor."""
        part = {"middle": 0.5, "end": 1.0}.get(look.get("text-anchor", ""), 0.0)
        if not part:
            return 0.0
        line, _ = layout.get_first_line()
        width, _ = self.weasyprint.text.line_break.line_size(line, layout.style)
        return float(width) * part


class _Line:
    """What WeasyPrint draws a line from."""

    def __init__(self, layout: Any) -> None:
        self.pango_layout, self.style, self.text = layout, layout.style, layout.text
        self.baseline = 0.0


class _Style(dict[str, Any]):
    """The computed style of a text, as far as Pango asks for it."""

    font_config: Any


def _layout(weasyprint: ModuleType, fonts: Any, size: float, weight: int, spacing: float) -> Any:
    style = _Style(weasyprint.css.properties.INITIAL_VALUES)
    style |= {"font_family": FAMILIES, "font_size": size, "font_weight": weight}
    if spacing:
        style["letter_spacing"] = spacing
    style.font_config = fonts
    return weasyprint.text.line_break.create_layout("", style, None, inf, 0)
