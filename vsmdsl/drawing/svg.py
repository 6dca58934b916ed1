"""Paints a scene as SVG that looks the same in browsers, PNG and PDF, and follows a dark screen.

The only writer of markup: whatever a user wrote is escaped here and nowhere else.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar
from zlib import crc32

from vsmdsl.drawing.characters import visible
from vsmdsl.drawing.scene import (
    Anchor,
    Circle,
    Dash,
    Ellipse,
    Group,
    Item,
    Items,
    Path,
    Portion,
    Rect,
    Scene,
    Text,
)
from vsmdsl.drawing.theme import STANDARD, Mode, Theme, style_sheet
from vsmdsl.record import record

if TYPE_CHECKING:
    from vsmdsl.drawing.sharing import Painted

FONT_STACK = 'Inter, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif'
SAFE_LINK = r"(?i)(?:https?://|mailto:)[^\s]+"
NAME = re.compile(r"[^A-Za-z0-9_-]+")
MOST_WRITTEN = 65536  # words of one sort that are kept for the next picture

Ground: TypeAlias = Literal["auto", "light", "dark"]
_Key = TypeVar("_Key")


def paint(scene: Scene, *, theme: Ground = "auto", colours: Theme = STANDARD) -> str:
    """Write a scene as one SVG document; `auto` follows the reader's screen."""
    brush = _brush(scene.name or scene.title, theme, colours)
    prefix, used = brush.prefix, brush.used
    painted = _pieces(scene.items, brush)
    width, height = number(scene.width), number(scene.height)
    forced = "" if theme == "auto" else f' data-theme="{theme}"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="vsm"{forced} role="img"',
            f' aria-labelledby="{prefix}-t {prefix}-d"',
            f' viewBox="0 {number(scene.top)} {width} {height}" width="{width}" height="{height}"',
            f" font-family='{FONT_STACK}'",
            ' fill="none" stroke-linejoin="round" stroke-linecap="butt">\n',
            f'<title id="{prefix}-t">{escape(scene.title)}</title>\n',
            f'<desc id="{prefix}-d">{escape(scene.description)}</desc>\n',
            f"<style>\n{style_sheet(used.fills, used.strokes, colours)}\n</style>\n",
            *painted,
            "</svg>\n",
        )
    )


def paint_part(items: Items, name: str, *, theme: Ground = "auto", colours: Theme) -> "Painted":
    """Write pieces of the scene that is called so: what `paint` writes of them."""
    brush = _brush(name, theme, colours)
    text = "".join(_pieces(items, brush))
    return text, frozenset(brush.used.fills), frozenset(brush.used.strokes)


