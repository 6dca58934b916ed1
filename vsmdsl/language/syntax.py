"""The syntax tree: what was written, in the author's order, with its place.

There is one shape for everything: a statement is a word followed by items, and perhaps a block.
Nothing here knows what a word means; `vsmdsl.model.resolve` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from vsmdsl.language.source import Source, Span
from vsmdsl.record import field, record

T = TypeVar("T")

# --- values ---------------------------------------------------------------------------------


@record
class Word:
    """A bare name: an id, a statement word, a figure such as `cycle.lead_time`."""

    text: str  # NFC
    span: Span = field(compare=False)


@record
class Text:
    """A string, already unescaped; `triple` for the kind that may span lines."""

    text: str
    span: Span = field(compare=False)
    triple: bool = False


@record
class Number:
    """A plain number; `digits` as written, `_` included."""

    digits: str
    span: Span = field(compare=False)


@record
class Percent:
    """A number followed by `%`."""

    digits: str
    span: Span = field(compare=False)


@record
class Part:
    """A number with its unit, as written: `3` `d`."""

    digits: str
    unit: str
    span: Span = field(compare=False)


@record
class Measure:
    """One or more parts that make one quantity: `1d4h`, `3 days`, `4600 pcs`."""

    parts: tuple[Part, ...]
    span: Span = field(compare=False)


@record
class Ratio:
    """Two values with `/` between them: `20/month`, `8h/day`, `2h/1d`."""

    left: Value
    right: Value
    span: Span = field(compare=False)


@record
class Sum:
    """Values joined by `+`: `4600 L + 2400 R`. A rate of a sum is `Ratio(Sum(…), …)`."""

    terms: tuple[Value, ...]
    span: Span = field(compare=False)


@record
class Range:
    """Two or three values with `..` between them."""

    points: tuple[Value, ...]
    span: Span = field(compare=False)


@record
class Argument:
    """One argument of a distribution; `name` is None where it is given by its place."""

    name: Word | None
    value: Value
    span: Span = field(compare=False)


@record
class Call:
    """A distribution: `lognormal(p50=2d, p85=6d)`."""

    name: Word
    arguments: tuple[Argument, ...]
    span: Span = field(compare=False)


@record
class Date:
    """A date as written, `2026-11-12`."""

    text: str
    span: Span = field(compare=False)


@record
class Unknown:
    """`?`: nobody knows yet."""

    span: Span = field(compare=False)


@record
class Approx:
    """An estimate, `~3d`."""

    value: Value
    span: Span = field(compare=False)


@record
class Signed:
    """A value with `+` or `-` in front of it."""

    sign: str
    value: Value
    span: Span = field(compare=False)


@record
class Address:
    """`https://…` or `@name`, written without quotes."""

    text: str
    span: Span = field(compare=False)


@record
class Items:
    """A list: two or more values with commas between them."""

    values: tuple[Value, ...]
    span: Span = field(compare=False)


Value = (
    Word | Text | Number | Percent | Measure | Ratio | Sum | Range | Call
    | Date | Unknown | Approx | Signed | Address | Items
)  # fmt: skip

Ref = Word | Text  # how one thing in a file speaks of another

# --- the items of a statement ---------------------------------------------------------------


@record
class Attr:
    """`key=value`. The key is a word (dotted in `set test.ca = 95%`) or a string (an own row)."""

    key: Word | Text
    value: Value

    @property
    def span(self) -> Span:
        """From the key to the end of the value."""
        begin = self.key.span
        return Span(begin.source, begin.start, self.value.span.end)


@record
class Clause:
    """`on A, B`, `from A`, `to B`, `of "file.vsm"`, `in q1`, `after A`, `before B`."""

    word: str  # lower case
    refs: tuple[Ref, ...]  # a clause may refer to a link: see `link`
    span: Span = field(compare=False)
    link: Link | None = None


@record
class Link:
    """`A -> B, C`."""

    start: Ref
    ends: tuple[Ref, ...]
    span: Span = field(compare=False)


@record
class Comparison:
    """`<= 24d` in a goal; `op` is one of `<=` `<` `>=` `>`."""

    op: str
    value: Value
    span: Span = field(compare=False)


@record
class Segment:
    """One part of a `stream` line, between two arrows."""

    name: Ref | None
    values: tuple[Value, ...]
    attrs: tuple[Attr, ...]
    span: Span = field(compare=False)


Item = Value | Attr | Clause | Link | Comparison | Segment

# --- statements -----------------------------------------------------------------------------


@record
class Block:
    """`{ … }` with what stands in it, in order. `one_line`: written on the line of its head."""

    entries: tuple[Entry, ...]
    span: Span = field(compare=False)
    one_line: bool = field(default=False, compare=False)


@record
class Statement:
    """`word item … [block]`.

    `word` is the canonical word in lower case (`process` is read as `step`), `keyword` what was
    written. `items` keep the author's order; bare names and strings are the values `Word` and
    `Text` among them. A statement that could not be read to its end is `broken`.
    """

    word: str
    keyword: Word
    items: tuple[Item, ...]
    block: Block | None
    span: Span = field(compare=False)
    broken: bool = field(default=False, compare=False)

    def of_kind(self, kind: type[T]) -> tuple[T, ...]:
        """The items of one kind, in order."""
        return tuple(item for item in self.items if isinstance(item, kind))


@record
class AttributeLine:
    """A line of `key = value` inside a block."""

    attrs: tuple[Attr, ...]
    span: Span = field(compare=False)
    broken: bool = field(default=False, compare=False)


Entry = Statement | AttributeLine


@record
class Comment:
    """A comment from its sign to the end of its line."""

    text: str
    span: Span = field(compare=False)


@record
class Tree:
    """A whole file: its entries, and beside them the comments in their order."""

    source: Source
    entries: tuple[Entry, ...]
    comments: tuple[Comment, ...] = ()

    def statements(self) -> Iterator[Statement]:
        """All statements of the file, outermost first, in order."""
        return _statements(self.entries)


def _statements(entries: tuple[Entry, ...]) -> Iterator[Statement]:
    for entry in entries:
        if isinstance(entry, Statement):
            yield entry
            if entry.block:
                yield from _statements(entry.block.entries)
