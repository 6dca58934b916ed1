"""The same SVG looks the same in a browser, as PNG and as PDF, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from PIL import Image, ImageChops

import vsmdsl
from tests.browser import Browser, needs_browser
from tests.drawing.look import (
    ROOT,
    SAMPLES,
    by_chromium,
    by_poppler,
    by_resvg,
    difference,
    needs_poppler,
    needs_printer,
)

pytestmark = needs_browser

TOLERATED = 1.5  # of 255
PRINTED = [path for path in SAMPLES if path.parent.name == "reference"]  # the slow ones
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def drawn(sample: Path, format: str, theme: str) -> str | bytes:
    return vsmdsl.render(vsmdsl.compile_file(sample), format, theme=theme)  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_screen_and_a_png_agree(sample: Path, theme: str, browser: Browser) -> None:
    pixels = by_resvg(str(drawn(sample, "svg", theme)))
    assert difference(on_screen(sample, theme, browser, pixels.size), pixels) <= TOLERATED


@pytest.mark.parametrize(
    ("sample", "theme"),
    [*((one, "light") for one in PRINTED), (PRINTED[0], "dark")],
    ids=lambda value: value.stem if isinstance(value, Path) else value,
)
@needs_printer
@needs_poppler
def test_a_screen_and_a_pdf_agree(sample: Path, theme: str, browser: Browser) -> None:
    pdf = drawn(sample, "pdf", theme)
    assert isinstance(pdf, bytes)
    paper = by_poppler(pdf)
    assert difference(on_screen(sample, theme, browser, paper.size), paper) <= TOLERATED


def on_screen(sample: Path, theme: str, browser: Browser, size: tuple[int, int]) -> Image.Image:
    """The one file that follows the reader's system, on a system of this theme."""
    browser.prefer(theme)
    return by_chromium(str(drawn(sample, "svg", "auto")), browser, *size)


def test_a_picture_in_wrong_colours_would_be_noticed(browser: Browser) -> None:
    """What the limit is worth: a boundary of another colour is over it, a whole theme is far."""
    sample = ROOT / "samples" / "checkout.vsm"
    light = by_resvg(str(drawn(sample, "svg", "light")))
    dark = by_resvg(str(drawn(sample, "svg", "dark")))
    moved = ImageChops.offset(light, 6, 0)
    assert difference(light, dark) > 100
    assert difference(light, moved) > TOLERATED
