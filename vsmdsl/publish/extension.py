"""The fence as an extension of Python-Markdown: one line of configuration.

    markdown.markdown(text, extensions=["vsmdsl"])

It joins SuperFences where that is loaded, and works alone where it is not. In both, options may be
written with or without quotes: ```` ```vsm file=maps/checkout.vsm ````. A fence that nobody could
read is told in the log.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor

from vsmdsl.publish import fence
from vsmdsl.publish.hosts.fence import words
from vsmdsl.publish.picture import MOST
from vsmdsl.record import record

BEFORE_FENCES, AFTER_FENCES = 26, 24  # SuperFences and fenced_code begin at 25
OPENING = re.compile(r"^(?P<margin>[ \t>]*)(?P<marks>`{3,}|~{3,})[ \t]*(?P<rest>[^`]*)$")
CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*")
OURS = re.compile(r"\.?vsm(?=[ \t{]|$)|\{[^}]*?\.vsm\b")
OPTION = re.compile(r"""(?<![\w-])[\w-]+\s*=\s*("[^"]*"|'[^']*'|[^\s]*)""")
SETTINGS = {
    "width": "Wrap the maps to this many units",
    "theme": "auto, light or dark",
    "bands": "The parts of the pictures",
    "source": "show or link: what stands below each picture",
    "colors": "Colours by their role",
    "limits": "How much a map may have of everything",
    "cache": "A folder for pictures that were drawn before, or false",
    "project_settings": "Whether vsmdsl.toml and pyproject.toml of the project count",
}


class VsmExtension(Extension):  # type: ignore[misc]  # Markdown carries no types
    """Draws the maps of a page."""

    def __init__(self, **settings: Any) -> None:
        # Not None: Markdown would take every value for a yes or a no.
        self.config = {name: ["", help] for name, help in SETTINGS.items()}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Look at the page before the programs that know fences do, and after them."""
        settings = {name: one for name, one in self.getConfigs().items() if one != ""}
        fence.SETTINGS[md] = settings
        md.preprocessors.register(_Before(md), "vsm", BEFORE_FENCES)
        md.preprocessors.register(_After(md), "vsm_left", AFTER_FENCES)


def makeExtension(**settings: Any) -> VsmExtension:  # noqa: N802 - Markdown's own name
    """What Python-Markdown asks a module of an extension for."""
    return VsmExtension(**settings)


class _Before(Preprocessor):  # type: ignore[misc]
    """Hands our fences to SuperFences in a form that it reads, else draws them."""

    def run(self, lines: list[str]) -> list[str]:
        others = _superfences(self.md)
        if others is None:
            return [line for one in _blocks(lines) for line in self._drawn(one)]
        if not any(one["name"] == "vsm" for one in others.superfences):
            others.extend_super_fences("vsm", _formatted, fence.validator, None)
        return [line for one in _blocks(lines) for line in _quoted(one)]

    def _drawn(self, block: _Block) -> list[str]:
        if not block.ours or not block.closed or block.opening["margin"]:
            return block.lines
        html = fence.page_html("\n".join(block.lines[1:-1]), _options(block), self.md)
        return ["", self.md.htmlStash.store(html), ""]


class _After(Preprocessor):  # type: ignore[misc]
    """Tells of fences that are still there: the page shows them as they were written."""

    def run(self, lines: list[str]) -> list[str]:
        left = [block for block in _blocks(lines) if block.ours]
        for block in left[:MOST]:
            fence.report(_left(block, _superfences(self.md)), self.md)
        if len(left) > MOST:
            fence.report(f"{len(left) - MOST} more fences are not drawn", self.md)
        return lines


@record
class _Block:
    """Lines of a page: a fence with all that is in it, or one line that is in none."""

    lines: list[str]
    opening: Any = None
    closed: bool = False

    @property
    def ours(self) -> bool:
        """Whether this is the fence of a map."""
        return bool(self.opening and OURS.match(self.opening["rest"]))


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """The page in pieces. What looks like a fence inside another one is text."""
    at, ends = 0, _Ends(lines)
    while at < len(lines):
        found = OPENING.match(lines[at])
        end = ends.after(at, found["marks"]) if found else None
        yield _Block(lines[at : (end or at) + 1], found, end is not None)
        at = (end or at) + 1


class _Ends:
    """The lines that may close a fence, and for each the next one that has more marks.

    Who looks for them line by line takes the square of the time for fences that are never closed.
    """

    def __init__(self, lines: list[str]) -> None:
        self.places: dict[str, list[int]] = {"`": [], "~": []}
        self.counts: dict[str, list[int]] = {"`": [], "~": []}
        for at, line in enumerate(lines):
            if found := CLOSING.fullmatch(line):
                self.places[found[1][0]].append(at)
                self.counts[found[1][0]].append(len(found[1]))
        self.longer = {sign: _longer(counts) for sign, counts in self.counts.items()}

    def after(self, start: int, marks: str) -> int | None:
        """The first line below `start` that closes a fence with these marks."""
        places, counts, longer = (one[marks[0]] for one in (self.places, self.counts, self.longer))
        at = bisect_right(places, start)
        while at < len(places) and counts[at] < len(marks):
            at = longer[at]
        return places[at] if at < len(places) else None


def _longer(counts: list[int]) -> list[int]:
    """For each count the place of the next that is larger, or that behind the last one."""
    found = [len(counts)] * len(counts)
    for at in reversed(range(len(counts))):
        other = at + 1
        while other < len(counts) and counts[other] <= counts[at]:
            other = found[other]
        found[at] = other
    return found


def _left(block: _Block, superfences: Any) -> str:
    if not block.closed:
        return "this fence is never closed, so its map is not drawn"
    if superfences is None:
        return "this fence is indented, so its map is not drawn; load pymdownx.superfences"
    return "this fence could not be read, so its map is not drawn; look at its first line"


def _superfences(md: Markdown) -> Any:
    found = (one for one in md.registeredExtensions if hasattr(one, "extend_super_fences"))
    return next(found, None)


def _formatted(src: str, language: str, md: Any, options: Any, **more: Any) -> str:
    return fence.page_html(src, options or {}, md)


def _quoted(block: _Block) -> list[str]:
    """A fence whose options stand in quotes: SuperFences passes over all others."""
    told = _options(block) if block.ours and "{" not in block.opening["rest"] else {}
    if not told or any('"' in one and "'" in one for one in told.values()):
        return block.lines
    pairs = " ".join(f"{name}={_in_quotes(text)}" for name, text in told.items())
    return [f"{block.opening['margin']}{block.opening['marks']}vsm {pairs}", *block.lines[1:]]


def _options(block: _Block) -> dict[str, str]:
    """The options of a fence; a bare word is its own value, as SuperFences has it."""
    rest = re.sub(r"^\.?vsm\b", "", block.opening["rest"].strip())
    bare = re.sub(r"[{}]", " ", OPTION.sub(" ", rest)).split()
    return {**{word: word for word in bare if word[:1] not in ".#"}, **words(rest)}


def _in_quotes(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
