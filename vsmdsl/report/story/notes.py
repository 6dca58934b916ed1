"""The remarks on the map, written in Markdown: HTML stays text, pictures stay out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.filling import prose
from vsmdsl.report.story.places import name_of
from vsmdsl.report.subject import Side, Subject

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINK = re.compile(r"(?i)(?:https?://|mailto:)[^\s]+")
BELOW = 3  # headings of a note stand below those of the report


@record
class Note:
    """One remark: the place it is about (empty: the whole map), and its text as markup."""

    place: str
    on: str
    text: str  # what came through the door `prose`


@record
class Notes:
    """All remarks, in the order of the map."""

    lead: str
    notes: tuple[Note, ...]


def notes(subject: Subject) -> Notes | None:
    """The remarks of the state that is shown."""
    side = subject.shown
    found = tuple(
        Note(_places(subject, side, one.on), one.on[0] if one.on else "", markup(one.label))
        for one in side.stream.notes
        if one.label.strip()
    )
    return Notes("", found) if found else None


def markup(text: str) -> str:
    """Markdown as markup: no HTML of its own, no pictures, links to the web and to people only."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + BELOW, 6)}"
        for child in token.children or ():
            if child.type == "image":  # what it shows, in words: nothing is fetched
                child.type = "text"
    return prose(parser.renderer.render(tokens, parser.options, {}))


def plain(text: str) -> str:
    """The words of a remark without their Markdown, on one line."""
    inline = [token for token in _parser().parse(text) if token.type == "inline"]
    return "; ".join(words.one_line(_said(token)) for token in inline)


def _said(token: Token) -> str:
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
    )


def _places(subject: Subject, side: Side, keys: tuple[str, ...]) -> str:
    return words.listed(subject, (name_of(side, key) for key in keys))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only for maps with notes

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.validateLink = _is_safe  # type: ignore[method-assign]
    return parser


def _is_safe(url: str) -> bool:
    return LINK.fullmatch(url) is not None
