"""The HTML report in a real browser: for everybody, on every screen, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from tests.browser import Browser, needs_browser
from vsmdsl.report.html import render_html
from vsmdsl.report.subject import Subject

pytestmark = [needs_browser, pytest.mark.xdist_group("browser")]

About = Callable[..., Subject]
LEVEL = "document.querySelector('[data-do=level]').textContent"
STAGE = "document.querySelector('.stage')"
LINKED = """map "Linked" { calendar = 8h/day }
team a "Team A" { people = 3 }
step one "First step" team=a pt=2h wait=3d ca=80% url="https://example.org/one"
queue box "In the box" wait=5d
step two "Second step" team=a pt=1h ca=90%
kaizen "Sooner" on box { owner = "Mei"; effort = 2d; set box wait=1d }
"""
AXE = """(async () => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}});
  return found.violations.map(one => one.id + ": " + one.nodes.map(
    node => node.target.join(" ") + " " + node.failureSummary).join(" | "));
})()"""


@pytest.fixture
def report(tmp_path: Path, about: About) -> Callable[..., Path]:
    """A file with the report on some texts."""

    def make(*texts: str) -> Path:
        file = tmp_path / "report.html"
        told = [about(text) for text in texts or ("",)]
        file.write_text(render_html(*told), encoding="utf-8")
        return file

    return make


@pytest.fixture
def opened(browser: Browser, report: Callable[..., Path]) -> Iterator[Browser]:
    """The sample's report on a desk."""
    browser.open(report(), 1280, 900)
    yield browser
    browser.ask("scrollTo(0, 0)")


def axe() -> str:
    return (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "texts", [("",), (LINKED,), ("", LINKED)], ids=["one", "linked", "several"]
)
def test_nobody_is_left_out(
    browser: Browser, report: Callable[..., Path], scheme: str, width: int, texts: tuple[str, ...]
) -> None:
    browser.prefer(scheme)
    browser.open(report(*texts), width, 844)
    browser.ask("document.querySelectorAll('details').forEach(one => { one.open = true })")
    browser.call("Runtime.evaluate", expression=axe())
    assert browser.ask(AXE) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_never_wider_than_its_screen(
    browser: Browser, report: Callable[..., Path], width: int
) -> None:
    browser.open(report(), width, 844)
    assert browser.ask("document.documentElement.scrollWidth") == width


def test_nothing_is_loaded_and_nothing_is_refused(
    browser: Browser, report: Callable[..., Path]
) -> None:
    file = report("", LINKED)
    browser.open(file, 1280, 900)
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event["method"] == "Network.requestWillBeSent"
    ]
    assert asked == [file.as_uri()]
    said = [event for event in browser.events if event["method"] == "Log.entryAdded"]
    assert said == []
    assert not [event for event in browser.events if "exception" in event["method"]]


def test_without_scripts_everything_is_there(browser: Browser, report: Callable[..., Path]) -> None:
    file = report()
    browser.open(file, 1280, 900)
    words = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
    with_scripts, zoom = browser.ask(words), browser.ask(LEVEL).split()[0]
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(file, 1280, 900)
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.ask("document.querySelector('.bar').offsetParent") is None
    assert browser.ask("document.querySelector('#theme').offsetParent") is None
    without = browser.ask(words)
    assert "12 d" in without
    # The buttons of the map are all that a page without scripts has less.
    assert set(with_scripts.split()) - set(without.split()) <= {"−", "+", zoom}
    assert len(without) > 0.99 * len(with_scripts)
    assert browser.ask(f"{STAGE}.querySelector('svg').getBoundingClientRect().width") > 900


def test_it_can_be_turned_dark(opened: Browser) -> None:
    opened.ask("document.getElementById('theme').click()")
    assert opened.ask("getComputedStyle(document.body).backgroundColor") == "rgb(14, 20, 27)"
    paper = "getComputedStyle(document.querySelector('.stage .vf-ink')).fill"
    assert opened.ask(paper) == "rgb(237, 242, 247)"


def test_the_map_zooms_by_buttons_and_keys(opened: Browser) -> None:
    before = int(opened.ask(LEVEL).split()[0])
    opened.ask("document.querySelector('[data-do=more]').click()")
    assert int(opened.ask(LEVEL).split()[0]) > before
    opened.ask(f"{STAGE}.focus()")
    for _ in range(3):
        opened.press("-")
    assert int(opened.ask(LEVEL).split()[0]) < before
    opened.press("0")
    assert opened.ask(f"{STAGE}.scrollWidth <= {STAGE}.clientWidth")


