"""Messages as a terminal shows them."""

from __future__ import annotations

import re

import pytest

from vsmdsl.language.diagnostics import Code, Label, replacing
from vsmdsl.language.excerpt import excerpt
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source, Span

CODE = Code("E201", "unknown-step", "no element of the stream has this name")


def span(source: Source, text: str, nth: int = 0) -> Span:
    """The place of a piece of a text."""
    at = [match.start() for match in re.finditer(re.escape(text), source.text)][nth]
    return Span(source, at, at + len(text))


def test_the_whole_of_a_message() -> None:
    source = Source("a.vsm", 'step test "Test"\n\nrework tset -> dev 20%\n')
    place = span(source, "tset")
    found = CODE.at(
        place,
        "no step is called `tset`",
        hint="did you mean `test`?",
        labels=(Label(span(source, "test"), "this one is called `test`"),),
        fix=replacing(place, "test"),
    )
    assert excerpt(found, color=False) == (
        "a.vsm:3:8: error[E201] unknown-step: no step is called `tset`\n"
        "  |\n"
        '1 | step test "Test"\n'
        "  |      ---- this one is called `test`\n"
        "  …\n"
        "3 | rework tset -> dev 20%\n"
        "  |        ^^^^\n"
        "  = hint: did you mean `test`?\n"
        "  = fix: write `test`"
    )


def test_a_second_place_in_another_file() -> None:
    one, other = Source("b.vsm", "step x"), Source("a.vsm", "\n" * 9 + "step x")
    found = CODE.at(span(one, "x"), "twice", labels=(Label(span(other, "x"), "first"),))
    assert excerpt(found, color=False).split("\n")[1:] == [
        "   |", " 1 | step x", "   |      ^", "  --> a.vsm:10", "10 | step x", "   |      - first",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "piece", "shown", "carets"),
    [
        ("step\tx y", "y", "step    x y", "          ^"),
        ("step 漢字 x", "x", "step 漢字 x", "          ^"),
        ("step 漢字 x", "漢字", "step 漢字 x", "     ^^^^"),
        ("step e\u0301 x", "x", "step e\u0301 x", "       ^"),
        ("a\x1b[31m x", "x", r"a\u{1b}[31m x", " " * 12 + "^"),
        ("a\u202eb x", "x", r"a\u{202e}b x", " " * 11 + "^"),
    ],
)
def test_carets_stand_under_their_place(line: str, piece: str, shown: str, carets: str) -> None:
    source = Source("a.vsm", f"# first\n{line}\n# last")
    rows = excerpt(CODE.at(span(source, piece), "here"), color=False).split("\n")
    assert rows[2:4] == [f"2 | {shown}", f"  | {carets}"]


def test_a_place_at_the_end_has_one_caret() -> None:
    source = Source("a.vsm", "map {")
    rows = excerpt(CODE.at(Span(source, 5, 5), "here"), color=False).split("\n")
    assert rows[-1] == "  |      ^"


def test_a_place_over_several_lines_is_marked_on_its_first() -> None:
    source = Source("a.vsm", "map {\n  x\n}\n")
    rows = excerpt(CODE.at(Span(source, 4, 11), "here"), color=False).split("\n")
    assert rows[-2:] == ["1 | map {", "  |     ^"]


@pytest.mark.parametrize("at", [0, 40, 5_000, 9_990])
def test_a_long_line_is_cut_around_the_place(at: int) -> None:
    line = "".join(f"{number:04} " for number in range(2_000))
    source = Source("a.vsm", line)
    rows = excerpt(CODE.at(Span(source, at, at + 4), "here"), color=False).split("\n")
    assert all(len(row) < 110 for row in rows)
    marked = rows[3].index("^")
    assert rows[2][marked : marked + 4] == line[at : at + 4]


def test_no_message_moves_the_cursor() -> None:
    source = Source("evil\x1b]0;x\x07.vsm", "step \x1b[2J")
    for found in parse(source).diagnostics:
        assert "\x1b" not in excerpt(found, color=False)
    found = CODE.at(Span(source, 0, 4), "a\x07b\nc", hint="\x1bd")
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", excerpt(found, color=False))


def test_colour_changes_nothing_but_the_colour() -> None:
    found = CODE.at(span(Source("a.vsm", "step x"), "x"), "here", hint="there")
    coloured = excerpt(found, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == excerpt(found, color=False)
    assert coloured != excerpt(found, color=False)
