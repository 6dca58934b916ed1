"""Numbers that the author states: the keys of DORA beside what DORA found, and all others."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.analysis.lookup import of_metric
from vsmdsl.model.quantity import Percent, Rate
from vsmdsl.model.stream import Metric
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Column, Row, Table, table
from vsmdsl.report.subject import Subject

SOURCE = "DORA: Accelerate State of DevOps Report 2024, performance clusters."


@record
class Key:
    """One of DORA's keys: how it is called, and what the four clusters of the survey report."""

    id: str
    label: str
    elite: str
    high: str
    medium: str
    low: str


KEYS = (
    Key(
        "deployment_frequency", "Deployment frequency", "on demand, several a day",
        "daily to weekly", "weekly to monthly", "monthly to half-yearly",
    ),
    Key(
        "change_lead_time", "Change lead time, from commit to production", "under a day",
        "a day to a week", "a week to a month", "one to six months",
    ),
    Key("change_fail_rate", "Change fail rate", "5 %", "20 %", "10 %", "40 %"),
    Key(
        "failed_deployment_recovery_time", "Recovery from a failed deployment", "under an hour",
        "under a day", "under a day", "a week to a month",
    ),
)  # fmt: skip


@record
class Stated:
    """Two tables: DORA's keys, and what else the author states."""

    lead: str
    tables: tuple[Table, ...]
    source: str


def stated(subject: Subject) -> Stated | None:
    """What is stated; None where the map states nothing."""
    found = tuple(_tables(subject))
    if not found:
        return None
    keys = _keys(subject)
    text = "As the map states them; they are not computed from it."
    lead = subject.say(text)
    return Stated(lead, found, subject.say(SOURCE) if keys else "")


def _tables(subject: Subject) -> Iterator[Table]:
    say = subject.say
    if keys := _keys(subject):
        columns = (
            Column(say("Key figure of software delivery")), Column(say("This stream"), number=True),
            Column(say("Elite")), Column(say("High")), Column(say("Medium")), Column(say("Low")),
        )  # fmt: skip
        rows = [_key(subject, key, metric) for key, metric in keys]
        yield table(say("Software delivery, beside the groups that DORA found"), columns, rows)
    known = {key.id for key, _ in keys}
    rest = [one for one in subject.shown.stream.metrics if (one.id or "") not in known]
    if rest:
        heads = (Column(say("Stated by the author")), Column(say("Value"), number=True))
        yield table(
            say("Numbers stated by the author"), heads, [_metric(subject, one) for one in rest]
        )


def _keys(subject: Subject) -> list[tuple[Key, Metric]]:
    by_id = {one.id: one for one in subject.shown.stream.metrics if one.id}
    return [(key, by_id[key.id]) for key in KEYS if key.id in by_id]


def _key(subject: Subject, key: Key, metric: Metric) -> Row:
    groups = (subject.say(text) for text in (key.elite, key.high, key.medium, key.low))
    cells = (Cell(text) for text in groups)
    label = words.one_line(metric.label) or subject.say(key.label)
    return Row((Cell(label, metric.source), Cell(_value(subject, metric)), *cells))


def _metric(subject: Subject, one: Metric) -> Row:
    name = words.one_line(one.label) or (one.id or one.key).replace("_", " ").capitalize()
    return Row((Cell(name, one.source), Cell(_value(subject, one))))


def _value(subject: Subject, one: Metric) -> str:
    """As written; where it points at a figure of the map, that figure."""
    side = subject.shown
    if one.figure:
        return words.shown(subject, of_metric(side.stream, side.analysis, one), side.calendar)
    if isinstance(one.value, Percent):
        return words.share(subject, one.value)
    if isinstance(one.value, Rate) and subject.wording.texts:
        return words.rate(subject, one.value)
    return one.text
