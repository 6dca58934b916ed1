"""Braces that do not match: where the missing one belongs, and which one is too many.

Indentation means nothing in a file whose braces match. Where they do not, it is the best witness
of what the author had in mind.
"""

from __future__ import annotations

import re
from itertools import pairwise

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic, Edit, Fix
from vsmdsl.language.source import Source, Span
from vsmdsl.record import record

Token = tuple[str, int, int]  # kind, start, end


@record(frozen=False)
class _Open:
    """A block that has begun: the place of its `{`, and how far its line is indented."""

    at: int
    indent: int
    indented: bool = False  # whether its content stands further in than its head
    filled: bool = False


def balanced(
    source: Source, tokens: list[Token], most: int
) -> tuple[list[Token], list[Diagnostic]]:
    """The same words with every block closed and nothing closed twice.

    With more than `most` mistakes it is no map, and what follows does not matter.
    """
    mending = _Mending(source, _is_indented(source, tokens))
    for token in tokens:
        mending.take(token)
        if len(mending.diagnostics) > most:
            return mending.tokens, mending.diagnostics
    while mending.open:
        mending.close_missing()
    return mending.tokens, mending.diagnostics


class _Mending:
    """The words so far, and the blocks that are open."""

    def __init__(self, source: Source, indented: bool) -> None:
        self.source, self.indented = source, indented
        self.tokens: list[Token] = []
        self.diagnostics: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.line = self.indent = -1  # where the line of the last `{` begins, and how far in

    def take(self, token: Token) -> None:
        kind, start, _ = token
        if self._fresh():
            self._look_at_indentation(kind, start)
        if kind == "LBRACE":
            self.open.append(_Open(start, self._line_indent(start)))
        elif kind == "RBRACE" and not self.open:
            self.diagnostics.append(_stray(self.source, start))
            return
        elif kind == "RBRACE":
            self.open.pop()
        elif kind == "SEP" and self._fresh():
            return
        self.tokens.append(token)

    def close_missing(self) -> None:
        """Close the innermost block behind the last word."""
        block, end = self.open.pop(), self.tokens[-1][2]
        self.diagnostics.append(_unclosed(self.source, block, end))
        if not self._fresh():
            self.tokens.append(("SEP", end, end))
        self.tokens.append(("RBRACE", end, end))
        self.tokens.append(("SEP", end, end))

    def _line_indent(self, at: int) -> int:
        begin = self.source.line_start(at)
        if begin != self.line:  # a line may have many
            self.line, self.indent = begin, _line_indent(self.source, at)
        return self.indent

    def _fresh(self) -> bool:
        return not self.tokens or self.tokens[-1][0] in ("SEP", "LBRACE")

    def _look_at_indentation(self, kind: str, start: int) -> None:
        indent = _indent(self.source, self.tokens[-1][2] if self.tokens else 0, start)
        if indent is None:
            return
        while self.open and _ends(self.open[-1], indent, kind):
            self.close_missing()
        if self.open and not self.open[-1].filled and kind != "RBRACE":
            # Where blocks are indented, one whose first line is not has nothing in it.
            self.open[-1].filled = True
            self.open[-1].indented = self.indented or indent > self.open[-1].indent
            self._look_at_indentation(kind, start)


def _is_indented(source: Source, tokens: list[Token]) -> bool:
    """Whether any block of the file stands further in than its head."""
    for (kind, start, end), (_, first, _) in pairwise(tokens):
        indent = _indent(source, end, first) if kind == "LBRACE" else None
        if indent is not None and indent > _line_indent(source, start):
            return True
    return False


def _ends(block: _Open, indent: int, kind: str) -> bool:
    """Whether a line that is indented so far can no longer belong to the block."""
    if not block.indented:
        return False
    return indent < block.indent if kind == "RBRACE" else indent <= block.indent


_BLANKS = re.compile(r"[^\S\n]*")


def _indent(source: Source, before: int, at: int) -> int | None:
    """How far a word is indented, or None where the one before stands on its line too."""
    begin = source.line_start(at)
    return at - begin if begin > before or not before else None


def _line_indent(source: Source, at: int) -> int:
    begin = source.line_start(at)
    match = _BLANKS.match(source.text, begin)
    return match.end() - begin if match else 0


def _unclosed(source: Source, block: _Open, before: int) -> Diagnostic:
    insert = Edit(Span(source, before, before), "\n" + " " * block.indent + "}")
    return writing.UNCLOSED_BLOCK.at(
        Span(source, block.at, block.at + 1),
        "the block that begins here has no closing `}`",
        hint="write `}` on a line of its own below the last line of the block",
        fix=Fix("close the block with `}`", (insert,)),
    )


def _stray(source: Source, at: int) -> Diagnostic:
    span = Span(source, at, at + 1)
    return writing.STRAY_BRACE.at(
        span,
        "this `}` closes nothing",
        hint="delete it, or write the `{` that it should close",
        fix=Fix("delete the `}`", (Edit(span, ""),)),
    )
