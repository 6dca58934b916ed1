"""Counts and rates: `4600`, `4600 L + 2400 R`, `20/month`, `62 EUR/h`."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities
from vsmdsl.language.words import canonical_unit
from vsmdsl.model.quantity import Count, Gap, Rate
from vsmdsl.model.resolve.numbers import ends_of
from vsmdsl.model.resolve.times import Times, is_time, with_unit
from vsmdsl.record import record, replace

PERIOD_NAMES = {
    "ms": "millisecond", "s": "second", "min": "minute", "h": "h", "d": "day", "w": "week",
    "mo": "month", "y": "year", "cd": "calendar day", "cw": "calendar week",
    "cmo": "calendar month",
}  # fmt: skip


@record
class Counts(Times):
    """Reads numbers of things, and numbers of things in a time."""

    def count(self, value: syntax.Value) -> Count | Gap | None:
        """A number of things, with a free unit or a sum of variants; or a gap."""
        return self.gap(value) or self.known_count(value)

    def known_count(self, value: syntax.Value) -> Count | None:
        """A known number of things; a time is none."""
        if is_time(value):
            message = f"`{value.span.text}` is a time, and things are counted here"
            hint = "write the number alone, or with what is counted: `40`, `40 pcs`"
            return self.fail(quantities.WRONG_KIND, value.span, message, hint)
        return self.amount(value)

    def amount(self, value: syntax.Value) -> Count | None:
        """A number with any unit."""
        match value:
            case syntax.Number(digits=digits):
                return self._plain(value, digits, "")
            case syntax.Measure(parts=(part,)):
                return self._plain(value, part.digits, part.unit)
            case syntax.Sum(terms=terms):
                return self._variants(value, terms)
            case syntax.Approx(value=inner):
                known = self.amount(inner)
                return known and replace(known, approx=True, text=value.span.text)
            case syntax.Signed(sign="+", value=inner):
                return self.amount(inner)
            case syntax.Range():
                return self._count_range(value)
            case _:
                return self.wrong(value, "a number such as `40` or `4600 pcs`")

    def _plain(self, value: syntax.Value, digits: str, unit: str) -> Count | None:
        number = self.number(digits, value.span)
        return (
            Count(number, number, number, unit, (), value.span.text) if number is not None else None
        )

    def _variants(self, value: syntax.Sum, terms: tuple[syntax.Value, ...]) -> Count | None:
        found = [self.amount(term) for term in terms]
        counts = [one for one in found if one]
        if len(counts) < len(found):
            return None
        mean, low, high = (
            sum((getattr(one, name) for one in counts), Fraction(0))
            for name in ("amount", "low", "high")
        )
        units = {one.unit for one in counts}
        unit = units.pop() if len(units) == 1 else ""
        variants = tuple((one.amount, one.unit) for one in counts)
        return Count(mean, low, high, unit, variants, value.span.text)

    def _count_range(self, value: syntax.Range) -> Count | None:
        found = [self.amount(point) for point in with_unit(value.points)]
        counts = [one for one in found if one]
        if len(counts) < len(found):
            return None
        ends = ends_of([one.amount for one in counts])
        if ends is None:
            return self.reversed(value)
        unit = next((one.unit for one in counts if one.unit), "")
        return Count(ends.mean, ends.low, ends.high, unit, (), value.span.text)

    # --- rates

    def rate(self, value: syntax.Value) -> Rate | None:
        """A count in a period: `20/month`."""
        match value:
            case syntax.Ratio(left=left, right=right):
                amount, period = self.amount(left), self._period(right)
                if amount is None or period is None:
                    return None
                return Rate(amount, period[0], period[1], value.span.text)
            case syntax.Approx(value=inner) | syntax.Signed(sign="+", value=inner):
                return self.rate(inner)
            case syntax.Number() | syntax.Measure() | syntax.Sum():
                text = value.span.text
                hint = f"write `{text}/day`, `{text}/week` or `{text}/month`"
                message = f"`{text}` in which time?"
                return self.fail(quantities.RATE_WITHOUT_PERIOD, value.span, message, hint)
            case _:
                return self.wrong(value, "a rate such as `20/month`")

    def _period(self, value: syntax.Value) -> tuple[Fraction, str] | None:
        """Seconds in a period, and what it is called."""
        if isinstance(value, syntax.Measure):
            known = self.duration(value)
            if known is None:
                return None
            if known.seconds:
                return known.seconds, value.span.text
        if isinstance(value, syntax.Word):
            unit = canonical_unit(value.text)
            if value.text.lower() in ("shift", "shifts") and self.calendar.shift:
                return self.calendar.shift, "shift"
            if unit and (seconds := self.calendar.unit(unit)):
                return seconds, PERIOD_NAMES[unit]
        return self.fail(
            quantities.RATE_WITHOUT_PERIOD,
            value.span,
            f"`{value.span.text}` is no period",
            self._periods(value),
        )

    def _periods(self, value: syntax.Value) -> str:
        if isinstance(value, syntax.Word) and value.text.lower() in ("shift", "shifts"):
            return "say `shifts=2` on the `map` first, or write `/day`"
        return "a period is `h`, `day`, `week`, `month` or `year`"
