"""A logo that is safe to put on a page: a PNG as it is, an SVG only as pixels."""

from __future__ import annotations

import re
from base64 import b64encode

from vsmdsl.drawing.raster import PictureTooLargeError, to_png

LARGEST = 2_000_000  # bytes
PNG = b"\x89PNG\r\n\x1a\n"
TALL = 192.0  # pixels: sharp on paper at the height of a logo
HEIGHT = re.compile(r'<svg\b[^>]*?\bheight="([\d.]+)(?:px)?"', re.DOTALL)
VIEW = re.compile(
    r'<svg\b[^>]*?\bviewBox="[-\d.]+[\s,]+[-\d.]+[\s,]+[\d.]+[\s,]+([\d.]+)"', re.DOTALL
)
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
    if data.startswith(PNG):
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
    found = HEIGHT.search(svg) or VIEW.search(svg)
    height = float(found[1]) if found else 0.0
    if not height:
        raise ValueError("the SVG of a logo says how large it is: `width` and `height`")
    try:
        return to_png(svg, scale=min(TALL / height, 16.0), apart=True)
    except PictureTooLargeError:
        raise ValueError("the SVG of the logo is too large") from None
    except Exception as problem:  # resvg has no error of its own
        raise ValueError(f"the SVG of the logo cannot be read: {problem}") from None
