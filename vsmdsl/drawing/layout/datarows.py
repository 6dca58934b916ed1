"""The rows of a data box: what was measured of a step, in one order for all steps of a map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vsmdsl.drawing.layout import words
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Gap
from vsmdsl.model.stream import Step
from vsmdsl.wording import ENGLISH, Wording

ROW_ORDER = (
    *("pt", "lt", "ca", "ct", "co", "uptime", "available", "shifts", "epe", "batch", "transfer"),
    *("scrap", "yield", "wip", "stations", "cost"),
)
ROW_NAMES: Mapping[str, str] = {
    "pt": "PT",
    "lt": "LT",
    "ca": "%C&A",
    "ct": "C/T",
    "co": "C/O",
    "uptime": "Uptime",
    "available": "Avail.",
    "shifts": "Shifts",
    "epe": "EPE",
    "batch": "Batch",
    "transfer": "Transfer",
    "scrap": "Scrap",
    "yield": "Yield",
    "wip": "WIP",
    "stations": "Stations",
    "cost": "Cost",
}
WORK_ROWS = frozenset(("pt", "ct", "co", "available"))
SHARES = frozenset(("ca", "uptime", "scrap", "yield"))
TEXTS = frozenset(("epe", "cost"))

_FIELDS = {name: "yield_" if name == "yield" else name for name in ROW_NAMES}

DataRow = tuple[str, str]


def data_rows(
    step: Step, shown: Sequence[str], calendar: Calendar, wording: Wording = ENGLISH
) -> tuple[DataRow, ...]:
    """The rows of a step: those it has, in one order for all; unmeasured work is a `?`."""
    order = [name for name in shown if name in ROW_NAMES] if shown else ROW_ORDER
    values = [(name, getattr(step, _FIELDS[name])) for name in order]
    # Most of them were not written, and are no row; only missing work is.
    given = [one for one in values if one[1] is not None or one[0] == "pt"]
    rows = [(name, _text(step, name, value, calendar, wording)) for name, value in given]
    return (
        *((wording.say(ROW_NAMES[name]), text) for name, text in rows if text),
        *((key, words.spaced(text)) for key, text in step.rows),
    )


def _text(step: Step, name: str, value: Any, calendar: Calendar, wording: Wording) -> str:
    if value is None:
        return "?" if step.ct is None and step.lt is None else ""
    if value is Gap.NONE:
        return ""
    if name in TEXTS:
        return str(value)
    if name in SHARES:
        return words.share(value, wording)
    if name == "lt":
        return words.waiting(value, calendar, wording)
    if name in WORK_ROWS:
        return words.work(value, calendar, wording)
    return " ".join(words.count(value, wording))
