"""How these numbers were made: the clock, the conventions, the formulas, what is not measured."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.analysis.metrics import METRICS
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Choice, Parallel, Queue, walk
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Column, Fact, Finding, Row, Table, table
from vsmdsl.report.story.places import hands_known, name_of
from vsmdsl.report.subject import Side, Subject

REWORK = {
    "expected": "An item that fails goes back and passes everything from there again, as often as "
    "it takes; the expected lead time counts all these returns (an absorbing Markov chain).",
    "once_and_check": "Every loop is taken once at most, and the step that found the fault is "
    "repeated.",
    "once": "Every loop is taken once at most, and the step that found the fault is not repeated.",
}

# How each figure is worked out, for people who never heard of it.
HOW = {
    "lead_time": "From the start to the end: all steps, each with its own queue, and all waits "
    "between them.",
    "process_time": "The time that people work on one item, without interruption, on the path that "
    "sets the lead time.",
    "wait_time": "The time in which nobody works on the item: in queues, before steps and inside "
    "them.",
    "total_effort": "The work on one item in all branches together.",
    "flow_efficiency": "Process time ÷ lead time.",
    "process_cycle_efficiency": "Process time of the steps that add value for the customer ÷ lead "
    "time.",
    "rolled_ca": "How often the next step can use the result as it is (%C&A: complete and "
    "accurate), multiplied over all steps.",
    "expected_lead_time": "The lead time with everything that comes back, on average.",
    "rework_time": "Expected lead time − lead time.",
    "rework_factor": "Expected work ÷ work of one pass.",
    "handoffs": "Places between two steps where the team changes or a handoff stands.",
    "takt_time": "Available working time ÷ demand, without any allowance.",
}
IN_INVENTORY = (
    "The waiting alone, as in “Learning to See” (Rother & Shook); the processing time is shown "
    "beside it and not added."
)
OF_REWORK = frozenset({"expected_lead_time", "rework_time", "rework_factor"})

# Findings that speak of the data and not of the stream: what an auditor would ask first.
DOUBTS = frozenset({
    "wait-disagrees-with-wip", "lt-below-pt", "changeover-not-counted", "missing-demand",
    "capacity-unknown", "rework-exceeds-ca", "endless-rework", "stated-otherwise",
    "goal-undecided",
})  # fmt: skip


@record
class Method:
    """The figures with their formulas, the conventions, and what is in doubt."""

    lead: str
    figures: Table
    facts: tuple[Fact, ...]
    doubts: tuple[Finding, ...]


def method(subject: Subject) -> Method:
    """Only the conventions that this map depends on."""
    lead = subject.say("Every figure is computed from the map, exactly, and rounded for reading.")
    doubts = tuple(_doubts(subject))
    return Method(lead, _figures(subject), tuple(_rules(subject)), doubts)


def _figures(subject: Subject) -> Table:
    say, side = subject.say, subject.shown
    columns = (
        Column(say("Figure")),
        Column(say("Value"), number=True),
        Column(say("How it is made")),
    )
    rows = [
        Row((Cell(say(one.label)), Cell(text), Cell(_how(subject, one.name))))
        for one in METRICS
        if (text := words.figure(subject, side, one.name))
        and (one.name not in OF_REWORK or side.stream.reworks)
        and (one.name != "handoffs" or hands_known(side))
    ]
    return table(say("The figures and their formulas"), columns, rows)


def _how(subject: Subject, name: str) -> str:
    if name == "lead_time" and subject.shown.stream.settings.timeline == "inventory":
        return str(subject.say(IN_INVENTORY))
    return str(subject.say(HOW[name]))


def _rules(subject: Subject) -> Iterator[Fact]:
    side, say = subject.shown, subject.say
    yield _clock(subject)
    yield from _unmeasured(subject)
    if side.stream.reworks:
        yield Fact(say("Rework"), say(REWORK[side.stream.settings.rework_model]))
    yield from _forks(subject)
    yield from _counted(subject)
    yield from _pace(subject)
    yield from _ranges(subject)


def _clock(subject: Subject) -> Fact:
    clock, say = subject.shown.calendar, subject.say
    text = "{clock}. All times are on this clock."
    if not clock.declared:
        text = "{clock} (the usual one; the map does not say). All times are on this clock."
    return Fact(say("The clock"), say(text, clock=words.clock(subject, clock)))


def _unmeasured(subject: Subject) -> Iterator[Fact]:
    """Everything that some headline figure lacks, in the order it comes up."""
    side, say = subject.shown, subject.say
    figures = (one for one in side.analysis.metrics.values() if one)
    keys = dict.fromkeys(key for one in figures for key in one.missing)
    if not keys:
        return
    names = words.listed(subject, (name_of(side, key) for key in keys), most=len(keys))
    text = (
        "{names}. Every figure that lacks one of these carries a sign: ≥ at least, ≤ at most, "
        "≈ about."
    )
    yield Fact(say("Not measured"), say(text, names=names))


def _forks(subject: Subject) -> Iterator[Fact]:
    say, found = subject.say, tuple(walk(subject.shown.stream.elements))
    if any(isinstance(one, Parallel) for one in found):
        text = (
            "The stream goes on when the slowest branch is done: the lead time takes the longest."
        )
        yield Fact(say("Parallel work"), say(text))
    if any(isinstance(one, Choice) for one in found):
        text = "Means over the branches, each weighted by the share of items that take it."
        yield Fact(say("Choices"), say(text))


def _counted(subject: Subject) -> Iterator[Fact]:
    side, say = subject.shown, subject.say
    names = [
        name_of(side, one.key)
        for one in walk(side.stream.elements)
        if isinstance(one, Queue) and one.wait is None and (one.qty or one.wip)
    ]
    demand = side.stream.settings.demand
    if names and demand:
        text = "The waiting in {names} is the count ÷ the demand of {demand} (Little's law)."
        listed, pull = words.listed(subject, names, most=len(names)), words.rate(subject, demand)
        yield Fact(say("Counted queues"), say(text, names=listed, demand=pull))


def _pace(subject: Subject) -> Iterator[Fact]:
    if any(one.utilisation is not None for one in subject.shown.analysis.steps):
        text = "Demand × visits ÷ capacity. The step with the highest one sets the pace."
        yield Fact(subject.say("Utilisation"), subject.say(text))


def _ranges(subject: Subject) -> Iterator[Fact]:
    side, say = subject.shown, subject.say
    lead = side.analysis.metrics.get("lead_time")
    if lead and lead.low != lead.high:
        least, most = (
            words.duration(subject, end, "waiting", lead.unit, side.calendar)
            for end in (lead.low, lead.high)
        )
        text = (
            "Ranges count with their mean. With all parts at their ends, the lead time lies "
            "between {least} and {most}."
        )
        yield Fact(say("Ranges"), say(text, least=least, most=most))
    if rough := [name_of(side, key) for key in _estimated(side)]:
        text = "Marked ~ in the map, not measured: {names}."
        listed = words.listed(subject, rough, most=len(rough))
        yield Fact(say("Estimates"), say(text, names=listed))


def _estimated(side: Side) -> Iterator[str]:
    for one in walk(side.stream.elements):
        times = (getattr(one, name, None) for name in ("pt", "lt", "wait", "ct"))
        if any(isinstance(time, Duration) and time.approx for time in times):
            yield one.key


def _doubts(subject: Subject) -> Iterator[Finding]:
    for one in subject.messages:
        if one.severity == "finding" and one.code.name in DOUBTS:
            place, text, hint = words.finding(subject, one)
            name = place or _spelled(subject, one)
            yield Finding(name, words.sentence(_plain(text)), _plain(hint))


def _spelled(subject: Subject, one: Diagnostic) -> str:
    if subject.wording.texts:
        return str(subject.say("The map"))
    return one.code.name.replace("-", " ").capitalize()


def _plain(text: str) -> str:
    return text.replace("`", "")  # marks for the terminal, where code is meant
