"""Text is measured and broken the same on every machine, and never lost."""

import importlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vsmdsl.drawing.characters import graphemes, visible
from vsmdsl.drawing.fonts import WEIGHTS, ellipsize, text_width, wrap
from vsmdsl.drawing.raster import FONTS
from vsmdsl.resources import data_path

TEXTS = st.text(
    st.sampled_from("abcWMil019 %-/_.…éß漢字\u0301\u200d😀\n") | st.characters(codec="utf-8"),
    max_size=60,
)
WIDTHS = st.floats(5, 200)


@given(TEXTS, WIDTHS, st.sampled_from(WEIGHTS))
@example("9 d", 12, 400)
@example("Donaudampfschifffahrtsgesellschaft", 50, 700)
def test_a_line_fits_unless_it_is_one_character(text: str, width: float, weight: int) -> None:
    for line in wrap(text, width, 10.5, weight):
        fits = text_width(line, 10.5, weight) <= width + 1e-6
        assert fits or len(graphemes(line)) == 1


@given(TEXTS, WIDTHS)
def test_wrapping_loses_nothing_but_spaces(text: str, width: float) -> None:
    def bare(words: str) -> str:
        return "".join(words.split())

    assert bare("".join(wrap(text, width, 10.5))) == bare(text)


@given(TEXTS, WIDTHS)
def test_a_shortened_text_fits(text: str, width: float) -> None:
    short = ellipsize(text, width, 10.5)
    assert short == "…" or text_width(short, 10.5) <= width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Integration test", 200, ("Integration test",)),
        ("before Release approval", 90, ("before Release", "approval")),
        ("before Release approval, 27 %", 84, ("before Release", "approval, 27 %")),
        ("27 600 s a shift", 60, ("27 600 s", "a shift")),
        ("one\ntwo", 200, ("one", "two")),
        ("a_very/long-identifier", 60, ("a_very/", "long-", "identifier")),
        ("Supplier truck", 40, ("Sup", "plier", "truck")),
        ("   ", 40, ()),
    ],
)
def test_lines_are_balanced_and_break_where_a_reader_would(
    text: str, width: float, lines: tuple[str, ...]
) -> None:
    assert wrap(text, width, 10.5, 400) == lines


@pytest.mark.parametrize("weight", WEIGHTS)
def test_widths_are_those_of_the_shipped_fonts(weight: int) -> None:
    fonts = importlib.import_module("fontTools.ttLib")
    font = fonts.TTFont(data_path("templates", "fonts", FONTS[WEIGHTS.index(weight)]))
    names, widths = font.getBestCmap(), font["hmtx"].metrics
    for text in (
        "Checkout features: idea to production",
        "≥ 9 d · 27 % → Ł ő Ж Ω −",
        "BIGGEST WAIT",
    ):
        units = sum(widths[names[ord(letter)]][0] for letter in text)
        assert text_width(text, 13, weight) == pytest.approx(units * 13 / font["head"].unitsPerEm)


def test_letters_outside_the_fonts_have_a_sensible_width() -> None:
    assert text_width("漢", 10) == 10
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("\ue000", 10) == text_width("0", 10)
    assert text_width("\x01", 10) == text_width(visible("\x01"), 10)


def test_an_accent_stays_with_its_letter() -> None:
    assert graphemes("e\u0301x") == ["e\u0301", "x"]
    assert graphemes("🇩🇪👩\u200d🔧") == ["🇩🇪", "👩\u200d🔧"]
