"""Chinese, Japanese and Korean words in a PNG ask for fonts that have them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from vsmdsl import pipeline
from vsmdsl.drawing.eastern import with_eastern_fonts
from vsmdsl.drawing.raster import to_png

WORDS = {
    "Noto Sans CJK JP": ("溶接", "プレス加工"),  # one in kanji alone is Japanese beside the other
    "Noto Sans CJK KR": ("조립", "검사"),
    "Noto Sans CJK SC": ("装配", "检验"),
}


def texts(svg: str) -> dict[str, str]:
    """The fonts that each text names."""
    found = re.findall(r"<text ([^>]*)>([^<]*)", svg)
    return {text: "".join(re.findall('font-family="([^"]*)"', told)) for told, text in found}


def picture(first: str, second: str) -> str:
    svg = pipeline.render(
        pipeline.compile(f'step A "{first}" pt=1h\nstep B "{second}" pt=2h\nstep C "Test" pt=1h')
    )
    assert isinstance(svg, str)
    return svg


@pytest.mark.parametrize("family", WORDS)
def test_texts_with_such_letters_name_a_font_of_their_language(family: str) -> None:
    found = texts(with_eastern_fonts(picture(*WORDS[family]), "Ours"))
    for word in WORDS[family]:
        assert found[word].startswith(f"{family}, ")
        assert found[word].endswith(", Ours")
    assert found["Test"] == ""


def test_a_picture_without_such_letters_stays_as_it_is() -> None:
    svg = picture("Prüfung", "Тест")
    assert with_eastern_fonts(svg, "Ours") == svg


def test_a_bold_word_is_painted_bold() -> None:
    list_ = shutil.which("fc-list")
    if not list_ or "Noto Sans CJK JP" not in subprocess.check_output([list_], text=True):
        pytest.skip("no font here has the letters")
    bold = picture("溶接", "プレス加工")
    plain = bold.replace('font-weight="600"', "").replace('font-weight="700"', "")
    assert plain != bold
    inked = {to_png(with_eastern_fonts(svg, "Inter")) for svg in (bold, plain)}
    assert len(inked) == 2
