"""A fraction that is brought into lowest terms only where somebody needs it so.

What thousands of loops inside each other make of a visit has tens of thousands of digits. To reduce
one such number takes a thousandth of a second and more, and a map has thousands of them; to round
it, or to tell whether it is more than one, takes a hundredth of that.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

LONG = 1_000  # bits; shorter ones are reduced in no time


def quotient(top: int, bottom: int) -> Fraction:
    """The exact fraction of two whole numbers, the second of which is above zero."""
    return Fraction(top, bottom) if bottom.bit_length() < LONG else Quotient(top, bottom)


class Quotient(Fraction):
    """A fraction of two long numbers, equal to the same one in lowest terms.

    What is not said here is done by `Fraction`, which reads the two names that begin with `_`.
    """

    top: int
    bottom: int

    def __new__(cls, top: int, bottom: int) -> Quotient:
        made = object.__new__(cls)  # `Fraction` would reduce it
        made.top, made.bottom = top, bottom
        return made

    @cached_property
    def _lowest(self) -> Fraction:
        return Fraction(self.top, self.bottom)

    @property
    def _numerator(self) -> int:
        return self._lowest.numerator

    @property
    def _denominator(self) -> int:
        return self._lowest.denominator

    def as_integer_ratio(self) -> tuple[int, int]:
        """Both numbers as they are: their ratio is right, and they may share factors."""
        return self.top, self.bottom

    def __float__(self) -> float:
        return self.top / self.bottom

    def __bool__(self) -> bool:
        return bool(self.top)

    __hash__ = Fraction.__hash__  # that of a class goes where it says what is equal

    def __mul__(self, other: Any) -> Any:
        if not isinstance(other, int | Fraction):
            return super().__mul__(other)
        top, bottom = other.as_integer_ratio()
        return quotient(self.top * top, self.bottom * bottom)

    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int | Fraction) and not self._beyond(other)

    def __lt__(self, other: Any) -> bool:
        return self._beyond(other) < 0

    def __le__(self, other: Any) -> bool:
        return self._beyond(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self._beyond(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self._beyond(other) >= 0

    def _beyond(self, other: int | Fraction) -> int:
        """Above zero where this is the larger one, zero where both are equal."""
        top, bottom = other.as_integer_ratio()
        if bottom == self.bottom:
            return self.top - top
        return self.top * bottom - top * self.bottom
