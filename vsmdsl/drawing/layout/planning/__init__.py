"""Who tells whom what: every arrow of information sorted by where it goes, with room found for it.

The band is planned before the rows are laid out, and drawn when the tops of the steps are known.
"""

from __future__ import annotations

from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid
from vsmdsl.drawing.layout.parties import places
from vsmdsl.drawing.layout.planning.shape import (
    BRIDGE,
    BUS,
    CAPTION,
    FLASH_LEAST,
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

__all__ = [
    "BRIDGE",
    "BUS",
    "CAPTION",
    "FLASH_LEAST",
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
    "words_of",
]


def plan(grid: Grid, facts: Facts) -> Plan:
    """Sort all information by where it goes, and find room for it."""
    first = sum(grid.rows[0].edge(0)) / 2 if grid.columns else MARGIN + 59
    found = places(facts, grid.width, max(first, MARGIN + 59) if grid.inbound else MARGIN + 59)
    sorter = Sorter(grid, facts, found)
    for info in facts.stream.infos:
        sorter.sort(info)
    return sorter.plan()
