"""Defects: what goes through at first, what it feeds, what comes back and what that costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.findings.words import label, named, part, time
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show_share
from vsmdsl.language.codes.findings import (
    COSTLY_REWORK,
    ENDLESS_REWORK,
    LOW_YIELD,
    POOR_INPUT,
    REWORK_EXCEEDS_CA,
)
from vsmdsl.language.diagnostics import Diagnostic, Label
from vsmdsl.model.quantity import Percent
from vsmdsl.model.stream import FORKS, Branch, Rework, Step, ValueStream

HALF = Fraction(1, 2)  # more items come back than go through
POOR = Fraction(80, 100)  # one in five has to be asked about
COSTLY_STEP = Fraction(20, 100)  # of all process time: a step worth protecting
COSTLY = Fraction(10, 100)  # of the lead time, spent on returns
COSTLY_FACTOR = Fraction(5, 4)  # a quarter more work than a first pass needs


def low_yield(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """The rolled %C&A of the stream."""
    rolled = analysis.metrics["rolled_ca"]
    if rolled and rolled.value < HALF:
        count = part(rolled.value)
        most = "at most" if rolled.bound else "only"
        message = f"{most} {count} of the items go through without anybody asking back"
        worst = [step for step in analysis.steps if isinstance(step.ca, Percent)]
        if worst:
            lowest = min(worst, key=lambda step: _ratio(step.ca))
            shown = show_share(lowest.ca)
            message += f"; the lowest %C&A is that of {label(analysis, lowest.key)}, {shown}"
        yield LOW_YIELD.at(stream.span, message)


def poor_input(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A step with a low %C&A just before a step that is dear."""
    whole = analysis.metrics["process_time"]
    for giver, taker in _neighbours(stream):
        figures = analysis.step(taker.key)
        work = figures.process_time if figures else None
        if not isinstance(giver.ca, Percent) or giver.ca.ratio >= POOR or not work or not whole:
            continue
        if work.value >= COSTLY_STEP * whole.value and whole.value:
            hours = time(stream, work.value, work.unit, "work")
            message = (
                f"only {show_share(giver.ca)} of what {label(analysis, giver.key)} hands on is "
                f"complete and accurate, and {label(analysis, taker.key)} puts {hours} of work in"
            )
            on = named(analysis, [giver.key, taker.key])
            yield POOR_INPUT.at(giver.span, message, labels=(Label(taker.span, "goes in"),), on=on)


def rework_exceeds_ca(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """More comes back from a step than its %C&A leaves room for."""
    by_start: dict[str, list[Rework]] = defaultdict(list)
    for rework in stream.reworks:
        by_start[rework.start].append(rework)
    for key, loops in by_start.items():
        step = stream.find(key)
        if not isinstance(step, Step) or not isinstance(step.ca, Percent):
            continue
        back = sum((_ratio(loop.share) for loop in loops), Fraction(0))
        if back > 1 - step.ca.ratio:
            message = (
                f"{part(back)} go back from {label(analysis, key)}, more than the "
                f"{part(1 - step.ca.ratio)} that its %C&A of {show_share(step.ca)} leaves: "
                "are both numbers about the same work?"
            )
            on = named(analysis, [key])
            yield REWORK_EXCEEDS_CA.at(loops[0].span, message, on=on)


def costly_rework(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Returns take a good part of the time or of the work."""
    lead, spent = analysis.metrics["lead_time"], analysis.metrics["rework_time"]
    factor = analysis.metrics["rework_factor"]
    if not lead or not spent or not lead.value:
        return
    share = spent.value / lead.value
    if share > COSTLY or (factor and factor.value > COSTLY_FACTOR):
        more = part(factor.value - 1) if factor else "0 %"
        long = time(stream, spent.value, spent.unit)
        message = f"rework adds {long} to the lead time ({part(share)}) and {more} to the work"
        on = named(analysis, analysis.returning)
        yield COSTLY_REWORK.at(stream.reworks[0].span, message, on=on)


def endless_rework(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Loops out of several parallel branches can send back more than leaves."""
    if stream.reworks and analysis.metrics["expected_lead_time"] is None:
        faster = "items come back faster than they leave"
        often = "items come back more often than can be counted"
        what = often if analysis.countless else faster
        message = f"{what}: with these shares the work never ends"
        on = named(analysis, [rework.key for rework in stream.reworks])
        yield ENDLESS_REWORK.at(stream.reworks[0].span, message, on=on)


def _neighbours(stream: ValueStream) -> Iterator[tuple[Step, Step]]:
    """A step and the next one on the same line."""
    lines = [stream.elements]
    lines += [one.elements for one in stream.everything if isinstance(one, Branch)]
    for line in lines:
        last: Step | None = None
        for element in line:
            if isinstance(element, Step):
                if last:
                    yield last, element
                last = element
            elif isinstance(element, FORKS):
                last = None


def _ratio(share: object) -> Fraction:
    return share.ratio if isinstance(share, Percent) else Fraction(0)


FINDINGS = (low_yield, poor_input, rework_exceeds_ca, costly_rework, endless_rework)
