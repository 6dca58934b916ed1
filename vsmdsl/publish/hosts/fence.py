"""A map inside another document, and the way from its letters to those of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import dropwhile
from types import MappingProxyType

from vsmdsl.language.diagnostics import Diagnostic, Edit, Fix, Label
from vsmdsl.language.source import Source, Span
from vsmdsl.record import field, record, replace

Options = Mapping[str, str]
NONE: Options = MappingProxyType({})
NAME = re.compile(r"\.?vsm(?=[\s{]|$)", re.IGNORECASE)
CLASS = re.compile(r"(?<![^\s{])\.vsm(?![\w-])", re.IGNORECASE)
OPTION = re.compile(r"""(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S*))""")
SKIP = re.compile(r"\bvsm:\s*skip\b")  # in a comment right above: this one is broken on purpose


@record
class Fence:
    """One map of a document.

    `starts` and `ends` tell for each letter of `text` where it begins and ends in the document;
    `starts` has one more, for the end of the text. `head` is the place of the line that opens it.
    `margin` stands in front of every line. `named` says which cell of a notebook it is in, `above`
    how many lines of the cell come before it.
    """

    text: str
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)
    head: tuple[int, int]
    options: Options = NONE
    margin: str = ""
    named: str = ""
    above: int = 0

    @property
    def file(self) -> str:
        """The file of the project that is drawn instead of a text, or nothing."""
        return self.options.get("file", "")

    def span(self, host: Source, start: int, end: int) -> Span:
        """A place of the text as a place of the document."""
        begin = self.starts[start]
        return Span(host, begin, max(begin, self.ends[end - 1] if end > start else begin))

    def lifted(self, outer: Fence) -> Fence:
        """The same fence, where its document is itself the text of an outer one (a cell)."""
        return replace(
            self,
            starts=tuple(outer.starts[at] for at in self.starts),
            ends=tuple(outer.ends[at - 1] for at in self.ends),
            head=(outer.starts[self.head[0]], outer.starts[self.head[1]]),
            named=outer.named,
            above=outer.text.count("\n", 0, self.starts[0]),
        )


def made(
    text: str,
    lines: Iterable[tuple[int, int]],
    head: tuple[int, int],
    options: Options = NONE,
    margin: str = "",
) -> Fence:
    """The fence whose lines lie between these offsets of a text; each ends with a newline.

    Blank lines before the first word are no part of it: to reStructuredText they mean something.
    """
    at: list[int] = []
    last = head[1]
    for start, end in dropwhile(lambda place: not text[slice(*place)].strip(), lines):
        at += range(start, end)
        at.append(end)
        last = end
    own = "".join(text[one] if one < len(text) else "\n" for one in at)
    ends = tuple(min(one + 1, len(text)) for one in at)
    return Fence(own, (*at, min(last + 1, len(text))), ends, head, options, margin)


def in_host(one: Diagnostic, fence: Fence, inner: Source, host: Source) -> Diagnostic:
    """A message about a map as a message about the document that the map stands in."""

    def moved(span: Span) -> Span:
        return fence.span(host, span.start, span.end) if span.source is inner else span

    where = f" ({fence.named}, line {one.span.line + fence.above})" if fence.named else ""
    return replace(
        one,
        span=moved(one.span),
        message=one.message + where if one.span.source is inner else one.message,
        labels=tuple(Label(moved(label.span), label.text) for label in one.labels),
        fix=one.fix and Fix(one.fix.title, tuple(_edit(e, moved(e.span)) for e in one.fix.edits)),
    )


def _edit(edit: Edit, span: Span) -> Edit:
    return Edit(span, edit.text)


def is_map(head: str) -> bool:
    """Whether a fence that begins so holds a map: `vsm`, `VSM width=900`, `{.wide .vsm}`."""
    braces = head.lstrip()[:1] == "{"
    return bool(CLASS.search(OPTION.sub(" ", head)) if braces else NAME.match(head.lstrip()))


def words(head: str) -> dict[str, str]:
    """The options of a line such as `vsm file=a.vsm title="Two words" bands='a,b' wide`."""
    found = OPTION.finditer(head)
    return {one[1].lower(): one[2] or one[3] or _unbraced(one[4] or "") for one in found}


def bare(head: str) -> list[str]:
    """The words of a line that are no options with a value."""
    return re.sub(r"[{}]", " ", OPTION.sub(" ", head)).split()


def _unbraced(value: str) -> str:
    """A value without the brace that closes the list it is in: `{.vsm width=900}`."""
    return value.removesuffix("}") if value.count("}") > value.count("{") else value
