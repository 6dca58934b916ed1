"""The one display rule."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.build import F
from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import (
    show,
    show_count,
    show_duration,
    show_factor,
    show_long,
    show_number,
    show_ratio,
    show_share,
    show_time,
)
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, count, duration, percent

CLOCK = Calendar()
H, D, W = 3600, 28800, 144000

WAITING = [
    (0, "s", "0 s"),
    (F(1, 2), "s", "0.5 s"),
    (188, "s", "188 s"),
    (300, "s", "300 s"),
    (301, "s", "5 min"),
    (F(7199), "min", "120 min"),
    (2 * H, "h", "2 h"),
    (F(79, 10) * H, "h", "7.9 h"),
    (D, "h", "1 d"),
    (2 * D, "d", "2 d"),
    (882000, "d", "30.6 d"),
    (48 * D, "d", "48 d"),
    (48 * D, "w", "9.6 w"),
    (9 * D, "w", "9 d"),
    (10 * D, "w", "2 w"),
    (49 * D, "mo", "9.8 w"),
    (65 * D, "mo", "3 mo"),
    (65 * D, "w", "13 w"),
    (F(205, 100) * D, "d", "2.1 d"),  # half up
    (-223200, "d", "−7.8 d"),
]


@pytest.mark.parametrize(("seconds", "unit", "text"), WAITING)
def test_waiting(seconds: int, unit: str, text: str) -> None:
    assert show_duration(F(seconds), "waiting", unit, CLOCK) == text


WORK = [
    (115200, "d", "32 h"),
    (31200, "s", "8.7 h"),
    (99 * H, "h", "99 h"),
    (100 * H, "h", "12.5 d"),
]


@pytest.mark.parametrize(("seconds", "unit", "text"), WORK)
def test_work_stays_in_hours_up_to_99(seconds: int, unit: str, text: str) -> None:
    assert show_duration(F(seconds), "work", unit, CLOCK) == text


RATIOS = [
    ("0", "0 %"),
    ("0.0401", "4.0 %"),
    ("0.130612", "13.1 %"),
    ("0.0001444", "0.014 %"),
    ("0.0092", "0.92 %"),
    ("0.009949", "0.99 %"),
    ("0.00996", "1.0 %"),
    ("0.0000096", "0.00096 %"),
    ("1", "100.0 %"),
    ("-0.253", "−25.3 %"),
]


@pytest.mark.parametrize(("ratio", "text"), RATIOS)
def test_ratios(ratio: str, text: str) -> None:
    assert show_ratio(F(ratio)) == text


def test_factors_and_numbers() -> None:
    assert show_factor(F(157, 128)) == "× 1.23"
    assert show_factor(F(1)) == "× 1.00"
    assert show_number(F(4, 3)) == "1.3"
    assert show_number(F(1, 1000)) == "0.001"
    assert show_number(F(23460)) == "23460"


def test_quantities_as_the_author_gave_them() -> None:
    assert show_share(percent(F(85, 100), "85%")) == "85 %"
    assert show_share(percent(F(125, 1000), "12.5 %")) == "12.5 %"
    assert show_share(Percent(F(7, 10), F(7, 10), F(7, 10), "~70%", approx=True)) == "~70 %"
    assert show_share(Gap.UNKNOWN) == "?"
    assert show_share(Gap.NONE) == "–"
    assert show_share(None) == ""
    assert show_time(duration(2 * H, "h"), "work", CLOCK) == "2 h"
    assert (
        show_time(Duration(F(3 * D), F(3 * D), F(3 * D), "d", "~3d", True), "waiting", CLOCK)
        == "~3 d"
    )
    assert show_time(Gap.UNKNOWN, "work", CLOCK) == "?"
    assert show_count(count(45, "pcs")) == "45 pcs"
    both = Count(F(7000), F(7000), F(7000), "", ((F(4600), "L"), (F(2400), "R")))
    assert show_count(both) == "4600 L + 2400 R"


def test_incomplete_figures_carry_their_sign_and_their_names() -> None:
    seconds = F(25, 2) * D
    figure = Figure("waiting", seconds, seconds, seconds, "d", "≥", ("test", "approve"), 8)
    assert show(figure, CLOCK) == "≥ 12.5 d"
    labels = {"test": "Test", "approve": "Approve"}
    long = "≥ 12.5 d (2 of 8 steps unmeasured: Test, Approve)"
    assert show_long(figure, CLOCK, labels) == long


@given(st.fractions(min_value=F(1, 10**40), max_value=F(99, 100)))
def test_a_small_share_has_two_digits_behind_its_zeros(ratio: F) -> None:
    digits = show_ratio(ratio).removesuffix(" %")
    shown = F(digits)
    assert abs(shown - ratio * 100) <= ratio * 100 / 20
    if ratio < F(1, 100):
        assert len(digits.removeprefix("0.").lstrip("0")) in (2, 3)  # 0.996 is rounded up


def test_a_share_with_thousands_of_zeros_is_shown_soon() -> None:
    begun = process_time()
    for steps in range(20_000, 20_100):
        assert show_ratio(F(1, 10**steps)) == f"0.{'0' * (steps - 3)}10 %"
    assert process_time() - begun < 2
