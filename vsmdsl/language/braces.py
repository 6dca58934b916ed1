"""Braces that do not match: where the missing one belongs, and which one is too many.

Indentation means nothing in a file whose braces match. Where they do not, it is the best witness
of what the author had in mind.
"""

from __future__ import annotations

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


def balanced(source: Source, tokens: list[Token]) -> tuple[list[Token], list[Diagnostic]]:
    """The same words with every block closed and nothing closed twice."""
    mending = _Mending(source)
    for token in tokens:
        mending.take(token)
    while mending.open:
        mending.close_missing()
    return mending.tokens, mending.diagnostics


class _Mending:
    """The words so far, and the blocks that are open."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens: list[Token] = []
        self.diagnostics: list[Diagnostic] = []
        self.open: list[_Open] = []

    def take(self, token: Token) -> None:
        kind, start, _ = token
        if self._fresh():
            self._look_at_indentation(kind, start)
        if kind == "LBRACE":
            self.open.append(_Open(start, _line_indent(self.source, start)))
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

    def _fresh(self) -> bool:
        return not self.tokens or self.tokens[-1][0] in ("SEP", "LBRACE")

    def _look_at_indentation(self, kind: str, start: int) -> None:
        indent = _indent(self.source, start)
        if indent is None:
            return
        while self.open and _ends(self.open[-1], indent, kind):
            self.close_missing()
        if self.open and not self.open[-1].filled and kind != "RBRACE":
            self.open[-1].filled = True
            self.open[-1].indented = indent > self.open[-1].indent


def _ends(block: _Open, indent: int, kind: str) -> bool:
    """Whether a line that is indented so far can no longer belong to the block."""
    if not block.indented:
        return False
    return indent < block.indent if kind == "RBRACE" else indent <= block.indent


def _indent(source: Source, at: int) -> int | None:
    """How far a word is indented, or None where it is not the first of its line."""
    begin = source.text.rfind("\n", 0, at) + 1
    return None if source.text[begin:at].strip() else at - begin


def _line_indent(source: Source, at: int) -> int:
    begin = source.text.rfind("\n", 0, at) + 1
    line = source.text[begin : at + 1]
    return len(line) - len(line.lstrip())


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
