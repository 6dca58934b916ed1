"""The clock of a map: how long a day, a week and a month of working time are.

Day length is the commonest way in which published maps go wrong, so there is one clock a map,
it is declared, and `text` is printed with every picture and report.
"""

from __future__ import annotations

from fractions import Fraction

from vsmdsl.record import record

HOUR = Fraction(3600)
WEEKS_PER_YEAR = Fraction(52)


@record
class Calendar:
    """Working time: seconds a day, days a week, days a month (None: 52/12 weeks), shifts a day."""

    day: Fraction = 8 * HOUR
    days_per_week: Fraction = Fraction(5)
    month_in_days: Fraction | None = None
    shifts: Fraction | None = None
    declared: bool = False
    elapsed: bool = False

    @property
    def week(self) -> Fraction:
        """Seconds in a week."""
        return self.day * self.days_per_week

    @property
    def days_per_month(self) -> Fraction:
        """Working days in a month: as declared, else 52/12 weeks."""
        return self.month_in_days or self.days_per_week * WEEKS_PER_YEAR / 12

    @property
    def month(self) -> Fraction:
        """Seconds in a month."""
        return self.day * self.days_per_month

    @property
    def year(self) -> Fraction:
        """Seconds in a year: 12 months where months are declared, else 52 weeks."""
        return 12 * self.month if self.month_in_days else WEEKS_PER_YEAR * self.week

    @property
    def shift(self) -> Fraction | None:
        """Seconds in a shift, where the map says how many shifts there are."""
        return self.day / self.shifts if self.shifts else None

    def unit(self, name: str) -> Fraction | None:
        """Seconds in one `name` (`ms s min h d w mo y cd cw cmo`), None for another word.

        Calendar days are converted by the calendar's own ratio of days: 7cd = 1w.
        """
        fixed = _FIXED.get(name)
        return fixed if fixed is not None else self._working(name)

    def _working(self, name: str) -> Fraction | None:
        match name:
            case "d":
                return self.day
            case "w" | "cw":
                return self.week
            case "cd":
                return self.week / 7
            case "mo" | "cmo":
                return self.month
            case "y":
                return self.year
            case _:
                return None

    @property
    def text(self) -> str:
        """The clock in words: `1 d = 8 h, 5 d/week`."""
        days = (
            f"{_plain(self.month_in_days)} d/month"
            if self.month_in_days
            else f"{_plain(self.days_per_week)} d/week"
        )
        return f"1 d = {_hours(self.day)}, {days}"


_FIXED = {"ms": Fraction(1, 1000), "s": Fraction(1), "min": Fraction(60), "h": HOUR}


def _hours(seconds: Fraction) -> str:
    hours, minutes = seconds // HOUR, seconds % HOUR // 60
    parts = [(Fraction(hours), "h"), (Fraction(minutes), "min"), (seconds % 60, "s")]
    return " ".join(f"{_plain(number)} {unit}" for number, unit in parts if number) or "0 h"


def _plain(number: Fraction) -> str:
    return f"{float(number):.6g}"
