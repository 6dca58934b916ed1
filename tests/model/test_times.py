"""LANGUAGE 4: durations, ranges, distributions, and the clock they run on."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.model.reading import DAY, HOUR, codes, ends, read, said, seconds, stream, value
from vsmdsl.model.quantity import Duration, Gap
from vsmdsl.model.stream import Queue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30s", 30),
        ("250ms", Fraction(1, 4)),
        ("15min", 900),
        ("2h", 2 * HOUR),
        ("3d", 3 * DAY),
        ("2w", 10 * DAY),
        ("1mo", Fraction(52, 12) * 5 * DAY),
        ("1y", 260 * DAY),
        ("1d4h", DAY + 4 * HOUR),
        ("1d 4h", DAY + 4 * HOUR),
        ("0.5d", DAY / 2),
        ("3 days", 3 * DAY),
        ("2hrs", 2 * HOUR),
        ("90 sec", 90),
        ("5 minutes", 300),
        ("1 year", 260 * DAY),
        ("2 Weeks", 10 * DAY),
        ("7cd", 5 * DAY),
        ("1cw", 5 * DAY),
        ("14cd", 10 * DAY),
        ("1cmo", Fraction(52, 12) * 5 * DAY),
        ("1_000s", 1000),
        ("2h + 30min", 2 * HOUR + 1800),
        ("0", 0),
        ("0min", 0),
        ("+3d", 3 * DAY),
        ('"3d"', 3 * DAY),
    ],
)
def test_durations(text: str, expected: Fraction | int) -> None:
    assert seconds(text) == expected


def test_a_number_keeps_its_own_unit_among_many() -> None:
    """Digits with their unit are read once; the same digits with another unit are not the same."""
    waits = {"2d": 2 * DAY, "2h": 2 * HOUR, "2..8h": 5 * HOUR, "2..8d": 5 * DAY, "2 days": 2 * DAY,
             "7cd": 5 * DAY, "7d": 7 * DAY, "1d2h": DAY + 2 * HOUR}  # fmt: skip
    lines = [f"queue q{at} wait={text}" for at, text in enumerate((*waits, *reversed(waits)))]
    found = [one for one in stream("\n".join(lines)).elements if isinstance(one, Queue)]
    told = [one.wait for one in found]
    times = [one.seconds for one in told if isinstance(one, Duration)]
    assert times == [*waits.values(), *reversed(waits.values())]
    assert [one.text for one in told if isinstance(one, Duration)] == [*waits, *reversed(waits)]


def test_tenths_are_exact() -> None:
    assert sum(seconds("0.1d") for _ in range(10)) == seconds("1d")


def test_the_text_and_the_largest_unit_are_kept() -> None:
    found = value("~1d 4h")
    assert isinstance(found, Duration)
    assert (found.text, found.unit, found.approx) == ("~1d 4h", "d", True)


@pytest.mark.parametrize(
    ("calendar", "text", "expected"),
    [
        ("elapsed", "1d", 24 * HOUR),
        ("elapsed", "1w", 7 * 24 * HOUR),
        ("elapsed", "7cd", 7 * 24 * HOUR),
        ("15h20min/day, 20d/month", "1d", 920 * 60),
        ("15h20min/day, 20d/month", "1mo", 20 * 920 * 60),
        ("15h20min/day, 20d/month", "1y", 12 * 20 * 920 * 60),
        ("20d/month", "1cw", 5 * DAY),
        ("20d/month", "1cmo", 20 * DAY),
        ("20d/month", "1w", 5 * DAY),
        ("6d/week", "7cd", 6 * DAY),
        ("6d/week", "1mo", Fraction(52, 12) * 6 * DAY),
        ("24h/day, 7d/week", "1w", 7 * 24 * HOUR),
        ('"8h/day, 4d/week"', "1w", 4 * DAY),
    ],
)
def test_calendars(calendar: str, text: str, expected: Fraction | int) -> None:
    assert seconds(text, calendar) == expected


def test_two_shifts_make_a_day() -> None:
    found = stream("map { shifts = 2; available = 27600s }\nstep a 1d")
    assert found.calendar.day == 920 * 60
    assert found.calendar.shift == 460 * 60
    assert found.calendar.declared
    assert found.settings.available is not None


def test_a_day_said_twice_must_agree() -> None:
    both = "map {{ calendar = {}; shifts = 2; available = 27600s }}\nstep a 1h"
    assert codes(both.format("15h20min/day")) == []
    assert codes(both.format("8h/day")) == ["E316"]
    assert codes(both.format("20d/month")) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("calendar = elapsed; shifts = 2", "E317"),
        ("calendar = elapsed; available = 8h", "E317"),
        ("calendar = 25h/day", "E318"),
        ("calendar = 0h/day", "E318"),
        ("calendar = 8d/week", "E318"),
        ("calendar = 32d/month", "E318"),
        ("calendar = 8h/week", "E318"),
        ("calendar = usual", "E318"),
        ("calendar = 8h/day, 9h/day", "E318"),
        ("shifts = 3; available = 9h", "E318"),
        ("calendar = 8x/day", "E303"),
        ("shifts = 0", "E315"),
    ],
)
def test_calendars_that_cannot_be(text: str, code: str) -> None:
    assert codes(f"map {{ {text} }}\nstep a 1h") == [code]


def test_the_clock_in_words() -> None:
    assert stream("step a 1h").calendar.text == "1 d = 8 h, 5 d/week"
    text = "map { calendar = 15h20min/day, 20d/month }\nstep a 1h"
    assert stream(text).calendar.text == "1 d = 15 h 20 min, 20 d/month"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2h..8h", (2 * HOUR, 5 * HOUR, 8 * HOUR)),
        ("2h..3h..8h", (2 * HOUR, Fraction(22 * HOUR, 6), 8 * HOUR)),
        ("2..8h", (2 * HOUR, 5 * HOUR, 8 * HOUR)),
        ("1440min..2880min..4800min", (86400, 2960 * 60, 288000)),
        ("triangular(1h, 2h, 9h)", (HOUR, 4 * HOUR, 9 * HOUR)),
        ("triangular(low=1h, mode=2h, high=9h)", (HOUR, 4 * HOUR, 9 * HOUR)),
    ],
)
def test_ranges_by_their_mean(text: str, expected: tuple[Fraction, ...]) -> None:
    assert ends(value(text)) == expected


def test_distributions_enter_to_twelve_digits() -> None:
    # μ = ln 2 d, σ = ln 3 ÷ Φ⁻¹(0.85); mean = exp(μ + σ²/2); the ends are the 5th and 95th.
    low, mean, high = (float(one) / DAY for one in ends(value("lognormal(p50=2d, p85=6d)")))
    assert (low, mean, high) == pytest.approx((0.3498026, 3.5076276, 11.435022), rel=1e-6)
    low, mean, high = (float(one) / DAY for one in ends(value("exponential(2d)")))
    assert (low, mean, high) == pytest.approx((0.1025866, 2, 5.9914645), rel=1e-6)
    low, mean, high = (float(one) / DAY for one in ends(value("normal(3d, 1d)")))
    assert (low, mean, high) == pytest.approx((1.3551464, 3, 4.6448536), rel=1e-6)


def test_samples_of_a_file() -> None:
    text = 'queue a wait=empirical("waits.csv")'
    found = stream(text, {"waits.csv": "wait,note\n1d,x\n2d,y\n6d,z\n"}).elements[0]
    assert isinstance(found, Queue)
    assert [one / DAY for one in ends(found.wait)] == [1, 3, 6]
    assert codes(text) == ["E326"]
    assert codes(text, {"waits.csv": "1d\nsoon"}) == ["E326"]
    assert codes(text, {"waits.csv": "1d,a note\u2028of two lines\n2d,\x0c\n"}) == []
    assert codes(text, {"waits.csv": ""}) == ["E326"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("?", Gap.UNKNOWN), ("~?", Gap.UNKNOWN), ("none", Gap.NONE), ("None", Gap.NONE)],
)
def test_gaps(text: str, expected: Gap) -> None:
    assert value(text) is expected


def test_wait_included_belongs_to_queues() -> None:
    (queue,) = stream("queue a wait=included").elements
    assert isinstance(queue, Queue)
    assert queue.wait is Gap.INCLUDED
    assert codes("step a wait=included") == ["E308"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3m", "E302 `3m` may be minutes or months (write `3min` or `3mo`)"),
        ("5", "E301 `5` what? A time needs its unit (did you mean `5min`, `5h` or `5d`?)"),
        ("3dyas", "E303 `dyas` is no unit of time (did you mean `3d`?) => 3d"),
        ("1h2h", "E304 the units of `1h2h` do not fall (each unit once, as in `1d4h`)"),
        ("4h1d", "E304 the units of `4h1d` do not fall (did you mean `1d4h`?) => 1d4h"),
        ("-3d", "E307 `-3d` is less than nothing (did you mean `3d`?)"),
        ("85%", "E308 a time such as `3d`, `1d4h` or `2h..8h` belongs here, not `85%` ()"),
        ("PT4H", None),
        ("TBD", "E329 `TBD`: what nobody knows yet is written `?` () => ?"),
        (
            "8h..2h",
            "E309 `8h..2h` does not go from the least to the most "
            "(least..most, or least..likely..most) => 2h..8h",
        ),
        ("2h..9h..8h", None),
        ("500y", None),
        ("1234567890123456789012345s", None),
        ("lognormall(p50=2d, p85=6d)", None),
        ("lognormal(2d)", None),
        ("lognormal(p50=6d, p85=2d)", None),
        ("normal(3, 1d)", None),
        ("exponential()", None),
        ("triangular(3h, 2h, 1h)", None),
        ("20/month", None),
    ],
)
def test_times_that_cannot_be(text: str, expected: str | None) -> None:
    found = said(f"step dev pt={text}")
    assert found.startswith("E3")
    assert expected in (None, found)


def test_iso_durations_are_understood_enough() -> None:
    assert "did you mean `4h`?" in said("step dev pt=PT4H")


def test_days_without_a_calendar() -> None:
    def advice(text: str) -> list[str]:
        return [one.code.code for one in read(text).diagnostics]

    assert advice("step a 3d") == ["W403"]
    assert advice("step a 3h") == []
    assert advice("map { calendar = elapsed }\nstep a 3d") == []
    assert advice("queue q 20d\nstep a pt=1h lt=14cd") == ["W403", "W401"]
    assert advice("queue q 4d\nstep a pt=1h lt=1cd") == ["W403"]
    assert advice("map { calendar = 5d/week }\nqueue q 20d\nstep a pt=1h lt=14cd") == []
