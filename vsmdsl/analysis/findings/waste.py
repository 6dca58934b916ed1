"""The other wastes that the data shows: overproduction, inventory, overprocessing, talent."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.findings.words import label, listed, named, part, time
from vsmdsl.analysis.pieces import counted, demand
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show_count
from vsmdsl.language.codes.findings import BY_HAND, NO_VALUE, OVER_MAX, PILED_UP
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.stream import Queue, Step, ValueStream

A_STEP = 10  # things waiting for each step; in one-piece flow it is one
WORTH_SAYING = Fraction(5, 100)  # of all process time


def over_max(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """More stands there than was agreed: somebody produces ahead of need."""
    for queue in stream.everything:
        if not isinstance(queue, Queue) or not queue.max:
            continue
        amount = counted(queue)
        if amount and amount.amount > queue.max.amount:
            there, agreed = show_count(amount), show_count(queue.max)
            name = label(analysis, queue.key)
            message = f"{there} stand at {name}, where at most {agreed} were agreed"
            yield OVER_MAX.at(queue.span, message, on=named(analysis, [queue.key]))


def piled_up(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Far more is waiting than is worked on."""
    queues = [one for one in stream.everything if isinstance(one, Queue)]
    counts = [(queue, amount.amount) for queue in queues if (amount := counted(queue))]
    total = sum((amount for _, amount in counts), Fraction(0))
    if analysis.steps and total > A_STEP * len(analysis.steps):
        rate = demand(stream)
        each = f"{int(total / len(analysis.steps)):,} for each step"
        need = f"{time(stream, total / rate.amount)} of demand" if rate else each
        most = max(counts, key=lambda one: one[1])[0]
        message = (
            f"{float(total):,.6g} items wait, {need}; most of them at {label(analysis, most.key)}"
        )
        on = named(analysis, [queue.key for queue, _ in counts])
        yield PILED_UP.at(most.span, message, on=on)


def no_value(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Work that no customer would pay for and nobody demands."""
    steps = [step for step in stream.steps() if step.value == "nva"]
    spent = sum((_work(analysis, step) for step in steps), Fraction(0))
    whole = analysis.metrics["total_effort"]
    if whole and whole.value and spent > WORTH_SAYING * whole.value:
        names = listed(label(analysis, step.key) for step in steps)
        hours, share = time(stream, spent, "h", "work"), part(spent / whole.value)
        message = f"{hours} of work ({share}) is nothing a customer would pay for: {names}"
        on = named(analysis, [step.key for step in steps])
        yield NO_VALUE.at(steps[0].span, message, on=on)


def by_hand(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """People do by hand what adds no value: their time and their minds are worth more."""
    steps = [one for one in stream.steps() if one.automation == "manual" and one.value != "va"]
    spent = sum((_work(analysis, step) for step in steps), Fraction(0))
    if steps and spent:
        names = listed(label(analysis, step.key) for step in steps)
        hours = time(stream, spent, "h", "work")
        message = f"people spend {hours} on each item, by hand, on what adds no value: {names}"
        on = named(analysis, [step.key for step in steps])
        yield BY_HAND.at(steps[0].span, message, on=on)


def _work(analysis: Analysis, step: Step) -> Fraction:
    segments = (one for one in analysis.segments if one.key == step.key and one.work)
    return sum((one.amount.mean for one in segments), Fraction(0))


FINDINGS = (over_max, piled_up, no_value, by_hand)
