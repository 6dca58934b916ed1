"""LANGUAGE 4: shares, counts, rates, gaps and words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.model.reading import DAY, HOUR, codes, ends, said, stream, value
from vsmdsl.model.quantity import Count, Gap, Percent, Rate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("85%", (Fraction(85, 100),) * 3),
        ("12.5 %", (Fraction(1, 8),) * 3),
        ("0%", (0, 0, 0)),
        ("100%", (1, 1, 1)),
        ("~85%", (Fraction(85, 100),) * 3),
        ("70%..90%", (Fraction(7, 10), Fraction(8, 10), Fraction(9, 10))),
        ("70..90%", (Fraction(7, 10), Fraction(8, 10), Fraction(9, 10))),
        ('"85%"', (Fraction(85, 100),) * 3),
    ],
)
def test_shares(text: str, expected: tuple[Fraction, ...]) -> None:
    assert ends(value(text, "ca")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.85", "E305 `0.85` is written without its `%` (did you mean `85%`?) => 85%"),
        ("85", "E305 `85` is written without its `%` (did you mean `85%`?) => 85%"),
        (
            "0.123456",
            "E305 `0.123456` is written without its `%` (did you mean `12.3456%`?) => 12.3456%",
        ),
        (
            "1",
            "E305 `1` is written without its `%` "
            "(write `100%` for all of them, `1%` for one in a hundred)",
        ),
        ("120%", "E306 `120%` is more than 100 % (a share lies between 0% and 100%)"),
        ("-5%", "E307 `-5%` is less than nothing (did you mean `5%`?)"),
        ("3d", "E308 a per cent such as `85%` belongs here, not `3d` ()"),
        ("90%..70%", None),
        ("850", None),
    ],
)
def test_shares_that_cannot_be(text: str, expected: str | None) -> None:
    found = said(f"step dev pt=1h ca={text}")
    assert found.startswith("E3")
    assert expected in (None, found)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("4600", 4600, ""),
        ("4600 pcs", 4600, "pcs"),
        ("4_600", 4600, ""),
        ("12.5 t", Fraction(25, 2), "t"),
        ("4600 L + 2400 R", 7000, ""),
        ("3 L + 4 L", 7, "L"),
        ("~40", 40, ""),
        ("10..30", 20, ""),
        ("10..20..60 pcs", 25, "pcs"),
    ],
)
def test_counts(text: str, amount: Fraction | int, unit: str) -> None:
    found = value(text, "wip")
    assert isinstance(found, Count)
    assert (found.amount, found.unit) == (amount, unit)


def test_the_parts_of_a_sum_are_kept() -> None:
    assert value("4600 L + 2400 R", "batch").variants == ((4600, "L"), (2400, "R"))


@pytest.mark.parametrize("text", ["3d", "2h..3h", "1d4h", "85%", "many", "20/month", "-3"])
def test_counts_are_no_times(text: str) -> None:
    assert codes(f"step dev pt=1h wip={text}") == ["E307" if text == "-3" else "E308"]


@pytest.mark.parametrize(
    ("text", "amount", "period", "per"),
    [
        ("20/month", 20, Fraction(52, 12) * 5 * DAY, "month"),
        ("18400 pcs/month", 18400, Fraction(52, 12) * 5 * DAY, "month"),
        ("12000 L + 6400 R/month", 18400, Fraction(52, 12) * 5 * DAY, "month"),
        ("3/week", 3, 5 * DAY, "week"),
        ("3/Weeks", 3, 5 * DAY, "week"),
        ("2/d", 2, DAY, "day"),
        ("5/h", 5, HOUR, "h"),
        ("5/2d", 5, 2 * DAY, "2d"),
        ("7/cd", 7, 5 * DAY / Fraction(7), "calendar day"),
        ("~20/month", 20, Fraction(52, 12) * 5 * DAY, "month"),
    ],
)
def test_rates(text: str, amount: int, period: Fraction, per: str) -> None:
    demand = stream(f"map {{ demand = {text} }}\nstep a 1h").settings.demand
    assert isinstance(demand, Rate)
    assert demand.count.amount == amount
    assert (demand.period, demand.per) == (period, per)


def test_a_shift_is_a_period_where_there_are_shifts() -> None:
    text = "map { shifts = 2; available = 4h; demand = 10/shift }\nstep a 1h"
    demand = stream(text).settings.demand
    assert demand is not None
    assert demand.period == 4 * HOUR
    assert codes("map { demand = 10/shift }\nstep a 1h") == ["E314"]


@pytest.mark.parametrize("text", ["20", "20 pcs", "20/moon", "20/0d"])
def test_rates_need_a_period(text: str) -> None:
    assert codes(f"map {{ demand = {text} }}\nstep a 1h") == ["E314"]


@pytest.mark.parametrize("text", ["?", "none"])
@pytest.mark.parametrize(
    "line",
    [
        "map {{ demand = {} }}; step a 1h",
        "map {{ date = {} }}; step a 1h",
        "step a 1h batch={}",
        "step a 1h stations={}",
        "step a 1h team={}",
        "step a 1h tool={}",
        "step a 1h epe={}",
        "step a 1h waste={}",
        "queue a wait=1d max={}",
        "team ops people={}; step a 1h team=ops",
        'step a 1h; kaizen k "K" on a due={}',
        'step a 1h; kaizen k "K" on a effort={}',
        "customer demand={}; step a 1h",
    ],
)
def test_every_key_may_be_unknown_or_none(line: str, text: str) -> None:
    assert codes(line.format(text)) == []


def test_where_unknown_is_a_value() -> None:
    assert value("?", "people") is Gap.UNKNOWN
    assert value("none", "ca") is Gap.NONE
    assert value("?", "yield") is Gap.UNKNOWN
    assert value("?", "team") == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("step a 1h batch=0", "E315"),
        ("step a 1h people=0", "E315"),
        ("step a 1h value=good", "E212"),
        ("step a 1h automation=robot", "E212"),
        ("step a 1h flow=sideways", "E212"),
        ("step a 1h waste=boredom", "E213"),
        ('step a 1h url="ftp://x.example"', "E240"),
        ('step a 1h url="javascript:alert(1)"', "E240"),
        ("map { date = 2026-02-30 }; step a 1h", "E313"),
        ("map { date = tomorrow }; step a 1h", "E308"),
        ("map { show = pt, nonsense }; step a 1h", "E212"),
        ('team a color="#12345"; step a 1h team=a', "E248"),
        ("step a 1h; info a -> a every=3", "E301"),
        ("step a 1h epe=3x", "E303"),
    ],
)
def test_words_and_dates(line: str, code: str) -> None:
    assert codes(line) == [code]


def test_words_in_the_spellings_of_the_field() -> None:
    assert value("bva", "value") == "nnva"
    assert value("Automated", "automation") == "automatic"
    assert value("partially_done_work, delays", "waste") == ("inventory", "waiting")
    assert value("non-utilized-talent", "waste") == ("talent",)
    shown = stream("map { show = PT, uptime }\nstep a 1h").settings.show
    assert shown == ("pt", "uptime")


def test_a_date() -> None:
    assert stream("map { date = 2026-11-12 }\nstep a 1h").settings.date == date(2026, 11, 12)


def test_a_number_in_quotes_is_read() -> None:
    assert said('step dev pt="3h"').endswith("=> 3h")
    assert said('step dev pt="3h"').startswith("W408")
    found = value('"85%"', "ca")
    assert isinstance(found, Percent)
    assert codes('step dev 1h tool="3 hammers"') == []
