"""Where the time goes: the longest wait, the share of waiting, waits that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.analysis.findings.words import label, named, part, span_of, time
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.pieces import demand, little, portion
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show
from vsmdsl.language.codes.findings import (
    BIGGEST_WAIT,
    LT_BELOW_PT,
    MOSTLY_WAITING,
    WAIT_DISAGREES,
    WAITS_FOR_BATCH,
)
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.quantity import Count, Duration
from vsmdsl.model.stream import Queue, ValueStream

# Knowledge work commonly shows 5 to 15 % of touch time; below 20 % waiting is the first subject.
MOSTLY = Fraction(80, 100)
COUNT_TOLERANCE = Fraction(5, 100)  # a count is a count
LEVEL_TOLERANCE = Fraction(25, 100)  # a level moves
WORTH_SAYING = Fraction(5, 100)  # of the lead time; below, nobody's attention is well spent


def biggest_wait(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """The longest wait on the timeline."""
    wait = next((one for one in analysis.waits if one.rank == 1), None)
    if wait and wait.share and wait.time.value:
        where = (
            "inside" if wait.kind == "inside" else "in front of" if wait.kind == "step" else "at"
        )
        name = label(analysis, wait.key)
        most = "up to " if wait.time.bound == "≤" else ""  # its process time is not known
        long = f"{most}{time(stream, wait.time.value, wait.time.unit)}"
        message = f"the longest wait is {where} {name}: {long}, {part(wait.share)} of the lead time"
        yield BIGGEST_WAIT.at(span_of(stream, wait.key), message, on=named(analysis, [wait.key]))


def mostly_waiting(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """The share of waiting is above what one would want to look at first."""
    lead, wait = analysis.metrics["lead_time"], analysis.metrics["wait_time"]
    if stream.settings.timeline == "inventory" or not lead or not wait or not lead.value:
        return
    share = wait.value / lead.value
    if share > MOSTLY:
        waited, whole = show(wait, stream.calendar), show(lead, stream.calendar)
        message = f"{waited} of {whole} ({part(share)}) is waiting: start there, not at the work"
        yield MOSTLY_WAITING.at(stream.span, message)


def wait_disagrees(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A wait and Little's law of the things that stand there give different answers."""
    asked = demand(stream)
    shares = Measure(stream).weights if asked else {}
    for queue in stream.everything if asked else ():
        if not isinstance(queue, Queue) or not isinstance(queue.wait, Duration):
            continue
        rate = portion(asked, shares[queue.key])
        for key, amount, tolerance in (
            ("qty", queue.qty, COUNT_TOLERANCE),
            ("wip", queue.wip, LEVEL_TOLERANCE),
        ):
            if not isinstance(amount, Count) or rate is None:
                continue
            law, wait = little(amount, rate).seconds, queue.wait.seconds
            if abs(law - wait) > tolerance * wait:
                unit = queue.wait.unit
                message = (
                    f"work waits {time(stream, wait, unit)} at {label(analysis, queue.key)}, but "
                    f"{key}={amount.text or amount.amount} is {time(stream, law, 'd')} of demand: "
                    "one of the two is off"
                )
                on = named(analysis, [queue.key])
                yield WAIT_DISAGREES.at(queue.span, message, on=on)


def lt_below_pt(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """A step that takes less time than its work: several people at once, or a slip."""
    for step in analysis.steps:
        if not step.lead_time or not step.process_time:
            continue
        lead, work = step.lead_time, step.process_time
        if lead.value < work.value:
            short = time(stream, lead.value, lead.unit, "work")  # both in hours
            long = time(stream, work.value, work.unit, "work")
            name = label(analysis, step.key)
            message = f"{name} takes {short} for {long} of work: that needs several people at once"
            on = named(analysis, [step.key])
            yield LT_BELOW_PT.at(span_of(stream, step.key), message, on=on)


def waits_for_batch(stream: ValueStream, analysis: Analysis) -> Iterator[Diagnostic]:
    """Pieces that move on together wait for one another."""
    lead = analysis.metrics["lead_time"]
    for step in stream.steps():
        if not step.transfer or step.lt is not None or not lead:
            continue
        inside = [wait for wait in analysis.waits_at(step.key) if wait.kind == "inside"]
        if not inside:
            continue
        waited = inside[0].time.value
        if waited > WORTH_SAYING * lead.value:
            batch, long = step.transfer.text or step.transfer.amount, time(stream, waited)
            name = label(analysis, step.key)
            message = f"at {name} every piece waits {long} for the rest of its batch of {batch}"
            on = named(analysis, [step.key])
            yield WAITS_FOR_BATCH.at(step.span, message, on=on)


FINDINGS = (biggest_wait, mostly_waiting, wait_disagrees, lt_below_pt, waits_for_batch)
