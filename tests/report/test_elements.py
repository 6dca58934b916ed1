"""Pages of ours, read by the parser of XML: the same tree as HTML's own parser makes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from vsmdsl import pipeline
from vsmdsl.report import pdf
from vsmdsl.report.elements import reader
from vsmdsl.report.house import House
from vsmdsl.report.ink import taken_out
from vsmdsl.report.map_pdf import page_of
from vsmdsl.report.paging import sheets
from vsmdsl.report.plate import Plate
from vsmdsl.report.press import Attached, Pressed
from vsmdsl.report.subject import Subject

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.vsm"))
HEAD = '<!doctype html>\n<html lang="en"><head><style>p > b { margin: 0 }</style></head>\n'
# Pages that are no XML, or mean something else in HTML.
OTHERS = (
    HEAD + "<body><p>One<p>Two</body></html>",
    HEAD + "<body>&nbsp;</body></html>",
    HEAD + "<body><p>\x0b\x1b[1m</p></body></html>",
    HEAD + "<body><!-- a --><p>b</p></body></html>",
    HEAD + "<body><p>a<?b c?></p></body></html>",
    HEAD + "<body><pre>\na</pre></body></html>",
    HEAD + "<body><textarea>\na</textarea></body></html>",
    HEAD + '<body><svg><path d="M0 0"/></svg></body></html>',
    HEAD + '<body><p title="a\nb\tc">d</p></body></html>',
    HEAD + "<body><script>a</script></body></html>",
    HEAD + "<body><input disabled></body></html>",
    HEAD + "<p>no body</p></html>",
    HEAD.replace("margin", "m&amp;n") + "<body></body></html>",
    HEAD.replace("<style>", "<style media=all>") + "<body></body></html>",
    HEAD.replace("<style>", '<style class="x">&amp;') + "<body></body></html>",
    "<html><body>" + HEAD + "</body></html>",
    '<!doctype html [<!ENTITY a "b">]><html><head></head><body>&a;</body></html>',
    "<p>",
    "",
)
OURS = (
    HEAD + "<body></body></html>",
    HEAD + "<body>\n</body>\n</html>\n",
    HEAD + "<body>a &lt;b&gt; &amp;amp; &#34;c&#34; &#13; \u202eé\u2028日</body></html>\n\n",
    HEAD + '<body><br><hr class="x"><img src="y" alt="a/"><br/>\r\nd</body>\n\n</html>',
    "\n" + HEAD + "<body><p>a</p></body></html>",
)


def told(tree: Element) -> list[Any]:
    """All that a tree says."""
    inner = [told(one) for one in tree]
    return [tree.tag, list(tree.attrib.items()), tree.text or "", inner, tree.tail or ""]


def read(page: str) -> tuple[list[Any], bool]:
    """What is read, and whether it was by the parser of XML."""
    asked: list[str] = []

    def usual(file: Any, **more: Any) -> Any:
        asked.append("usual")
        return tinyhtml5.parse(file, **more)

    return told(reader(usual)(io.StringIO(page), namespace_html_elements=False)), not asked


def as_usual(page: str) -> list[Any]:
    return told(tinyhtml5.parse(io.StringIO(page), namespace_html_elements=False))


@pytest.mark.parametrize("page", OTHERS)
def test_what_html_alone_understands_is_read_as_html(page: str) -> None:
    assert read(page) == (as_usual(page), False)


@pytest.mark.parametrize("page", OURS)
def test_what_is_both_is_read_alike(page: str) -> None:
    assert read(page) == (as_usual(page), True)


def test_half_a_sign_is_read_as_usual() -> None:
    assert read(HEAD + "<body>\ud800</body></html>")[1] is False


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_pages_of_samples_are_read_alike(path: Path, about: Callable[..., Subject]) -> None:
    for page in pages(path.read_text(encoding="utf-8"), about):
        plain = taken_out(page)[0]
        assert read(plain) == (as_usual(plain), True)


def pages(text: str, about: Callable[..., Subject]) -> Iterator[str]:
    """Reports on a map and its futures, alone and together, and the map alone."""
    map_ = pipeline.compile(text)
    if not map_.ok:  # a part of others
        return
    subjects = [about(text, key, "a4") for key in ("", *(one.key for one in map_.futures))]
    for chosen in (subjects[:1], subjects):
        made: list[str] = []
        pdf.pressed(
            *chosen, attached=[Attached("a.vsm", b"")], house=House(confidential="a & b"),
            printer=lambda page, made=made, **_: made.append(page) or Pressed(b""),
        )  # fmt: skip
        yield made[0]
    today = map_.state("")
    assert today is not None
    scene = pipeline.scene(today)
    yield page_of(Plate(scene=scene), sheets(scene, "a4"))
