"""The whole story in a real browser: read by everybody, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from tests.browser import Browser, needs_browser
from tests.report.test_page import AXE
from tests.report.test_story import EVERYTHING, past
from vsmdsl.record import replace
from vsmdsl.report.html import render_html
from vsmdsl.report.subject import Subject

pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]

About = Callable[..., Subject]
# Charts that a reader sees: their width and that of their drawing's letters, in pixels.
CHARTS = """[...document.querySelectorAll('.chart svg')]
  .filter(one => one.getBoundingClientRect().width)
  .map(one => one.getBoundingClientRect().width / one.viewBox.baseVal.width)"""
WIDE = "document.documentElement.scrollWidth"


@pytest.fixture
def page(tmp_path: Path, about: About) -> Path:
    """A report in which every part has something to say."""
    file = tmp_path / "everything.html"
    subject = replace(about(EVERYTHING), today=date(2026, 3, 2), history=past(about))
    file.write_text(render_html(subject), encoding="utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_part_is_for_everybody(browser: Browser, page: Path, scheme: str, width: int) -> None:
    browser.prefer(scheme)
    browser.open(page, width, 844)
    script = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    browser.call("Runtime.evaluate", expression=script)
    assert browser.ask(AXE) == []
    assert browser.ask(WIDE) == width


def test_charts_can_be_read_on_a_desk_and_on_a_phone(browser: Browser, page: Path) -> None:
    for width in (1280, 390):
        browser.open(page, width, 844)
        scales = browser.ask(CHARTS)
        assert len(scales) == 5  # waits, cascade, load, returns, trend: each of them once
        assert all(scale > 0.9 for scale in scales[:4]), scales
