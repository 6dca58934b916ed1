"""Columns and rows: Graphviz says in which column a cell stands, this where that column lies."""

from __future__ import annotations

from collections.abc import Sequence

from vsmdsl.drawing import placement
from vsmdsl.drawing.layout import captions
from vsmdsl.drawing.layout.boxes import box_size
from vsmdsl.drawing.layout.cells import Network
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid.columns import Place, columns, ranked
from vsmdsl.drawing.layout.grid.shape import (
    BESIDE,
    MARGIN,
    OUTSIDE,
    TAG_WIDTH,
    TURN,
    Column,
    Grid,
    Row,
    bar_x,
    inside,
)
from vsmdsl.record import replace

__all__ = [
    "BESIDE",
    "MARGIN",
    "OUTSIDE",
    "TAG_WIDTH",
    "Column",
    "Grid",
    "Place",
    "Row",
    "bar_x",
    "grid",
    "inside",
    "rewrapped",
]

ONE_ROW_LEAST = 520.0
PLANNER = 276.0  # a control box with room for an arrow on either side
NEAR = 150.0  # a stream that ends no further from its customer has an arrow up to it
APART = 60.0  # between the last supplier and the first customer
COMPACT_GAP = 92.0  # on a page words may take more lines, so that more steps stand in a row


def grid(
    net: Network,
    facts: Facts,
    width: float | None,
    place: Place = placement.place,
    *,
    compact: bool = False,
) -> Grid:
    """Place all cells: in one row, or in as many as the width asks for."""
    size = box_size(facts)
    gap = min(
        max((captions.natural_width(c, facts) for c in net.cells if c.kind == "gap"), default=0.0),
        COMPACT_GAP if compact else captions.WIDE,
    )
    gap = max(gap, captions.NARROW)
    ranks = ranked(net, place)
    own = columns(net, ranks, size.width, gap)
    inbound = facts.stream.party("supplier") is not None and bool(own)
    outbound = facts.stream.party("customer") is not None
    single = _one_row(own, size.width, inbound)
    total = max(
        single.right + (OUTSIDE if outbound else 0) + MARGIN, ONE_ROW_LEAST, _abreast(facts)
    )
    if width is None or (total <= width and not own):
        return Grid(net, ranks, own, (single,), size, total, False, inbound, outbound)
    from vsmdsl.drawing.layout.grid.rows import spread_out, wrap  # most maps are one row

    if total <= width and outbound:
        rows = spread_out(net, ranks, own, size.width, width, inbound)
        if len(rows) == 1 and width - MARGIN - OUTSIDE - rows[0].right <= NEAR:
            return Grid(net, ranks, own, rows, size, width, False, inbound, outbound)
    rows = wrap(net, ranks, own, size.width, width)
    return Grid(net, ranks, own, rows, size, width, True, inbound, outbound)


def rewrapped(one: Grid, width: float) -> Grid:
    """The same cells in rows of another width."""
    from vsmdsl.drawing.layout.grid.rows import wrap

    rows = wrap(one.net, one.ranks, one.columns, one.size.width, width)
    return replace(one, rows=rows, width=width)


def _one_row(columns: Sequence[Column], step: float, inbound: bool) -> Row:
    at, edges = MARGIN, []
    for index, column in enumerate(columns):
        first = index == 0 and column.kind == "gap"
        width = max(column.width, OUTSIDE) if first and inbound else column.width
        width += TURN if first and inbound and column.shelves else 0
        if first and not inbound:
            width = max(width, 100.0)
        edges.append((at, at + width))
        at += width
    return Row(0, 0, len(columns), tuple(edges) or ((at, at),), step, True)


def _abreast(facts: Facts) -> float:
    """How wide a page is on which all parties stand side by side."""
    kinds = [party.kind for party in facts.stream.parties]
    outside = sum(
        OUTSIDE + BESIDE * (kinds.count(kind) - 1)
        for kind in ("supplier", "customer")
        if kind in kinds
    )
    return 2 * MARGIN + outside + max(PLANNER * kinds.count("control"), APART)
