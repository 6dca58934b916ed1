"""Figures of a report as text: the one display rule, in the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from vsmdsl.analysis import show
from vsmdsl.analysis.result import Figure, FigureKind
from vsmdsl.drawing.layout import words as short
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Gap, Rate, Share, Time
from vsmdsl.report.subject import Side, Subject

BOUNDS = {"≥": "at least {value}", "≤": "at most {value}", "≈": "about {value}"}
MANY = 5  # names in a sentence; the rest is counted


def figure(subject: Subject, side: Side, name: str) -> str:
    """A headline figure as text; empty where it does not exist."""
    return shown(subject, side.analysis.metrics.get(name), side.calendar)


def shown(subject: Subject, one: Figure | None, calendar: Calendar) -> str:
    """A figure as text; empty where there is none."""
    return told(subject, show.show(one, calendar)) if one else ""


def told(subject: Subject, text: str) -> str:
    """A figure as the one display rule writes it, in the words of the reader."""
    figure_ = subject.wording.figure(text)
    # English sentences are glued as a whole; other units are words that nobody knows here.
    return figure_.replace(" ", "\u00a0") if subject.wording.texts else figure_


def worded(subject: Subject, one: Figure, calendar: Calendar) -> str:
    """A figure inside a sentence: `at least 12.5 d`."""
    text = shown(subject, one, calendar)
    if not one.bound:
        return text
    return subject.say(BOUNDS[one.bound], value=text.removeprefix(one.bound).strip())


def duration(
    subject: Subject, seconds: Fraction, kind: FigureKind, unit: str, calendar: Calendar
) -> str:
    """A time as text, `30.6 d`."""
    return told(subject, show.show_duration(seconds, kind, unit, calendar))


def time(subject: Subject, value: Time | None, kind: FigureKind, calendar: Calendar) -> str:
    """A time as its author gave it, `~3 d`."""
    return told(subject, show.show_time(value, kind, calendar))


def ratio(subject: Subject, value: Fraction | None) -> str:
    """A share as text, `39.2 %`."""
    return "" if value is None else told(subject, show.show_ratio(value))


def whole(subject: Subject, value: Fraction) -> str:
    """A share in round figures, for a sentence: `39 %`."""
    if value * 100 < 1:
        return ratio(subject, value)
    return told(subject, f"{int(value * 100 + Fraction(1, 2))} %")


def share(subject: Subject, value: Share | None) -> str:
    """A share as its author wrote it, `12.5 %`."""
    return told(subject, show.show_share(value))


def number(subject: Subject, value: Fraction, places: int = 1) -> str:
    """A number with at most so many decimals, `1.25`."""
    return told(subject, show.show_number(value, places))


def count(subject: Subject, value: Count | Gap | None) -> str:
    """A count with the unit that its author gave it, `45 pcs`."""
    if isinstance(value, Count) and subject.wording.texts:
        return " + ".join(short.count(value, subject.wording))
    return show.show_count(value)


def rate(subject: Subject, value: Rate) -> str:
    """A rate, `20/month`."""
    if value.per and subject.wording.texts:
        return short.rate(value, subject.wording)
    return show.show_rate(value)


def clock(subject: Subject, calendar: Calendar) -> str:
    """What a day and a week are: `1 d = 8 h, 5 d/week`."""
    text = short.clock(calendar, subject.wording)
    return subject.wording.glue(text) if subject.wording.texts else text


def day(subject: Subject, value: date) -> str:
    """A day as people write it: `12 November 2026`."""
    return subject.wording.long_day(value)


def finding(subject: Subject, one: Diagnostic) -> tuple[str, str, str]:
    """Where something was found, what, and what to do; in other languages only what kind it is.

    The messages themselves are written for those who write maps, in English, as `vsm check` is.
    """
    if not subject.wording.texts:
        return "", one.message, one.hint
    known = subject.current.analysis  # what was found is about the map as it is
    keys = {name: key for key, name in known.names.items()}
    places = [one_line(known.labels.get(keys.get(name, ""), name)) for name in one.on]
    return listed(subject, places), sentence(subject.say(one.code.summary)), ""


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
