"""One small function for every rule of the grammar: the parts of a thing in, its node out.

The parser calls the function that has the name of the rule (or of its alias, behind the `->` in
the grammar) with what the rule is made of, in order. Words come as tokens: kind, start, end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source, Span
from vsmdsl.language.strings import unquoted
from vsmdsl.language.syntax import (
    Address,
    Approx,
    Argument,
    Attr,
    AttributeLine,
    Block,
    Call,
    Clause,
    Comparison,
    Date,
    Item,
    Items,
    Link,
    Measure,
    Number,
    Part,
    Percent,
    Range,
    Ratio,
    Segment,
    Signed,
    Statement,
    Sum,
    Text,
    Unknown,
    Word,
)  # fmt: skip
from vsmdsl.language.words import UNITS, WORDS

Parts = list[Any]  # what a rule is made of: tokens, nodes, lists of nodes

_PART = re.compile(r"([0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?)[ \t]*((?:[^\W\d]|[0-9]+$)*)")
_COMPARISONS = {"≤": "<=", "≥": ">="}


class Builder:
    """Makes the nodes of one text, and collects what is wrong inside its words."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.diagnostics: list[Diagnostic] = []
        self.broken = False  # something in the statement at hand could not be read
        self.reach = 0  # up to where letters were passed over
        self.mistakes: list[int] = []  # places of what was wrong before any rule was applied

    # --- lists ------------------------------------------------------------------------------

    def nothing(self, _: Parts) -> Parts:
        return []

    def one(self, parts: Parts) -> Parts:
        return parts

    both = segment = attribute_line = one

    def two(self, parts: Parts) -> Parts:
        return [parts[0], parts[2]]

    def added(self, parts: Parts) -> Parts:
        parts[0].append(parts[1])
        return parts[0]  # type: ignore[no-any-return]

    segment_longer = attribute_line_longer = added

    def added_two(self, parts: Parts) -> Parts:
        parts[0].extend(parts[1:])
        return parts[0]  # type: ignore[no-any-return]

    def added_after_comma(self, parts: Parts) -> Parts:
        parts[0].append(parts[2])
        return parts[0]  # type: ignore[no-any-return]

    added_after_arrow = added_after_comma

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
        found: list[Part] = []
        for match in _PART.finditer(self.text, start, end):
            digits, unit = match.groups()
            known = unit.rstrip("0123456789")
            span = Span(self.source, match.start(), match.end())
            if known != unit and known in UNITS:  # `4h30`, unlike `12 m2`
                split = Span(self.source, span.end - len(unit) + len(known), span.end)
                found.append(Part(digits, known, Span(self.source, span.start, split.start)))
                found.append(Part(split.text, "", split))
                self.diagnostics.append(_missing_unit(split))
                self.broken, self.reach = True, end
            else:
                found.append(Part(digits, unit, span))
        return Measure(tuple(found), Span(self.source, start, end))

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

    # --- the parts of a statement -----------------------------------------------------------

    def attr(self, parts: Parts) -> Attr:
        (_, start, end), value = parts
        key = self._key(parts[0])
        return Attr(key, value, Span(self.source, start, max(end, value.span.end)))

    def quoted_attr(self, parts: Parts) -> Attr:
        (_, start, end), value = parts
        name = self.text[start : end - 1].rstrip()
        key = self._unquoted(start, start + len(name))
        return Attr(key, value, Span(self.source, start, max(end, value.span.end)))

    def _key(self, token: tuple[str, int, int]) -> Word:
        _, start, end = token
        return self._word(start, start + len(self.text[start : end - 1].rstrip()))

    def clause(self, parts: Parts) -> Clause:
        (_, start, end), refs = parts
        word = self.text[start:end].lower()
        return Clause(word, tuple(refs), Span(self.source, start, refs[-1].span.end))

    def link_clause(self, parts: Parts) -> Clause:
        (_, start, end), link = parts[0], self.single_link(parts[1:])
        span = Span(self.source, start, link.span.end)
        return Clause(self.text[start:end].lower(), (), span, link)

    def link(self, parts: Parts) -> Link:
        start, ends = parts[0], tuple(parts[2])
        return Link(start, ends, start.span.to(ends[-1].span))

    def single_link(self, parts: Parts) -> Link:
        return self.link([parts[0], None, [parts[2]]])

    def comparison(self, parts: Parts) -> Comparison:
        (_, start, end), value = parts
        op = self.text[start:end]
        return Comparison(_COMPARISONS.get(op, op), value, Span(self.source, start, value.span.end))

    # --- statements -------------------------------------------------------------------------

    def element(self, parts: Parts) -> Statement:
        items: list[Item] = []
        for part in parts[1:]:
            if isinstance(part, list):
                items += part
            else:
                items.append(part)
        return self.statement(parts[0], tuple(items))

    linked = metric = goal = listing = setting = placing = include = element

    def stream(self, parts: Parts) -> Statement:
        return self.statement(parts[0], tuple(_segment(segment) for segment in parts[1]))

    def unread(self, parts: Parts) -> Statement:
        return parts[0]  # type: ignore[no-any-return]

    def statement(self, first: tuple[str, int, int], items: tuple[Item, ...]) -> Statement:
        keyword = self._word(first[1], first[2])
        word = WORDS.get(keyword.text.lower(), "")
        end = items[-1].span.end if items else first[2]
        broken, end = self._broken(first[1], end)
        return Statement(word, keyword, items, None, Span(self.source, first[1], end), broken)

    def _broken(self, start: int, end: int) -> tuple[bool, int]:
        """Whether something from here to there could not be read, and where it really ends."""
        if self.broken:
            self.broken = False
            return True, max(end, self.reach)
        if not self.mistakes:
            return False, end
        at = bisect_left(self.mistakes, start)
        return at < len(self.mistakes) and self.mistakes[at] <= end, end

    def with_block(self, parts: Parts) -> Statement:
        head, block = parts
        span = Span(self.source, head.span.start, block.span.end)
        return Statement(head.word, head.keyword, head.items, block, span, head.broken)

    def block(self, parts: Parts) -> Block:
        (_, start, _), entries, (_, _, end) = parts
        one_line = self.text.find("\n", start, end) < 0
        return Block(tuple(entries), Span(self.source, start, end), one_line)

    def entry_added(self, parts: Parts) -> Parts:
        entries, entry, _ = parts
        entries.append(self._line(entry) if isinstance(entry, list) else entry)
        return entries  # type: ignore[no-any-return]

    def _line(self, attrs: Parts) -> AttributeLine:
        start = attrs[0].span.start
        broken, end = self._broken(start, attrs[-1].span.end)
        return AttributeLine(tuple(attrs), Span(self.source, start, end), broken)

    def start(self, parts: Parts) -> Parts:
        return parts[0]  # type: ignore[no-any-return]


def _segment(parts: Parts) -> Segment:
    name = parts[0] if isinstance(parts[0], (Word, Text)) else None
    values = tuple(part for part in parts[1 if name else 0 :] if not isinstance(part, Attr))
    attrs = tuple(part for part in parts if isinstance(part, Attr))
    return Segment(name, values, attrs, parts[0].span.to(parts[-1].span))


def _missing_unit(span: Span) -> Diagnostic:
    return writing.MISSING_LAST_UNIT.at(
        span,
        f"`{span.text}` has no unit, although the number before it has one",
        hint=f"write `{span.text}min`, or whatever it counts",
    )
