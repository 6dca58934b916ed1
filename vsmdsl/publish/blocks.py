"""A page of Python-Markdown in pieces: its fences, and the lines between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

from vsmdsl.publish.hosts.fence import is_map
from vsmdsl.record import record

OPENING = re.compile(
    r"^(?P<margin>[ \t>]*)(?P<item>(?:(?:[-*+]|\d{1,9}[.)])[ \t]{1,4})*)"
    r"(?P<marks>`{3,}|~{3,})[ \t]*(?P<rest>(?:[^`]|`(?!``))*)$"
)
CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")


@record
class Block:
    """Lines of a page: a fence with all that is in it, or one line that is in none."""

    lines: list[str]
    opening: Any = None
    closed: bool = False

    @property
    def ours(self) -> bool:
        """Whether this is the fence of a map."""
        return bool(self.opening and is_map(self.opening["rest"]))

    @property
    def text(self) -> str:
        """What stands in the fence, without what all its lines begin with."""
        return dedent("\n".join(self.lines[1:-1]))

    @property
    def in_item(self) -> bool:
        """Whether it fills an item of a list: it begins behind the mark, and all else is deeper.

        Further to the right it may be code, and in a quote other lines belong to it.
        """
        margin = self.opening["margin"]
        least = len(margin) + 1
        one = len(self.opening["item"].split()) == 1 and margin in ("", " ", "  ", "   ")
        deeper = (not line.strip() or not line[:least].strip() for line in self.lines[1:])
        return one and self.closed and all(deeper)


def blocks(lines: list[str]) -> Iterator[Block]:
    """The page in pieces. What looks like a fence inside another one is text."""
    at, ends = 0, _Ends(lines)
    while at < len(lines):
        found = _opening(lines[at])
        end = ends.after(at, found["marks"]) if found else None
        yield Block(lines[at : (end or at) + 1], found, end is not None)
        at = (end or at) + 1


def _opening(line: str) -> Any:
    """Where a line opens a fence. To others it does not with a mark before it or signs in it."""
    found = OPENING.match(line)
    usual = found and not found["item"] and "`" not in found["rest"]
    return found if usual or (found and is_map(found["rest"])) else None


class _Ends:
    """The lines that may close a fence, and for each the next one that has more marks.

    Who looks for them line by line takes the square of the time for fences that are never closed.
    """

    def __init__(self, lines: list[str]) -> None:
        self.places: dict[str, list[int]] = {"`": [], "~": []}
        self.counts: dict[str, list[int]] = {"`": [], "~": []}
        for at, line in enumerate(lines):
            if found := CLOSING.fullmatch(line):
                self.places[found[1][0]].append(at)
                self.counts[found[1][0]].append(len(found[1]))
        self.longer = {sign: _longer(counts) for sign, counts in self.counts.items()}

    def after(self, start: int, marks: str) -> int | None:
        """The first line below `start` that closes a fence with these marks."""
        places, counts, longer = (one[marks[0]] for one in (self.places, self.counts, self.longer))
        at = bisect_right(places, start)
        while at < len(places) and counts[at] < len(marks):
            at = longer[at]
        return places[at] if at < len(places) else None


def _longer(counts: list[int]) -> list[int]:
    """For each count the place of the next that is larger, or that behind the last one."""
    found = [len(counts)] * len(counts)
    for at in reversed(range(len(counts))):
        other = at + 1
        while other < len(counts) and counts[other] <= counts[at]:
            other = found[other]
        found[at] = other
    return found
