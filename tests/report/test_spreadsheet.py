"""The workbook, read back with another program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from vsmdsl.report.house import House
from vsmdsl.report.spreadsheet import render_xlsx
from vsmdsl.report.subject import Subject

About = Callable[..., Subject]


def read(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def column(book: Workbook, sheet: str, name: str) -> list[object]:
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [row[head.index(name)] for row in rows]


def test_figures_are_numbers(about: About) -> None:
    book = read(render_xlsx(about()))
    assert book.sheetnames == ["Figures", "Steps", "Waits", "Kaizens", "Findings"]
    figures = dict(
        zip(column(book, "Figures", "Figure"), column(book, "Figures", "Value"), strict=True)
    )
    assert figures["Lead time"] == 30.625
    assert figures["Process time"] == 32
    assert figures["Rolled %C&A"] == pytest.approx(0.3935925)
    assert column(book, "Waits", "Time (d)")[:2] == [12, 6]
    assert column(book, "Steps", "Process time (h)")[1] == 24


def test_dates_are_dates(about: About) -> None:
    due = column(read(render_xlsx(about())), "Kaizens", "Due")
    assert datetime(2026, 12, 15) in due


def test_a_reader_finds_his_way(about: About) -> None:
    for sheet in read(render_xlsx(about())):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert sheet.column_dimensions["A"].width > 6


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+1", "-1+2", "=cmd|' /C calc'!A0", "{=1}", "http://example.org", "%x"],
)
def test_no_text_computes(about: About, text: str) -> None:
    source = (
        "map { calendar = 8h/day }\n"
        f'team t "{text}"\nqueue b "{text}" wait=2d\nstep a "{text}" team=t pt=1h\n'
        f'kaizen k "{text}" on b {{ owner = "{text}"; set b wait=1d }}\n'
    )
    data = render_xlsx(about(source), house=House(title=text, author=text, confidential=text))
    book = read(data)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    same = [cell for cell in cells if cell.value == text]
    assert len(same) >= 4
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    if text[0] in "=+-@":
        assert all(cell.quotePrefix for cell in same)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_what_is_not_known_is_empty(about: About) -> None:
    book = read(render_xlsx(about("map { calendar = 8h/day }\nqueue A wait=?\nstep B pt=?\n")))
    assert column(book, "Waits", "Time (d)") == [None]
    assert column(book, "Waits", "Measured") == [False]


def test_the_same_bytes_for_the_same_moment(about: About) -> None:
    when = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
    assert render_xlsx(about(), when=when) == render_xlsx(about(), when=when)
    assert read(render_xlsx(about(), when=when)).properties.created == when.replace(tzinfo=None)


def test_several_maps_have_a_sheet_that_compares(about: About) -> None:
    other = about('map "Other" { calendar = 24h/day }\nstep A pt=2h wait=1d\n')
    book = read(render_xlsx(about(), other))
    assert book.sheetnames[0] == "Portfolio"
    assert column(book, "Portfolio", "One day is (h)") == [8, 24]
    assert column(book, "Portfolio", "Lead time (own d)")[0] == 30.625
    assert set(column(book, "Steps", "Map")) == {"checkout.vsm"}
