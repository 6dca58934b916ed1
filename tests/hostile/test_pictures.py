"""Text that means harm stays text: in the picture, strictly read and in a real browser."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import vsmdsl
from tests.browser import Browser, needs_browser
from tests.hostile.strings import everywhere, strings
from vsmdsl.drawing.characters import visible
from vsmdsl.drawing.placement import find_engine
from vsmdsl.pipeline import Compiled

ALL = list(strings())
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    "svg",
    "g",
    "rect",
    "circle",
    "ellipse",
    "path",
    "text",
    "tspan",
    "title",
    "desc",
    "style",
    "a",
}
LINKS = ("http://", "https://", "mailto:", "#")


@cache
def compiled(text: str) -> Compiled:
    return vsmdsl.compile(everywhere(text))


def readable() -> Iterator[str]:
    """Those that the language takes; the others are refused with a message."""
    return (text for text in ALL if compiled(text).ok)


def test_there_are_several_hundred_and_the_language_takes_most() -> None:
    taken = set(readable())
    assert len(ALL) > 300
    for text in ALL:
        codes = {one.code.code for one in compiled(text).mistakes if one.is_error}
        assert text in taken or codes == {"E109"}, text
    assert all(
        any(ord(sign) < 32 or sign in "\u202e" for sign in text) for text in set(ALL) - taken
    )


def plain(text: str) -> str:
    return " ".join(visible(text).split())


def test_the_picture_is_markup_of_ours_alone() -> None:
    for text in readable():
        picture = str(vsmdsl.render(compiled(text), "svg"))
        root = ElementTree.fromstring(picture)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ELEMENTS
        for one in root.iter():
            for name, value in one.attrib.items():
                assert not name.lower().startswith("on"), text
                if name.endswith("href"):
                    assert value.lower().startswith(LINKS), text
                assert "url(" not in value.lower() or name == "aria-labelledby", text
            if one.tag == f"{SVG}style":
                assert not re.search(r"url\(|@import|expression", one.text or ""), text
        said = plain(" ".join(root.itertext()))
        assert plain(text) in said, text


@needs_browser
def test_nothing_runs_in_a_page_of_pictures(browser: Browser, tmp_path: Path) -> None:
    pictures = [str(vsmdsl.render(compiled(text), "svg")) for text in readable()]
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><meta charset=utf-8>" + "".join(pictures), encoding="utf-8")
    browser.open(page)
    assert browser.ask("typeof pwned") == "undefined"
    assert browser.ask("document.querySelectorAll('svg').length") == len(pictures)
    assert browser.ask("document.querySelectorAll('script,img,iframe,link,base').length") == 0
    asked = [
        one["params"]["request"]["url"] for one in browser.events if "request" in one["params"]
    ]
    assert set(asked) <= {page.as_uri()}


def test_graphviz_reads_the_dot_file_and_runs_no_text() -> None:
    program = find_engine()
    for text in list(readable())[::5]:
        written = str(vsmdsl.render(compiled(text), "dot"))
        done = subprocess.run((program, "-Tplain"), input=written.encode(), capture_output=True)
        assert done.returncode == 0, text


def test_the_data_keep_the_text() -> None:
    for text in readable():
        data = json.loads(str(vsmdsl.render(compiled(text), "json")))
        assert isinstance(data, dict)
        told = vsmdsl.stats(compiled(text))["maps"][0]
        assert told["steps"][0]["label"].split() == (text.split() or ["a"])  # a blank is no label


def test_a_page_of_the_map_is_markup_of_ours_alone() -> None:
    usual = _tags(str(vsmdsl.render(compiled("Dev"), "html")))
    for text in list(readable())[::7]:
        page = str(vsmdsl.render(compiled(text), "html"))
        assert _tags(page) <= usual, text
        assert plain(text) in plain(html.unescape(page)), text


def _tags(page: str) -> set[str]:
    return set(re.findall(r"<(/?[a-zA-Z!][^\s>]*)", page))
