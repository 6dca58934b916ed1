"""What a file accepts by its comments."""

from __future__ import annotations

import pytest

from vsmdsl.language.allow import allowed
from vsmdsl.language.codes import CODES
from vsmdsl.language.diagnostics import Code
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source, Span

TEXT = """\
# vsm: allow {words}
step one {{
  pt = 3d
  # vsm: allow W403
  lt = 5d
}}
step two  # vsm:allow w404, days-without-calendar
step three
"""


def covered(text: str, code: Code) -> set[int]:
    """The lines on which a message is accepted."""
    source = Source("x.vsm", text)
    allowances = allowed(parse(source).tree)
    places = (Span(source, at, at) for at, char in enumerate(source.text) if not char.isspace())
    return {place.line for place in places if allowances.covers(code.at(place, "x"))}


@pytest.mark.parametrize(
    ("words", "code", "lines"),
    [
        ("W402", "W402", {2, 3, 5}),
        ("W402", "W403", {5, 7}),
        ("W402", "W404", {7}),
        ("W402, W404", "W404", {2, 3, 5, 7}),
        ("empty-map", "W402", {2, 3, 5}),
        ("W402 in file", "W402", {1, 2, 3, 4, 5, 6, 7, 8}),
        ("W402 because it is new", "W402", {2, 3, 5}),
    ],
)
def test_where_a_message_is_accepted(words: str, code: str, lines: set[int]) -> None:
    assert covered(TEXT.format(words=words), CODES[code]) == lines


def test_an_error_cannot_be_accepted() -> None:
    assert covered("# vsm: allow E101 in file\nstep x", CODES["E101"]) == set()


def test_what_is_no_code_is_said() -> None:
    found = allowed(parse(Source("x", "# vsm: allow W402, days-without-calender\nmap")).tree)
    assert [(one.code.code, one.span.text) for one in found.diagnostics] == [
        ("W490", "days-without-calender")
    ]
    assert found.diagnostics[0].hint == "did you mean `days-without-calendar`?"


def test_other_comments_are_only_comments() -> None:
    found = allowed(parse(Source("x", "# vsm is fine\n# allow F503\nmap # vsm: allows")).tree)
    assert (found.rows, found.diagnostics) == ((), ())
