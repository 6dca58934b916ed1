"""One small function for every rule of the grammar: the parts of a thing in, its node out.

Here are the lists, the parts of statements, and statements; values are made in `build_values`.
"""

from __future__ import annotations

from bisect import bisect_left

from vsmdsl.language.build_values import Parts, ValueBuilder
from vsmdsl.language.source import Span
from vsmdsl.language.syntax import (
    Attr,
    AttributeLine,
    Block,
    Clause,
    Comparison,
    Item,
    Link,
    Segment,
    Statement,
    Text,
    Word,
)  # fmt: skip
from vsmdsl.language.words import WORDS

_COMPARISONS = {"≤": "<=", "≥": ">="}


class Builder(ValueBuilder):
    """Makes the nodes of one text, and collects what is wrong inside its words."""

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

    # --- the parts of a statement -----------------------------------------------------------

    def attr(self, parts: Parts) -> Attr:
        return Attr(self._key(parts[0]), parts[1])

    def quoted_attr(self, parts: Parts) -> Attr:
        (_, start, end), value = parts
        name = self.text[start : end - 1].rstrip()
        return Attr(self._unquoted(start, start + len(name)), value)

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
