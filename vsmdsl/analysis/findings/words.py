"""The words that findings share."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from vsmdsl.analysis.result import Analysis, FigureKind
from vsmdsl.analysis.show import show_duration
from vsmdsl.language.source import Span
from vsmdsl.model.stream import ValueStream

MANY = 5  # names in a sentence; the rest is counted


def time(
    stream: ValueStream, seconds: Fraction, unit: str = "d", kind: FigureKind = "waiting"
) -> str:
    """A time inside a sentence."""
    return show_duration(seconds, kind, unit, stream.calendar)


def part(ratio: Fraction) -> str:
    """A share in round figures: `39 %`."""
    top, bottom = ratio.as_integer_ratio()
    if 0 < 100 * top < bottom:
        return "less than 1 %"
    halves = 200 * top + bottom
    return f"{halves // (2 * bottom) if halves > 0 else -(-halves // (2 * bottom))} %"


def named(analysis: Analysis, keys: Iterable[str]) -> tuple[str, ...]:
    """The names that a diagnostic carries in `on`."""
    return tuple(analysis.names.get(key, key) for key in keys)


def label(analysis: Analysis, key: str) -> str:
    """An element inside a sentence."""
    return f"`{analysis.labels.get(key, key)}`"


def listed(words: Iterable[str]) -> str:
    """`A, B and C`; after five names the rest is counted."""
    found = list(words)
    if len(found) > MANY:
        found = [*found[: MANY - 1], f"{len(found) - MANY + 1} more"]
    return f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else "".join(found)


def span_of(stream: ValueStream, key: str) -> Span:
    """Where an element or a loop was written; the map itself where it is not found."""
    element = stream.find(key)
    if element:
        return element.span
    rework = next((one for one in stream.reworks if one.key == key), None)
    return rework.span if rework else stream.span
