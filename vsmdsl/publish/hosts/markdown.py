"""Fences of Markdown and MyST: ```` ```vsm ````, `~~~vsm`, ```` ```{vsm} ```` and `:::{vsm}`.

What a page means depends on who renders it. We take as a fence what any of the usual programs
would: in lists, quotes, admonitions and tabs, at any depth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from vsmdsl.publish.hosts.fence import SKIP, Fence, is_map, made, words

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

NAMES = ("vsm", "vsm-file")
DEEPEST = 20  # directives in directives
# A directive of MyST whose content is Markdown again; what stands in the others is shown as it is.
LITERAL = frozenset({
    "code", "code-block", "code-cell", "sourcecode", "literalinclude", "parsed-literal", "math",
    "raw", "eval-rst", "graphviz", "mermaid", "doctest", "testcode",
})  # fmt: skip
# Lines that open a block of an extension. To plain Markdown they would be paragraphs, and what is
# indented below a paragraph belongs to it.
_OPENER = re.compile(
    r"^[ \t]*(?:(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+\S.*|/{3,}.*"
    r"|<\w[^>\n]{0,300}\bmarkdown\b[^>\n]{0,300}>[ \t]*)$",
    re.MULTILINE,
)
_COLONS = re.compile(r"^([ \t]*)(:{3,})\{([\w-]+)\}(.*)$")
_OPTION = re.compile(r":([\w-]+):(?:[ \t]+(.*))?$")
_COMMENT = re.compile(r"[ \t]*(?:<!--|%)")


def fences(text: str) -> list[Fence]:
    """All maps of a page, in order."""
    if not likely(text):
        return []
    page = _Page(text)
    found = [*_fenced(page, text), *_in_colons(page)]
    return sorted(found, key=lambda one: one.head)


def likely(text: str) -> bool:
    """Whether a line looks like the head of a fence of ours: reading Markdown takes its time."""
    lines = (line for line in text.split("\n") if "vsm" in line.lower())
    return any(mark in line for line in lines for mark in ("```", "~~~", ":::"))


class _Page:
    """A text as lines, each with its place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.taken: set[int] = set()  # lines that lie in fences

    def head(self, number: int) -> tuple[int, int]:
        line = self.lines[number]
        start = self.starts[number]
        return start + len(line) - len(line.lstrip()), start + len(line.rstrip())

    def skipped(self, number: int) -> bool:
        """Whether a comment above a line says that a map is broken on purpose."""
        above = last_words(self.lines, number)
        return bool(_COMMENT.match(above) and SKIP.search(above))


def last_words(lines: list[str], number: int) -> str:
    """The nearest line above that is not blank."""
    return next((lines[at] for at in range(number - 1, -1, -1) if lines[at].strip()), "")


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only where a page is read

    # Without indented code, a fence counts at any depth: those of tabs and admonitions are deep.
    return MarkdownIt("commonmark").disable("code")


def _fenced(page: _Page, text: str, shift: int = 0, depth: int = 0) -> Iterator[Fence]:
    plain = _OPENER.sub(lambda line: " " * len(line[0]), text)
    for token in _reader().parse(plain):
        if token.type == "fence" and token.map:
            first, last = token.map[0] + shift, token.map[1] + shift
            page.taken.update(range(first, last))
            lines = token.content.removesuffix("\n").split("\n") if token.content else []
            yield from _taken(page, first, lines, token.info.strip(), depth)


def _taken(page: _Page, first: int, lines: list[str], info: str, depth: int) -> Iterator[Fence]:
    """The map of a fence, or those of the directive that the fence is."""
    name, rest = directive(info)
    if name is None:
        if is_map(info) and not page.skipped(first):
            yield _fence(page, first, lines, words(info))
    elif name in NAMES:
        if not page.skipped(first):
            yield _directive(page, first, lines, name, rest)
    elif name not in LITERAL and depth < DEEPEST:
        # What stands in it is Markdown again; its lines count on from the page's.
        yield from _fenced(page, "\n".join(lines) + "\n", first + 1, depth + 1)


def _in_colons(page: _Page) -> Iterator[Fence]:
    """`:::{vsm}`, which is no fence to plain Markdown."""
    at = 0
    while at < len(page.lines):
        found = None if at in page.taken else _COLONS.match(page.lines[at])
        if not found or found[3] not in NAMES:
            at += 1
            continue
        lines = _until_closed(page, at, found[1], len(found[2]))
        if not page.skipped(at):
            yield _directive(page, at, lines, found[3], found[4].strip())
        at += 1 + len(lines)


def _until_closed(page: _Page, opened: int, margin: str, marks: int) -> list[str]:
    close = re.compile(rf"\s*:{{{marks},}}\s*")
    lines = []
    for at in range(opened + 1, len(page.lines)):
        if close.fullmatch(page.lines[at]):
            break
        lines.append(page.lines[at].removeprefix(margin))
    return lines


def _directive(page: _Page, first: int, lines: list[str], name: str, argument: str) -> Fence:
    skipped, options = directive_options(lines)
    if name == "vsm-file":
        options["file"] = argument
    return _fence(page, first + skipped, lines[skipped:], options, first)


def _fence(
    page: _Page, first: int, lines: list[str], options: dict[str, str], head: int | None = None
) -> Fence:
    """The fence whose lines come after line `first` of the page."""
    places, margin = [], None
    for number, line in enumerate(lines, first + 1):
        host = page.lines[number] if number < len(page.lines) else ""
        inner = line if host.endswith(line) else line.lstrip()  # tabs are spaces to Markdown
        start = page.starts[number] + len(host) - len(inner)
        places.append((start, page.starts[number] + len(host)))
        margin = host[: len(host) - len(inner)] if margin is None and inner.strip() else margin
    place = page.head(first if head is None else head)
    return made(page.text, places, place, options, margin or "")


def directive(info: str) -> tuple[str | None, str]:
    """The name of a directive of MyST (`{vsm-file} a.vsm`) and its argument; None if it is none."""
    found = re.match(r"\{([a-zA-Z][\w:.+-]*)\}(.*)", info)
    return (found[1], found[2].strip()) if found else (None, "")


def directive_options(lines: list[str]) -> tuple[int, dict[str, str]]:
    """How many lines of a directive are options (`:future: q1`, or YAML), and the options."""
    if lines and lines[0].strip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.strip() == "---":
                return number + 1, _yaml(lines[1:number])
    options: dict[str, str] = {}
    for number, line in enumerate(lines):
        found = _OPTION.match(line.strip())
        if not found:
            return number, options
        options[found[1].lower()] = (found[2] or "").strip()
    return len(lines), options


def _yaml(lines: list[str]) -> dict[str, str]:
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {key.strip().lower(): value.strip().strip("\"'") for key, _, value in pairs}
