"""A picture as each renderer paints it, in pixels, and how far two of them are apart."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from tests.browser import Browser
from vsmdsl.drawing.raster import FONTS, to_png
from vsmdsl.report import press
from vsmdsl.resources import data_path

BLUR = 2  # pixels
ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").rglob("*.vsm"))
WEIGHTS = (400, 500, 600, 700)
LOAD = (
    f"Promise.all({list(WEIGHTS)}.map((weight) => document.fonts.load(`${{weight}} 12px Inter`)))"
    ".then(() => { window.hasInter = true })"
)

needs_printer = pytest.mark.skipif(bool(press.problem()), reason=press.problem())
needs_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="no pdftoppm: apt install poppler-utils"
)


def by_resvg(svg: str) -> Image.Image:
    """The picture as a PNG of ours."""
    return _opened(to_png(svg))


def by_chromium(svg: str, browser: Browser, width: int, height: int) -> Image.Image:
    """The picture inlined in a page, with the fonts that PNG and PDF have."""
    if not browser.ask("window.hasInter"):  # loading them takes longer than all else
        style = f"{_faces()}body{{margin:0}}svg{{display:block}}"
        browser.open(f"<!doctype html><style>{style}</style>")
        browser.ask(LOAD)
    browser.size(width, height)
    browser.ask(f"document.body.innerHTML = {json.dumps(svg)}; 0")
    return browser.look(width, height)


def by_poppler(pdf: bytes, *, dpi: int = 96, page: int = 1) -> Image.Image:
    """A page of a PDF on paper."""
    command = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-png", "-"]
    return _opened(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout)


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart on average, from 0 to 255, seen with half-closed eyes."""
    size = min(one.width, other.width), min(one.height, other.height)
    left, right = (
        image.crop((0, 0, *size)).filter(ImageFilter.GaussianBlur(BLUR)) for image in (one, other)
    )
    means = ImageStat.Stat(ImageChops.difference(left, right)).mean
    return sum(means) / len(means)


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@cache
def _faces() -> str:
    return "".join(_face(name, weight) for name, weight in zip(FONTS, WEIGHTS, strict=True))


def _face(name: str, weight: int) -> str:
    data = base64.b64encode(data_path("templates", "fonts", name).read_bytes()).decode()
    source = f"url(data:font/ttf;base64,{data})"
    return f"@font-face{{font-family:Inter;font-weight:{weight};src:{source}}}"
