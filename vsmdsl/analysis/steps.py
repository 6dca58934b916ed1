"""Each step with its own figures: how long, how often, how full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from vsmdsl.analysis.capacity import above_takt, capacity, effective_cycle_time, utilisation
from vsmdsl.analysis.figures import make_figure, shares_of
from vsmdsl.analysis.gaps import WHOLE, Gaps
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.pieces import ONE, Ends, Piece
from vsmdsl.analysis.quotient import quotient
from vsmdsl.analysis.result import Figure, StepFigures
from vsmdsl.analysis.wait_before import waits_before
from vsmdsl.model.stream import Step
from vsmdsl.record import record


def step_figures(
    measure: Measure, metrics: Mapping[str, Figure | None], labels: Mapping[str, str]
) -> tuple[StepFigures, ...]:
    """All steps in the order of the stream, those in branches included."""
    lead = metrics["lead_time"]
    whole = _Whole(
        measure,
        metrics,
        shares_of(lead.value) if lead and lead.value else None,
        waits_before(measure),
        {stop.element.key for stop in measure.whole.stops if stop.role == "on"},
        measure.hidden.more | measure.hidden.fewer,
    )
    return tuple(_figures(whole, step, labels[step.key]) for step in measure.stream.steps())


@record
class _Whole:
    """What the figures of one step need of the whole map."""

    measure: Measure
    metrics: Mapping[str, Figure | None]
    share: Callable[[Fraction], Fraction] | None  # of the lead time, if there is one
    before: Mapping[str, Figure]
    path: set[str]
    hidden: frozenset[str]  # passed by a loop whose share nobody knows


def _figures(whole: _Whole, step: Step, label: str) -> StepFigures:
    measure, calendar = whole.measure, whole.measure.stream.calendar
    piece, cycle = measure.pieces[step.key], effective_cycle_time(step)
    lead, can = _lead(piece), capacity(step, cycle, calendar)
    visits = None if step.key in whole.hidden else _visits(measure, step.key)
    return StepFigures(
        key=step.key,
        label=label,
        team=step.team,
        process_time=_work(piece),
        lead_time=lead,
        wait_before=whole.before[step.key],
        ca=step.ca,
        visits=visits,
        effective_cycle_time=cycle,
        above_takt=above_takt(cycle, whole.metrics["takt_time"]),
        capacity_per_day=can.per_day if can else None,
        capacity_per_shift=can.per_shift if can else None,
        utilisation=utilisation(can, measure.demand, visits, calendar),
        share_of_lead_time=whole.share(lead.value) if lead and whole.share else None,
        on_path=step.key in whole.path,
    )


def _visits(measure: Measure, key: str) -> Fraction | None:
    visits = measure.visits
    if visits is None:
        return None
    passes = visits.passes[key]
    return ONE if passes == visits.scale else quotient(passes, visits.scale)


def _work(piece: Piece) -> Figure | None:
    if piece.unknown.work:
        return None
    return make_figure("work", piece.spread(_own_work), WHOLE, piece.units.work)


def _lead(piece: Piece) -> Figure | None:
    """The step's own lead time, its wait in front not included."""
    if piece.unknown.lead:
        return None
    lacks = Gaps((piece.key,), "≥", 1) if piece.unknown.inner else WHOLE
    unit = piece.units.inner if piece.units.inner != "s" else piece.units.work
    return make_figure("waiting", piece.spread(_own_lead), lacks, unit)


def _own_work(end: Ends) -> Fraction:
    return end.work


def _own_lead(end: Ends) -> Fraction:
    return end.lead
