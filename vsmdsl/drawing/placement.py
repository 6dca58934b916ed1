"""Where the boxes of a map go: the column of each and the order of the lanes, asked of Graphviz.

Graphviz sees numbered boxes and never a word of the user. From its drawing only two things are
taken: which boxes share a column, and which lane lies above which. Both are the same for every
engine, so a map is too. The engine runs as a child with a time limit, because a dense graph can
keep it busy for minutes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from vsmdsl.drawing.runs import Run, runs, stretched
from vsmdsl.record import record

Engine = Literal["auto", "pure", "system"]

UNITS_PER_INCH = 72
TIME_LIMIT = 20.0
MEMORY_LIMIT = 512 * 2**20  # bytes; 10,000 boxes take 80 MiB
TURNS = 32
KNOWN = 256  # answers that are kept; that of 5,000 steps is half a megabyte
COMMANDS: Mapping[Engine, tuple[str, ...]] = {
    "auto": ("graphviz-pure", "dot"),
    "pure": ("graphviz-pure",),
    "system": ("dot",),
}


@record
class Cell:
    """A box to place: its number, its size, and the lane that keeps it in line with others."""

    id: int
    width: float
    height: float
    lane: int = 0


@record
class Edge:
    """A way from one box to the next; heavy ones (100 = the main flow) stay straight and short.

    A weight of 0 marks the edge of a short branch that is to be stretched.
    """

    start: int
    end: int
    weight: int = 1


@record
class Placement:
    """The column of every cell and the row of every lane, counted from 0 at the top left."""

    ranks: Mapping[int, int]
    lanes: Mapping[int, int]


class PlacementError(RuntimeError):
    """No engine could place the boxes; the text says why and what to do."""


def place(
    cells: Sequence[Cell],
    edges: Sequence[Edge],
    *,
    engine: Engine = "auto",
    limit: float = TIME_LIMIT,
) -> Placement:
    """Find columns and lanes; cells are given upper lane first, so that their order is kept."""
    if not cells:
        return Placement({}, {})
    found = runs([cell.id for cell in cells], [(edge.start, edge.end) for edge in edges])
    places = _placed(*_shortened(found, cells, edges), engine, limit)
    columns = {x: rank for rank, x in enumerate(sorted({x for x, _ in places.values()}))}
    ranks = dict(stretched(found, [columns[places[run[0]][0]] for run in found]))
    heights = {box: places[run[0]][1] for run in found for box in run}
    return Placement(ranks, _rows(cells, ranks, heights))


def _rows(
    cells: Sequence[Cell], ranks: Mapping[int, int], heights: Mapping[int, float]
) -> Mapping[int, int]:
    lanes = [(cell.id, cell.lane) for cell in cells]
    if len({lane for _, lane in lanes}) == 1:
        return {cells[0].lane: 0}
    from vsmdsl.drawing.levels import levels  # only where lanes lie above each other

    return levels(lanes, ranks, heights)


def _placed(
    boxes: Sequence[Cell], ways: Sequence[Edge], engine: Engine, limit: float
) -> Mapping[int, tuple[float, float]]:
    """Where each box stands; of a single one, and of far too many, nobody need be asked."""
    if len(boxes) == 1:
        return {boxes[0].id: (0.0, 0.0)}
    if columns := _counted(boxes, ways):
        lanes = dict.fromkeys(box.lane for box in boxes)
        heights = {lane: -float(at) for at, lane in enumerate(lanes)}
        return {box.id: (columns[box.id], heights[box.lane]) for box in boxes}
    text = _ask(find_engine(engine), "".join(_source(boxes, ways)), limit)
    try:
        places = dict(_places(text))
    except ValueError:
        raise PlacementError("Graphviz gave an answer that is none.") from None
    if places.keys() != {box.id for box in boxes}:
        raise PlacementError("Graphviz lost some of the boxes of this map.")
    return places


def _counted(boxes: Sequence[Cell], ways: Sequence[Edge]) -> Mapping[int, int] | None:
    from vsmdsl.drawing.counted import counted  # a map without forks asks nobody

    bare = [(way.start, way.end) for way in ways]
    loose = [(way.start, way.end) for way in ways if not way.weight]
    return counted([box.id for box in boxes], bare, loose)


def _shortened(
    found: Sequence[Run], cells: Sequence[Cell], edges: Sequence[Edge]
) -> tuple[list[Cell], list[Edge]]:
    """The same map with one box, its first, for each run."""
    first = {box: run[0] for run in found for box in run}
    kept = [cell for cell in cells if first[cell.id] == cell.id]
    ways = [Edge(first[edge.start], first[edge.end], edge.weight) for edge in edges]
    return kept, [way for way in ways if way.start != way.end]


@cache
def find_engine(engine: Engine = "auto") -> str:
    """Find the program that places boxes: the one that comes with vsmdsl, or the system's `dot`."""
    for command in COMMANDS[engine]:
        if found := _beside_python(command) or _on_path(command) or _in_package(command):
            return found
    raise PlacementError(
        f"No Graphviz engine was found (looked for {' and '.join(COMMANDS[engine])}): "
        + ("install Graphviz." if engine == "system" else "run `pip install graphviz-pure`.")
    )


