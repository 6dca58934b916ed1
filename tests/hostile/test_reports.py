"""Text that means harm stays text in reports, workbooks, and pages that compare."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

import vsmdsl
from tests.browser import Browser, needs_browser
from tests.hostile.crowd import crowd, crowds, plain, plan, readable
from tests.hostile.strings import everywhere
from vsmdsl.cli import cells, main
from vsmdsl.cli.subjects import subject
from vsmdsl.report import press
from vsmdsl.report.house import House
from vsmdsl.report.html import render_html
from vsmdsl.report.pdf import render_pdf
from vsmdsl.report.spreadsheet import render_xlsx
from vsmdsl.report.subject import Subject

NOTES = ("em", "strong", "code", "blockquote", "h4", "ul", "li", "hr")  # what a note may be made of
LINKS = ("http://", "https://", "mailto:", "#")
LOADING = re.compile(r"url\((?!data:font|#)|@import|expression\(", re.IGNORECASE)
needs_press = pytest.mark.skipif(bool(press.problem()), reason=press.problem())


@cache
def about(text: str, page: str | None = None) -> Subject:
    map_ = vsmdsl.compile(text, name="crowd.vsm")
    assert map_.ok
    return subject(map_, map_.current, page=page)


def squeezed(text: str) -> str:
    return "".join(plain(text).split())


@cache
def pages() -> tuple[str, ...]:
    """The report of each crowd, one that compares them, and those that say one text everywhere."""
    single = (about(crowd(texts)) for texts in crowds())
    everyone = (about(everywhere(text)) for text in readable()[::29])
    alone = tuple(render_html(one, house=_house(at)) for at, one in enumerate((*single, *everyone)))
    together = [about(everywhere(text)) for text in readable()[::13]]
    return (*alone, render_html(*together))


def _house(at: int) -> House:
    text = readable()[at * 17 % len(readable())]
    return House(title=text, author=text, confidential=text)


@cache
def usual() -> tuple[set[str], str]:
    """The tags and the scripts of reports that nobody means harm with."""
    calm = about(everywhere("Word"))
    made = (render_html(calm), render_html(calm, calm), render_html(about(crowd(("Word",) * 3))))
    notes = {f"{end}{name}" for name in NOTES for end in ("", "/")}
    (script,) = set(_scripts("".join(made)))
    return notes.union(*map(_tags, made)), script


def _tags(page: str) -> set[str]:
    return set(re.findall(r"<(/?[a-zA-Z!][^\s>]*)", re.sub(r"(?s)<script>.*?</script>", "", page)))


def _scripts(page: str) -> list[str]:
    return re.findall(r"(?s)<script[^>]*>.*?</script>", page)


def test_a_report_is_markup_of_ours_alone() -> None:
    tags, script = usual()
    for page in pages():
        assert _tags(page) <= tags
        assert set(_scripts(page)) == {script}
        for style in re.findall(r"(?s)<style>(.*?)</style>", page):
            assert not LOADING.search(style)
        for name, value in re.findall(r"\s(on\w+|href|src|style)=[\"']([^\"']*)", _bare(page)):
            assert not name.startswith("on")
            if name == "href":
                assert html.unescape(value).lower().startswith(LINKS), value


def _bare(page: str) -> str:
    """The tags without what stands between them."""
    return "".join(re.findall(r"<[a-zA-Z][^>]*>", re.sub(r"(?s)<script>.*?</script>", "", page)))


def test_a_report_says_every_text() -> None:
    said = squeezed("".join(html.unescape(re.sub(r"<[^>]*>", "", page)) for page in pages()))
    assert not [text for text in readable() if squeezed(text)[:40] not in said]


@needs_browser
def test_nothing_runs_in_a_report(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    for made in pages():
        page.write_text(made, encoding="utf-8")
        browser.open(page)
        assert browser.ask("typeof pwned") == "undefined"
        bad = "iframe,object,embed,link,base,form,audio,video,[onload],[onclick],[onerror]"
        assert browser.ask(f"document.querySelectorAll('{bad}').length") == 0
        asked = [
            one["params"]["request"]["url"] for one in browser.events if "request" in one["params"]
        ]
        assert {url for url in asked if not url.startswith("data:")} <= {page.as_uri()}


@needs_browser
def test_nothing_runs_in_a_page_of_changes(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = ""
    for at, texts in enumerate(crowds()):
        (tmp_path / "old.vsm").write_text(crowd(texts), encoding="utf-8")
        (tmp_path / "new.vsm").write_text(crowd(texts[::-1], "5h"), encoding="utf-8")
        assert main(["diff", "old.vsm", "new.vsm", "-o", f"{at}.html"]) == 0
        browser.open(tmp_path / f"{at}.html")
        assert browser.ask("typeof pwned") == "undefined"
        said += browser.ask("document.documentElement.textContent")
    said = squeezed(said)
    assert not [text for text in readable() if squeezed(text)[:20].replace("`", "'") not in said
                and squeezed(text)[:20] not in said]  # fmt: skip


# --- workbooks


def test_a_workbook_computes_nothing() -> None:
    said: set[str] = set()
    for at, texts in enumerate(crowds()):
        data = render_xlsx(about(crowd(texts)), house=_house(at))
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            for name in parts.namelist():
                root = ElementTree.fromstring(parts.read(name))
                assert not [one for one in root.iter() if one.tag.rpartition("}")[2] == "f"]
            assert not [name for name in parts.namelist() if re.search("vba|macro|external", name)]
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type in ("s", "n", "b", "d")
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    said.add(squeezed(cell.value))
                    assert cell.quotePrefix or not cell.value.startswith(cells.RISKY[:4])
    # A separator of lines is a blank to some, and a sign to others.
    assert not [text for text in readable() if "\u2028" not in text and squeezed(text) not in said]


# --- paper


def _all(one: Any, seen: set[int]) -> Iterator[DictionaryObject]:
    """Every dictionary that a PDF holds."""
    if isinstance(one, IndirectObject):
        if one.idnum in seen:
            return
        seen.add(one.idnum)
        one = one.get_object()
    if isinstance(one, DictionaryObject):
        yield one
        for value in one.values():
            yield from _all(value, seen)
    elif isinstance(one, ArrayObject):
        for value in one:
            yield from _all(value, seen)


@needs_press
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no Poppler: apt install poppler-utils")
@pytest.mark.xdist_group("pdf")
def test_a_pdf_runs_nothing_and_leads_nowhere_else() -> None:
    said = ""
    texts = readable()
    for at in range(2):
        one = about(plan(texts[at::2]), "a4")
        data = render_pdf(one, page="a4", house=_house(at))
        reader = PdfReader(io.BytesIO(data), strict=True)
        for found in _all(reader.trailer["/Root"], set()):
            assert not {"/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFiles"} & set(found)
            assert found.get("/S") not in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
            if found.get("/S") == "/URI":
                assert str(found["/URI"]).lower().startswith(LINKS[:3])
        said += squeezed(_read(data))
    # Shaping and the order of other scripts are for the eye.
    lost = [text for text in texts if text.isascii() and squeezed(text)[:12] not in said]
    assert not lost


def _read(data: bytes) -> str:
    done = subprocess.run(("pdftotext", "-", "-"), input=data, capture_output=True, check=True)
    return done.stdout.decode()
