"""The figures as a workbook: numbers as numbers, dates as dates, and no text that computes.

Every text is written as a text. One that begins like a formula is marked as text as well, so that
it stays one when somebody edits its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any, TypeAlias

from vsmdsl.record import record
from vsmdsl.report.house import PLAIN, House
from vsmdsl.report.sheets import SHEETS, Share, Value, portfolio_rows
from vsmdsl.report.subject import Subject
from vsmdsl.wording import Say

FORMULA = tuple("=+-@\t\r|%")
PORTFOLIO = "Portfolio"
WIDEST, AIR = 60, 2.5
NEVER = datetime(1980, 1, 1, tzinfo=UTC)
FORMATS = {"date": "yyyy-mm-dd", "share": "0.0%", "number": "#,##0.##"}
LOCAL = 14  # a format of Excel's own: each reader sees dates as they are written where they are
Book: TypeAlias = Any  # xlsxwriter carries no types of its own


@record
class _Page:
    name: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def render_xlsx(*subjects: Subject, house: House = PLAIN, when: datetime = NEVER) -> bytes:
    """Write the workbook; the same bytes for the same maps and the same moment."""
    from xlsxwriter import Workbook  # only for those who live in spreadsheets

    done = BytesIO()
    book: Book = Workbook(done, {"in_memory": True})
    first = subjects[0]
    book.set_properties(
        {
            "title": _plain(house.title or first.shown.stream.settings.title or first.name),
            "author": _plain(house.author or first.shown.stream.settings.author),
            "comments": _plain(house.confidential),
            "created": when.replace(tzinfo=None),
        }
    )
    look = _looks(book, first)
    for page in _pages(subjects):
        _write(book.add_worksheet(page.name), page, look, house)
    book.close()
    return done.getvalue()


def _pages(subjects: Sequence[Subject]) -> Iterable[_Page]:
    """With several maps, each row says first which one it belongs to."""
    say, several = subjects[0].say, len(subjects) > 1
    if several:
        head, rows = portfolio_rows(subjects)
        yield _Page(_sheet(say, PORTFOLIO), tuple(map(say, head)), rows)
    for sheet in SHEETS:
        head = tuple(map(say, sheet.head))
        rows = [
            ((one.name, *row) if several else tuple(row))
            for one in subjects
            for row in sheet.rows(one)
        ]
        yield _Page(_sheet(say, sheet.name), ((say("Map"), *head) if several else head), rows)


def _sheet(say: Say, name: str) -> str:
    """The name of a sheet in the words of the reader, if a workbook can have a sheet of that name.

    Two sheets that a catalogue calls the same keep their own names.
    """
    names = [say(one).casefold() for one in (PORTFOLIO, *(sheet.name for sheet in SHEETS))]
    told = say(name)
    fits = re.fullmatch(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')", told) and told.casefold() != "history"
    return told if fits and names.count(told.casefold()) == 1 else name


def _looks(book: Book, subject: Subject) -> dict[str, Any]:
    top = {"valign": "top"}
    formats: dict[str, str | int] = {**FORMATS} | ({"date": LOCAL} if subject.wording.texts else {})
    looks = {name: book.add_format({"num_format": it, **top}) for name, it in formats.items()}
    head = {"bold": True, "text_wrap": True, "bottom": 2, "valign": "bottom", "bg_color": "#E6EDF5"}
    return looks | {
        "head": book.add_format(head),
        "text": book.add_format({"text_wrap": True, **top}),
        "guarded": book.add_format({"text_wrap": True, "quote_prefix": True, **top}),
    }


def _write(sheet: Any, page: _Page, look: dict[str, Any], house: House) -> None:
    for column, name in enumerate(page.head):
        sheet.write_string(0, column, name, look["head"])
    for number, row in enumerate(page.rows, start=1):
        for column, value in enumerate(row):
            _put(sheet, number, column, value, look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(page.rows), 1), len(page.head) - 1)
    for column, name in enumerate(page.head):
        sheet.set_column(column, column, _width(name, [row[column] for row in page.rows]))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{_footer(house.confidential)}&R&P / &N")


def _put(sheet: Any, row: int, column: int, value: Value, look: dict[str, Any]) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, value, look["text"])
        case date():
            sheet.write_datetime(row, column, value, look["date"])
        case Share():
            sheet.write_number(row, column, float(value.ratio), look["share"])
        case Fraction() | int() | float():
            sheet.write_number(row, column, float(value), look["number"])
        case str():
            text = _plain(value)
            kind = "guarded" if text.startswith(FORMULA) else "text"
            sheet.write_string(row, column, text, look[kind])


def _width(name: str, values: Sequence[Value]) -> float:
    lengths = [len(_shown(value)) for value in values]
    longest = max((*lengths, *(len(word) for word in name.split()), 6))
    return min(longest, WIDEST) + AIR


def _shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case Fraction() | float():
            return f"{float(value):.2f}"
        case Share():
            return "100.0 %"
    return str(value)


def _plain(text: str) -> str:
    """A text that XML can hold, as long as a cell may be."""
    kept = "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
    return kept.encode("utf-8", "replace").decode("utf-8")[:32_000]


def _footer(text: str) -> str:
    return _plain(text).replace("&", "&&")[:200]
