"""A text with a name, and places in it that a person can find again."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from vsmdsl.record import field, record


@record(eq=False)
class Source:
    """One `.vsm` text: its name as shown to people, and its text with plain newlines.

    `file` is the path of the file where the name says more, such as a revision. Two sources are the
    same only if they are the same object, so that spans stay cheap to hash.
    """

    name: str
    text: str
    file: str = ""

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets at which the lines begin; the first is always 0."""
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return tuple(starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, in characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        return self.line_starts[bisect_right(self.line_starts, offset) - 1]

    def line(self, number: int) -> str:
        """The text of a line (counted from 1), without its newline."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def utf16_column(self, offset: int) -> int:
        """Column from 0 in UTF-16 units, as the language server protocol counts."""
        line, column = self.position(offset)
        before = self.line(line)[: column - 1]
        return sum(2 if ord(char) > 0xFFFF else 1 for char in before)


@record
class Span:
    """From `start` up to but not including `end`, as offsets into the text of `source`."""

    source: Source = field(repr=False)
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters of the place."""
        return self.source.text[self.start : self.end]

    @property
    def line(self) -> int:
        """The line on which the place begins, from 1."""
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        """The column at which the place begins, from 1."""
        return self.source.position(self.start)[1]

    def to(self, other: Span) -> Span:
        """The place from the start of this one to the end of the other."""
        return Span(self.source, min(self.start, other.start), max(self.end, other.end))


def normalise(text: str) -> str:
    """The same text without byte order mark and with plain newlines."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
