"""How quantities read in a picture: by the one display rule, short enough for a box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from vsmdsl.analysis.show import show_ratio, show_share, show_time
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Gap, Rate, Share, Time
from vsmdsl.wording import ENGLISH, Wording

if TYPE_CHECKING:
    from datetime import date

RHYTHMS: Mapping[str, str] = {
    **dict.fromkeys(("1h", "1/h", "1/hour"), "hourly"),
    **dict.fromkeys(("1d", "1/d", "1/day"), "daily"),
    **dict.fromkeys(("1w", "1/w", "1/week"), "weekly"),
    **dict.fromkeys(("1mo", "1/mo", "1/month"), "monthly"),
    **dict.fromkeys(("1y", "1/y", "1/year"), "yearly"),
}


def waiting(value: Time | None, calendar: Calendar, wording: Wording = ENGLISH) -> str:
    """A lead or waiting time as a data box shows it; `?` where nobody knows."""
    return wording.figure(show_time(value, "waiting", calendar))


def work(value: Time | None, calendar: Calendar, wording: Wording = ENGLISH) -> str:
    """A process, cycle or changeover time as a data box shows it."""
    return wording.figure(show_time(value, "work", calendar))


def share(value: Share | None, wording: Wording = ENGLISH) -> str:
    """A per cent as its author gave it."""
    return wording.figure(show_share(value))


def whole_ratio(ratio: Fraction, wording: Wording = ENGLISH) -> str:
    """A per cent without a needless `.0`."""
    return wording.figure(show_ratio(ratio).replace(".0 %", " %"))


def number(value: Fraction, wording: Wording = ENGLISH) -> str:
    """A number with its thousands in groups of three, and at most two decimals."""
    whole = f"{float(value):.2f}".rstrip("0").rstrip(".")
    digits, _, rest = whole.partition(".")
    if len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", "\u00a0")
    return f"{digits}{wording.decimal}{rest}" if rest else digits


def count(value: Count | Gap | None, wording: Wording = ENGLISH) -> tuple[str, ...]:
    """A count, one line for each variant: 4600 L, 2400 R."""
    if isinstance(value, Gap):
        return ("?",) if value is Gap.UNKNOWN else ()
    if value is None:
        return ()
    if value.variants:
        return tuple(f"{number(many, wording)} {unit}".strip() for many, unit in value.variants)
    sign = "~" if value.approx else ""
    return (f"{sign}{number(value.amount, wording)} {value.unit}".strip(),)


def rate(value: Rate, wording: Wording = ENGLISH) -> str:
    """A rate: 18 400 pcs / month."""
    amount = number(value.count.amount, wording)
    return f"{amount} {value.count.unit}".strip() + f" / {wording.say(value.per or 'day')}"


def rhythm(every: str, label: str, wording: Wording = ENGLISH) -> str:
    """How often, as people say it: `daily`; nothing where a label says so already."""
    if name := RHYTHMS.get(every):
        said = wording.say(name)
        return "" if said.casefold() in label.casefold() else said
    if re.fullmatch(r"\d[\d.]* ?[^\W\d_]+", every):
        return wording.say("every {time}", time=spaced(every))
    return every


def spaced(text: str) -> str:
    """A number of one's own with a blank before its unit: `20 min`."""
    return re.sub(r"^(~?\d[\d.]*)(?=[^\W\d_]+$)", r"\1 ", text)


def day(value: date, wording: Wording = ENGLISH) -> str:
    """A date as people write it: 14 Oct 2026."""
    return wording.day(value)


def clock(calendar: Calendar, wording: Wording = ENGLISH) -> str:
    """The clock in words: 1 d = 8 h, 5 d/week."""
    per = "month" if calendar.month_in_days else "week"
    return wording.figure(calendar.text).replace(f"/{per}", f"/{wording.say(per)}")


def plain(*parts: str) -> str:
    """Join what is there with a middle dot."""
    return " · ".join(part for part in parts if part)


def followed(name: str, figure: str) -> str:
    """A name with a figure behind it; before one from right to left, which would take it along."""
    if name.isascii() or not _from_right(name):
        return ", ".join(part for part in (name, figure) if part)
    return plain(figure, name)


def _from_right(text: str) -> bool:
    from unicodedata import bidirectional  # few names need to be asked about

    return any(bidirectional(letter) in ("R", "AL") for letter in text)
