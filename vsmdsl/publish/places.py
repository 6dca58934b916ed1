"""On which line of a page a map begins: who draws a fence is given its text alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from vsmdsl.language.source import normalise
from vsmdsl.publish.hosts import markdown as hosts

Key = tuple[tuple[str, ...], frozenset[tuple[str, str]] | None]
PAGES = 4  # that are read at once, in threads


def line_of(text: str, options: Mapping[str, str], page: Path | None) -> int:
    """The line of the page on which the text of a fence begins; 1 where nobody can tell."""
    try:
        facts = page.stat() if page else None
        found = _places(page, facts.st_mtime_ns, facts.st_size) if page and facts else {}
    except (OSError, UnicodeDecodeError):
        return 1
    told = _plain(text)
    return found.get((told, frozenset(options.items()))) or found.get((told, None), 1)


@lru_cache(maxsize=PAGES)
def _places(page: Path, *edition: int) -> Mapping[Key, int]:  # noqa: ARG001 - see below
    """The first line of each fence, by its text and options, and by its text alone.

    A page is read once for all its fences: to look for each takes the square of the time. It is
    read again when it has another edition: the time of its last change, and its bytes.
    """
    text = normalise(page.read_text(encoding="utf-8"))
    found: dict[Key, int] = {}
    line, at = 2, 0
    for one in hosts.fences(text):
        line, at = line + text.count("\n", at, one.head[0]), one.head[0]
        told = _plain(one.text)
        found.setdefault((told, frozenset(one.options.items())), line)
        found.setdefault((told, None), line)
    return found


def _plain(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().split("\n"))
