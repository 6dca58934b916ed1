"""The headline figures: each with what it is made of and, where known, what is normal."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.model.quantity import Percent
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Tile
from vsmdsl.report.story.normal import Source, normal, sources
from vsmdsl.report.story.places import biggest, hands_known, name_of, where
from vsmdsl.report.subject import Subject

GOOD = Fraction(95, 100)


@record
class Headline:
    """The tiles, and the sources of what is normal."""

    lead: str
    clock: str  # what a day is here
    tiles: tuple[Tile, ...]
    sources: tuple[Source, ...]


def headline(subject: Subject) -> Headline | None:
    """The headline figures that this map has."""
    found = tuple(tile for tile in _tiles(subject) if tile.value)
    cited = sources(subject, iter(("flow_efficiency",)))
    return Headline("", _clock(subject), found, cited) if found else None


def _clock(subject: Subject) -> str:
    """A day of the map is one of working time: nobody may take it for a day of the calendar."""
    text = "Times are working time: {clock}."
    return str(subject.say(text, clock=words.clock(subject, subject.shown.calendar)))


def _tiles(subject: Subject) -> Iterator[Tile]:
    say, side = subject.say, subject.shown
    yield _tile(subject, "lead_time", "Lead time", _waiting(subject))
    yield _tile(subject, "process_time", "Process time", say("hands on, for one item"))
    share = say("share of the lead time that is work")
    yield _tile(subject, "flow_efficiency", "Flow efficiency", share, _common(subject))
    right = say("right the first time, end to end")
    yield _tile(subject, "rolled_ca", "Rolled %C&A", right, _if_all_were_good(subject))
    yield _longest(subject)
    if side.stream.reworks:
        yield _tile(subject, "expected_lead_time", "Expected lead time", _rework(subject))
    yield _tile(subject, "takt_time", "Takt time", say("how often the customer takes one"))
    yield _constraint(subject)
    if hands_known(side):
        yield _tile(subject, "handoffs", "Handoffs", say("how often work changes hands"))


def _tile(subject: Subject, name: str, label: str, note: str, usual: str = "") -> Tile:
    value = words.figure(subject, subject.shown, name)
    before = words.figure(subject, subject.current, name) if subject.is_future else ""
    if before and before != value:
        note = subject.say("today {value}", value=before)
    return Tile(subject.say(label), value, note, usual)


def _common(subject: Subject) -> str:
    found = normal(subject, "flow_efficiency")
    return f"{subject.wording.glue(subject.say(found.text))}\u00a0¹" if found else ""


def _if_all_were_good(subject: Subject) -> str:
    """What the same number of steps would reach if each had 95 %: says how steps multiply."""
    known = [one for one in subject.shown.analysis.steps if isinstance(one.ca, Percent)]
    if len(known) < 2:
        return ""
    text = "{count} steps of 95 % each would make {value}"
    return subject.say(text, count=len(known), value=words.whole(subject, GOOD ** len(known)))


def _longest(subject: Subject) -> Tile:
    wait, label = biggest(subject.shown), subject.say("Biggest wait")
    if wait is None:
        return Tile(label, "")
    share = words.ratio(subject, wait.share)
    text = "{where}, {share} of the lead time" if share else "{where}"
    lead = subject.shown.analysis.metrics.get("lead_time")
    if share and lead and lead.bound:
        text = "{where}, {share} of the lead time that is known"
    note = subject.say(text, where=where(subject, wait), share=share)
    time = words.shown(subject, wait.time, subject.shown.calendar)
    return Tile(label, time, note, hot=True, on=wait.key)


def _waiting(subject: Subject) -> str:
    if subject.shown.stream.settings.timeline == "inventory":
        return subject.say("waiting alone")
    waiting = words.figure(subject, subject.shown, "wait_time")
    time = subject.shown.analysis.metrics.get("wait_time")
    if not waiting or time is None:
        return ""
    known = words.worded(subject, time, subject.shown.calendar)
    return str(subject.say("of which {time} waiting", time=known))


def _rework(subject: Subject) -> str:
    time = words.figure(subject, subject.shown, "rework_time")
    return subject.say("with {time} of rework", time=time) if time else subject.say("with rework")


def _constraint(subject: Subject) -> Tile:
    found, side = subject.shown.analysis.constraint, subject.shown
    label = subject.say("Highest utilisation")
    if found is None or found.utilisation is None:
        return Tile(label, "")
    text, name = words.ratio(subject, found.utilisation), name_of(side, found.step)
    over = found.utilisation > 1
    usual = subject.say("more than it can do") if over else ""
    return Tile(label, text, name, usual, hot=over, on=found.step)
