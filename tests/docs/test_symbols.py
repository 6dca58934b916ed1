"""Every symbol can be reached from the language: by the line that its page says."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import vsmdsl
from vsmdsl.drawing.layout.compare import compare
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.symbols import SYMBOLS

PAGE = Path(__file__).parents[2] / "docs" / "symbols.md"
ROW = re.compile(r"^\| (?P<label>[^|]+) \| [^|]+ \| `(?P<line>[^`]+)` \|$", re.MULTILINE)
ROWS = [(row["label"], row["line"]) for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
CLOCK = "map { calendar = 8h/day }; "

# What is drawn by another name than the symbol's own, or by the layout itself: what to look for.
FUNCTIONS = {
    "process": "box_front",
    "fork": "fork_bar",
    "fifo": "fifo_rails",
    "removed_step": "removed_box",
    "new_step": "new_tab",
}
WORDS = {
    "data_box": ">%C&amp;A<",
    "ladder": 'class="vsm-ladder"',
    "heat": "vf-h4",
    "biggest_wait": ">BIGGEST WAIT<",
    "strip": 'class="vsm-strip"',
}

IN_ROWS = ("connector", "continuation")  # they are only there where a map has several rows


def test_the_page_lists_every_symbol_in_the_order_of_the_sheet() -> None:
    assert [label for label, _ in ROWS] == [symbol.label for symbol in SYMBOLS.values()]


@pytest.mark.parametrize("number", range(len(SYMBOLS)), ids=list(SYMBOLS))
def test_its_line_draws_it(number: int) -> None:
    name, symbol = list(SYMBOLS.items())[number]
    line = ROWS[number][1]
    compiled = vsmdsl.compile(CLOCK + line)
    assert [one.message for one in compiled.diagnostics if one.is_error] == []
    scene, called = drawn(compiled, wrapped=name in IN_ROWS)
    if name in WORDS:
        assert WORDS[name] in paint(scene)
    else:
        assert FUNCTIONS.get(name, name) in called, symbol.label


def drawn(compiled: vsmdsl.Compiled, *, wrapped: bool) -> tuple[Scene, set[str]]:
    """The map of a line, and the names of the drawings of symbols that took part in it."""
    called: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and "/symbols/" in frame.f_code.co_filename:
            called.add(frame.f_code.co_name)

    sys.setprofile(note)
    try:
        return _scene(compiled, wrapped=wrapped), called
    finally:
        sys.setprofile(None)


def _scene(compiled: vsmdsl.Compiled, *, wrapped: bool) -> Scene:
    now = compiled.current
    if compiled.futures:
        then = compiled.futures[0]
        return compare(now.stream, now.analysis, then.stream, then.analysis)
    return vsmdsl.scene(now, width=480 if wrapped else None)
