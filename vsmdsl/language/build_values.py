"""What values are made of: one small function for every rule of the grammar that makes a value.

The parser calls the function that has the name of the rule (or of its alias, behind the `->` in
the grammar) with what the rule is made of, in order. Words come as tokens: kind, start, end.
"""

from __future__ import annotations

import re
from typing import Any

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source, Span
from vsmdsl.language.strings import unquoted
from vsmdsl.language.syntax import (
    Address,
    Approx,
    Argument,
    Call,
    Date,
    Items,
    Measure,
    Number,
    Part,
    Percent,
    Range,
    Ratio,
    Signed,
    Sum,
    Text,
    Unknown,
    Word,
)  # fmt: skip
from vsmdsl.language.words import UNITS

Parts = list[Any]  # what a rule is made of: tokens, nodes, lists of nodes

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"  # `string` takes long to load
_PART = re.compile(r"([0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?)[ \t]*((?:[^\W\d]|[0-9]+$)*)")


class ValueBuilder:
    """Makes the words and values of one text, and collects what is wrong inside them."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.diagnostics: list[Diagnostic] = []
        self.broken = False  # something in the statement at hand could not be read
        self.reach = 0  # up to where letters were passed over
        self.mistakes: list[int] = []  # places of what was wrong before any rule was applied

    # --- words ------------------------------------------------------------------------------

    def word(self, parts: Parts) -> Word:
        (_, start, end) = parts[0]
        return self._word(start, end)

    def _word(self, start: int, end: int) -> Word:
        text = self.text[start:end]
        if not text.isascii():
            from unicodedata import normalize  # most files have no such name

            text = normalize("NFC", text)
        return Word(text, Span(self.source, start, end))

    def text_of(self, parts: Parts) -> Text:
        (_, start, end) = parts[0]
        return self._unquoted(start, end)

    triple = text_of

    def _unquoted(self, start: int, end: int) -> Text:
        before = len(self.diagnostics)
        text = unquoted(Span(self.source, start, end), self.diagnostics)
        if len(self.diagnostics) > before:
            self.broken, self.reach = True, end
        return text

    def address(self, parts: Parts) -> Address:
        (_, start, end) = parts[0]
        return Address(self.text[start:end], Span(self.source, start, end))

    def date(self, parts: Parts) -> Date:
        (_, start, end) = parts[0]
        return Date(self.text[start:end], Span(self.source, start, end))

    # --- quantities -------------------------------------------------------------------------

    def number(self, parts: Parts) -> Number:
        (_, start, end) = parts[0]
        return Number(self.text[start:end], Span(self.source, start, end))

    def percent(self, parts: Parts) -> Percent:
        (_, start, end) = parts[0]
        return Percent(self.text[start : end - 1].rstrip(), Span(self.source, start, end))

    def measure(self, parts: Parts) -> Measure:
        (_, start, end) = parts[0]
        text, whole = self.text[start:end], Span(self.source, start, end)
        digits = text.rstrip(LETTERS)
        if digits.isdecimal() and digits.isascii() and digits != text:  # `3d`, as nearly all are
            return Measure((Part(digits, text[len(digits) :], whole),), whole)
        found: list[Part] = []
        wrong: list[Diagnostic] = []
        read = start
        for match in _PART.finditer(self.text, start, end):
            wrong += self._passed_over(whole, read, match.start())
            read = match.end()
            found += self._parts(match, wrong, first=not found)
        wrong += self._passed_over(whole, read, end)
        if wrong:  # what comes after the first follows from it
            self.diagnostics.append(wrong[0])
            self.broken, self.reach = True, end
        return Measure(tuple(found), whole)

    def _parts(self, match: re.Match[str], wrong: list[Diagnostic], *, first: bool) -> list[Part]:
        digits, unit = match.groups()
        known = unit.rstrip("0123456789")
        span = Span(self.source, match.start(), match.end())
        if not (unit or first):  # `1h0.5`
            wrong.append(_missing_unit(span))
        if known == unit or known not in UNITS:  # `12 m2`, unlike `4h30`
            return [Part(digits, unit, span)]
        split = Span(self.source, span.end - len(unit) + len(known), span.end)
        wrong.append(_missing_unit(split))
        measured = Span(self.source, span.start, split.start)
        return [Part(digits, known, measured), Part(split.text, "", split)]

    def _passed_over(self, whole: Span, start: int, end: int) -> list[Diagnostic]:
        """What stands in a measure and belongs to no part of it: `1d.5h`, `2d１`."""
        if not self.text[start:end].strip():
            return []
        from vsmdsl.language.guesses.measures import misplaced  # only a mistake needs it

        return [misplaced(whole, Span(self.source, start, end))]

    def unknown(self, parts: Parts) -> Unknown:
        (_, start, end) = parts[0]
        return Unknown(Span(self.source, start, end))

    def signed(self, parts: Parts) -> Approx | Signed:
        (_, start, end), value = parts
        sign, span = self.text[start:end], Span(self.source, start, value.span.end)
        return Approx(value, span) if sign in "~≈" else Signed(sign, value, span)

    def range(self, parts: Parts) -> Range:
        points = tuple(parts[::2])
        return Range(points, points[0].span.to(points[-1].span))

    def sum(self, parts: Parts) -> Sum:
        terms = tuple(parts[0])
        return Sum(terms, terms[0].span.to(terms[-1].span))

    def ratio(self, parts: Parts) -> Ratio:
        return Ratio(parts[0], parts[2], parts[0].span.to(parts[2].span))

    def ratio_of_word(self, parts: Parts) -> Ratio:
        return self.ratio([parts[0], None, self.word(parts[2:])])

    def items(self, parts: Parts) -> Items:
        values = tuple(parts[0])
        return Items(values, values[0].span.to(values[-1].span))

    def empty_call(self, parts: Parts) -> Call:
        return self.call([parts[0], parts[1], [], parts[2]])

    def call(self, parts: Parts) -> Call:
        name = self.word(parts)
        return Call(name, tuple(parts[2]), Span(self.source, name.span.start, parts[3][2]))

    def argument(self, parts: Parts) -> Argument:
        return Argument(None, parts[0], parts[0].span)

    def named_argument(self, parts: Parts) -> Argument:
        key = self._key(parts[0])
        return Argument(key, parts[1], key.span.to(parts[1].span))

    def _key(self, token: tuple[str, int, int]) -> Word:
        _, start, end = token
        text = self.text[start : end - 1].rstrip()
        if text.isascii():
            return Word(text, Span(self.source, start, start + len(text)))
        return self._word(start, start + len(text))


def _missing_unit(span: Span) -> Diagnostic:
    return writing.MISSING_LAST_UNIT.at(
        span,
        f"`{span.text}` has no unit, although the number before it has one",
        hint=f"write `{span.text}min`, or whatever it counts",
    )
