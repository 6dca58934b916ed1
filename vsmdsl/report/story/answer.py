"""The cover: what this is, the answer in one sentence, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.compare import compare
from vsmdsl.analysis.plan import plan, ranked
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.story.futures import difference
from vsmdsl.report.story.places import biggest, kaizens_at, where
from vsmdsl.report.subject import Side, Subject


@record
class Cover:
    """The first thing that is read. `outlook` says what the plan makes of it."""

    lead: str
    state: str
    marks: tuple[str, ...]
    scope: str
    answer: str
    outlook: str


def cover(subject: Subject) -> Cover:
    """The first half page."""
    settings = subject.shown.stream.settings
    return Cover(
        lead="",
        state=state(subject),
        marks=tuple(_marks(subject)),
        scope=words.sentence(settings.scope) if settings.scope else "",
        answer=subject.wording.glue(answer(subject)),
        outlook=subject.wording.glue(outlook(subject)),
    )


def answer(subject: Subject) -> str:
    """`It takes 30.6 d to deliver 32 h of work; 39 % of the time is spent waiting in …`."""
    side = subject.shown
    lead = side.analysis.metrics.get("lead_time")
    if lead is None or not side.analysis.segments:
        return subject.say("This map has no steps yet.")
    parts = (_takes(subject), _waits(subject, side))
    return "; ".join(part for part in parts if part) + "."


def outlook(subject: Subject) -> str:
    """What a future or the first improvement makes of it; empty where nothing is planned."""
    if subject.is_future:
        return ""
    plan_ = next(filter(None, (*_targets(subject), _first_step(subject))), "")
    return f"{plan_} {_left_alone(subject)}".strip() if plan_ else ""


def state(subject: Subject) -> str:
    """`current state`, or the name of the future."""
    if subject.is_future:
        return words.one_line(subject.shown.label) or subject.shown.key
    name = subject.shown.stream.settings.state
    return subject.say("Current state") if name == "current" else subject.say("Future state")


def _marks(subject: Subject) -> Iterator[str]:
    settings = subject.shown.stream.settings
    if settings.date:
        yield words.day(subject, settings.date)
    if subject.author:
        yield words.one_line(subject.author)
    if settings.version:
        yield subject.say("version {number}", number=words.one_line(settings.version))


def _takes(subject: Subject) -> str:
    say, side = subject.say, subject.shown
    metrics = side.analysis.metrics
    lead, work = metrics["lead_time"], metrics.get("process_time")
    assert lead is not None
    time = words.worded(subject, lead, side.calendar)
    spent = words.worded(subject, work, side.calendar) if work and work.value else ""
    now = subject.current.analysis.metrics.get("lead_time") if subject.is_future else None
    before = words.worded(subject, now, subject.current.calendar) if now else ""
    if side.stream.settings.timeline == "inventory":
        text = "The material waits {time} around {work} of work" if spent else ""
        return say(text or "The material waits {time}", time=time, work=spent)
    if before and spent:
        text = "It will take {time} instead of {before} to deliver {work} of work"
    elif before:
        text = "It will take {time} instead of {before}"
    else:
        text = "It takes {time} to deliver {work} of work" if spent else "It takes {time}"
    return say(text, time=time, before=before, work=spent)


def _waits(subject: Subject, side: Side) -> str:
    wait = biggest(side)
    if wait is None or not wait.share:
        return ""
    lead = side.analysis.metrics.get("lead_time")
    if side.stream.settings.timeline == "inventory":
        text = "{share} of it {where}"
    elif lead and lead.bound:
        text = "{share} of the time that is known is spent waiting {where}"
    else:
        text = "{share} of the time is spent waiting {where}"
    return subject.say(text, share=words.whole(subject, wait.share), where=where(subject, wait))


def _targets(subject: Subject) -> Iterator[str]:
    """The first future that changes the lead time."""
    for side in subject.futures:
        delta = compare(subject.current.analysis, side.analysis)["lead_time"]
        if delta and delta.change:
            exact = "The plan, “{name}”, brings it to {time} ({change})."
            yield subject.say(
                exact if delta.complete else "The plan, “{name}”, brings it to {time}.",
                name=words.one_line(side.label) or side.key,
                time=words.worded(subject, delta.after, side.calendar),
                change=difference(subject, delta, side),
            )


def _first_step(subject: Subject) -> str:
    side = subject.current
    first = next((one for one in ranked(plan(side.stream, side.analysis)) if one.saves), None)
    if first is None or first.rank is None:
        return ""
    return subject.say("Do first: {name}. It saves {time}.", name=first.name, time=first.saves)


def _left_alone(subject: Subject) -> str:
    """What a plan may have missed: nothing in it touches the longest wait."""
    side = subject.current
    wait = biggest(side)
    if wait is None or any(kaizens_at(side, wait.key)):
        return ""
    now = _waited(side, wait.key)
    if any(_waited(future, wait.key) != now for future in subject.futures):
        return ""
    return str(subject.say("Nothing is planned yet for the longest wait."))


def _waited(side: Side, key: str) -> Fraction:
    return sum((one.time.value for one in side.analysis.waits_at(key)), Fraction(0))
