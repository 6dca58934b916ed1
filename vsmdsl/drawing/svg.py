"""Paints a scene as SVG that looks the same in browsers, PNG and PDF, and follows a dark screen.

The only writer of markup: whatever a user wrote is escaped here and nowhere else.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from typing import Any, Literal, TypeAlias
from zlib import crc32

from vsmdsl.drawing.characters import visible
from vsmdsl.drawing.scene import (
    Circle,
    Dash,
    Ellipse,
    Group,
    Item,
    Path,
    Rect,
    Scene,
    Shape,
    Text,
)
from vsmdsl.drawing.theme import STANDARD, Mode, Theme, style_sheet
from vsmdsl.record import record

FONT_STACK = 'Inter, "Segoe UI", "Helvetica Neue", Arial, "Liberation Sans", sans-serif'
SAFE_LINK = r"(?i)(?:https?://|mailto:)[^\s]+"
NAME = re.compile(r"[^A-Za-z0-9_-]+")


def paint(
    scene: Scene, *, theme: Literal["auto", "light", "dark"] = "auto", colours: Theme = STANDARD
) -> str:
    """Write a scene as one SVG document; `auto` follows the reader's screen."""
    mode: Mode = "dark" if theme == "dark" else "light"
    prefix = f"vsm-{crc32((scene.name or scene.title).encode(errors='replace')):08x}"
    used = _Used(set(), set())
    brush = _Brush(prefix, cache(partial(_look, colours, mode, used)))
    painted = _painted(scene.items, brush, [])
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


def escape(text: str) -> str:
    """Make any text safe inside an element or an attribute, and every character of it visible."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;")
    return text.replace(">", "&gt;").replace('"', "&quot;")


@lru_cache(maxsize=65536)
def number(value: float) -> str:
    """Write a length with two decimals at most, no needless zeros, and never as -0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


# Class and colours from fill, stroke, thickness, dash, sharp corners and kind.
_Look: TypeAlias = Callable[[str, str, float, Dash, bool, str], str]


@record
class _Brush:
    """What every painted piece needs: the start of its ids, and its attributes by its look."""

    prefix: str
    look: _Look


@record
class _Used:
    """The roles of colour that were painted with: those the style sheet must know."""

    fills: set[str]
    strokes: set[str]


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
    classes = [f"vsm-{name}" for name in kind.split()]
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


def _painted(items: Iterable[Item], brush: _Brush, parts: list[str]) -> list[str]:
    """Add the markup of some items to its parts: generators in each other would be slower."""
    look, add = brush.look, parts.append
    for item in items:
        if isinstance(item, Group):
            _add_group(item, brush, parts)
        else:
            add(_WRITERS[type(item)](item, look))
    return parts


def _add_group(group: Group, brush: _Brush, parts: list[str]) -> None:
    add = parts.append
    linked = bool(group.href) and re.fullmatch(SAFE_LINK, group.href) is not None
    name = f' id="{brush.prefix}-{NAME.sub("-", group.name)}"' if group.name else ""
    if linked:
        add(f'<a href="{escape(group.href)}">\n')
    classes = " ".join(f"vsm-{kind}" for kind in group.kind.split())
    add(f'<g class="{classes}"{name}>\n')
    if group.title:
        add(f"<title>{escape(group.title)}</title>\n")
    _painted(group.items, brush, parts)
    add("</g>\n")
    if linked:
        add("</a>\n")


def _text(item: Text, look: _Look) -> str:
    weight = f' font-weight="{item.weight}"' if item.weight != 400 else ""
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    spacing = f' letter-spacing="{number(item.spacing)}"' if item.spacing else ""
    return (
        f'<text x="{number(item.x)}" y="{number(item.y)}"'
        f'{look(item.fill, "", 0, (), False, item.kind)} font-size="{number(item.size)}"'
        f"{weight}{anchor}{spacing}>{escape(item.text)}</text>\n"
    )


def _path(item: Path, look: _Look) -> str:
    style = look(item.fill, item.stroke, item.thick, item.dash, item.sharp, item.kind)
    return f'<path d="{_route(item.steps)}"{style}/>\n'


def _rect(item: Rect, look: _Look) -> str:
    style = look(item.fill, item.stroke, item.thick, item.dash, False, item.kind)
    round_ = f' rx="{number(item.radius)}"' if item.radius else ""
    return (
        f'<rect x="{number(item.x)}" y="{number(item.y)}" width="{number(item.width)}"'
        f' height="{number(item.height)}"{round_}{style}/>\n'
    )


def _circle(item: Circle, look: _Look) -> str:
    style = look(item.fill, item.stroke, item.thick, (), False, item.kind)
    return f'<circle cx="{number(item.x)}" cy="{number(item.y)}" r="{number(item.r)}"{style}/>\n'


def _ellipse(item: Ellipse, look: _Look) -> str:
    style = look(item.fill, item.stroke, item.thick, (), False, item.kind)
    size = f'rx="{number(item.rx)}" ry="{number(item.ry)}"'
    return f'<ellipse cx="{number(item.x)}" cy="{number(item.y)}" {size}{style}/>\n'


_WRITERS: Mapping[type[Shape], Callable[[Any, _Look], str]] = {
    Text: _text,
    Path: _path,
    Rect: _rect,
    Circle: _circle,
    Ellipse: _ellipse,
}


def _route(steps: Iterable[str | float]) -> str:
    parts: list[str] = []
    write = number  # a number behind a letter needs no blank
    for step in steps:
        if isinstance(step, str):
            parts.append(step)
            write = number
        else:
            parts.append(write(step))
            write = _spaced
    return "".join(parts)


@lru_cache(maxsize=65536)
def _spaced(value: float) -> str:
    return " " + number(value)