def escape(text: str) -> str:
    """Make any text safe inside an element or an attribute, and every character of it visible."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")


class _Written(dict[_Key, str]):
    """How something is written, worked out once; a dictionary answers faster than `lru_cache`."""

    def __init__(self, write: Callable[[_Key], str]) -> None:
        self.write = write

    def __missing__(self, key: _Key) -> str:
        if len(self) >= MOST_WRITTEN:
            self.clear()
        text = self[key] = self.write(key)
        return text


def _length(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# Writes a length with two decimals at most, no needless zeros, and never as -0.
number: Callable[[float], str] = _Written(_length).__getitem__


def _step(step: str | float) -> str:
    if isinstance(step, str):
        return step if step == "Z" else step + _BEFORE_NUMBER
    return " " + _length(step)


_BEFORE_NUMBER = "|"  # a number behind a letter needs no blank
_stepped: Callable[[str | float], str] = _Written(_step).__getitem__


def _class_names(kind: str) -> str:
    return " ".join([f"vsm-{name}" for name in kind.split()])


_classes: Callable[[str], str] = _Written(_class_names).__getitem__


# Class and colours from fill, stroke, thickness, dash, sharp corners and kind.
_Look: TypeAlias = Callable[[str, str, float, Dash, bool, str], str]
# All that texts of a kind have in common, from fill, kind, size, weight, anchor and spacing.
_Font: TypeAlias = Callable[[str, str, float, int, Anchor, float], str]


@record
class _Brush:
    """What every painted piece needs: the start of its ids, and its attributes by its look."""

    prefix: str
    look: _Look
    font: _Font
    used: "_Used"


@record
class _Used:
    """The roles of colour that were painted with: those the style sheet must know."""

    fills: set[str]
    strokes: set[str]


def _brush(name: str, theme: Ground, colours: Theme) -> _Brush:
    used = _Used(set(), set())
    look: _Look = cache(partial(_look, colours, "dark" if theme == "dark" else "light", used))
    return _Brush(_prefix(name), look, cache(partial(_font, look)), used)


def _prefix(name: str) -> str:
    return f"vsm-{crc32(name.encode(errors='replace')):08x}"


def _look(
    colours: Theme,
    mode: Mode,
    used: _Used,
    fill: str,
    stroke: str,
    thick: float,
    dash: Dash,
    sharp: bool,
    kind: str,
) -> str:
    """Write class and colour: the class follows the screen, the attribute serves PNG and print."""
    classes = [_classes(kind)] * bool(kind)
    classes += [f"vf-{fill}"] * bool(fill) + [f"vs-{stroke}"] * bool(stroke)
    used.fills.update([fill] * bool(fill))
    used.strokes.update([stroke] * bool(stroke))
    text = f' class="{" ".join(classes)}"' if classes else ""
    text += f' fill="{colours.colour(fill, mode) if fill else "none"}"'
    if stroke:
        text += f' stroke="{colours.colour(stroke, mode)}" stroke-width="{number(thick)}"'
        text += f' stroke-dasharray="{" ".join(map(number, dash))}"' if dash else ""
        text += ' stroke-linejoin="miter"' if sharp else ""
    return text


def _font(
    look: _Look, fill: str, kind: str, size: float, weight: int, anchor: Anchor, spacing: float
) -> str:
    text = f'{look(fill, "", 0, (), False, kind)} font-size="{number(size)}"'
    text += f' font-weight="{weight}"' if weight != 400 else ""
    text += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return text + (f' letter-spacing="{number(spacing)}"' if spacing else "")


def _pieces(items: Iterable[Item], brush: _Brush) -> list[str]:
    """All that is written of them, to be joined once: a long row is copied as seldom as can be."""
    pieces: list[str] = []
    for item in items:
        if isinstance(item, Group):
            pieces += _group(item, brush)
        else:
            pieces.append(_WRITERS[type(item)](item, brush))
    return pieces


def _group(group: Group, brush: _Brush) -> list[str]:
    name = f' id="{brush.prefix}-{NAME.sub("-", group.name)}"' if group.name else ""
    title = f"<title>{escape(group.title)}</title>\n" if group.title else ""
    begin, end = f'<g class="{_classes(group.kind)}"{name}>\n{title}', "</g>\n"
    if group.href and re.fullmatch(SAFE_LINK, group.href):
        begin, end = f'<a href="{escape(group.href)}">\n{begin}', f"{end}</a>\n"
    return [begin, *_pieces(group.items, brush), end]


def _portion(portion: Portion, brush: _Brush) -> str:
    text, fills, strokes = portion.painted()
    brush.used.fills.update(fills)
    brush.used.strokes.update(strokes)
    return text


def _text(item: Text, brush: _Brush) -> str:
    style = brush.font(item.fill, item.kind, item.size, item.weight, item.anchor, item.spacing)
    return f'<text x="{number(item.x)}" y="{number(item.y)}"{style}>{escape(item.text)}</text>\n'


def _path(item: Path, brush: _Brush) -> str:
    style = brush.look(item.fill, item.stroke, item.thick, item.dash, item.sharp, item.kind)
    return f'<path d="{_route(item.steps)}"{style}/>\n'


def _rect(item: Rect, brush: _Brush) -> str:
    style = brush.look(item.fill, item.stroke, item.thick, item.dash, False, item.kind)
    round_ = f' rx="{number(item.radius)}"' if item.radius else ""
    return (
        f'<rect x="{number(item.x)}" y="{number(item.y)}" width="{number(item.width)}"'
        f' height="{number(item.height)}"{round_}{style}/>\n'
    )


def _circle(item: Circle, brush: _Brush) -> str:
    style = brush.look(item.fill, item.stroke, item.thick, (), False, item.kind)
    return f'<circle cx="{number(item.x)}" cy="{number(item.y)}" r="{number(item.r)}"{style}/>\n'


def _ellipse(item: Ellipse, brush: _Brush) -> str:
    style = brush.look(item.fill, item.stroke, item.thick, (), False, item.kind)
    size = f'rx="{number(item.rx)}" ry="{number(item.ry)}"'
    return f'<ellipse cx="{number(item.x)}" cy="{number(item.y)}" {size}{style}/>\n'


_WRITERS: Mapping[type[Item], Callable[[Any, _Brush], str]] = {
    Portion: _portion,
    Text: _text,
    Path: _path,
    Rect: _rect,
    Circle: _circle,
    Ellipse: _ellipse,
}


def _route(steps: Iterable[str | float]) -> str:
    return "".join(map(_stepped, steps)).replace(_BEFORE_NUMBER + " ", "")
