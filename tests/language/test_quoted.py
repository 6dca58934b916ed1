"""The value that stands in quotes, or in a cell of a file."""

from __future__ import annotations

import pytest

from vsmdsl.language import quoted
from vsmdsl.language.source import Source, Span
from vsmdsl.language.syntax import Measure, Text, Value

WHERE = Span(Source("a.vsm", '"a text"'), 0, 8)


def value(text: str) -> Value | None:
    return quoted.parse_value(Text(text, WHERE))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3d", ["3 d"]),
        ("4.5 hours", ["4.5 hours"]),
        ("1_000s", ["1_000 s"]),
        ("1d4h", ["1 d", "4 h"]),
        ("1h 30 min", ["1 h", "30 min"]),
        ("4h1d", ["4 h", "1 d"]),  # that they do not fall is said where they are read
    ],
)
def test_a_plain_quantity_needs_no_parser(
    text: str, parts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quoted, "parse", None)
    found = value(text)
    assert isinstance(found, Measure)
    assert [f"{part.digits} {part.unit}" for part in found.parts] == parts
    assert [one.span.text for one in found.parts] == ["a text"] * len(parts)
    assert found.span.text == "a text"


@pytest.mark.parametrize("text", ["4h 1d", "4h30", "3 on", "3d; 4d", "3d # \0", "", "3d\n", "1,5d"])
def test_what_is_no_value(text: str) -> None:
    assert value(text) is None
