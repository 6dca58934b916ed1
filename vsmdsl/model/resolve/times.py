"""Times: `3d`, `1d4h`, `~2h`, `2h..8h`, `lognormal(p50=2d, p85=6d)`, `2h + 30min`."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities
from vsmdsl.language.diagnostics import replacing
from vsmdsl.language.words import UNITS, canonical_unit
from vsmdsl.model.quantity import Duration, Time
from vsmdsl.model.resolve.numbers import Ends, Numbers, ends_of
from vsmdsl.model.resolve.spelling import fix_of
from vsmdsl.record import record, replace

CENTURY = 100 * 366 * 24 * 3600  # nobody waits longer for a delivery
YEARS = Fraction(36600, 364)  # so many of a map's own, at least, are a hundred of anybody's
FALLING = ("y", "mo", "w", "d", "h", "min", "s", "ms")
A_TIME = "a time such as `3d`, `1d4h` or `2h..8h`"


@record
class Times(Numbers):
    """Reads lengths of time."""

    def time(self, value: syntax.Value) -> Time | None:
        """A duration, `?` or `none`."""
        return self.gap(value) or self.duration(value)

    def duration(self, value: syntax.Value) -> Duration | None:
        """A known duration: plain, a sum, a range or a distribution."""
        match value:
            case syntax.Measure(parts=(syntax.Part(digits=digits, unit=""),)):
                return self._bare_time(value, digits)
            case syntax.Measure():
                return self._measure(value)
            case syntax.Number(digits=digits):
                return self._bare_time(value, digits)
            case syntax.Approx(value=inner):
                known = self.duration(inner)
                return known and replace(known, approx=True, text=value.span.text)
            case syntax.Signed(sign="+", value=inner):
                return self.duration(inner)
            case syntax.Range():
                return self._time_range(value)
            case syntax.Call():
                return self._distribution(value)
            case syntax.Sum(terms=terms):
                return self._sum(value, terms)
            case _:
                return self.wrong(value, A_TIME)

    def _bare_time(self, value: syntax.Value, digits: str) -> Duration | None:
        """Zero needs no unit; all else does."""
        if not digits.strip("0._"):
            return self._made(value, Ends(Fraction(0), Fraction(0), Fraction(0)), "s")
        message = f"`{digits}` what? A time needs its unit"
        hint = f"did you mean `{digits}min`, `{digits}h` or `{digits}d`?"
        return self.fail(quantities.TIME_WITHOUT_UNIT, value.span, message, hint)

    # --- numbers with units

    def _measure(self, value: syntax.Measure) -> Duration | None:
        first = value.parts[0]
        once = self.known.get((first.digits, first.unit)) if len(value.parts) == 1 else None
        if once is not None:
            return Duration(once, once, once, _plain_unit(first.unit), value.span.text)
        seconds, units = Fraction(0), []
        for part in value.parts:
            unit = self._unit(part)
            number = self.number(part.digits, part.span)
            if unit is None or number is None:
                return None
            seconds += number * (self.calendar.unit(unit) or 0)
            units.append(_plain_unit(unit))
        places = [FALLING.index(unit) for unit in units]
        if places != sorted(set(places)):
            return self._unsorted(value, places)
        made = self._made(value, Ends(seconds, seconds, seconds), units[0])
        if made and len(units) == 1:
            self.known[first.digits, first.unit] = seconds
        return made

    def _unit(self, part: syntax.Part) -> str | None:
        """The canonical unit of a part; a part without one was answered by the parser."""
        if part.unit == "m":
            n = part.digits
            hint = f"write `{n}min` or `{n}mo`"
            message = f"`{n}m` may be minutes or months"
            return self.fail(quantities.MINUTE_OR_MONTH, part.span, message, hint)
        unit = canonical_unit(part.unit)
        if unit is None and part.unit:
            found = self.log.word(part.unit, UNITS)
            listed = "the units are `ms s min h d w mo y` and `cd cw cmo`"
            hint = f"did you mean `{part.digits}{UNITS[found]}`?" if found else listed
            fix = fix_of(part.span, part.unit, found) and found
            mended = replacing(part.span, part.digits + UNITS[fix]) if fix else None
            message = f"`{part.unit}` is no unit of time"
            self.fail(quantities.UNKNOWN_UNIT, part.span, message, hint, mended)
        return unit

    def _unsorted(self, value: syntax.Measure, places: list[int]) -> None:
        message = f"the units of `{value.span.text}` do not fall"
        parts = sorted(zip(places, value.parts, strict=True), key=lambda pair: pair[0])
        text = "".join(part.digits + part.unit for _, part in parts)
        once = len(set(places)) == len(places)
        hint = f"did you mean `{text}`?" if once else "each unit once, as in `1d4h`"
        fix = replacing(value.span, text) if once else None
        return self.fail(quantities.UNITS_OUT_OF_ORDER, value.span, message, hint, fix)

    def _made(self, value: syntax.Value, ends: Ends, unit: str) -> Duration | None:
        if ends.high > CENTURY or (unit in FALLING[:4] and ends.high > YEARS * self.calendar.year):
            message = f"`{value.span.text}` is longer than 100 years"
            return self.fail(quantities.NUMBER_TOO_LARGE, value.span, message, "is the unit right?")
        return Duration(ends.mean, ends.low, ends.high, unit, value.span.text)

    # --- several numbers

    def _time_range(self, value: syntax.Range) -> Duration | None:
        known = [self.duration(point) for point in with_unit(value.points)]
        times = [one for one in known if one]
        if len(times) < len(known):
            return None
        ends = ends_of([one.seconds for one in times])
        if ends is None:
            return self.reversed(value)
        return self._made(value, ends, _largest(times))

    def _sum(self, value: syntax.Sum, terms: tuple[syntax.Value, ...]) -> Duration | None:
        known = [self.duration(term) for term in terms]
        times = [one for one in known if one]
        if len(times) < len(known):
            return None
        mean, low, high = (
            sum((getattr(one, name) for one in times), Fraction(0))
            for name in ("seconds", "low", "high")
        )
        return self._made(value, Ends(mean, low, high), _largest(times))

    def _distribution(self, call: syntax.Call) -> Duration | None:
        from vsmdsl.model.resolve.distributions import distribution  # few maps have one

        times: list[Duration] = []

        def seconds(value: syntax.Value) -> Fraction | None:
            known = self.duration(value)
            times.extend([known] if known else [])
            return known.seconds if known else None

        ends = distribution(call, seconds, self.log, self.samples)
        return self._made(call, ends, _largest(times)) if ends else None


def _plain_unit(unit: str) -> str:
    """The unit in which people speak of it: `d` for calendar days, too."""
    return (canonical_unit(unit) or unit).removeprefix("c")


def _largest(times: list[Duration]) -> str:
    """The largest unit that was written."""
    return min((one.unit for one in times), key=FALLING.index, default="s")


def with_unit(points: tuple[syntax.Value, ...]) -> tuple[syntax.Value, ...]:
    """`2..8h`: a bare number takes the unit of the last point."""
    last = points[-1]
    if not isinstance(last, syntax.Measure) or len(last.parts) != 1:
        return points
    unit = last.parts[0].unit
    return tuple(
        syntax.Measure((syntax.Part(point.digits, unit, point.span),), point.span)
        if isinstance(point, syntax.Number)
        else point
        for point in points
    )


def is_time(node: syntax.Value) -> bool:
    """Whether all its units are units of time."""
    match node:
        case syntax.Measure(parts=parts):
            return len(parts) > 1 or canonical_unit(parts[0].unit) is not None
        case syntax.Sum(terms=several) | syntax.Range(points=several):
            return any(is_time(one) for one in several)
        case syntax.Approx(value=inner) | syntax.Signed(value=inner):
            return is_time(inner)
        case _:
            return isinstance(node, syntax.Call)
