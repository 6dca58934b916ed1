"""A fraction that nobody has reduced is the same number as one in lowest terms."""

from __future__ import annotations

import operator
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdsl.analysis.contract import decimal, significant
from vsmdsl.analysis.findings.words import part
from vsmdsl.analysis.quotient import LONG, Quotient, quotient
from vsmdsl.analysis.show import show_duration, show_factor, show_number, show_ratio
from vsmdsl.model.calendar import Calendar

NUMBERS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
TWO = (
    operator.add, operator.sub, operator.mul, operator.eq, operator.ne,
    operator.lt, operator.le, operator.gt, operator.ge,
)  # fmt: skip
ONE = (
    hash, bool, float, int, round, abs, operator.neg, str, decimal, significant, part,
    show_factor, show_number, show_ratio, lambda one: round(one, 3),
    lambda one: show_duration(one, "waiting", "d", Calendar()),
)  # fmt: skip


def long(number: Fraction, factor: int) -> Quotient:
    return Quotient(number.numerator * factor, number.denominator * factor)


@given(NUMBERS, NUMBERS, st.integers(1, 10**12), st.integers(1, 10**12))
def test_two_numbers(one: Fraction, other: Fraction, more: int, most: int) -> None:
    for what in TWO:
        wanted = what(one, other)
        assert what(long(one, more), long(other, most)) == wanted
        assert what(long(one, more), other) == wanted == what(one, long(other, most))
        assert what(long(one, more), 7) == what(one, 7)
    assert max(long(one, more), other) == max(one, other)
    assert long(one, more) * other.numerator / 3 == one * other.numerator / 3


@given(NUMBERS, st.integers(1, 10**12))
def test_one_number(one: Fraction, more: int) -> None:
    for what in ONE:
        if what is show_factor and one < 0:
            continue  # there is none below zero
        assert what(long(one, more)) == what(one)
    again = pickle.loads(pickle.dumps(long(one, more)))
    assert (again, again.numerator, again.denominator) == (one, one.numerator, one.denominator)


@pytest.mark.parametrize(("bits", "kind"), [(LONG // 2, Fraction), (LONG, Quotient)])
def test_only_long_ones_are_left_as_they_are(bits: int, kind: type[Fraction]) -> None:
    assert type(quotient(2 << bits, 6 << bits)) is kind
    assert quotient(2 << bits, 6 << bits) == Fraction(1, 3)
