"""Whatever vsmdsl says can be said in another language: pages in one that has no letters.

Every sentence of it is its places and nothing else, and the author writes Greek. A Latin word that
is left on the page never went through the words of the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from vsmdsl import pipeline
from vsmdsl.beside import comparison_scene
from vsmdsl.cli.subjects import side, subject
from vsmdsl.drawing.svg import paint
from vsmdsl.language.codes import CODES
from vsmdsl.pipeline import State
from vsmdsl.record import replace
from vsmdsl.report.html import render_html
from vsmdsl.report.spreadsheet import render_xlsx
from vsmdsl.report.subject import Revision, Subject
from vsmdsl.wording import Wording

ROOT = Path(__file__).parents[2]
# All but the sketch, whose author needs no quotes.
MAPS = (
    *(file for file in sorted((ROOT / "samples").glob("*.vsm")) if file.stem != "sketch"),
    ROOT / "tests" / "cases" / "report" / "everything.vsm",
)
GREEK = {chr(97 + at): chr(0x3B1 + at % 24) for at in range(26)}
# What the language keeps as it is: names of things, and words that the author did not quote.
KEPT = re.compile(
    r"vsmdsl [\d.]+|\bKaizen\b|\bKanban\b|\bFIFO\b|\bvia\b|\bDORA\b|\bemail\b|\btruck\b|"
    r"\b\d+/day\b|χ\.vsm|[FW]\d\d\d|" + "|".join(code.name for code in CODES.values())
)


class Mute(dict[tuple[str, str], str]):
    """A catalogue of everything: no letters, only what is filled in."""

    def get(self, key: tuple[str, str], default: Any = None) -> str:
        return "¤".join(("", *re.findall(r"\{\w+\}", key[1]), ""))


WORDS = Wording("el", Mute({("unit", "d"): "¤"}), ",")


def greek(text: str) -> str:
    """The same map by a Greek: all that stands in quotes."""
    text = re.sub(r"^note .*\n", "", text, flags=re.MULTILINE)
    return re.sub(r'"(?!http)[^"\n]*"', lambda found: _lower(found[0]), text)


def _lower(text: str) -> str:
    return "".join(GREEK.get(sign, sign) for sign in text.lower())


def seen(page: str) -> Iterator[str]:
    """What can be read, or is read out."""
    body = re.sub(r"<head>.*?</head>|<style>.*?</style>|<script>.*?</script>", "", page, flags=re.S)
    yield from re.findall(r">([^<>]*)<", body)
    yield from re.findall(r'(?:aria-label|title|alt|data-sort|data-show)="([^"]*)"', body)


def latin(texts: Iterator[str]) -> list[str]:
    return sorted(
        {text.strip() for text in texts if re.search("[A-Za-z]{2}", KEPT.sub("", unescape(text)))}
    )


def about(file: Path) -> Iterator[Subject]:
    """A report on each state of a map, with a past."""
    map_ = pipeline.compile(greek(file.read_text(encoding="utf-8")), name="χ.vsm")
    assert map_.ok, map_.mistakes
    states = (map_.current, *map_.futures)
    past = tuple(_past(number, state) for number, state in enumerate(states, 1))
    for state in states:
        yield subject(map_, state, words=WORDS, today=date(2030, 1, 1), history=past)


def _past(number: int, state: State) -> Revision:
    return Revision(f"2026-01-{number:02d}", "αβγ", side(state, WORDS))


@pytest.mark.parametrize("file", MAPS, ids=lambda file: file.stem)
def test_no_word_of_a_report_is_left(file: Path) -> None:
    for one in about(file):
        assert latin(seen(render_html(one))) == []


def test_no_word_of_a_portfolio_is_left() -> None:
    told = [next(about(file)) for file in MAPS if file.stem in ("checkout", "loan", "acme")]
    assert latin(seen(render_html(*told))) == []


def test_no_word_of_a_workbook_is_left() -> None:
    told = [replace(next(about(file)), name="χ") for file in MAPS if file.stem in ("loan", "acme")]
    book = load_workbook(BytesIO(render_xlsx(*told)))
    cells = (str(cell.value or "") for sheet in book for row in sheet.rows for cell in row)
    assert latin(one for one in cells if one not in ("True", "False")) == []


def test_no_word_of_two_states_is_left() -> None:
    text = greek((ROOT / "samples" / "checkout.vsm").read_text(encoding="utf-8"))
    map_ = pipeline.compile(text)
    then = map_.state("q1")
    assert then is not None
    for before, after in ((map_.current, then), (then, map_.current)):
        picture = paint(comparison_scene(before, after, words=WORDS))
        assert latin(seen(picture)) == []
