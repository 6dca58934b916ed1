"""How these numbers were made: the conventions that this map depends on, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.analysis.show import show_duration, show_rate
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Choice, Parallel, Queue, walk
from vsmdsl.report import words
from vsmdsl.report.sheet import Fact
from vsmdsl.report.subject import Side, Subject

REWORK = {
    "expected": "An item that fails goes back and passes everything from there again, as often as "
    "it takes; the expected lead time counts all these returns (an absorbing Markov chain).",
    "once_and_check": "Every loop is taken once at most, and the step that found the fault is "
    "repeated.",
    "once": "Every loop is taken once at most, and the step that found the fault is not repeated.",
}


def method(subject: Subject) -> tuple[Fact, ...]:
    """The conventions behind the figures, only those that this map depends on."""
    return tuple(_rules(subject.shown))


def unmeasured(side: Side) -> tuple[str, ...]:
    """The names of everything that some headline figure lacks, in the order they come up."""
    figures = (one for one in side.analysis.metrics.values() if one)
    keys = dict.fromkeys(key for one in figures for key in one.missing)
    return tuple(words.one_line(side.analysis.labels.get(key, key)) for key in keys)


def _rules(side: Side) -> Iterator[Fact]:
    yield _clock(side)
    yield _timeline(side)
    yield from _efficiency(side)
    yield from _quality(side)
    yield from _forks(side)
    yield from _counted(side)
    yield from _pace(side)
    yield from _ranges(side)
    if missing := unmeasured(side):
        yield Fact(
            "Not measured", f"{words.listed(missing)}: the figures marked ≥, ≤ or ≈ lack it."
        )


def _clock(side: Side) -> Fact:
    said = "" if side.calendar.declared else " (the usual one; the map does not say)"
    return Fact("The clock", f"{side.calendar.text}{said}. All times are on this clock.")


def _timeline(side: Side) -> Fact:
    if side.stream.settings.timeline == "inventory":
        text = "The production lead time is the sum of the waiting alone, as in “Learning to See”; "
        return Fact("Lead time", text + "the processing time is shown beside it and not added.")
    text = (
        "The sum of the lead times of all steps, each with its own queue, and of all waits between."
    )
    return Fact("Lead time", text)


def _efficiency(side: Side) -> Iterator[Fact]:
    work, lead = words.figure(side, "process_time"), words.figure(side, "lead_time")
    flow, value = (words.figure(side, f"{name}_efficiency") for name in ("flow", "process_cycle"))
    if not flow:
        return
    text = f"Process time ÷ lead time: {work} ÷ {lead} = {flow}."
    if value and value != flow:
        text += f" Counting only the work that adds value (process cycle efficiency): {value}."
    yield Fact("Flow efficiency", text)


def _quality(side: Side) -> Iterator[Fact]:
    if words.figure(side, "rolled_ca"):
        text = "How often the next step can use the result as it is, multiplied over all steps."
        yield Fact("Rolled %C&A", text)
    if side.stream.reworks:
        yield Fact("Rework", REWORK[side.stream.settings.rework_model])


def _forks(side: Side) -> Iterator[Fact]:
    found = tuple(walk(side.stream.elements))
    if any(isinstance(one, Parallel) for one in found):
        text = (
            "The stream goes on when the slowest branch is done: the lead time takes the longest."
        )
        yield Fact("Parallel work", text)
    if any(isinstance(one, Choice) for one in found):
        text = "Means over the branches, each weighted by the share of items that take it."
        yield Fact("Choices", text)


def _counted(side: Side) -> Iterator[Fact]:
    counted = [
        words.one_line(side.analysis.labels.get(one.key, one.key))
        for one in walk(side.stream.elements)
        if isinstance(one, Queue) and one.wait is None and (one.qty or one.wip)
    ]
    demand = side.stream.settings.demand
    if counted and demand:
        text = f"count ÷ demand of {show_rate(demand)} (Little's law)."
        yield Fact("Counted queues", f"The waiting in {words.listed(counted)} is {text}")


def _pace(side: Side) -> Iterator[Fact]:
    if words.figure(side, "takt_time"):
        text = "Available time ÷ demand, without any allowance."
        yield Fact("Takt time", text)
    if any(one.utilisation is not None for one in side.analysis.steps):
        text = "Demand × visits ÷ capacity. The step with the highest one sets the pace."
        yield Fact("Utilisation", text)


def _ranges(side: Side) -> Iterator[Fact]:
    lead = side.analysis.metrics.get("lead_time")
    if lead and lead.low != lead.high:
        least, most = (
            show_duration(end, "waiting", lead.unit, side.calendar) for end in (lead.low, lead.high)
        )
        text = "Ranges count with their mean. With all parts at their ends, the lead time lies "
        yield Fact("Ranges", f"{text}between {least} and {most}.")
    if rough := [words.one_line(side.analysis.labels[key]) for key in _estimated(side)]:
        yield Fact("Estimates", f"Marked ~ in the map, not measured: {words.listed(rough)}.")


def _estimated(side: Side) -> Iterator[str]:
    for one in walk(side.stream.elements):
        times = (getattr(one, name, None) for name in ("pt", "lt", "wait", "ct"))
        if any(isinstance(time, Duration) and time.approx for time in times):
            yield one.key
