"""The clock of a map from what its `calendar`, `shifts` and `available` say."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.words import canonical_key, canonical_unit
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.resolve.fields import attributes
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.texts import members
from vsmdsl.model.resolve.values import Values
from vsmdsl.record import replace

USUAL = Calendar()  # a day length itself is told in hours, minutes and seconds
ELAPSED = Calendar(Fraction(24 * 3600), Fraction(7), declared=True, elapsed=True)
PERIODS = {"d": "day", "w": "week", "mo": "month"}
FULL_DAY = 24 * 3600
HINT = "as in `calendar = 8h/day, 5d/week`, `20d/month` or `elapsed`"


def read_clock(statement: syntax.Statement | None, log: Log) -> Calendar:
    """The calendar that a `map` statement declares, else 8 h a day and 5 days a week."""
    said: dict[str, syntax.Attr] = {}
    for attr in attributes(statement) if statement else ():
        said.setdefault(canonical_key(attr.key.text) or "", attr)
    calendar = _declared(said.get("calendar"), log)
    if calendar is ELAPSED:
        return _without_shifts(said, log)
    return _with_shifts(said, calendar, log)


# --- the parts of a calendar


def _declared(attr: syntax.Attr | None, log: Log) -> Calendar:
    if attr is None or isinstance(attr.value, syntax.Unknown):
        return USUAL
    value: syntax.Value = attr.value
    if isinstance(value, syntax.Text):
        value = log.reread(value) or value
    parts = members(value)
    if len(parts) == 1 and _word(parts[0]) == "elapsed":
        return ELAPSED
    calendar, seen = replace(USUAL, declared=True), set[str]()
    for part in parts:
        period = part_period(part)
        if period is None or period in seen:
            _bad_part(part, period, log)
            continue
        seen.add(period)
        calendar = _with_part(calendar, period, part, log)
    around_the_clock = calendar.day == FULL_DAY and calendar.days_per_week == 7
    return replace(calendar, elapsed=around_the_clock)


def _word(value: syntax.Value) -> str:
    return value.text.lower() if isinstance(value, syntax.Word | syntax.Text) else ""


def part_period(part: syntax.Value) -> str | None:
    """What `8h/day` is the length of: the day."""
    if isinstance(part, syntax.Ratio) and isinstance(part.right, syntax.Word):
        return PERIODS.get(canonical_unit(part.right.text) or "")
    return None


def _bad_part(part: syntax.Value, period: str | None, log: Log) -> None:
    message = f"`{part.span.text}` is no part of a calendar"
    if period:
        message = f"the length of a {period} is given twice"
    log.add(quantities.BAD_CALENDAR.at(part.span, message, hint=HINT))


def _with_part(calendar: Calendar, period: str, part: syntax.Value, log: Log) -> Calendar:
    assert isinstance(part, syntax.Ratio)
    if period == "day":
        known = Values(USUAL, log).duration(part.left)
        if known and 0 < known.seconds <= FULL_DAY:
            return replace(calendar, day=known.seconds)
        if known:
            _wrong_part(part, "a day has more than 0 and at most 24 hours", log)
        return calendar
    days, most = _days(part.left), 7 if period == "week" else 31
    if days is None or not 0 < days <= most:
        _wrong_part(part, f"a {period} has more than 0 and at most {most} days", log)
        return calendar
    field = "days_per_week" if period == "week" else "month_in_days"
    return replace(calendar, **{field: days})


def _days(value: syntax.Value) -> Fraction | None:
    match value:
        case syntax.Measure(parts=(syntax.Part(digits=digits, unit=unit),)):
            days = canonical_unit(unit) == "d" and len(digits) < 20
            return Fraction(digits.replace("_", "")) if days else None
        case _:
            return None


def _wrong_part(part: syntax.Ratio, message: str, log: Log) -> None:
    log.add(quantities.BAD_CALENDAR.at(part.left.span, message, hint=HINT))


# --- shifts × the working time of one


def _without_shifts(said: dict[str, syntax.Attr], log: Log) -> Calendar:
    for key in ("shifts", "available"):
        if key in said:
            message = "elapsed time runs day and night; it has no shifts"
            hint = "write the working time instead, as in `calendar = 8h/day, 5d/week`"
            labels = (Label(said["calendar"].value.span, "the calendar is `elapsed`"),)
            found = quantities.ELAPSED_WITH_SHIFTS.at(
                said[key].span, message, hint=hint, labels=labels
            )
            log.add(found)
    return ELAPSED


def _with_shifts(said: dict[str, syntax.Attr], calendar: Calendar, log: Log) -> Calendar:
    shifts, available = said.get("shifts"), said.get("available")
    quiet = Values(USUAL, Log())  # mistakes in these values are told when the statement is read
    number = quiet.known_count(shifts.value) if shifts else None
    length = quiet.duration(available.value) if available else None
    count = number.amount if number and number.amount > 0 else None
    if count is None or length is None or not length.seconds:
        return replace(calendar, shifts=count) if count else calendar
    day = count * length.seconds
    if day > FULL_DAY:
        _too_long(said, day, log)
        return replace(calendar, shifts=count)
    if _tells_day(said) and day != calendar.day:
        _said_twice(said, day, calendar, log)
        return replace(calendar, shifts=count)
    return replace(calendar, day=day, shifts=count, declared=True)


def _tells_day(said: dict[str, syntax.Attr]) -> bool:
    value = said["calendar"].value if "calendar" in said else None
    return value is not None and any(part_period(part) == "day" for part in members(value))


def _too_long(said: dict[str, syntax.Attr], day: Fraction, log: Log) -> None:
    message = f"`shifts` × `available` make {_length(day)}, more than a day has"
    hint = "`available` is the working time of one shift"
    log.add(quantities.BAD_CALENDAR.at(said["available"].span, message, hint=hint))


def _said_twice(said: dict[str, syntax.Attr], day: Fraction, calendar: Calendar, log: Log) -> None:
    message = f"`shifts` × `available` make {_length(day)} a day, not {_length(calendar.day)}"
    labels = (Label(said["calendar"].value.span, "the day is said here too"),)
    hint = "say it once, or let both agree"
    span = said["available"].span
    log.add(quantities.DAY_SAID_TWICE.at(span, message, hint=hint, labels=labels))


def _length(seconds: Fraction) -> str:
    return Calendar(day=seconds).text.removeprefix("1 d = ").split(",")[0]