def _beside_python(command: str) -> str | None:
    folders = (Path(sys.executable).parent, Path(sys.prefix) / "bin", Path(sys.prefix) / "Scripts")
    for folder in folders:
        program = folder / (f"{command}.exe" if os.name == "nt" else command)
        if os.access(program, os.X_OK) and program.is_file():
            return str(program)
    return None


def _on_path(command: str) -> str | None:
    import shutil  # Imported here because the engine nearly always lies beside Python.

    return shutil.which(command)


def _in_package(command: str) -> str | None:
    """Ask the installed package itself: true also for `pip install --target` and the like."""
    import importlib.metadata  # Imported here because it is slow and seldom needed.

    try:
        files = importlib.metadata.files(command) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = (Path(str(file.locate())) for file in files if Path(file.name).stem == command)
    return next((str(path) for path in found if os.access(path, os.X_OK)), None)


def _source(cells: Sequence[Cell], edges: Sequence[Edge]) -> Iterator[str]:
    yield "digraph{graph[rankdir=LR,nodesep=0.39,ranksep=0.02,splines=none]"
    yield 'node[shape=box,fixedsize=true,label=""]\n'
    for cell in cells:
        size = f"width={_inches(cell.width)},height={_inches(cell.height)}"
        yield f"n{cell.id:d}[{size},group=g{cell.lane:d}]\n"
    for edge, weight in zip(edges, _weights(cells, edges), strict=True):
        yield f"n{edge.start:d}->n{edge.end:d}[weight={weight:d}]\n"
    yield "}\n"


def _weights(cells: Sequence[Cell], edges: Sequence[Edge]) -> Iterator[int]:
    """Make the weights along a lane unequal, so that every engine comes to the same columns.

    The room that a short branch has to spare goes to an edge without weight, else to its last.
    """
    lane = {cell.id: cell.lane for cell in cells}
    turn: dict[int, int] = {}
    length: dict[int, int] = {}
    for cell in cells:
        turn[cell.id] = length[cell.lane] = length.get(cell.lane, -1) + 1
    for edge in edges:
        leaves = lane[edge.start] != lane[edge.end] and turn[edge.end] > 0
        extra = 0 if leaves else max(TURNS - 1 - turn[edge.end], 0)
        # Graphviz itself makes edges within a lane a hundred times as heavy: 1 is light even so.
        yield edge.weight * TURNS + extra if edge.weight else 1


def _inches(length: float) -> str:
    return f"{max(length, 1) / UNITS_PER_INCH:.4f}"


@lru_cache(maxsize=KNOWN)
def _ask(program: str, source: str, limit: float) -> str:
    """Run the engine. Answers are kept: maps of one shape, and a map drawn again, ask the same."""
    from vsmdsl.drawing.child import LateError, ask  # takes its time, and answers are kept

    line = (program, "-Kdot", "-Tplain")
    try:
        code, answer, complaint = ask(line, source.encode(), seconds=limit, memory=MEMORY_LIMIT)
    except OSError as error:
        raise PlacementError(f"Graphviz cannot be run: {error.strerror or error}") from None
    except LateError:
        raise PlacementError(f"Placing the boxes took more than {limit:g} s.") from None
    if code:
        raise PlacementError(
            f"Graphviz could not place the boxes: {_first_line(complaint) or code}"
        )
    return answer.decode()


def _first_line(complaint: bytes) -> str:
    lines = complaint.decode(errors="replace").strip().splitlines()
    return lines[0][:200] if lines else ""


def _places(text: str) -> Iterator[tuple[int, tuple[float, float]]]:
    """Read `node n7 x y width height ...`; y grows upwards there."""
    for line in text.splitlines():
        word, *rest = line.split(" ", 4)
        if word == "node":
            yield int(rest[0][1:]), (round(float(rest[1]), 2), float(rest[2]))
