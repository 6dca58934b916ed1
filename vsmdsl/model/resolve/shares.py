"""Shares: `85%`, `~85%`, `70%..90%`, `?`."""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities
from vsmdsl.language.diagnostics import replacing
from vsmdsl.model.quantity import Percent, Share
from vsmdsl.model.resolve.numbers import Numbers, ends_of
from vsmdsl.record import record, replace

ALL = Fraction(1)


@record
class Shares(Numbers):
    """Reads per cents."""

    def share(self, value: syntax.Value, most: Fraction | None = ALL) -> Share | None:
        """A per cent, `?` or `none`; `most` None allows more than 100 %."""
        return self.gap(value) or self.percent(value, most)

    def percent(self, value: syntax.Value, most: Fraction | None = ALL) -> Percent | None:
        """A known per cent."""
        match value:
            case syntax.Percent():
                return self._percent(value, most)
            case syntax.Approx(value=inner):
                known = self.percent(inner, most)
                return known and replace(known, approx=True, text=value.span.text)
            case syntax.Signed(sign="+", value=inner):
                return self.percent(inner, most)
            case syntax.Range():
                return self._share_range(value, most)
            case syntax.Number(digits=digits):
                return self._bare_share(value, digits)
            case _:
                return self.wrong(value, "a per cent such as `85%`")

    def _percent(self, value: syntax.Percent, most: Fraction | None) -> Percent | None:
        once = self.known.get((value.digits, "%"))
        if once is not None:
            return Percent(once, once, once, value.span.text)
        number = self.number(value.digits, value.span)
        if number is None:
            return None
        ratio = number / 100
        if most is not None and ratio > most:
            message = f"`{value.span.text}` is more than {most * 100} %"
            hint = "a share lies between 0% and 100%"
            return self.fail(quantities.PERCENT_OUT_OF_RANGE, value.span, message, hint)
        if most is ALL:  # what is no more than that is right for all who ask
            self.known[value.digits, "%"] = ratio
        return Percent(ratio, ratio, ratio, value.span.text)

    def _share_range(self, value: syntax.Range, most: Fraction | None) -> Percent | None:
        known = [self.percent(point, most) for point in _with_percent(value.points)]
        shares = [one for one in known if one]
        if len(shares) < len(known):
            return None
        ends = ends_of([one.ratio for one in shares])
        if ends is None:
            return self.reversed(value)
        return Percent(ends.mean, ends.low, ends.high, value.span.text)

    def _bare_share(self, value: syntax.Number, digits: str) -> None:
        """`0.85` and `85` are both 85 %; a lone `1` may be all or a hundredth."""
        number = self.number(digits, value.span)
        if number is None:
            return None
        message = f"`{digits}` is written without its `%`"
        if digits == "1":
            hint = "write `100%` for all of them, `1%` for one in a hundred"
            return self.fail(quantities.SHARE_WITHOUT_PERCENT, value.span, message, hint)
        ratio = number if number <= 1 and "." in digits else number / 100
        text = f"{decimal(ratio * 100)}%"
        if ratio > 1:
            hint = "a share lies between 0% and 100%"
            return self.fail(quantities.SHARE_WITHOUT_PERCENT, value.span, message, hint)
        fix = replacing(value.span, text)
        hint = f"did you mean `{text}`?"
        return self.fail(quantities.SHARE_WITHOUT_PERCENT, value.span, message, hint, fix)


def decimal(number: Fraction) -> str:
    """The digits of a number that has few."""
    text = f"{float(number):.12f}".rstrip("0").rstrip(".")
    return text or "0"


def _with_percent(points: tuple[syntax.Value, ...]) -> tuple[syntax.Value, ...]:
    """`70..90%`: a bare number is a per cent, as the last point is."""
    if not isinstance(points[-1], syntax.Percent):
        return points
    return tuple(
        syntax.Percent(point.digits, point.span) if isinstance(point, syntax.Number) else point
        for point in points
    )
