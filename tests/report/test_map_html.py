"""The map in a page of its own: self-contained, strict, and a pleasure to move about in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import vsmdsl
from tests.browser import Browser, needs_browser

SAMPLE = Path(__file__).parents[2] / "samples" / "checkout.vsm"
COMPILED = vsmdsl.compile_file(SAMPLE)
LEVEL = "document.getElementById('level').textContent"
SCROLLED = "[stage.scrollLeft, stage.scrollTop]"


def page(theme: str = "auto") -> str:
    return str(vsmdsl.render(COMPILED, "html", theme=theme))  # type: ignore[arg-type]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Browser:
    (tmp_path / "map.html").write_text(page(), encoding="utf-8")
    browser.open(tmp_path / "map.html", 1000, 700)
    return browser


def test_it_needs_nothing_but_itself() -> None:
    text = page()
    assert not re.search(r"<(link|img|iframe|object|base)\b|@import|url\(", text)
    assert not re.search(r"\son\w+=|\sstyle=", text)
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_the_policy_allows_what_is_there_and_no_more() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page())
    assert policy is not None
    assert policy[1].startswith("default-src &#39;none&#39;; style-src &#39;sha256-")
    assert "unsafe" not in policy[1]


def test_text_never_becomes_markup() -> None:
    attack = "</title></style><script>alert(1)</script>\"'{{ 7*7 }}"
    text = attack.replace('"', '\\"')
    map_ = vsmdsl.compile(
        f'map "{text}" {{ author = "{text}"; scope = "{text}" }}\nstep "{text}" 1d\n'
    )
    written = str(vsmdsl.render(map_, "html"))
    assert written.count("<script>") == 1
    assert "{{ 7*7 }}" in written


def test_two_runs_are_the_same() -> None:
    assert page() == page()


@needs_browser
def test_nothing_is_blocked_and_nothing_is_fetched(opened: Browser) -> None:
    names = [event["method"] for event in opened.events]
    assert "Log.entryAdded" not in names
    assert "Runtime.exceptionThrown" not in names
    assert names.count("Network.requestWillBeSent") == 1  # the page itself


@needs_browser
def test_the_keyboard_zooms_and_moves(opened: Browser) -> None:
    assert opened.ask(LEVEL) == "67 %"  # the whole map
    assert opened.ask(SCROLLED) == [0, 0]
    for key in "+++":
        opened.press(key)
    before = opened.ask(SCROLLED)
    for key in ("ArrowRight", "ArrowDown"):
        opened.press(key)
    assert opened.ask(SCROLLED) == [before[0] + 80, before[1] + 80]
    opened.press("-")
    opened.press("0")
    assert opened.ask(LEVEL) == "67 %"
    assert opened.ask(SCROLLED) == [0, 0]


@needs_browser
def test_what_is_under_the_pointer_stays_there(opened: Browser) -> None:
    there = "document.elementFromPoint(320, 300).closest('g').querySelector('title').textContent"
    before = opened.ask(there)
    for _ in range(3):
        opened.mouse("mouseWheel", 320, 300, deltaX=0, deltaY=-50, modifiers=2)
    assert int(opened.ask(LEVEL).split()[0]) > 100
    assert opened.ask(there) == before


@needs_browser
def test_a_mouse_drags_the_map(opened: Browser) -> None:
    for _ in range(4):
        opened.press("+")
    x, y = opened.ask(SCROLLED)
    opened.mouse("mousePressed", 500, 300, button="left", clickCount=1)
    opened.mouse("mouseMoved", 450, 280, button="left", buttons=1)
    opened.mouse("mouseReleased", 450, 280, button="left")
    assert opened.ask(SCROLLED) == [x + 50, y + 20]


@needs_browser
def test_the_reader_may_turn_it_dark(opened: Browser) -> None:
    assert opened.look(4, 4).getpixel((1, 1)) == (255, 255, 255)
    opened.ask("document.getElementById('theme').click()")
    assert opened.look(4, 4).getpixel((1, 1)) == (0x0E, 0x14, 0x1B)
    assert opened.ask("getComputedStyle(document.querySelector('.vf-paper')).fill") == (
        "rgb(14, 20, 27)"
    )


@needs_browser
def test_without_scripts_it_is_a_picture_that_scrolls(browser: Browser) -> None:
    bare = re.sub(r"<script>.*</script>", "", page(), flags=re.DOTALL)
    browser.open(bare, 600, 400)
    assert browser.ask("document.querySelector('[role=toolbar]').offsetParent") is None
    assert browser.ask("stage.scrollWidth > stage.clientWidth && stage.clientHeight == 400")
    assert browser.ask("stage.querySelector('svg').getBoundingClientRect().left") == 0


@needs_browser
def test_it_prints_on_one_light_page(opened: Browser) -> None:
    opened.prefer("dark")
    opened.press("+")
    data = opened.paper()
    assert len(re.findall(rb"/Type\s*/Page\b", data)) == 1
