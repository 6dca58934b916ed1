"""Two states of a stream in one set of columns, so that every step stands under itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from vsmdsl.drawing.layout.cells import Cell, Held, Network, Way, arrival
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import Column, Grid
from vsmdsl.model.stream import Branch, Choice, Element, Parallel, Step, Thing, walk
from vsmdsl.record import replace


def merged(before: Sequence[Element], after: Sequence[Element]) -> tuple[Element, ...]:
    """The elements of both states in one order: those of the later, with what is gone between."""
    return tuple(_merged(before, after, lambda one, two: _both(one, two)))


def _merged(
    before: Sequence[Element],
    after: Sequence[Element],
    both: Callable[[Element, Element], Element],
) -> Iterator[Element]:
    kept = {one.key for one in after}
    places = {one.key: at for at, one in enumerate(before)}
    at = 0
    for one in after:
        if one.key in places:
            place = places[one.key]
            yield from (gone for gone in before[at:place] if gone.key not in kept)
            at = max(at, place + 1)
            yield both(before[place], one)
        else:
            yield one
    yield from (gone for gone in before[at:] if gone.key not in kept)


def _both(before: Element, after: Element) -> Element:
    """A fork of both states has the branches of both."""
    if not isinstance(before, Parallel | Choice) or not isinstance(after, Parallel | Choice):
        return after
    old = {branch.key: branch for branch in before.branches}
    branches: list[Branch] = []
    for branch in after.branches:
        earlier = old.pop(branch.key, None)
        elements = merged(earlier.elements, branch.elements) if earlier else branch.elements
        branches.append(replace(branch, elements=elements))
    return replace(after, branches=(*branches, *old.values()))


def in_state(grid: Grid, state: Facts) -> Grid:
    """The same columns with only what one state has, joined across what it lacks."""
    things: Mapping[str, Thing] = {one.key: one for one in walk(state.stream.elements)}
    after = {way.start: grid.net.cells[way.end].step for way in grid.net.edges}
    cells = [_cell(cell, things, after.get(cell.index)) for cell in grid.net.cells]
    present = _present(grid.net, cells, things)
    net = Network(
        cells=cells,
        edges=list(_bridged(grid.net, present)),
        lanes=grid.net.lanes,
        forks=[bars for bars in grid.net.forks if bars.element.key in things],
        tracks=grid.net.tracks,
    )
    columns = tuple(
        Column(one.kind, one.width, tuple(index for index in one.cells if index in present))
        for one in grid.columns
    )
    return replace(grid, net=net, columns=columns)


def _cell(cell: Cell, things: Mapping[str, Thing], after: Step | None) -> Cell:
    """A cell with the elements as they are in this state."""
    if cell.step:
        step = things.get(cell.step.key)
        return replace(cell, step=step if isinstance(step, Step) else cell.step)
    holds: tuple[Held, ...] = tuple(
        things.get(held.key, held)  # type: ignore[misc]
        for held in cell.holds
        if held.key in things
    )
    own = cell.waits_for if cell.waits_for and cell.waits_for.key in things else None
    ahead = things.get(after.key) if after else None
    arrives = arrival(holds, ahead if isinstance(ahead, Step) else None, own)
    return replace(cell, holds=holds, waits_for=own, arrives=arrives)


def _present(net: Network, cells: Sequence[Cell], things: Mapping[str, Thing]) -> set[int]:
    """What this state has; a bare arrow goes with the step it leads to."""
    after = {way.start: way.end for way in net.edges}
    found = set()
    for cell, old in zip(cells, net.cells, strict=True):
        if cell.step:
            here = cell.step.key in things
        elif cell.kind == "gap":
            bare = not old.holds and not old.waits_for
            ahead = net.cells[after[cell.index]].step if cell.index in after else None
            here = bool(cell.holds or cell.waits_for)
            here = here or (bare and ahead is not None and ahead.key in things)
        else:
            here = net.forks[cell.fork].element.key in things
        if here:
            found.add(cell.index)
    return found


def _bridged(net: Network, present: set[int]) -> Iterator[Way]:
    """Edges between what is there; what is not is passed by."""
    ahead: dict[int, list[Way]] = {}
    for way in net.edges:
        ahead.setdefault(way.start, []).append(way)
    for index in sorted(present):
        open_ways = list(ahead.get(index, ()))
        seen: set[int] = set()
        while open_ways:
            way = open_ways.pop()
            if way.end in present:
                yield Way(index, way.end, way.lane)
            elif way.end not in seen:
                seen.add(way.end)
                open_ways += ahead.get(way.end, ())