def test_a_wheel_alone_scrolls_the_page(opened: Browser) -> None:
    before = opened.ask(LEVEL)
    opened.ask(f"{STAGE}.scrollIntoView()")
    opened.mouse("mouseWheel", 600, 300, deltaX=0, deltaY=40)
    assert opened.ask(LEVEL) == before
    opened.mouse("mouseWheel", 600, 300, deltaX=0, deltaY=-50, modifiers=2)
    assert opened.ask(LEVEL) != before


def test_keys_on_the_page_do_not_move_the_map(opened: Browser) -> None:
    opened.ask("document.activeElement.blur()")
    before = opened.ask(LEVEL)
    opened.press("+")
    assert opened.ask(LEVEL) == before


def test_two_fingers_pinch(opened: Browser) -> None:
    opened.ask(f"{STAGE}.scrollIntoView({{block: 'start'}})")
    before = int(opened.ask(LEVEL).split()[0])
    for kind, apart in (("touchStart", 50), ("touchMove", 75), ("touchMove", 100)):
        points = [{"x": 600 - apart, "y": 300}, {"x": 600 + apart, "y": 300}]
        opened.call("Input.dispatchTouchEvent", type=kind, touchPoints=points)
    opened.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    assert int(opened.ask(LEVEL).split()[0]) > 1.5 * before


def test_a_row_shows_its_element_and_the_other_way_round(opened: Browser) -> None:
    row = "document.querySelector('#stuck tr[data-on=backlog]')"
    group = "document.querySelector('.stage g[id$=-gap-backlog]')"
    assert not opened.ask(f"{group}.classList.contains('lit')")
    opened.ask(f"{row}.querySelector('a').focus()")
    assert opened.ask(f"{group}.classList.contains('lit')")
    opened.ask("document.activeElement.blur()")
    assert not opened.ask(f"{group}.classList.contains('lit')")
    opened.ask(f"{group}.dispatchEvent(new PointerEvent('pointerenter'))")
    assert opened.ask(f"{row}.classList.contains('lit')")
    opened.ask(f"{group}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")
    assert opened.ask("document.activeElement.closest('tr')?.dataset.on") == "backlog"


def test_a_click_on_a_row_goes_to_the_map(opened: Browser) -> None:
    opened.ask("document.querySelector('#data tr[data-on=release] a').click()")
    box = opened.ask(
        "(() => { const b = document.querySelector('.stage g[id$=-step-release]')"
        ".getBoundingClientRect(); return [b.top, b.bottom, innerHeight]; })()"
    )
    assert 0 <= box[0] < box[1] <= box[2]


def test_a_table_can_be_sorted(opened: Browser) -> None:
    order = (
        "[...document.querySelectorAll('#data table')[0].tBodies[0].rows]"
        ".map(row => row.cells[0].firstChild.textContent)"
    )
    before = opened.ask(order)
    heads = "[...document.querySelectorAll('#data table')[0].tHead.rows[0].cells]"
    opened.ask(f"{heads}[1].querySelector('button').click()")
    assert opened.ask(f"{heads}[1].getAttribute('aria-sort')") == "descending"
    assert opened.ask(order)[:2] == ["Develop", "Integration test"]  # 24 h, 4 h
    opened.ask(f"{heads}[0].querySelector('button').click()")
    assert opened.ask(order) == sorted(before)
    assert opened.ask(f"{heads}[1].hasAttribute('aria-sort')") is False


def test_the_map_stands_there_as_a_table(opened: Browser) -> None:
    rows = opened.ask(
        "[...document.querySelectorAll('.twin tbody tr')].map(row => row.cells[0].textContent)"
    )
    assert rows.index("Refine story") < rows.index("Develop") < rows.index("Release")
    for name in ("Idea backlog", "Change request", "Online shoppers", "Customer request"):
        assert name in " ".join(rows)


def test_it_prints_light_with_all_of_the_map(opened: Browser) -> None:
    opened.prefer("dark")
    opened.ask("document.querySelector('[data-do=more]').click()")
    opened.call("Emulation.setEmulatedMedia", media="print")
    try:
        wide = opened.ask(f"{STAGE}.querySelector('svg').getBoundingClientRect().width")
        assert wide <= opened.ask(f"{STAGE}.getBoundingClientRect().width")
        assert opened.ask("document.querySelector('.bar').offsetParent") is None
        assert opened.ask("getComputedStyle(document.body).color") == "rgb(21, 32, 43)"
    finally:
        opened.call("Emulation.setEmulatedMedia", media="")
