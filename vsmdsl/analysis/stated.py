"""Totals written on the original, held against the computed ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.result import Analysis, Figure
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Duration, Percent
from vsmdsl.model.stream import Metric, Stated, ValueStream
from vsmdsl.record import record

# `23.6 d`, and the `4h` of `1d 4h`: the last number of a quantity has its finest unit.
LAST_NUMBER = r"([0-9_]+(?:\.([0-9_]+))?)\s*([A-Za-z%]*)\s*$"

LONG_UNITS = (
    ("sec", "s"), ("min", "min"), ("hour", "h"), ("hr", "h"), ("day", "d"), ("week", "w"),
    ("month", "mo"), ("year", "y"),
)  # fmt: skip


@record
class Contradiction:
    """A total that the author states and that the map does not give."""

    metric: Metric
    computed: Figure


def contradictions(stream: ValueStream, analysis: Analysis) -> Iterator[Contradiction]:
    """Stated totals to which the computed figure does not round."""
    for metric in stream.metrics:
        computed = analysis.metrics.get(metric.id or "")
        if computed and not metric.figure and _contradicts(metric, computed, stream.calendar):
            yield Contradiction(metric, computed)


def _contradicts(metric: Metric, computed: Figure, calendar: Calendar) -> bool:
    stated = _value(metric, computed)
    if stated is None:
        return False
    half = _resolution(metric, stated, calendar) / 2
    too_low = computed.value < stated - half
    too_high = computed.value >= stated + half
    match computed.bound:
        case "":
            return too_low or too_high
        case "≥":
            return too_high
        case "≤":
            return too_low
        case _:
            return False


def _value(metric: Metric, computed: Figure) -> Fraction | None:
    match metric.value:
        case Duration() if computed.kind in ("waiting", "work"):
            return metric.value.seconds
        case Percent() if computed.kind == "ratio":
            return metric.value.ratio
        case Count() if computed.kind in ("count", "factor"):
            return metric.value.amount
        case _:
            return None


def _resolution(metric: Metric, stated: Fraction, calendar: Calendar) -> Fraction:
    """What one more in the last digit would be: 0.1 d for `23.6d`, 1 h for `1d 4h`."""
    found = re.search(LAST_NUMBER, metric.text.strip() or _text(metric.value))
    if found is None:
        return Fraction(0)
    number, decimals, word = Fraction(found[1].replace("_", "")), found[2] or "", found[3]
    one = _unit(metric.value, word, number, stated, calendar)
    return one * Fraction(f"1e-{len(decimals)}")


def _unit(
    value: Stated, word: str, number: Fraction, stated: Fraction, calendar: Calendar
) -> Fraction:
    match value:
        case Percent():
            return Fraction(1, 100)
        case Duration():
            short = next((unit for stem, unit in LONG_UNITS if word.lower().startswith(stem)), word)
            known = calendar.unit(short) or calendar.unit(value.unit)
            return known or (stated / number if number else Fraction(1))
        case _:
            return Fraction(1)


def _text(value: Stated) -> str:
    return getattr(value, "text", "") or ""
