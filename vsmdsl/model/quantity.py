"""Exact quantities: durations, per cents, counts and rates, each with the text it was written as.

All numbers are `Fraction`s. Durations are seconds of the map's own clock (see `calendar`), so two
of them can be added without asking. A quantity that was given as a range or a distribution has a
`low` and a `high` beside its mean.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from vsmdsl.named import Named
from vsmdsl.record import field, record


class Gap(Named):
    """Why a value is not there: nobody knows (`?`), it does not apply, it is counted elsewhere."""

    UNKNOWN: ClassVar[Gap]
    NONE: ClassVar[Gap]
    INCLUDED: ClassVar[Gap]

    def __init__(self, value: str) -> None:
        self.value = value  # as it is written


Gap.define(UNKNOWN=Gap("?"), NONE=Gap("none"), INCLUDED=Gap("included"))


@record
class Duration:
    """A length of time in seconds of the map's clock.

    `unit` is the largest unit it was written with (`s min h d w mo y`), `text` how it was
    written, `approx` whether it was marked as an estimate (`~3d`).
    """

    seconds: Fraction
    low: Fraction
    high: Fraction
    unit: str = "s"
    text: str = field(default="", compare=False)
    approx: bool = False

    @property
    def is_range(self) -> bool:
        """Whether it was given as a range or a distribution."""
        return self.low is not self.high and self.low != self.high


@record
class Percent:
    """A share of one: 85 % is `Fraction(85, 100)`."""

    ratio: Fraction
    low: Fraction
    high: Fraction
    text: str = field(default="", compare=False)
    approx: bool = False

    @property
    def is_range(self) -> bool:
        """Whether it was given as a range or a distribution."""
        return self.low is not self.high and self.low != self.high


@record
class Count:
    """A number of things with a free unit; `variants` where it was given as a sum (`L + R`)."""

    amount: Fraction
    low: Fraction
    high: Fraction
    unit: str = ""
    variants: tuple[tuple[Fraction, str], ...] = ()
    text: str = field(default="", compare=False)
    approx: bool = False


@record
class Rate:
    """A count in a period: `20/month`, `18400 pcs/month`, `62 EUR/h`. `period` is in seconds."""

    count: Count
    period: Fraction
    per: str = ""  # the period's word, singular: "month"
    text: str = field(default="", compare=False)

    @property
    def per_second(self) -> Fraction:
        """How many in one second of the map's clock."""
        return self.count.amount / self.period


Time = Duration | Gap
Share = Percent | Gap


def duration(seconds: Fraction | int, unit: str = "s", text: str = "") -> Duration:
    """A known, exact duration."""
    exact = Fraction(seconds)
    return Duration(exact, exact, exact, unit, text)


def percent(ratio: Fraction, text: str = "") -> Percent:
    """A known, exact share; `ratio` between 0 and 1."""
    return Percent(ratio, ratio, ratio, text)


def count(amount: Fraction | int, unit: str = "", text: str = "") -> Count:
    """A known, exact count."""
    exact = Fraction(amount)
    return Count(exact, exact, exact, unit, (), text)
