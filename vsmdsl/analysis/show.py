"""How a figure is written, by one rule, on the map, in the report and on the terminal.

Times have at most one decimal and the unit in which people speak of them; per cents have one
decimal; what is incomplete carries its sign in front: `≥ 12.5 d`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from vsmdsl.analysis.result import Figure, FigureKind
from vsmdsl.model.calendar import HOUR, Calendar
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate, Share, Time

ONE, MINUTE = Fraction(1), Fraction(60)
SECONDS_UP_TO = 300  # cycle times are spoken of in seconds
MINUTES_UNDER = 2 * 3600
WORK_HOURS_UP_TO = 99 * 3600  # hands-on time never reads as calendar days
STEP_UP_AT = 10  # weeks from 10 days, months from 10 weeks
ALMOST_ONE = 995  # thousandths of a per cent: from here two significant digits round to 1.0
WEEKLY = frozenset({"w", "cw", "mo", "cmo", "y"})
MONTHLY = frozenset({"mo", "cmo", "y"})
GAPS = {Gap.UNKNOWN: "?", Gap.NONE: "–", Gap.INCLUDED: "incl."}


def show(figure: Figure, calendar: Calendar) -> str:
    """A figure as people read it, its bound in front: `30.6 d`, `13.1 %`, `× 1.23`, `≥ 12.5 d`."""
    text = _value(figure, calendar)
    return f"{figure.bound} {text}" if figure.bound else text


def show_long(figure: Figure, calendar: Calendar, labels: Mapping[str, str]) -> str:
    """The same with the names of what is missing.

    `≥ 12.5 d (2 of 8 steps unmeasured: Test, Approve)`
    """
    if figure.complete:
        return show(figure, calendar)
    names = ", ".join(labels.get(key, key) for key in figure.missing)
    count = f"{len(figure.missing)} of {figure.parts} {figure.parts_are}" if figure.parts else ""
    return f"{show(figure, calendar)} ({f'{count} unmeasured'.strip()}: {names})"


def show_duration(seconds: Fraction, kind: FigureKind, unit: str, calendar: Calendar) -> str:
    """A time: seconds up to 300 s, minutes under 2 h, hours under 1 d (work: up to 99 h), days.

    `unit` is the largest unit among the durations it is made of: weeks and months are used only
    where the author spoke of them.
    """
    many, per = seconds.as_integer_ratio()
    if many < 0:  # ten times as quick as asking the fraction
        return f"−{show_duration(-seconds, kind, unit, calendar)}"
    size, name = _scale(seconds, kind, unit, calendar)
    return f"{_number(many * size.denominator, per * size.numerator, 1)} {name}"


def show_ratio(ratio: Fraction) -> str:
    """A share worked out: one decimal, below 1 % two significant digits, never `0.0 %`."""
    top, bottom = ratio.as_integer_ratio()
    if top < 0:
        return f"−{show_ratio(-ratio)}"
    if not top:
        return "0 %"
    top *= 100
    if top * 1000 >= ALMOST_ONE * bottom:
        return f"{_fixed(top, bottom, 1)} %"
    return f"{_significant(top, bottom, 2)} %"


def show_factor(factor: Fraction) -> str:
    """How many times as much: `× 1.23`."""
    return f"× {_fixed(*factor.as_integer_ratio(), 2)}"


def show_number(number: Fraction, places: int = 1) -> str:
    """A number with at most `places` decimals, rounded half up; a small one is not lost."""
    top, bottom = number.as_integer_ratio()
    if top < 0:
        return f"−{show_number(-number, places)}"
    return _number(top, bottom, places)


# --- quantities of the map as their author gave them -------------------------------------------


def show_time(time: Time | None, kind: FigureKind, calendar: Calendar) -> str:
    """A time of a data box: `2 h`, `~3 d`, `?`, `–`; empty where nothing was written."""
    match time:
        case Duration():
            text = show_duration(time.seconds, kind, time.unit, calendar)
            return f"~{text}" if time.approx else text
        case _:
            return show_gap(time)


def show_share(share: Share | None) -> str:
    """A share as its author wrote it: `85 %`, `12.5 %`, `~70 %`."""
    match share:
        case Percent():
            text = _as_written(share)
            return f"~{text}" if share.approx else text
        case _:
            return show_gap(share)


def show_count(count: Count | Gap | None) -> str:
    """A count with its unit: `4600 L + 2400 R`, `45 pcs`."""
    match count:
        case Count(variants=()):
            text = f"{show_number(count.amount)} {count.unit}".rstrip()
            return f"~{text}" if count.approx else text
        case Count():
            parts = (f"{show_number(amount)} {unit}".rstrip() for amount, unit in count.variants)
            return " + ".join(parts)
        case _:
            return show_gap(count)


def show_rate(rate: Rate) -> str:
    """A rate: `20/month`, `18400 pcs/month`."""
    return f"{show_count(rate.count)}/{rate.per}" if rate.per else rate.text


def show_gap(gap: Gap | None) -> str:
    """Why there is no value: `?` nobody knows, `–` it does not apply."""
    return GAPS[gap] if gap else ""


# --- rounding -----------------------------------------------------------------------------------


def _value(figure: Figure, calendar: Calendar) -> str:
    match figure.kind:
        case "waiting" | "work":
            return show_duration(figure.value, figure.kind, figure.unit, calendar)
        case "ratio":
            return show_ratio(figure.value)
        case "factor":
            return show_factor(figure.value)
        case "count":
            return show_number(figure.value)
        case _:
            assert_never(figure.kind)


def _scale(
    seconds: Fraction, kind: FigureKind, unit: str, calendar: Calendar
) -> tuple[Fraction, str]:
    """The unit in which people speak of so long a time, and its seconds."""
    # Whole numbers compare ten times as fast as fractions, and each time of a picture comes here.
    (many, per), day = seconds.as_integer_ratio(), calendar.day
    if many <= SECONDS_UP_TO * per:
        return ONE, "s"
    if many < MINUTES_UNDER * per:
        return MINUTE, "min"
    if many * day.denominator < day.numerator * per:
        return HOUR, "h"
    if kind == "work" and many <= WORK_HOURS_UP_TO * per:
        return HOUR, "h"
    if unit in MONTHLY and seconds >= STEP_UP_AT * calendar.week:
        return calendar.month, "mo"
    if unit in WEEKLY and seconds >= STEP_UP_AT * calendar.day:
        return calendar.week, "w"
    return calendar.day, "d"


def _as_written(share: Percent) -> str:
    """The author's digits; a range has none, and is shown by its mean."""
    digits = re.fullmatch(r"~?\s*([0-9_.]+)\s*%", share.text)
    if digits and not share.is_range:
        return f"{digits[1]} %"
    return f"{show_number(share.ratio * 100)} %"


# A number is `top / bottom` here: nothing needs to be in lowest terms in order to be rounded.


def _number(top: int, bottom: int, places: int) -> str:
    text = _fixed(top, bottom, places)
    if top and not float(text):
        text = _significant(top, bottom, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fixed(top: int, bottom: int, places: int) -> str:
    """Exactly `places` decimals, rounded half up."""
    scaled = _half_up(top * 10**places, bottom)
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}d}" if places else str(whole)


def _significant(top: int, bottom: int, digits: int) -> str:
    """A positive number below one, rounded to so many digits behind its leading zeros."""
    # Never too many: 0.301 is less than the digits of a bit. It may have thousands of zeros.
    zeros = max(0, (bottom.bit_length() - top.bit_length() - 1) * 301 // 1000)
    tenfold = top * 10 ** (zeros + 1)
    while tenfold < bottom:
        tenfold *= 10
        zeros += 1
    return _fixed(top, bottom, digits + zeros)


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
