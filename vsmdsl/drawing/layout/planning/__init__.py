"""Who tells whom what: every arrow of information sorted by where it goes, with room found for it.

The band is planned before the rows are laid out, and drawn when the tops of the steps are known.
"""

from __future__ import annotations

from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.parties import places
from vsmdsl.drawing.layout.planning.nets import stretch
from vsmdsl.drawing.layout.planning.shape import (
    BRIDGE,
    BUS,
    FLASH_LEAST,
    ICONIC,
    JOIN,
    MIDDLE,
    SHORT_BRIDGE,
    SPREAD,
    Lateral,
    Message,
    Net,
    Over,
    Plan,
    words_of,
)
from vsmdsl.drawing.layout.planning.sorting import Sorter
from vsmdsl.record import replace

__all__ = [
    "BRIDGE",
    "BUS",
    "FLASH_LEAST",
    "ICONIC",
    "JOIN",
    "MIDDLE",
    "SHORT_BRIDGE",
    "SPREAD",
    "Lateral",
    "Message",
    "Net",
    "Over",
    "Plan",
    "plan",
    "stretch",
    "words_of",
]


def plan(grid: Grid, facts: Facts, *, tight: bool = False) -> Plan:
    """Sort all information by where it goes, and find room for it; `tight` saves height."""
    first = sum(grid.rows[0].edge(0)) / 2 if grid.columns else MARGIN + 59
    left = max(first, MARGIN + 59) if grid.inbound and not grid.turn else MARGIN + 59
    sorter = Sorter(grid, facts, places(facts, grid.width, left, tight=tight), tight)
    for info in facts.stream.infos:
        often = words.rhythm(info.every, info.label, facts.wording)
        sorter.sort(replace(info, every=often))
    return sorter.plan()
