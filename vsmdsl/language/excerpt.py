"""A message as it is shown in a terminal: the place, the line, carets under it, and a way out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source, Span
from vsmdsl.record import record

WIDEST = 100  # columns; what is longer is cut around the place
MOST = 400  # signs, since some take up no column
TAB = 4


def excerpt(diagnostic: Diagnostic, *, color: bool) -> str:
    """Show a message with its place. No line of it ends in a blank, and none is empty."""
    paint = _Paint(color, diagnostic.severity)
    span, code = diagnostic.span, diagnostic.code
    place = f"{_shown(span.source.name)}:{span.line}:{span.column}:"
    head = f"{paint.tone(f'{diagnostic.severity}[{code.code}]')} {code.name}: "
    marks = [_Mark(span, "^", ""), *(_Mark(one.span, "-", one.text) for one in diagnostic.labels)]
    gutter = len(str(max(mark.span.line for mark in marks)))
    rows = [f"{paint.bold(place)} {head}{_shown(diagnostic.message)}"]
    rows += _pictures(marks, gutter, paint)
    rows += _ways_out(diagnostic, gutter, paint)
    return "\n".join(rows)


@record
class _Mark:
    """A place to point at, the sign to do it with, and what to say there."""

    span: Span
    sign: str
    text: str


@record
class _Paint:
    color: bool
    severity: str

    def bold(self, text: str) -> str:
        return self._in("1", text)

    def tone(self, text: str) -> str:
        return self._in({"error": "1;31", "warning": "1;33"}.get(self.severity, "1;36"), text)

    def quiet(self, text: str) -> str:
        return self._in("34", text)

    def _in(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text


def _pictures(marks: list[_Mark], gutter: int, paint: _Paint) -> Iterator[str]:
    """Every line that is pointed at, once, with all that points at it; ours first, then others."""
    blank = paint.quiet(f"{'':{gutter}} |")
    first = marks[0].span.source
    yield blank
    before: tuple[Source, int] | None = None
    for source, number in _lines_of(marks, first):
        if before and before[0] is not source:
            yield paint.quiet(f"{'':{gutter}}-->") + f" {_shown(source.name)}:{number}"
        elif before and number > before[1] + 1:
            yield paint.quiet(f"{'':{gutter}} …")
        before = (source, number)
        here = [m for m in marks if m.span.source is source and m.span.line == number]
        line = _Line.around(source.line(number), here[0].span)
        yield paint.quiet(f"{number:>{gutter}} |") + (f" {line.text}" if line.text else "")
        for mark in here:
            sign = paint.tone if mark.sign == "^" else paint.quiet
            text = f"{mark.sign * line.width(mark.span)} {_shown(mark.text)}".rstrip()
            yield f"{blank} {' ' * line.column(mark.span)}{sign(text)}"


def _lines_of(marks: list[_Mark], first: Source) -> list[tuple[Source, int]]:
    found = {(mark.span.source, mark.span.line) for mark in marks}
    return sorted(found, key=lambda place: (place[0] is not first, place[0].name, place[1]))


def _ways_out(diagnostic: Diagnostic, gutter: int, paint: _Paint) -> Iterator[str]:
    sign = paint.quiet(f"{'':{gutter}} =")
    if diagnostic.hint:
        yield f"{sign} {paint.bold('hint:')} {_shown(diagnostic.hint)}"
    if diagnostic.fix:
        yield f"{sign} {paint.bold('fix:')} {_shown(diagnostic.fix.title)}"


@record
class _Line:
    """A line of a text as cells: what is shown for each character, from the first one shown."""

    cells: tuple[str, ...]
    begin: int  # characters cut off in front
    ends: bool  # whether the last character is shown

    @classmethod
    def around(cls, line: str, span: Span) -> _Line:
        """The line, or the part of it around a place if it is too long."""
        if len(line) <= MOST and sum(map(_columns, line)) <= WIDEST:
            return cls(tuple(map(_cell, line)), 0, True)
        at = min(span.column - 1, len(line))
        begin = _back(line, at, WIDEST // 3)
        end = _ahead(line, begin, WIDEST - 2)
        return cls(tuple(map(_cell, line[begin:end])), begin, end == len(line))

    @property
    def text(self) -> str:
        """The line as shown."""
        return (
            f"{'…' if self.begin else ''}{''.join(self.cells)}{'' if self.ends else '…'}".rstrip()
        )

    def column(self, span: Span) -> int:
        """How many columns stand before a place."""
        before = self.cells[: max(0, span.column - 1 - self.begin)]
        return sum(map(_width, before)) + (1 if self.begin else 0)

    def width(self, span: Span) -> int:
        """How many columns a place takes up on this line; an empty one takes up one."""
        start = max(0, span.column - 1 - self.begin)
        marked = self.cells[start : start + max(0, span.end - span.start)]
        return max(1, sum(map(_width, marked)))


def _back(line: str, at: int, columns: int) -> int:
    least = max(0, at - MOST // 4)
    while at > least and columns > 0:
        at -= 1
        columns -= _columns(line[at])
    return at


def _ahead(line: str, at: int, columns: int) -> int:
    most = min(len(line), at + MOST)
    while at < most and columns >= _columns(line[at]):
        columns -= _columns(line[at])
        at += 1
    return at


def _cell(char: str) -> str:
    """What a terminal may be given for a character: nothing that moves its cursor."""
    if char == "\t":
        return " " * TAB
    if char.isprintable() or unicodedata.category(char) in ("Zs", "Mn", "Me"):
        return char
    return f"\\u{{{ord(char):x}}}"


def _shown(text: str) -> str:
    return "".join(" " if char == "\n" else _cell(char) for char in text)


def _columns(char: str) -> int:
    return _width(_cell(char))


def _width(cell: str) -> int:
    if len(cell) > 1 or cell.isascii():
        return len(cell)
    if unicodedata.category(cell) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(cell) in "WF" else 1
