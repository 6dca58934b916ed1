"""Where all this comes from: the map, its date and version, what made the report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Fact
from vsmdsl.report.subject import Subject


@record
class Source:
    """The facts about the map itself."""

    lead: str
    facts: tuple[Fact, ...]


def source(subject: Subject) -> Source:
    """What the map says of itself."""
    return Source("", tuple(_facts(subject)))


def _facts(subject: Subject) -> Iterator[Fact]:
    settings = subject.shown.stream.settings
    for label, text in (
        ("Map", subject.name),
        ("Date of the map", _day(subject, settings.date)),
        ("Version", settings.version),
        ("Author", subject.author),
        ("Item", settings.item),
        ("Demand", words.rate(subject, settings.demand) if settings.demand else ""),
        ("Source of the data", settings.source),
        ("Address", settings.url),
        ("Overdue as of", _day(subject, subject.today)),
        ("Made with", f"vsmdsl {subject.version}".strip()),
    ):
        if text:
            yield Fact(subject.say(label), words.one_line(text))


def _day(subject: Subject, value: date | None) -> str:
    return subject.wording.short_day(value) if value else ""
