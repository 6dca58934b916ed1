"""Our own pictures on paper: what `drawing.svg` writes goes straight into the PDF.

WeasyPrint can draw any SVG. It asks for the style of every line and sets every letter by itself,
which takes as long as the rest of a report. Ours needs neither, and its words keep their kerning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from vsmdsl.report.routes import circle, ellipse, path, rect

SCHEME = "vsm-picture:"
PICTURE = re.compile(
    r'<svg xmlns="[^"]*" class="vsm"[^>]* aria-labelledby="vsm-.*?</svg>', re.DOTALL
)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
SPACE = "{http://www.w3.org/2000/svg}"
UNSEEN = frozenset({"title", "desc", "style"})
ROUND, BUTT, MITRE = b"1 j", b"0 J", b"0 j"
BLANKS = re.compile("[ \t\r\n]+")  # as SVG folds them: other spaces stay as wide as they are
UNITS = {"mm": 96 / 25.4, "px": 1.0, "": 1.0}

# Writes a text on a stream: what it says, and its attributes.
Write = Callable[[Any, str, Mapping[str, str]], None]


def taken_out(html: str) -> tuple[str, dict[str, str]]:
    """A page with an `img` in the place of each picture of ours, and the pictures by address."""
    pictures: dict[str, str] = {}

    def placed(found: re.Match[str]) -> str:
        address = f"{SCHEME}{len(pictures)}"
        pictures[address] = found[0]
        _, _, rest = found[0].partition("<title")
        title = rest.partition(">")[2].partition("</title>")[0]
        return f'<img src="{address}" alt="{title}"/>'

    return PICTURE.sub(placed, html), pictures


class Inked:
    """A picture as WeasyPrint wants it: it says how large it is, and paints itself.

    It is read when it is painted: the trees of many pictures take more room than their texts.
    """

    def __init__(self, svg: str, write: Write) -> None:
        self.svg, self.write = svg, write
        look = dict(ATTRIBUTE.findall(svg.partition(">")[0]))
        self.size = _pixels(look["width"]), _pixels(look["height"])
        self.view = [float(side) for side in look["viewBox"].split()]

    def get_intrinsic_size(self, *_: object) -> tuple[float, float, float]:
        """Its width and height in pixels, and their ratio."""
        return *self.size, self.view[2] / self.view[3]

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Paint it on a stream of a PDF, as large as it is wanted."""
        left, top, wide, high = self.view
        scale = min(width / wide, height / high)
        stream.transform(a=scale, d=scale, e=(width - scale * wide) / 2)
        stream.transform(e=-left, f=-top)
        stream.stream += [ROUND, BUTT]
        _paint(fromstring(self.svg), _Pen(stream, self.write))


class _Pen:
    """A stream, and what was last set on it: most shapes look like the one before."""

    def __init__(self, stream: Any, write: Write) -> None:
        self.stream, self.write = stream, write
        self.last: dict[str, bytes] = {"join": ROUND, "dash": b"[] 0 d"}

    def set(self, what: str, command: bytes) -> None:
        if self.last.get(what) != command:
            self.last[what] = command
            self.stream.stream.append(command)


def _paint(parent: Element, pen: _Pen) -> None:
    for one in parent:
        tag = one.tag.removeprefix(SPACE)
        if tag in ("g", "a"):
            _paint(one, pen)
        elif tag == "text":
            _write(one, pen)
        elif tag not in UNSEEN:
            _draw(ROUTES[tag](one.attrib), one.attrib, pen)


ROUTES: dict[str, Callable[[Mapping[str, str]], bytes]] = {
    "rect": rect, "circle": circle, "ellipse": ellipse, "path": lambda look: path(look["d"]),
}  # fmt: skip


def _draw(route: bytes, look: Mapping[str, str], pen: _Pen) -> None:
    fill, stroke = look.get("fill", "none"), look.get("stroke", "none")
    if fill != "none":
        pen.set("fill", _colour(fill, b"rg"))
    if stroke != "none":
        pen.set("stroke", _colour(stroke, b"RG"))
        pen.set("thick", look["stroke-width"].encode() + b" w")
        pen.set("dash", b"[" + look.get("stroke-dasharray", "").encode() + b"] 0 d")
        pen.set("join", MITRE if look.get("stroke-linejoin") == "miter" else ROUND)
    pen.stream.stream += [route, PAINTS[fill != "none", stroke != "none"]]


PAINTS = {(True, True): b"B", (True, False): b"f", (False, True): b"S", (False, False): b"n"}


def _write(one: Element, pen: _Pen) -> None:
    text = BLANKS.sub(" ", one.text or "").strip(" ")
    if text:
        pen.set("fill", _colour(one.attrib["fill"], b"rg"))
        pen.write(pen.stream, text, one.attrib)


@lru_cache
def _colour(value: str, operator: bytes) -> bytes:
    """`#RRGGBB` as what sets it."""
    parts = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return " ".join(f"{part:.4f}" for part in parts).encode() + b" " + operator


def _pixels(length: str) -> float:
    number = length.rstrip("mpx")
    return float(number) * UNITS[length[len(number) :]]
