"""A German map is German: its captions, its units, its numbers; what is missing is English."""

from __future__ import annotations

import pytest

from tests.wording.sentences import sentences
from vsmdsl import compile as compiled
from vsmdsl import render, render_comparison, stats
from vsmdsl.wording import ENGLISH, wording

MAP = """
map "Umbau" { {LANGUAGE} item = "Auftrag" }
queue Eingang 12.5d
step Prüfen pt=1.5h lt=2.5d ca=85%
queue Ablage 1d
step Freigeben pt=30min ca=90.5%
rework Freigeben -> Prüfen 20%
"""
CAPTIONS = (
    "BIGGEST WAIT",
    "Lead time",
    "Process time",
    "CURRENT STATE",
    "LEGEND",
    "to scale",
    "PT",
)
UNITS = ("s", "min", "h", "d", "w", "mo", "y", "cd", "cw", "cmo")


def drawn(language: str) -> str:
    return str(render(compiled(MAP.replace("{LANGUAGE}", language))))


def german() -> set[str]:
    return {key for context, key in wording("de").texts if not context}


def test_every_sentence_is_there_in_german() -> None:
    assert sorted(sentences() - german()) == []


def test_every_german_sentence_is_said() -> None:
    assert sorted(german() - sentences()) == []


def test_every_unit_has_a_name() -> None:
    units = {key for key in wording("de").texts if key[0]}
    assert units == {(context, unit) for context in ("unit", "unit, one") for unit in UNITS}


@pytest.mark.parametrize("caption", CAPTIONS)
def test_no_english_caption_is_left(caption: str) -> None:
    assert f">{caption}<" not in drawn("language = de")
    assert caption in drawn("")


def test_numbers_and_units_are_german() -> None:
    picture = drawn("language = de")
    assert "12,5 Tage" in picture
    assert "12.5 d" not in picture
    assert "LÄNGSTE WARTEZEIT" in picture


def test_the_figures_as_data_stay_as_they_are() -> None:
    one, two = (stats(compiled(MAP.replace("{LANGUAGE}", x))) for x in ("", "language = de"))
    assert one["maps"][0]["metrics"] == two["maps"][0]["metrics"]


def test_a_language_without_words_is_english() -> None:
    assert wording("tlh") is ENGLISH


def test_two_states_are_compared_in_german() -> None:
    text = MAP.replace("{LANGUAGE}", "language = de") + "future soll { set Prüfen lt=1d ca=95% }"
    map_ = compiled(text)
    picture = str(render_comparison(map_.current, map_.futures[0]))
    for caption in ("IST → SOLL", "Umbau: Ist gegen Soll", "IST", "SOLL", "Durchlaufzeit"):
        assert f">{caption}<" in picture
    for english in ("Lead time", "current against future", ">NOW<", "Same columns", "before,"):
        assert english not in picture
