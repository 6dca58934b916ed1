"""What the steps can do against what is asked of them."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.analysis.findings.words import label, listed, named, part, span_of, time
from vsmdsl.analysis.pieces import demand
from vsmdsl.analysis.result import Analysis
from vsmdsl.language.codes.findings import (
    ABOVE_TAKT,
    CAPACITY_UNKNOWN,
    CHANGEOVER_NOT_COUNTED,
    MISSING_DEMAND,
    OVERLOADED,
)
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.quantity import Count, Duration
from vsmdsl.model.stream import Queue, ValueStream


def above_takt(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A step whose effective cycle time is strictly above takt."""
    takt = analysis.metrics["takt_time"]
    for step in analysis.steps:
        cycle = step.effective_cycle_time
        if step.above_takt and cycle and takt:
            slow = time(stream, cycle.value, cycle.unit, "work")
            pace = time(stream, takt.value, takt.unit, "work")
            name = label(analysis, step.key)
            message = f"{name} needs {slow} for a piece, but the customer takes one every {pace}"
            on = named(analysis, [step.key])
            yield ABOVE_TAKT.at(span_of(stream, step.key), message, on=on)


def overloaded(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A step that is asked for more than it can do."""
    for step in analysis.steps:
        if step.utilisation and step.utilisation > 1:
            full, name = part(step.utilisation), label(analysis, step.key)
            rework = ", rework included" if step.visits and step.visits > 1 else ""
            message = f"{name} is asked for {full} of what it can do{rework}: its queue only grows"
            on = named(analysis, [step.key])
            yield OVERLOADED.at(span_of(stream, step.key), message, on=on)


def changeover_not_counted(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A changeover takes capacity only where a batch says how often it happens."""
    found = [
        step
        for step in stream.steps()
        if isinstance(step.co, Duration) and step.co.seconds and not step.batch
    ]
    if found:
        names = listed(label(analysis, step.key) for step in found)
        message = (
            f"the changeover of {names} takes no capacity here: how many pieces are made between "
            "two changeovers? `batch` says so"
        )
        on = named(analysis, [step.key for step in found])
        yield CHANGEOVER_NOT_COUNTED.at(found[0].span, message, on=on)


def missing_demand(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Cycle times or counts of things say little without the customer's demand."""
    if demand(stream):
        return
    cycles = [step.key for step in stream.steps() if isinstance(step.ct, Duration)]
    counts = [
        queue.key
        for queue in stream.everything
        if isinstance(queue, Queue)
        and queue.wait is None
        and any(isinstance(one, Count) for one in (queue.qty, queue.wip))
    ]
    if cycles or counts:
        use = "how long things wait" if counts else "which step is too slow"
        message = f"without `demand` on the map nobody can tell {use}"
        on = named(analysis, [*counts, *cycles])
        yield MISSING_DEMAND.at(stream.span, message, on=on)


def capacity_unknown(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Demand is known, and no step says what it can do."""
    known = any(step.capacity_per_day is not None for step in analysis.steps)
    if analysis.steps and demand(stream) and not known:
        message = (
            "no step says its `ct` or its `people`, so the constraint is only guessed from the "
            "process times"
        )
        yield CAPACITY_UNKNOWN.at(stream.span, message)


FINDINGS = (above_takt, overloaded, changeover_not_counted, missing_demand, capacity_unknown)
