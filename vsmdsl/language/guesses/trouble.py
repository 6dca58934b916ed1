"""A word that does not fit, with the line it stands in; and a row of the table of guesses."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from vsmdsl.language.diagnostics import Code, Diagnostic, Edit, Fix
from vsmdsl.language.source import Source, Span
from vsmdsl.language.words import WORDS
from vsmdsl.record import record

Token = tuple[str, int, int]  # kind, start, end

FAR = 300  # no guess looks further than this many characters


@record
class Trouble:
    """The word at `at` does not fit in the statement that began with the word at `begun`."""

    source: Source
    tokens: list[Token]
    at: int
    begun: int
    accepts: Callable[..., bool]

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return self.source.text

    @property
    def kind(self) -> str:
        """What kind of word does not fit."""
        return self.tokens[self.at][0]

    @cached_property
    def previous(self) -> Token | None:
        """The word before, if it belongs to the same statement."""
        return self.tokens[self.at - 1] if self.at > self.begun else None

    @cached_property
    def place(self) -> Span:
        """The word that does not fit; where a line ends too early, the word before."""
        kind, start, end = self.tokens[self.at]
        if kind == "SEP" and self.previous:
            _, start, end = self.previous
        return Span(self.source, start, end)

    @cached_property
    def offset(self) -> int:
        """Where it went wrong."""
        return self.place.end if self.kind == "SEP" else self.place.start

    @cached_property
    def start(self) -> int:
        """Where the statement begins, or its last line before the place if that is nearer."""
        line = self.text.rfind("\n", 0, self.offset) + 1
        return max(self.tokens[self.begun][1], line, self.offset - FAR)

    @cached_property
    def end(self) -> int:
        """The end of the line, or near it."""
        end = self.text.find("\n", self.offset)
        return min(len(self.text) if end < 0 else end, self.offset + FAR)

    @cached_property
    def word(self) -> str:
        """The canonical statement word, or nothing where the line begins with none."""
        kind, start, end = self.tokens[self.begun]
        return WORDS.get(self.text[start:end].lower(), "") if kind.endswith("_WORD") else ""

    @cached_property
    def first(self) -> str:
        """The first word of the statement, whatever it is."""
        _, start, end = self.tokens[self.begun]
        return self.text[start:end]


Words = Callable[[re.Match[str]], str] | str  # a sentence, or how it is made from what was found


@record
class Row:
    """One guess: if `pattern` is found around the place, this is what to say.

    The group `at`, or all that was found, is what the carets point at and what the fix replaces.
    In the sentences `{0}` is the text at that place, `{name}` a group of the pattern. `words` are
    the statements in which the guess is right; `whole` guesses look at the line from its start.
    """

    code: Code
    pattern: str
    message: Words
    hint: Words = ""
    fix: Words | None = None
    title: str = ""
    words: frozenset[str] | None = None
    whole: bool = False
    only_if: Callable[[re.Match[str]], bool] | None = None

    def answer(self, trouble: Trouble) -> Diagnostic | None:
        """The message, if this is what happened."""
        if self.words is not None and trouble.word not in self.words:
            return None
        match = self._found(trouble)
        if match is None or (self.only_if and not self.only_if(match)):
            return None
        return said(self, trouble.source, match)

    def _found(self, trouble: Trouble) -> re.Match[str] | None:
        pattern = re.compile(self.pattern, re.MULTILINE)
        if self.whole:
            match = pattern.match(trouble.text, trouble.start, trouble.end)
            return match if match and trouble.offset <= match.end() else None
        for match in pattern.finditer(trouble.text, trouble.start, trouble.end):
            if match.start() <= trouble.offset <= match.end():
                return match
        return None


def said(row: Row, source: Source, match: re.Match[str]) -> Diagnostic:
    """The message of a row about what its pattern found."""
    group = "at" if "at" in match.re.groupindex else 0
    span = Span(source, *match.span(group))
    fix = None
    if row.fix is not None:
        text = _filled(row.fix, match)
        fix = Fix(row.title or f"write `{text}`", (Edit(span, text),))
    return row.code.at(span, _filled(row.message, match), hint=_filled(row.hint, match), fix=fix)


def _filled(words: Words, match: re.Match[str]) -> str:
    if callable(words):
        return words(match)
    groups = {name: text or "" for name, text in match.groupdict().items()}
    return words.format(groups.get("at", match[0]), **groups)
