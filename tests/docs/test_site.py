"""The documentation is built by our own plugin, strictly, and looks right in a browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import Browser, browser, chromium, needs_browser
from vsmdsl.language.codes import CODES

__all__ = ["browser", "chromium"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole documentation, as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        (sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)),
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "VSMDSL_CACHE": "off"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return folder


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_every_map_is_drawn_and_no_box_stands_in_its_place(site: Path) -> None:
    fence = re.compile(r"^```vsm[^\n]*\n", re.MULTILINE)
    for page in (ROOT / "docs").rglob("*.md"):
        asked = len(fence.findall(re.sub(r"(?s)````.*?````", "", text_of(page))))
        built = text_of(site / page.relative_to(ROOT / "docs").with_suffix(".html"))
        assert built.count('class="vsm"') == asked, page.name
        assert "vsm-error" not in built


def test_every_message_has_its_page(site: Path) -> None:
    for code in CODES:
        assert CODES[code].name in text_of(site / "messages" / f"{code}.html")
    assert 'href="messages/E101.html"' in text_of(site / "messages.html")


def test_a_page_that_teaches_shows_the_text_and_the_picture(site: Path) -> None:
    page = text_of(site / "guide" / "tutorial.html")
    assert page.index("New orders") < page.index('class="vsm"')


@needs_browser
def test_the_maps_follow_the_switch_of_the_page(site: Path, browser: Browser) -> None:
    browser.open(site / "index.html")
    colours = [_paper(browser)]
    browser.ask("document.body.dataset.mdColorScheme = 'slate'; 0")
    colours.append(_paper(browser))
    assert colours == ["rgb(255, 255, 255)", "rgb(14, 20, 27)"]


def _paper(browser: Browser) -> str:
    return str(browser.ask("getComputedStyle(document.querySelector('.vf-paper')).fill"))
