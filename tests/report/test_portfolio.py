"""Several maps in one report: compared first, then each."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from vsmdsl.report import pdf, press
from vsmdsl.report.html import render_html
from vsmdsl.report.portfolio import portfolio
from vsmdsl.report.subject import Subject

About = Callable[..., Subject]
DAY_AND_NIGHT = 'map "Ward" { calendar = 24h/day }\nqueue Bed wait=2d\nstep Treat pt=6h\n'
OFFICE = 'map "Desk" { calendar = 8h/day }\nqueue Inbox wait=1d\nstep File pt=8h\n'


def test_every_stream_has_a_row(about: About) -> None:
    rows = portfolio([about(), about(OFFICE)]).table.rows
    assert [row.cells[0].text for row in rows] == ["Checkout feature delivery", "Desk"]
    assert [row.cells[1].text for row in rows] == ["30.6 d", "2 d"]
    assert rows[1].cells[4].text == "Inbox, 1 d"
    assert rows[1].cells[5].text == "50.0 %"


def test_different_clocks_are_said_and_never_mixed(about: About) -> None:
    mixed = portfolio([about(OFFICE), about(DAY_AND_NIGHT)])
    assert "different clocks" in mixed.clocks
    assert [column.label for column in mixed.table.columns][-1] == "Clock"
    alike = portfolio([about(), about(OFFICE)])
    assert alike.clocks == ""
    assert "Clock" not in [column.label for column in alike.table.columns]
    assert "of its time" in mixed.answer  # a share of a stream's own time


def test_the_chart_of_many_streams_stays_on_its_page(about: About) -> None:
    few, many = (portfolio([about(OFFICE)] * number) for number in (3, 25))
    assert few.chart
    assert many.chart
    assert few.chart.caption.endswith("as a share of its lead time")
    assert many.chart.caption.endswith("the first 18")
    assert len(many.table.rows) == 25


def test_no_id_is_there_twice(about: About) -> None:
    page = render_html(about(), about(OFFICE), about(DAY_AND_NIGHT))
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    assert [name for name, count in ids.items() if count > 1] == []
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(ids)


def test_each_report_follows(about: About) -> None:
    page = render_html(about(), about(OFFICE), title="All of them")
    assert "<title>All of them</title>" in page
    found = re.findall(r"<h1>(.*?)</h1>", page)
    assert found == ["All of them", "Checkout feature delivery", "Desk"]


@pytest.mark.skipif(bool(press.problem()), reason=press.problem())
def test_on_paper(about: About) -> None:
    reader = PdfReader(
        io.BytesIO(pdf.render_pdf(about(OFFICE, page="a4"), about(DAY_AND_NIGHT, page="a4")))
    )
    outline = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in outline] == ["2 value streams", "Desk", "Ward"]
    assert "different clocks" in " ".join(reader.pages[0].extract_text().split())
