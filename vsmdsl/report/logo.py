"""A logo that is safe to put on a page: a PNG as it is, an SVG only as pixels."""

from __future__ import annotations

import re
from base64 import b64encode

from vsmdsl.drawing.raster import PictureTooLargeError, to_png
from vsmdsl.report import pixel_file

LARGEST = 2_000_000  # bytes
TALL = 192.0  # pixels: sharp on paper at the height of a logo
HEIGHT = re.compile(r"""\sheight\s*=\s*["']\s*(\d+\.?\d*|\.\d+)(?:px)?\s*["']""")
NUMBER = re.compile(r"\d+\.?\d*|\.\d+")
VIEW = re.compile(r"""\sviewBox\s*=\s*["']([^"']*)""")
# What a picture could load or run, or make of itself.
REFUSED = re.compile(
    r"<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<script|<foreignObject|<image|<feImage|@import"
    r"|\bhref\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def logo_png(data: bytes) -> bytes:
    """The picture as PNG. Raises ValueError for one that is none, too large, or loads others."""
    if len(data) > LARGEST:
        raise ValueError(f"a logo has at most {LARGEST // 1_000_000} MB")
    if data.startswith(pixel_file.PNG):
        pixel_file.check(data)
        return data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("a logo is a PNG or an SVG") from None
    if "<svg" not in text:
        raise ValueError("a logo is a PNG or an SVG")
    if found := REFUSED.search(text):
        raise ValueError(f"a logo loads and runs nothing; this one has `{found[0].strip()}`")
    return _pixels(text)


def data_uri(png: bytes) -> str:
    """The picture inside the page."""
    return f"data:image/png;base64,{b64encode(png).decode()}" if png else ""


def _pixels(svg: str) -> bytes:
    height = _height(svg)
    if not height:
        raise ValueError("the SVG of a logo says how large it is: `width` and `height` as numbers")
    try:
        return to_png(svg, scale=min(TALL / height, 16.0), apart=True)
    except PictureTooLargeError:
        raise ValueError("the SVG of the logo is too large") from None
    except Exception as problem:  # resvg has no error of its own
        raise ValueError(f"the SVG of the logo cannot be read: {problem}") from None


def _height(svg: str) -> float:
    """As the first tag says it, looked at alone and once: a logo may be of any shape."""
    begin = svg.find("<svg")
    head = svg[begin : svg.find(">", begin)]
    if found := HEIGHT.search(head):
        return float(found[1])
    view = VIEW.search(head)
    sides = view[1].replace(",", " ").split() if view else []
    return float(sides[3]) if len(sides) == 4 and NUMBER.fullmatch(sides[3]) else 0.0
