"""Figures of a report as text: the one display rule, and words where a sentence needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import show, show_ratio
from vsmdsl.model.calendar import Calendar
from vsmdsl.report.subject import Side, Subject

BOUNDS = {"≥": "at least {value}", "≤": "at most {value}", "≈": "about {value}"}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MANY = 5  # names in a sentence; the rest is counted


def figure(side: Side, name: str) -> str:
    """A headline figure as text; empty where it does not exist."""
    found = side.analysis.metrics.get(name)
    return shown(found, side.calendar)


def shown(one: Figure | None, calendar: Calendar) -> str:
    """A figure as text; empty where there is none."""
    return show(one, calendar) if one else ""


def worded(subject: Subject, one: Figure, calendar: Calendar) -> str:
    """A figure inside a sentence: `at least 12.5 d`."""
    text = show(one, calendar)
    if not one.bound:
        return text
    return subject.say(BOUNDS[one.bound], value=text.removeprefix(one.bound).strip())


def ratio(value: Fraction | None) -> str:
    """A share as text, `39.2 %`."""
    return "" if value is None else show_ratio(value)


def whole(value: Fraction) -> str:
    """A share in round figures, for a sentence: `39 %`."""
    return f"{int(value * 100 + Fraction(1, 2))} %" if value * 100 >= 1 else ratio(value)


def day(subject: Subject, value: date) -> str:
    """A day as people write it: `12 November 2026`."""
    month = subject.say(MONTHS[value.month - 1])
    return subject.say("{day} {month} {year}", day=value.day, month=month, year=value.year)


def listed(subject: Subject, names: Iterable[str], most: int = MANY) -> str:
    """`A, B and C`; after `most` names the rest is counted."""
    found = list(names)
    if len(found) > most:
        more = subject.say("{count} more", count=len(found) - most + 1)
        found = [*found[: most - 1], more]
    if len(found) < 2:
        return "".join(found)
    return subject.say("{names} and {last}", names=", ".join(found[:-1]), last=found[-1])


def one_line(text: str) -> str:
    """A label without its line breaks."""
    return " ".join(text.split())


def glued(text: str) -> str:
    """A text whose numbers stay on one line with their units."""
    text = re.sub(r"(?<=\d) to (?=\d)", "\u00a0to\u00a0", text)
    return re.sub(r"(?<=\d) (?=%|[a-z]{1,3}\b)", "\u00a0", text)


def sentence(text: str) -> str:
    """A text that begins with a capital letter and ends with a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def exact(value: Fraction | None) -> str:
    """The number behind a text, by which a table can be sorted."""
    return "" if value is None else f"{float(value):.10g}"


def joined(*parts: str) -> str:
    """What is there, with a middle dot between."""
    return " · ".join(part for part in parts if part)


def shortened(text: str, most: int = 160) -> str:
    """A text of at most so many characters, cut between words."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
