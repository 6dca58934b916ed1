"""Numbers and dates as they are written elsewhere, each with what it may mean here."""

from __future__ import annotations

import re
from functools import cache

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.guesses.trouble import Row, said
from vsmdsl.language.source import Source

LONGEST = 500  # letters of what is written instead of a number


def misread(source: Source, start: int) -> tuple[int, Diagnostic] | None:
    """Whether a number is written as elsewhere: where it ends, and what to say about it."""
    if re.compile(_DATE).match(source.text, start):  # as it should be
        return None
    most = start + LONGEST
    end = source.text.find("\n", start, most)
    for row, pattern in _patterns():
        match = pattern.match(source.text, start, most if end < 0 else end)
        if match:
            return match.end(), said(row, source, match)
    return None


@cache
def _patterns() -> tuple[tuple[Row, re.Pattern[str]], ...]:
    return tuple((row, re.compile(row.pattern)) for row in ROWS)


_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_VALUE = rf"{_NUMBER}[ \t]*(?:%|[^\W\d_]+\b)?"
_END = r"(?![\w.,/-])"
_DATE = rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_END}"
_MONEY = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


def _iso(match: re.Match[str]) -> str:
    return f"{match['y']}-{int(match['m']):02d}-{int(match['d']):02d}"


def _two_dates(match: re.Match[str]) -> str:
    one, other, year = int(match["a"]), int(match["b"]), match["y"]
    dates = [f"{year}-{b:02d}-{a:02d}" for a, b in ((one, other), (other, one)) if b <= 12]
    wanted = " or ".join(f"`{date}`" for date in dict.fromkeys(dates))
    return f"write year, month and day: {wanted or '`2026-11-30`'}"


def _comma(match: re.Match[str]) -> str:
    number, unit = match["number"], match["unit"]
    head, _, tail = number.rpartition(",")
    plain = head.replace(".", "").replace(",", "")
    point, thousands = f"{plain}.{tail}{unit}", number.replace(",", "").replace(".", "") + unit
    if len(tail) == 3:
        return f"write `{thousands}` if it separates thousands, `{point}` if it is a decimal comma"
    return f"write `{point}` if it is a decimal comma, `{head}, {tail}{unit}` if it is a list"


def _range(match: re.Match[str]) -> str:
    low, high = match["low"].replace(" ", ""), match["high"].replace(" ", "")
    unit = high.lstrip("0123456789.")
    return f"{low}{'' if low.lstrip('0123456789.') else unit}..{high}"


def _money(match: re.Match[str]) -> str:
    sign = match["before"] or match["after"]
    amount = match["amount"] or match["sum"]
    return f"{amount} {_MONEY[sign]}"


def _clock(match: re.Match[str]) -> str:
    one, other = match["one"], match["other"]
    return f"write `{one}h{other}min`, or `{one}min{other}s`, as it is meant"


ROWS = (
    Row(
        writing.NOT_ISO_DATE,
        rf"(?P<y>[0-9]{{4}})[-./](?P<m>[0-9]{{1,2}})[-./](?P<d>[0-9]{{1,2}})(?:T[\w:.+-]*)?{_END}",
        "`{0}` is no date of the form year-month-day",
        "a date is written `2026-11-30`",
        _iso,
    ),
    Row(
        writing.NOT_ISO_DATE,
        rf"(?P<d>[0-9]{{1,2}})\.(?P<m>[0-9]{{1,2}})\.(?P<y>[0-9]{{4}}){_END}",
        "`{0}` is no date of the form year-month-day",
        "a date is written `2026-11-30`",
        _iso,
    ),
    Row(
        writing.NOT_ISO_DATE,
        rf"(?P<a>[0-9]{{1,2}})[-/](?P<b>[0-9]{{1,2}})[-/](?P<y>[0-9]{{4}}){_END}",
        "`{0}` may be two different days",
        _two_dates,
    ),
    Row(
        writing.DECIMAL_COMMA,
        r"(?P<number>[0-9]+(?:[.,][0-9]+)*,[0-9]+)(?P<unit>%|[^\W\d_]*)",
        "`{number}` may be read in two ways",
        _comma,
    ),
    Row(
        writing.DASHED_RANGE,
        rf"(?P<low>{_VALUE})[ \t]*(?:[-–—]|\.\.\.|…)[ \t]*(?P<high>{_VALUE})",
        "a range has `..` between its ends",
        "from the least to the most",
        _range,
    ),
    Row(
        writing.DASHED_RANGE,
        rf"(?P<low>{_VALUE})[ \t]+to[ \t]+(?P<high>{_VALUE})",
        "a range has `..` between its ends",
        "from the least to the most",
        _range,
    ),
    Row(
        writing.RATE_IN_WORDS,
        rf"(?P<amount>{_VALUE})[ \t]+(?:per|every|each)[ \t]+(?P<period>[^\W\d]\w*)",
        "a rate has `/` before its period",
        "a quantity `/` a period, as in `20/month`",
        lambda match: f"{match['amount'].strip()}/{match['period']}",
    ),
    Row(
        writing.CURRENCY_SIGN,
        rf"(?P<before>[$€£¥])[ \t]*(?P<amount>{_NUMBER})|(?P<sum>{_NUMBER})[ \t]*(?P<after>[$€£¥])",
        "money is written with its three letters",
        "as in `62 EUR/h`",
        _money,
    ),
    Row(
        writing.CLOCK_TIME,
        r"(?P<one>[0-9]{1,2}):(?P<other>[0-9]{2})(?![\w:])",
        "`{0}` reads like a time of day, and a duration has units",
        _clock,
    ),
    Row(
        writing.NUMBER_WITH_POINTS,
        r"[0-9]+(?:\.[0-9]+){2,}\w*",
        "`{0}` is no number",
        "a version or a phone number stands in quotes; digits are grouped with `_`: `4_600`",
        '"{0}"',
    ),
    Row(
        writing.BARE_POINT,
        rf"\.(?P<number>[0-9]+[^\W\d_]*%?){_END}",
        "a decimal point has a digit on both sides",
        "",
        "0.{number}",
    ),
    Row(
        writing.BARE_POINT,
        r"(?P<number>[0-9]+)\.(?P<unit>[^\W\d_]+|%)(?![\w.(])",
        "a decimal point has a digit on both sides",
        "",
        "{number}{unit}",
    ),
)
