"""The tables whose words are said: each by its place, and by those of its fields that are said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from vsmdsl.analysis.metrics import METRICS
from vsmdsl.drawing.layout.compare import BEFORE_AND_AFTER, Names
from vsmdsl.drawing.layout.compare.figures import BIGGEST, NAMES
from vsmdsl.drawing.layout.datarows import ROW_NAMES
from vsmdsl.drawing.layout.legend import ORDER
from vsmdsl.drawing.layout.tiles import DORA
from vsmdsl.drawing.layout.words import RHYTHMS
from vsmdsl.drawing.symbols import SYMBOLS
from vsmdsl.language.codes import CODES
from vsmdsl.language.diagnostics import Severity
from vsmdsl.model.resolve.schema import WASTES8
from vsmdsl.report import twin
from vsmdsl.report.press import Attached
from vsmdsl.report.sheets import SHEETS, formula, portfolio_rows
from vsmdsl.report.spreadsheet import PORTFOLIO
from vsmdsl.report.story import goals, kaizens, normal, stated, stuck, trend, wastes
from vsmdsl.report.story.table import CHAPTERS
from vsmdsl.states import CURRENT

PERIODS = ("hour", "shift", "day", "week", "month", "year")
CHANGED = ("removed_step", "new_step")  # in the key of a comparison
WAYS = ("electronic", "manual", "verbal", "kanban", "signal", "gosee")  # of information
STATUS = ("idea", "planned", "doing", "done", "dropped")


def sentences() -> Iterator[str]:
    """Every word and sentence of the tables, some more than once."""
    yield from _of_pictures()
    yield from _of_reports()
    yield from _of_workbooks()


def _of_pictures() -> Iterator[str]:
    for names in (Names(), BEFORE_AND_AFTER):
        yield from (names.pill, names.before, names.after, names.title)
    yield from (*NAMES.values(), BIGGEST)
    yield from (*ROW_NAMES.values(), *DORA.values())
    yield from (SYMBOLS[name].key_label for name in (*ORDER, *CHANGED))
    yield from (kind.replace("_", " ").capitalize() for kind in WASTES8)
    yield from (*PERIODS, *WAYS, *RHYTHMS.values())


def _of_reports() -> Iterator[str]:
    yield from (chapter.heading for chapter in CHAPTERS if chapter.heading)
    yield from (metric.label for metric in METRICS)
    for kind in wastes.KINDS:
        yield from (kind.name, kind.means)
    for one in normal.NORMALS:
        yield from (one.text, one.source)
    for key in stated.KEYS:
        yield from (key.label, key.elite, key.high, key.medium, key.low)
    yield from (label for _, label in trend.FIGURES)
    yield from WASTES8
    yield from (verdict for verdict, _ in goals.VERDICTS.values())
    yield from (*stuck.KINDS.values(), *kaizens.STATES.values())
    yield from (*twin.QUEUES.values(), *twin.PARTIES.values())
    yield Attached("", b"").about
    yield CURRENT
    yield from (code.summary for code in CODES.values() if code.severity != "error")


def _of_workbooks() -> Iterator[str]:
    yield PORTFOLIO
    for sheet in SHEETS:
        yield from (sheet.name, *sheet.head)
    yield from portfolio_rows(())[0]
    yield from (formula(metric) for metric in METRICS)
    yield from (*STATUS, *get_args(Severity)[1:])
