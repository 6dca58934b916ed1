"""Where columns lie in a row, and how wide they are where a width is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from vsmdsl.drawing.layout.cells import Network
from vsmdsl.drawing.layout.grid.breaks import ENDS, GAP_LESS, STEP_LESS, lead, parts, spread
from vsmdsl.drawing.layout.grid.shape import MARGIN, OUTSIDE, TURN, Column, Row
from vsmdsl.record import replace

STEP_MORE, GAP_MORE = 40.0, 36.0


def spread_out(
    net: Network,
    ranks: Sequence[int],
    columns: Sequence[Column],
    step: float,
    width: float,
    inbound: bool,
) -> tuple[Row, ...]:
    """One row as wide as a page, with its outer columns as on a map in one row."""
    first = columns[0]
    if first.kind == "gap" and inbound:
        turn = TURN if first.shelves else 0.0
        first = replace(first, width=max(first.width, OUTSIDE) + turn - lead(first))
    return wrap(net, ranks, (first, *columns[1:]), step, width - OUTSIDE + ENDS)


def wrap(
    net: Network, ranks: Sequence[int], columns: Sequence[Column], step: float, width: float
) -> tuple[Row, ...]:
    room = width - 2 * MARGIN
    spans = spread(parts(net, ranks, columns, room - ENDS), columns, room - ENDS)
    more_step, more_gap = _slack(spans, columns, room)
    rows = []
    for number, (start, end) in enumerate(spans):
        at, edges = MARGIN + _lead(columns, start), []
        for index in range(start, end):
            column = columns[index]
            own = _sized(column, step, more_step, more_gap)
            if index == start and column.kind == "gap":
                edges.append((MARGIN, at + own))
            else:
                edges.append((at, at + own))
            at += own
        rows.append(
            Row(number, start, end, tuple(edges), step + more_step, number == len(spans) - 1)
        )
    return tuple(rows)


def _lead(columns: Sequence[Column], start: int) -> float:
    """What the first column of a row begins with: no tag leads to the first row."""
    return lead(columns[start]) if start or columns[start].kind == "gap" else 0.0


def _sized(column: Column, step: float, more_step: float, more_gap: float) -> float:
    match column.kind:
        case "step":
            return max(column.width + more_step, step + more_step)
        case "gap":
            return column.width + more_gap
        case _:
            return column.width


def _slack(
    spans: Sequence[tuple[int, int]], columns: Sequence[Column], room: float
) -> tuple[float, float]:
    """What every step and gap may be wider, or must be narrower, in the fullest row."""
    more: tuple[float, float] = STEP_MORE, GAP_MORE
    for start, end in spans:
        row = columns[start:end]
        spare = room - ENDS - _lead(columns, start) - sum(column.width for column in row)
        steps = sum(column.kind == "step" for column in row)
        gaps_ = sum(column.kind == "gap" for column in row)
        share = _shared(spare, steps, gaps_)
        more = min(more[0], share[0]), min(more[1], share[1])
    return more


def _shared(spare: float, steps: int, gaps_: int) -> tuple[float, float]:
    """Room to spare goes 55 to 45 to steps and gaps; what is missing is taken from steps first."""
    if spare >= 0:
        each = spare / max(0.55 * steps + 0.45 * gaps_, 0.45)
        return 0.55 * each, 0.45 * each
    step = max(spare / steps, -STEP_LESS) if steps else 0.0
    return step, max((spare - step * steps) / max(gaps_, 1), -GAP_LESS)
