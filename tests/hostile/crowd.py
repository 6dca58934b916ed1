"""Maps that say many harmful texts at once: each stands in several places of one map."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import vsmdsl
from tests.hostile.strings import everywhere, quoted, strings
from vsmdsl.drawing.characters import visible

AT_ONCE = 60


@cache
def readable() -> tuple[str, ...]:
    """The texts that the language takes, and that are more than a blank."""
    return tuple(text for text in strings() if text.strip() and vsmdsl.compile(everywhere(text)).ok)


def crowds() -> Iterator[tuple[str, ...]]:
    """All of them, as many at once as one map has."""
    texts = readable()
    return (texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE))


def crowd(texts: tuple[str, ...], wait: str = "3h") -> str:
    """A map with a step, an owner, a note, a waste and an improvement for each text."""
    return "\n".join(('map "Crowd" { calendar = 8h/day; demand = 20/month }', *_lines(texts, wait)))


def _lines(texts: tuple[str, ...], wait: str) -> Iterator[str]:
    for at, text in enumerate(texts):
        says = quoted(text)
        yield f"queue q{at} {quoted(text + ' waits')} wait={wait}"
        yield f"step s{at} {says} team={says} tool={says} pt=1h ca=9{at % 9}% {{ {says} = {says} }}"
        yield f"waste waiting on q{at} {says}"
        yield f"note {says} on s{at}"
    for at in range(0, len(texts), AT_ONCE // 6):
        says = quoted(texts[at])
        yield f"kaizen k{at} {says} on q{at} {{ owner = {says}; effort = 1d; set q{at} wait=1h }}"
        yield f"rework s{at} -> s{at} 1% {says}"


def plan(texts: tuple[str, ...]) -> str:
    """A map whose improvements say the texts, and their owners."""
    lines = ['map "Plan" { calendar = 8h/day }', "queue q wait=9d", "step a pt=1h"]
    for at, text in enumerate(texts):
        says = quoted(text)
        lines.append(f"kaizen k{at} {says} on q {{ owner = {says}; due = 2027-01-01 }}")
    return "\n".join(lines)


def plain(text: str) -> str:
    """A text as it may be shown: what cannot be seen is spelled, blanks are one."""
    return " ".join(visible(text).split())
