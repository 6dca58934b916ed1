"""Puts another text in the place of a map, and leaves the rest of its document as it is."""

from __future__ import annotations

import re

from vsmdsl.publish.hosts.fence import Fence
from vsmdsl.publish.hosts.line_ends import Change

_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # `splitlines` also ends one where a label may go on


def in_lines(host: str, fence: Fence, text: str) -> Change:
    """Other lines in the fence of a document: from the first that differs to the last."""
    before, after = _LINE.findall(fence.text), _LINE.findall(text)
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    if head == len(before) == len(after):
        return Change(fence.starts[0], fence.starts[0], "")
    # A line beside the difference goes along, so that there is a place for what is new.
    while head and (head == len(before) - tail or head == len(after) - tail):
        head -= 1
    while tail and (head == len(before) - tail or head == len(after) - tail):
        tail -= 1
    start = fence.starts[sum(map(len, before[:head]))]
    end = fence.ends[sum(map(len, before[: len(before) - tail])) - 1] if before else start
    new = "".join(after[head : len(after) - tail])
    return Change(_line_start(host, start, fence), end, _margined(new, fence, start, host))


def _alike(one: list[str], other: list[str]) -> int:
    count = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        count += 1
    return count


def _line_start(host: str, at: int, fence: Fence) -> int:
    begin = host.rfind("\n", 0, at) + 1
    return at if _inline(host, begin, at, fence) else begin


def _inline(host: str, begin: int, at: int, fence: Fence) -> bool:
    """Whether a map begins behind other words on its line (`.. vsm:: queue a 1d`)."""
    before = host[begin:at].rstrip()
    return before not in ("", fence.margin.rstrip())


def _margined(text: str, fence: Fence, start: int, host: str) -> str:
    begin = host.rfind("\n", 0, start) + 1
    inline = _inline(host, begin, start, fence)
    lines = [
        (fence.margin + line if line.strip() else fence.margin.rstrip() + line)
        for line in _LINE.findall(text)
    ]
    joined = "".join(lines)
    return joined.removeprefix(fence.margin) if inline else joined
