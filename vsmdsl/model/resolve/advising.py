"""What works, and will be read wrongly by somebody."""

from __future__ import annotations

from collections.abc import Iterable

from vsmdsl.language.codes import advice
from vsmdsl.model.quantity import Duration
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.stream import Element, Handoff, Queue, Step, ValueStream

TIMES = ("pt", "lt", "wait", "ct", "co")
LONG = 5  # days; a wait beyond it is longer on one calendar than on the other


def advise(stream: ValueStream, futures: Iterable[ValueStream], broken: bool, log: Log) -> None:
    """All advice about a map as a whole; `broken`: a part of it could not be read."""
    if not any(stream.steps()) and not broken and not log.has_errors:
        message = "the map has no step; nobody works here"
        log.add(advice.EMPTY_MAP.at(stream.span, message, hint="as in `step Develop 3d/5d 85%`"))
    _days(stream, log)
    if not broken:
        _teams(stream, futures, log)


def _teams(stream: ValueStream, futures: Iterable[ValueStream], log: Log) -> None:
    used = {key for state in (stream, *futures) for step in state.steps() for key in step.team}
    for team in stream.teams:
        if team.key not in used and any(stream.steps()):
            message = f"the team `{team.key}` has no step"
            hint = f"write `team={team.key}` at its steps, or take the line out"
            log.add(advice.UNUSED_TEAM.at(team.span, message, hint=hint))


def _days(stream: ValueStream, log: Log) -> None:
    if stream.calendar.declared:
        return
    times = [pair for one in stream.everything for pair in durations(one)]
    in_days = [pair for pair in times if pair[1].unit in ("d", "w", "mo", "y")]
    if not in_days:
        return
    place = in_days[0][0].span
    message = f"nobody said how long a day is; it is read as {stream.calendar.text}"
    hint = "write `calendar = 8h/day, 5d/week` (or `elapsed`) in the `map` block"
    log.add(advice.DAYS_WITHOUT_CALENDAR.at(place, message, hint=hint))
    other = [pair for pair in in_days if in_calendar_days(pair[1])]
    long = any(time.seconds > LONG * stream.calendar.day for _, time in in_days)
    if other and len(other) < len(in_days) and long:
        message = "working days (`d`) and calendar days (`cd`) stand side by side"
        hint = "`7cd` is `5d`, unless a `calendar` in the `map` block says otherwise"
        log.add(advice.MIXED_DAYS.at(other[0][0].span, message, hint=hint))


def in_calendar_days(time: Duration) -> bool:
    """Whether it was written in `cd`, `cw` or `cmo`."""
    return any(unit in time.text.lower() for unit in ("cd", "cw", "cmo"))


def durations(one: object) -> list[tuple[Element, Duration]]:
    """All known durations of an element, each with the element."""
    if not isinstance(one, Step | Queue | Handoff):
        return []
    values = [getattr(one, name, None) for name in TIMES]
    return [(one, value) for value in values if isinstance(value, Duration)]
