"""The printed story: every label and figure of every part can be read back, on any paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from pypdf import PdfReader

from tests.report.test_story import EVERYTHING, past
from vsmdsl.record import replace
from vsmdsl.report import press
from vsmdsl.report.pdf import render_pdf
from vsmdsl.report.story.table import story
from vsmdsl.report.subject import Subject

About = Callable[..., Subject]

pytestmark = [
    pytest.mark.skipif(bool(press.problem()), reason=press.problem()),
    pytest.mark.xdist_group("pdf"),
]
# What is shown of the shapes that parts are made of; pictures, keys and sorting are not.
SHOWN = (
    "lead", "caption", "columns", "rows", "cells", "label", "text", "note", "value", "normal",
    "name", "means", "marked", "measured", "hint", "verdict", "actual", "found", "tables", "table",
    "figures", "facts", "doubts", "promises", "tiles", "chart", "source", "why",
)  # fmt: skip


def said(value: object) -> Iterator[str]:
    """Every text that a part fills in, however deep it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from said(one)
    else:
        for name in SHOWN:
            yield from said(getattr(value, name, ()))


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u00a0", "").casefold()


def test_everything_that_is_said_can_be_read_back(about: About) -> None:
    subject = replace(about(EVERYTHING, page="a4"), today=date(2026, 3, 2), history=past(about))
    reader = PdfReader(io.BytesIO(render_pdf(subject, page="a4")))
    text = squeezed("".join(one.extract_text() for one in reader.pages))
    checked = 0
    for part in story(subject, "body"):
        assert squeezed(part.heading) in text
        if part.key == "map":  # has a page of its own, and no room for more than its heading
            continue
        for one in said(part.it):
            assert squeezed(one) in text, (part.key, one)
            checked += 1
    assert checked > 200


def test_the_answer_is_on_the_first_half_page(about: About) -> None:
    data = render_pdf(about(page="letter"), page="letter")  # the shorter of the two papers
    first = PdfReader(io.BytesIO(data)).pages[0]
    heights: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if "It takes" in text or "spent waiting" in text:
            heights.append(cm[1] * tm[4] + cm[3] * tm[5] + cm[5])

    first.extract_text(visitor_text=note)
    assert heights
    assert min(heights) > float(first.mediabox.height) / 2


@pytest.mark.parametrize("page", ["a4", "letter", "a4-landscape", "letter-landscape"])
def test_the_answer_its_figures_and_the_contents_stand_on_the_first_page(
    about: About, page: str
) -> None:
    reader = PdfReader(io.BytesIO(render_pdf(about(page=page), page=page)))
    first = squeezed(reader.pages[0].extract_text())
    for text in ("It takes 30.6 d", "32.7 d", "Handoffs", "The map", "Source"):
        assert squeezed(text) in first, text
