"""Columns for a terminal, aligned by how wide the text is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from unicodedata import combining, east_asian_width

FULL = "█"
PARTS = " ▏▎▍▌▋▊▉"


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = (), gap: str = "  ") -> list[str]:
    """Rows as lines; the columns in `right` end at one place, the others begin at one."""
    widths = [max(map(shown_width, column)) for column in zip(*rows, strict=True)]
    return [
        gap.join(
            _pad(right, number)(cell, widths[number]) for number, cell in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def shown_width(text: str) -> int:
    """How many columns a terminal needs for a text."""
    return sum(0 if combining(sign) else 1 + (east_asian_width(sign) in "WF") for sign in text)


def shortened(text: str, width: int) -> str:
    """The text in so many columns at most, cut with `…`."""
    if shown_width(text) <= width:
        return text
    while text and shown_width(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def bar(share: float, width: int) -> str:
    """A bar of block characters, `share` of `width` long, in eighths."""
    full, part = divmod(round(min(max(share, 0.0), 1.0) * width * 8), 8)
    return FULL * full + PARTS[part].strip()


def _pad(right: Sequence[int], number: int) -> Callable[[str, int], str]:
    def left_aligned(text: str, width: int) -> str:
        return text + " " * (width - shown_width(text))

    def right_aligned(text: str, width: int) -> str:
        return " " * (width - shown_width(text)) + text

    return right_aligned if number in right else left_aligned
