"""Figures of a report as text: the one display rule, and words where a sentence needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import show, show_ratio
from vsmdsl.model.calendar import Calendar
from vsmdsl.report.subject import Side

BOUNDS = {"": "", "≥": "at least ", "≤": "at most ", "≈": "about "}


def figure(side: Side, name: str) -> str:
    """A headline figure as text; empty where it does not exist."""
    found = side.analysis.metrics.get(name)
    return shown(found, side.calendar)


def shown(one: Figure | None, calendar: Calendar) -> str:
    """A figure as text; empty where there is none."""
    return show(one, calendar) if one else ""


def worded(one: Figure, calendar: Calendar) -> str:
    """A figure inside a sentence: `at least 12.5 d`."""
    text = show(one, calendar)
    return BOUNDS[one.bound] + text.removeprefix(one.bound).strip() if one.bound else text


def ratio(value: Fraction | None) -> str:
    """A share as text, `39.2 %`."""
    return "" if value is None else show_ratio(value)


def whole(value: Fraction) -> str:
    """A share in round figures, for a sentence: `39 %`."""
    return f"{int(value * 100 + Fraction(1, 2))} %" if value * 100 >= 1 else ratio(value)


def listed(names: Iterable[str]) -> str:
    """`A, B and C`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def one_line(text: str) -> str:
    """A label without its line breaks."""
    return " ".join(text.split())


def glued(text: str) -> str:
    """A text whose numbers stay on one line with their units."""
    return re.sub(r"(?<=\d) (?=%|[a-z]{1,3}\b)", "\u00a0", text)


def sentence(text: str) -> str:
    """A text that begins with a capital letter and ends with a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
