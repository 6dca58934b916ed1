"""What each step can do against what is asked of it: takt, capacity, utilisation, constraint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.pieces import ONE, ZERO, process_time
from vsmdsl.analysis.result import Constraint, Figure, StepFigures
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Share
from vsmdsl.model.stream import Step
from vsmdsl.record import record

Ends = tuple[Fraction, Fraction, Fraction]  # low, mean, high


@record
class Capacity:
    """Things a step can do in a day and in a shift."""

    per_day: Fraction
    per_shift: Fraction | None


def effective_cycle_time(step: Step) -> Figure | None:
    """(`ct` + `co` ÷ `batch`) ÷ `stations`; knowledge work without `ct`: `pt` ÷ `people`.

    None where nobody knows. Without `batch` the changeover is not counted.
    """
    match step.ct:
        case Duration():
            spread, unit = _machine(step, step.ct), step.ct.unit
        case Gap.UNKNOWN:
            return None
        case _:
            spread = _people(step)
            unit = step.pt.unit if isinstance(step.pt, Duration) else "s"
    return make_figure("work", spread, Gaps(), unit) if spread else None


def capacity(step: Step, cycle: Figure | None, calendar: Calendar) -> Capacity | None:
    """Available time × `uptime` × `yield` ÷ effective cycle time."""
    good = _good_share(step) if cycle and cycle.value else None
    if cycle is None or good is None:
        return None
    day, shift = _available(step, calendar)
    if day is None:
        return None
    per_second = good / cycle.value
    return Capacity(day * per_second, None if shift is None else shift * per_second)


def utilisation(
    can: Capacity | None, demand: Count | None, visits: Fraction | None, calendar: Calendar
) -> Fraction | None:
    """Demand × expected visits ÷ capacity."""
    if can is None or demand is None or visits is None or not can.per_day:
        return None
    return visits * (demand.amount * calendar.day / can.per_day)


def above_takt(cycle: Figure | None, takt: Figure | None) -> bool | None:
    """Whether a piece takes strictly longer than the customer waits for the next."""
    return None if cycle is None or takt is None else cycle.value > takt.value


def constraint(steps: Iterable[StepFigures]) -> Constraint | None:
    """The step that sets the pace: by utilisation, else by cycle time, else by process time."""
    found = list(steps)
    return (
        _slowest(found, "utilisation", [one.utilisation for one in found])
        or _slowest(found, "cycle_time", [_value(one.effective_cycle_time) for one in found])
        or _slowest(found, "process_time", [_value(one.process_time) for one in found])
    )


def _machine(step: Step, ct: Duration) -> Ends | None:
    changeover: Ends = (ZERO, ZERO, ZERO)
    if step.batch and step.batch.amount and step.co is not None:
        if step.co is Gap.UNKNOWN:
            return None
        if isinstance(step.co, Duration):
            low, mean, high = step.co.low, step.co.seconds, step.co.high
            batch = step.batch
            changeover = (low / batch.high, mean / batch.amount, high / (batch.low or batch.amount))
    stations = step.stations.amount if step.stations and step.stations.amount else ONE
    low, mean, high = changeover
    return (ct.low + low) / stations, (ct.seconds + mean) / stations, (ct.high + high) / stations


def _people(step: Step) -> Ends | None:
    work, people = process_time(step), step.people
    if not isinstance(work, Duration) or not isinstance(people, Count) or not people.amount:
        return None
    return (
        work.low / people.high,
        work.seconds / people.amount,
        work.high / (people.low or people.amount),
    )


def _good_share(step: Step) -> Fraction | None:
    """The part of the time that makes good pieces: uptime × yield, or 100 % − scrap."""
    uptime = _share(step.uptime, ONE)
    made = _share(step.yield_, ONE)
    lost = _share(step.scrap, ZERO)
    if uptime is None or made is None or lost is None:
        return None
    return uptime * (made if step.yield_ is not None else ONE - lost)


def _share(share: Share | None, default: Fraction) -> Fraction | None:
    match share:
        case Percent():
            return share.ratio
        case Gap.UNKNOWN:
            return None
        case _:
            return default


def _available(step: Step, calendar: Calendar) -> tuple[Fraction | None, Fraction | None]:
    """Working time of the step in a day and in a shift: its own, else the map's."""
    if step.available is Gap.UNKNOWN:
        return None, None
    if isinstance(step.available, Duration):
        shifts = step.shifts.amount if step.shifts else calendar.shifts or ONE
        return step.available.seconds * shifts, step.available.seconds
    if step.shifts:
        shift = calendar.shift or calendar.day
        return shift * step.shifts.amount, shift
    return calendar.day, calendar.shift


def _value(figure: Figure | None) -> Fraction | None:
    return figure.value if figure else None


def _slowest(
    steps: Sequence[StepFigures], by: str, values: Sequence[Fraction | None]
) -> Constraint | None:
    known = [(value, step) for value, step in zip(values, steps, strict=True) if value]
    if not known:
        return None
    _, step = max(known, key=lambda one: one[0])  # the first of equals
    match by:
        case "utilisation":
            return Constraint(step.key, "utilisation", step.utilisation, step.above_takt)
        case "cycle_time":
            return Constraint(step.key, "cycle_time", step.utilisation, step.above_takt)
        case _:
            return Constraint(step.key, "process_time", step.utilisation, step.above_takt)
