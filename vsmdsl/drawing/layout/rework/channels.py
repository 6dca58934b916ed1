"""Sorting work that comes back: which of it is a loop, which a pair of letters, in which lane.

A loop is drawn where both ends stand on one line and in one row. Everywhere else, between rows and
between branches, two circles with the same letter stand for it, so that no line crosses a box.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Grid
from vsmdsl.drawing.layout.rework.ends import crossed, mark_lanes
from vsmdsl.drawing.layout.rework.shape import Channel, ChannelKey, Loop, Mark, share_of
from vsmdsl.record import replace

DEEPER = 2  # lanes that all loops of a row give way to ends above them


def channels(grid: Grid, facts: Facts) -> Mapping[ChannelKey, Channel]:
    """Sort all rework into the channels of rows and tracks."""
    loops: dict[ChannelKey, list[Loop]] = {}
    marks: dict[ChannelKey, list[Mark]] = {}
    places = _places(grid)
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
    return {
        key: _channel(grid, loops.get(key, ()), marks.get(key, ()), key) for key in {*loops, *marks}
    }


def _places(grid: Grid) -> dict[str, tuple[int, int, int]]:
    """Key → cell, row and track of every step, queue and handoff."""
    rows = [0] * len(grid.columns)
    for row in grid.rows:
        rows[row.start : row.end] = [row.number] * (row.end - row.start)
    found = {}
    for cell in grid.net.cells:
        place = (cell.index, rows[grid.ranks[cell.index]], grid.net.tracks[cell.lane])
        for thing in (cell.step, *cell.holds):
            if thing is not None:
                found[thing.key] = place
    return found


def _letter(number: int) -> str:
    more, letter = divmod(number, 26)
    return chr(ord("A") + letter) + (str(more + 1) if more else "")


def _channel(grid: Grid, loops: Iterable[Loop], marks: Sequence[Mark], key: ChannelKey) -> Channel:
    flat = _lanes(grid, loops)
    placed, ends = flat, mark_lanes(grid, flat, marks, key)
    for deeper in range(1, DEEPER + 1):
        if not crossed(placed, ends):
            break
        # Ends that a loop encloses stand between its legs, and the loop runs under them.
        placed = [replace(loop, lane=loop.lane + deeper) for loop in flat]
        ends = mark_lanes(grid, placed, marks, key)
    used = [loop.lane for loop in placed] + [mark.lane for mark in ends]
    return Channel(tuple(placed), tuple(ends), max(used) + 1 if used else 0)


def _lanes(grid: Grid, loops: Iterable[Loop]) -> list[Loop]:
    """Shortest loops first, each into the first lane that is free over its columns."""

    def span(loop: Loop) -> tuple[int, int]:
        ends = grid.ranks[loop.start], grid.ranks[loop.end]
        return min(ends), max(ends)

    taken: list[int] = []  # of each lane a bit for each column: there may be thousands of both
    done = []
    for loop in sorted(loops, key=lambda one: span(one)[1] - span(one)[0]):
        left, right = span(loop)
        over = (2 << right) - (1 << left)
        lane = next((at for at, full in enumerate(taken) if not full & over), len(taken))
        if lane == len(taken):
            taken.append(0)
        taken[lane] |= over
        done.append(replace(loop, lane=lane))
    return done
