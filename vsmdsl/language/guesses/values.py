"""Values as they are written elsewhere: dates, bounds, goals in words, signs that look alike."""

from __future__ import annotations

import re

from vsmdsl.language.codes import writing
from vsmdsl.language.guesses.statements import ID
from vsmdsl.language.guesses.trouble import Row

LINKS = frozenset({"info", "shipment", "rework"})
NAMED = frozenset(
    {"map", "team", "supplier", "customer", "control", "parallel", "choice", "future", "kaizen",
     "waste", "note", "span", "step", "queue", "inventory", "supermarket", "fifo", "handoff",
     "branch"}
)  # fmt: skip
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_LOOKALIKES = {
    "＝": "=", "：": ":", "，": ",", "；": ";", "｛": "{", "｝": "}", "＃": "#", "％": "%",
    "−": "-",
    "（": "(", "）": ")", "／": "/", "＋": "+", "～": "~", "？": "?", "、": ",", "·": "",
    "∕": "/", "⁄": "/", "٪": "%", "﹦": "=",
}  # fmt: skip


def _month_date(match: re.Match[str]) -> str:
    month = _MONTHS.index(match["month"].lower()[:3]) + 1
    return f"{match['year']}-{month:02d}-{int(match['day']):02d}"


def _figure(match: re.Match[str]) -> str:
    return re.sub(r"[ \t]+", "_", match["at"].strip().lower())


def _lookalike(match: re.Match[str]) -> str:
    meant = _LOOKALIKES.get(match["at"])
    return f"`{match['at']}` only looks like `{meant}`" if meant else f"`{match['at']}` is no digit"


def _ascii(match: re.Match[str]) -> str:
    text = match["at"]
    return _LOOKALIKES[text] if text in _LOOKALIKES else "".join(str(int(char)) for char in text)


ROWS = (
    Row(
        writing.LOOKALIKE,
        rf"(?:{ID}[ \t]*)?(?P<at>[{''.join(_LOOKALIKES)}]|(?:(?![0-9])\d)+)",
        _lookalike,
        "the language is written with plain ASCII signs and digits",
        _ascii,
    ),
    Row(
        writing.HASH_IN_VALUE,
        r"[=:](?P<at>#\S*)",
        "`#` starts a comment, so the value is missing",
        "write it in quotes",
        '"{0}"',
    ),
    Row(
        writing.PLACEHOLDER,
        r"[=:][ \t]*(?P<at>[nN]\.?/?[aA]\.?)(?:[ \t]+|(?=[,;}]|$))",
        "`{0}` may be read in two ways",
        "write `none` if it does not apply, `?` if nobody knows it yet",
    ),
    Row(
        writing.PLACEHOLDER,
        r"[=:][ \t]*(?P<at>-+|[–—…_]+|\.\.\.+|\?\?+)(?:[ \t]+|(?=[,;}]|$))",
        "what nobody knows yet is written `?`",
        "or `none` if it does not apply",
        "?",
    ),
    Row(
        writing.NOT_ISO_DATE,
        rf"(?i:(?P<at>{_DAY}\.?[ \t]*{_MONTH},?[ \t]*{_YEAR}))",
        "`{0}` is no date of the form year-month-day",
        "a date is written `2026-11-30`",
        _month_date,
    ),
    Row(
        writing.NOT_ISO_DATE,
        rf"(?i:(?P<at>{_MONTH}[ \t]+{_DAY},?[ \t]+{_YEAR}))",
        "`{0}` is no date of the form year-month-day",
        "a date is written `2026-11-30`",
        _month_date,
    ),
    Row(
        writing.GOAL_IN_WORDS,
        rf"goal[ \t]+(?P<at>{ID}(?:[ \t]+{ID})+)(?=[ \t]*[<>≤≥=])",
        "the name of a figure is one word",
        "",
        _figure,
        words=frozenset({"goal"}),
        whole=True,
    ),
    Row(
        writing.GOAL_IN_WORDS,
        rf"(?:{ID}[ \t]*)?(?P<at>=<|=>)",
        "a goal compares with `<=`, `<`, `>=` or `>`",
        "",
        lambda match: "<=" if "<" in match["at"] else ">=",
        words=frozenset({"goal"}),
    ),
    Row(
        writing.GOAL_IN_WORDS,
        r"goal[ \t]+(?P<at>[^\n#<>≤≥]*)",
        "a goal compares a figure with a value: `goal FIGURE <= VALUE`",
        "it compares with `<=`, `<`, `>=` or `>`, as in `goal lead_time <= 24d in q1`",
        words=frozenset({"goal"}),
        whole=True,
    ),
    Row(
        writing.BOUND_AS_VALUE,
        rf"(?:{ID}[ \t]*=?[ \t]*)?(?P<at>(?P<op>[<≤]=?)[ \t]*(?P<value>{_NUMBER}[^\W\d]*%?))",
        "`{0}` is a bound, and a value is wanted",
        "write the usual value, an estimate `~{value}`, or a range such as `0..{value}`",
        words=NAMED | LINKS | {"set", "metric", "stream"},
    ),
    Row(
        writing.BOUND_AS_VALUE,
        rf"(?:{ID}[ \t]*=?[ \t]*)?(?P<at>(?P<op>[>≥]=?)[ \t]*(?P<value>{_NUMBER}[^\W\d]*%?))",
        "`{0}` is a bound, and a value is wanted",
        "write the usual value, an estimate `~{value}`, or a range up to the most",
        words=NAMED | LINKS | {"set", "metric", "stream"},
    ),
)
