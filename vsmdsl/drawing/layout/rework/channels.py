"""Sorting work that comes back: which of it is a loop, which a pair of letters, in which lane.

A loop is drawn where both ends stand on one line and in one row. Everywhere else, between rows and
between branches, two circles with the same letter stand for it, so that no line crosses a box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsmdsl.drawing.layout.crowd import lanes
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid, inside
from vsmdsl.drawing.layout.rework.shape import Channel, ChannelKey, Loop, Mark, share_of
from vsmdsl.record import replace

DEEPER = 2  # lanes that all loops of a row give way to ends above them


def channels(grid: Grid, facts: Facts) -> Mapping[ChannelKey, Channel]:
    """Sort all rework into the channels of rows and tracks."""
    loops: dict[ChannelKey, list[Loop]] = {}
    marks: dict[ChannelKey, list[Mark]] = {}
    rows = _rows(grid)
    places = _places(grid, rows)
    letters = 0
    for one in facts.stream.reworks:
        start, end = places.get(one.start), places.get(one.end)
        if start is None or end is None:
            continue
        if start[1:] == end[1:]:
            loops.setdefault(start[1:], []).append(Loop(one, start[0], end[0], 0))
            continue
        letter = _letter(letters)
        letters += 1
        names = facts.analysis.labels
        share, name = facts.wording.figure(share_of(one)), names.get(one.end, one.end)
        back = facts.say("{share} back to {end}", share=share, end=name)
        away = facts.say("from {start}", start=names.get(one.start, one.start))
        marks.setdefault(start[1:], []).append(Mark(one, letter, start[0], False, back))
        marks.setdefault(end[1:], []).append(Mark(one, letter, end[0], True, away))
    edges = _band_edges(grid, rows) if marks else {}
    return {
        key: _channel(grid, loops.get(key, ()), marks.get(key, ()), key, edges.get(key, ()))
        for key in {*loops, *marks}
    }


def _rows(grid: Grid) -> list[int]:
    """The row of every column."""
    rows = [0] * len(grid.columns)
    for row in grid.rows:
        rows[row.start : row.end] = [row.number] * (row.end - row.start)
    return rows


def _places(grid: Grid, rows: Sequence[int]) -> dict[str, tuple[int, int, int]]:
    """Key → cell, row and track of every step, queue and handoff."""
    found = {}
    for cell in grid.net.cells:
        place = (cell.index, rows[grid.ranks[cell.index]], grid.net.tracks[cell.lane])
        for thing in (cell.step, *cell.holds):
            if thing is not None:
                found[thing.key] = place
    return found


def _band_edges(grid: Grid, rows: Sequence[int]) -> dict[ChannelKey, list[float]]:
    """The sides of the bands that each channel runs through, from left to right."""
    found: dict[ChannelKey, list[float]] = {}
    for bars in grid.net.forks:
        first, last = rows[grid.ranks[bars.start]], rows[grid.ranks[bars.end]]
        for row in range(first, last + 1):
            key = row, grid.net.tracks[bars.lane]
            found.setdefault(key, []).extend(inside(grid, grid.rows[row], bars))
    return {key: sorted(edges) for key, edges in found.items()}


def _letter(number: int) -> str:
    more, letter = divmod(number, 26)
    return chr(ord("A") + letter) + (str(more + 1) if more else "")


def _channel(
    grid: Grid,
    loops: Sequence[Loop],
    marks: Sequence[Mark],
    key: ChannelKey,
    edges: Sequence[float],
) -> Channel:
    flat = _lanes(grid, loops)
    placed, ends = _with_ends(grid, flat, marks, key, edges) if marks else (flat, ())
    used = [loop.lane for loop in placed] + [mark.lane for mark in ends]
    return Channel(tuple(placed), tuple(ends), max(used) + 1 if used else 0)


def _with_ends(
    grid: Grid,
    flat: Sequence[Loop],
    marks: Sequence[Mark],
    key: ChannelKey,
    edges: Sequence[float],
) -> tuple[Sequence[Loop], Sequence[Mark]]:
    """The loops and the lettered ends, each in its lane."""
    from vsmdsl.drawing.layout.rework.ends import crossed, mark_lanes  # few maps have any

    placed, ends = flat, mark_lanes(grid, flat, marks, key, edges)
    for deeper in range(1, DEEPER + 1):
        if not crossed(placed, ends):
            break
        # Ends that a loop encloses stand between its legs, and the loop runs under them.
        placed = [replace(loop, lane=loop.lane + deeper) for loop in flat]
        ends = mark_lanes(grid, placed, marks, key, edges)
    return placed, ends


def _lanes(grid: Grid, loops: Sequence[Loop]) -> list[Loop]:
    """Shortest loops first, each into the first lane that is free over its columns."""

    def span(loop: Loop) -> tuple[int, int]:
        ends = grid.ranks[loop.start], grid.ranks[loop.end]
        return min(ends), max(ends)

    ordered = sorted(loops, key=lambda one: span(one)[1] - span(one)[0])
    found = lanes([span(loop) for loop in ordered])
    return [replace(loop, lane=lane) for loop, lane in zip(ordered, found, strict=True)]
