"""Where the stages of `resolve` write down what is wrong, in the order they find it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.quoted import parse_value
from vsmdsl.language.syntax import Statement, Text, Value
from vsmdsl.model.resolve.spelling import near

MOST_GUESSES = 20  # among names that may be thousands
MOST_WORDS = 1_000  # among the few words of the language


class TooManyMistakesError(Exception):
    """There are more errors than are told: what else is wrong need not be found."""


class Log:
    """A list of diagnostics that grows while one map is resolved, and never outlives it.

    Raises TooManyMistakesError when it has more than `most` errors.
    """

    def __init__(self, most: float = math.inf) -> None:
        self.most = most
        self.entries: list[Diagnostic] = []
        self.guesses = 0
        self.looks = 0
        self._seen: set[Any] = set()

    def add(self, diagnostic: Diagnostic) -> None:
        """Write one down, once: a kaizen is read for itself and again where it is applied."""
        what = (diagnostic.code.code, diagnostic.span, diagnostic.message)
        if what not in self._seen:
            self._seen.add(what)
            self.entries.append(diagnostic)
            self.most -= diagnostic.is_error
            if self.most < 0:
                raise TooManyMistakesError

    def lacking(self, statement: Statement, diagnostic: Diagnostic) -> None:
        """Write down that something is missing, unless it may stand in what could not be read."""
        if not statement.broken:
            self.add(diagnostic)

    def near(self, word: str, known: Callable[[], Iterable[str]]) -> str | None:
        """The name that was meant, among names that may be many.

        After some guesses there are no more: who misspells a hundred names has another mistake.
        """
        self.guesses += 1
        return near(word, known()) if self.guesses <= MOST_GUESSES else None

    def word(self, word: str, known: Iterable[str]) -> str | None:
        """The word of the language that was meant: a key, a unit, one of a few."""
        self.looks += 1
        return near(word, known) if self.looks <= MOST_WORDS else None

    def hint(self, word: str, known: Iterable[str]) -> str:
        """Did you mean …, or what there is."""
        names = list(known)
        found = self.near(word, lambda: names)
        if found:
            return f"did you mean `{found}`?"
        return "there is " + ", ".join(f"`{name}`" for name in names[:8]) if names else ""

    @property
    def has_errors(self) -> bool:
        """Whether anything is worse than an advice."""
        return any(one.is_error for one in self.entries)

    def reread(self, text: Text) -> Value | None:
        """The value that stands in quotes, if it is one; its spans are those of the quotes."""
        return parse_value(text)
