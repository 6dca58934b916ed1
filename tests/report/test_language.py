"""The report in German: for everybody, on every screen, on paper, and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.browser import Browser, needs_browser
from tests.drawing.look import by_poppler, needs_poppler
from tests.golden import check
from tests.report.story import told
from tests.report.test_page import AXE, axe
from vsmdsl import pipeline
from vsmdsl.cli.subjects import subject
from vsmdsl.record import replace
from vsmdsl.report import pdf, press
from vsmdsl.report.house import House
from vsmdsl.report.html import render_html
from vsmdsl.report.spreadsheet import render_xlsx
from vsmdsl.report.subject import Subject
from vsmdsl.wording import Wording, wording

SAMPLES = Path(__file__).parents[2] / "samples"
CASE = Path(__file__).parents[1] / "cases" / "report" / "german.vsm"
needs_pango = pytest.mark.skipif(bool(press.problem()), reason=press.problem())
NARROW = """[...document.querySelectorAll(
    '.tile, .facts > div, .findings li, .promises li, .waste-list li, nav li')]
  .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
DUE = """(() => {
  const table = [...document.querySelectorAll('#kaizens table')].at(-1);
  const heads = [...table.tHead.rows[0].cells];
  const at = heads.findIndex(one => one.textContent === 'Termin');
  heads[at].querySelector('button').click();
  return [...table.tBodies[0].rows].map(row => row.cells[at].firstChild.textContent);
})()"""
DATED = """map "Termine" { calendar = 8h/day }
queue Eingang 12d
step Tun 1h
kaizen a "Erst" on Eingang { due = 2027-02-01; effort = 1d; set Eingang wait=1d }
kaizen b "Dann" on Tun { due = 2026-12-15; effort = 1d; set Tun pt=50min }
kaizen c "Zuletzt" on Tun { due = 2027-03-10; effort = 1d; set Tun pt=40min }
"""
About = Callable[..., Subject]


def german(text: str, page: str | None = None) -> Subject:
    map_ = pipeline.compile(text, name="karte.vsm")
    assert map_.ok, map_.mistakes
    words = wording("de")
    return subject(map_, map_.current, words=words, today=date(2027, 1, 1), page=page)


def sample(name: str, page: str | None = None) -> Subject:
    return german((SAMPLES / f"{name}.vsm").read_text(encoding="utf-8"), page)


def test_the_story_of_a_german_map() -> None:
    map_ = pipeline.compile_file(CASE)
    one = subject(map_, map_.current, today=date(2027, 1, 1))  # the map says its language
    check(CASE.with_suffix(".txt"), told(render_html(replace(one, version=""))))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("names", [("checkout",), ("loan",), ("checkout", "loan")])
@needs_browser
@pytest.mark.xdist_group("browser")
def test_nobody_is_left_out(
    browser: Browser, tmp_path: Path, names: tuple[str, ...], width: int
) -> None:
    file = tmp_path / "bericht.html"
    file.write_text(render_html(*map(sample, names)), encoding="utf-8")
    browser.open(file, width, 844)
    assert browser.ask("document.documentElement.lang") == "de"
    assert browser.ask("document.documentElement.scrollWidth") == width
    assert browser.ask(NARROW) == []
    browser.ask("document.querySelectorAll('details').forEach(one => { one.open = true })")
    browser.call("Runtime.evaluate", expression=axe())
    assert browser.ask(AXE) == []


@needs_browser
@pytest.mark.xdist_group("browser")
def test_dates_are_sorted_by_their_days(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "bericht.html"
    file.write_text(render_html(german(DATED)), encoding="utf-8")
    browser.open(file, 1280, 844)
    assert browser.ask(DUE) == ["15.12.2026", "01.02.2027", "10.03.2027"]


@needs_pango
@pytest.mark.xdist_group("pdf")
def test_paper_says_its_language_and_has_german_bookmarks() -> None:
    data = pdf.render_pdf(sample("checkout", "a4"), house=House(author="Leitstelle"))
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.root_object
    assert root["/Lang"] == "de"
    (chapters,) = (part for part in reader.outline if isinstance(part, list))
    marks = [item.title for item in chapters if not isinstance(item, list)]
    assert marks[:3] == ["Die Karte", "Wo der Wert stecken bleibt", "Gefundene Verschwendung"]
    cover = " ".join(reader.pages[0].extract_text().split())
    assert "Leitstelle" in cover
    assert "12. November 2026" in cover
    assert "30,6 Tage" in cover


@needs_pango
@needs_poppler
@pytest.mark.xdist_group("pdf")
@pytest.mark.parametrize("name", ["checkout", "loan"])
def test_no_word_reaches_into_the_margin(name: str) -> None:
    data = pdf.render_pdf(sample(name, "a4"))
    upright = 0
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, start=1):
        if (
            page.mediabox.height > page.mediabox.width
            and "Ist gegen Soll" not in page.extract_text()
        ):
            picture = by_poppler(data, dpi=50, page=number).convert("L")
            margin = picture.crop((picture.width - round(18 / 25.4 * 50), 0, *picture.size))
            assert min(margin.tobytes()) > 250, f"page {number}"
            upright += 1
    assert upright > 5


def test_a_german_workbook() -> None:
    book = load_workbook(io.BytesIO(render_xlsx(sample("checkout"))))
    assert book.sheetnames == ["Kennzahlen", "Schritte", "Wartezeiten", "Verbesserungen", "Befunde"]
    assert [cell.value for cell in book["Kennzahlen"][2]][:4] == [
        "Durchlaufzeit", 30.625, "Tage", "30,6\u00a0Tage",
    ]  # fmt: skip
    due = book["Verbesserungen"][2][4]
    assert due.value == datetime(2026, 12, 15)
    assert due.number_format == "mm-dd-yy"  # the name of Excel's 14, dates of the reader's place


def test_a_catalogue_cannot_break_a_workbook(about: About) -> None:
    names = {
        "Figures": "a/b",
        "Steps": "x" * 32,
        "Waits": "gleich",
        "Kaizens": "Gleich",
        "Findings": "",
    }
    words = Wording("de", {("", key): text for key, text in names.items()}, ",")
    book = load_workbook(io.BytesIO(render_xlsx(replace(about(), wording=words))))
    assert book.sheetnames == ["Figures", "Steps", "Waits", "Kaizens", "Findings"]
