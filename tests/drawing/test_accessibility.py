"""Who cannot see a map is told it; who uses the keyboard walks along the stream."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

import vsmdsl
from tests.browser import Browser, needs_browser
from tests.drawing.look import SAMPLES

SVG = "{http://www.w3.org/2000/svg}"
EACH = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


def drawn(sample: Path) -> str:
    return str(vsmdsl.render(vsmdsl.compile_file(sample)))


def ids(root: ElementTree.Element) -> list[str]:
    return [name for one in root.iter() if (name := one.get("id"))]


@EACH
def test_it_is_an_image_with_a_name_and_a_description(sample: Path) -> None:
    root = ElementTree.fromstring(drawn(sample))
    assert root.get("role") == "img"
    title, description = (root.get("aria-labelledby") or "").split()
    named = {one.get("id"): one for one in root.iter() if one.get("id")}
    assert named[title].tag == f"{SVG}title"
    assert named[description].tag == f"{SVG}desc"
    assert named[title].text


@EACH
def test_the_description_tells_the_map(sample: Path) -> None:
    compiled = vsmdsl.compile_file(sample)
    told = ElementTree.fromstring(drawn(sample)).findtext(f"{SVG}desc") or ""
    steps = list(compiled.stream.steps())
    assert f"with {len(steps)} step" in told
    for step in steps:
        assert (step.label or step.key) in told
    figures = ("lead_time", "process_time", "flow_efficiency")
    for name in figures:
        if compiled.analysis.metrics[name] is not None:
            assert str(compiled.metric(name)) in told, name
    if any(wait.time.value for wait in compiled.analysis.waits):
        assert "Biggest wait: " in told


@EACH
def test_an_id_is_there_once(sample: Path) -> None:
    assert [name for name, count in Counter(ids_of(sample)).items() if count > 1] == []


def ids_of(sample: Path) -> list[str]:
    return ids(ElementTree.fromstring(drawn(sample)))


def test_two_maps_share_no_id() -> None:
    """Nor do two states of one map, nor two files without a title."""
    maps = [vsmdsl.compile_file(sample) for sample in SAMPLES]
    titled = {one.stream.settings.title: one for one in maps}
    bare = [vsmdsl.compile("step dev 3d", name=name) for name in ("one.vsm", "two.vsm")]
    pictures = [
        vsmdsl.render(one, future=state.key)
        for one in (*titled.values(), *bare)
        for state in (one.current, *one.futures)
    ]
    found = Counter(name for one in pictures for name in set(ids(ElementTree.fromstring(str(one)))))
    assert len(pictures) > len(titled) + len(bare)
    assert [name for name, count in found.items() if count > 1] == []


def test_ids_stay_when_figures_change() -> None:
    one, other = (
        set(ids(ElementTree.fromstring(str(vsmdsl.render(vsmdsl.compile(text))))))
        for text in ('map "M"\nstep dev 3d\n', 'map "M"\nstep dev 4d\nstep test 1h\n')
    )
    assert one < other


@EACH
def test_every_part_has_a_tooltip(sample: Path) -> None:
    for group in ElementTree.fromstring(drawn(sample)).iter(f"{SVG}g"):
        kinds = set((group.get("class") or "").split())
        if kinds & {"vsm-step", "vsm-queue", "vsm-handoff", "vsm-rework", "vsm-wait", "vsm-work"}:
            assert group.findtext(f"{SVG}title"), kinds


LINKED = """map "Linked" { calendar = 8h/day }
supplier s "Supplier" url="https://example.org/supplier"
customer c "Customer" url="https://example.org/customer"
step a "One" pt=1h url="https://example.org/1"
queue q "Two" wait=1d url="https://example.org/2"
step b "Three" pt=1h url="https://example.org/3"
parallel p {
  branch up {
    step d "Four" pt=1d url="https://example.org/4"
  }
  branch down {
    step e "Five" pt=1h url="https://example.org/5"
  }
}
step f "Six" pt=1h url="https://example.org/6"
"""


@pytest.mark.parametrize("width", [None, 480])
def test_links_come_along_the_stream(width: float | None) -> None:
    root = ElementTree.fromstring(str(vsmdsl.render(vsmdsl.compile(LINKED), width=width)))
    found = [(one.get("href") or "").removeprefix("https://example.org/") for one in links(root)]
    assert found[:2] == ["supplier", "customer"]
    assert found[2:5] == ["1", "2", "3"]
    assert set(found[5:7]) == {"4", "5"}
    assert found[7:] == ["6"]


def links(root: ElementTree.Element) -> list[ElementTree.Element]:
    return list(root.iter(f"{SVG}a"))


@needs_browser
def test_the_tab_key_walks_along_the_stream(browser: Browser) -> None:
    browser.open(str(vsmdsl.render(vsmdsl.compile(LINKED))))
    seen = []
    for _ in range(8):
        browser.press("Tab")
        seen.append(browser.ask("document.activeElement.getAttribute('href')"))
    assert [str(one)[-1] for one in seen[2:5]] == ["1", "2", "3"]
    assert str(seen[7])[-1] == "6"


@needs_browser
def test_a_page_can_link_to_a_step(browser: Browser, tmp_path: Path) -> None:
    svg = str(vsmdsl.render(vsmdsl.compile(LINKED)))
    step = next(name for name in ids(ElementTree.fromstring(svg)) if name.endswith("-step-f"))
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><a href='#{step}'>six</a>{svg}", encoding="utf-8")
    browser.open(page, 300, 300)
    browser.ask("document.querySelector('a').click()")
    assert browser.ask("document.querySelector(':target').id") == step
    assert browser.ask("scrollX + scrollY") > 0
