"""Directives of reStructuredText: `.. vsm::`, `.. vsm-file::`, and code that says it is `vsm`."""

from __future__ import annotations

import re

from vsmdsl.publish.hosts.fence import SKIP, Fence, made
from vsmdsl.publish.hosts.markdown import LITERAL, directive_options, last_words

CODE = frozenset({"code", "code-block", "sourcecode"})
_DIRECTIVE = re.compile(r"([ \t]*)\.\.[ \t]+(?:\|[^|]+\|[ \t]+)?([\w:.+-]+?)::(?:[ \t]+(.*))?$")
_EXPLICIT = re.compile(r"([ \t]*)\.\.(?:[ \t]|$)")


def fences(text: str) -> list[Fence]:
    """All maps of a page, in order."""
    page = _Page(text)
    number = 0
    while number < len(page.lines):
        number = page.read(number)
    return page.found


class _Page:
    """The lines of a page with their places, and the maps that were found in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.found: list[Fence] = []

    def read(self, number: int) -> int:
        """Read what begins on this line, and tell where to go on."""
        line = self.lines[number]
        if one := _DIRECTIVE.match(line):
            return self._directive(number, one[2].lower(), (one[3] or "").strip())
        literal = _EXPLICIT.match(line) or line.rstrip().endswith("::")
        return self._after(number) if literal else number + 1

    def _directive(self, number: int, name: str, argument: str) -> int:
        end = self._after(number)
        if name == "vsm-file" or name == "vsm" or (name in CODE and argument == "vsm"):
            if not self._skipped(number):
                self.found.append(self._map(number, end, name, argument))
            return end
        return end if name in LITERAL else number + 1  # what stands in others is text as well

    def _map(self, number: int, end: int, name: str, argument: str) -> Fence:
        body = range(number + 1, end)
        margin = self._margin(body)
        lines = [self.lines[at].removeprefix(margin) for at in body]
        count, options = directive_options(lines)
        places = [(self.starts[at] + len(margin), self._end(at)) for at in body[count:]]
        places = [(min(start, end), end) for start, end in places]
        line = self.lines[number]
        if name == "vsm-file":
            options["file"] = argument
        elif argument and name == "vsm":  # a map may begin on the line of the directive
            start = self.starts[number] + line.rindex(argument)
            places.insert(0, (start, start + len(argument)))
        begin = self.starts[number] + len(line) - len(line.lstrip())
        return made(self.text, places, (begin, self._end(number)), options, margin)

    def _end(self, number: int) -> int:
        return self.starts[number] + len(self.lines[number])

    def _after(self, number: int) -> int:
        """The first line that is indented no more than this one; blank ones before it stay."""
        depth = _depth(self.lines[number])
        at = last = number + 1
        while at < len(self.lines):
            if self.lines[at].strip():
                if _depth(self.lines[at]) <= depth:
                    break
                last = at + 1
            at += 1
        return last

    def _margin(self, body: range) -> str:
        lines = [self.lines[at] for at in body if self.lines[at].strip()]
        shortest = min(lines, key=_depth, default="")
        return shortest[: _depth(shortest)]

    def _skipped(self, number: int) -> bool:
        above = last_words(self.lines, number)
        return bool(_EXPLICIT.match(above) and SKIP.search(above))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
