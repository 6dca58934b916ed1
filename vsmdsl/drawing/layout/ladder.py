"""The ladder under the columns: waiting high, working low, the biggest wait flagged.

Every piece of the timeline lies in the column of its element, so the cells sum to the lead time.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vsmdsl.analysis.result import Segment
from vsmdsl.drawing.fonts import ellipsize, shrunk, text_width
from vsmdsl.drawing.layout.cells import Cell, is_parallel
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid, Row, bar_x
from vsmdsl.drawing.layout.lanes import Stage
from vsmdsl.drawing.scene import Group, Item, Items, Path, Rect
from vsmdsl.drawing.shapes import label, line, polyline, text_room
from vsmdsl.drawing.symbols.boxes import box_front
from vsmdsl.drawing.symbols.timeline import biggest_wait, biggest_wait_width
from vsmdsl.record import record

HEIGHT, FLOOR = 38.0, 28.0
BAR = 6.0
VALUE_SIZES = (13.0, 11.0, 9.5)
BRACKET = 20.0
TOTAL = 112.0  # how wide the box with both sums is
UNITS = {unit: at for at, unit in enumerate(("s", "min", "h", "d", "w", "mo", "y"))}


@record(frozen=False)
class Rung:
    """What one column adds to the timeline."""

    column: int
    wait: Fraction = Fraction(0)
    work: Fraction = Fraction(0)
    wait_unit: str = "s"
    work_unit: str = "s"
    known: bool = True
    measured: bool = True  # whether the work is known
    has_work: bool = False
    biggest: bool = False
    names: tuple[str, ...] = ()

    def share(self, facts: Facts) -> Fraction:
        """The share of the wait in the lead time."""
        return facts.share(self.wait)


def rungs(grid: Grid, facts: Facts) -> list[Rung]:
    """Add up the timeline by columns."""
    found = [Rung(column) for column in range(len(grid.columns))]
    big = facts.biggest
    for cell in grid.net.cells:
        rung = found[grid.ranks[cell.index]]
        for key, kinds in _keys(cell, facts):
            for piece in facts.segments.get(key, ()):
                if piece.kind in kinds and piece.on_path:
                    _add(rung, piece, facts)
                    same = big is not None and (big.key, big.kind) == (key, piece.kind)
                    rung.biggest = rung.biggest or same
    return found


def _keys(cell: Cell, facts: Facts) -> list[tuple[str, tuple[str, ...]]]:
    """Whose pieces of the timeline a cell shows: key and kinds."""
    keys: list[tuple[str, tuple[str, ...]]] = [
        (held.key, ("queue", "handoff")) for held in cell.holds
    ]
    if cell.step is not None:
        inside = () if cell.step.key in facts.included else ("inside",)
        keys.append((cell.step.key, (*inside, "work")))
    if cell.includes is not None:
        keys.append((cell.includes.key, ("inside",)))
    if cell.waits_for is not None:
        keys.append((cell.waits_for.key, ("step",)))
    return keys


def _add(rung: Rung, piece: Segment, facts: Facts) -> None:
    if piece.work:
        rung.work = rung.work + piece.amount.mean if rung.work else piece.amount.mean
        rung.work_unit = _larger(rung.work_unit, piece.unit)
        rung.measured = rung.measured and piece.known
        rung.has_work = True
    else:
        rung.wait = rung.wait + piece.amount.mean if rung.wait else piece.amount.mean
        rung.wait_unit = _larger(rung.wait_unit, piece.unit)
        rung.known = rung.known and piece.known
    rung.names = (*rung.names, facts.analysis.labels.get(piece.key, piece.key))


def _larger(one: str, two: str) -> str:
    return two if UNITS.get(two, 0) > UNITS.get(one, 0) else one


@record
class Block:
    """A stretch of the ladder on the page: high for a wait, low for work."""

    left: float
    right: float
    rung: Rung
    high: bool


def blocks(row: Row, found: Sequence[Rung]) -> list[Block]:
    """Cut the columns of a row into high and low stretches."""
    return [block for rung in found[row.start : row.end] for block in _cut(row, rung)]


def _cut(row: Row, rung: Rung) -> tuple[Block, ...]:
    left, right = row.edge(rung.column)
    waits = rung.wait.numerator > 0
    if not (waits and rung.has_work):
        return (Block(left, right, rung, waits),)
    middle = left + _split(right - left)
    return Block(left, middle, rung, True), Block(middle, right, rung, False)


def _split(width: float) -> float:
    """The part of a step's column that its inner waiting takes."""
    return min(max(0.5 * width, 52.0), width - 46.0)


def hot(row: Row, found: Sequence[Rung]) -> tuple[float, float] | None:
    """Left and right of the biggest wait in a row."""
    largest = (rung for rung in found[row.start : row.end] if rung.biggest)
    high = (block for rung in largest for block in _cut(row, rung) if block.high)
    return next(((block.left, block.right) for block in high), None)


def ladder(
    grid: Grid,
    facts: Facts,
    stage: Stage,
    found: Sequence[Rung],
    *,
    total: bool,
    below: Items = (),
) -> Items:
    """Draw the ladder of one row; what stands `below` it is never torn from it."""
    row, top = stage.row, stage.ladder
    floor = top + HEIGHT
    items: list[Item] = []
    way: list[str | float] = ["M", row.left, floor]
    cells = blocks(row, found)
    for block in cells:
        items += _wait(block, facts, top) if block.high else _work(block, facts, floor)
        if block.high:
            way += ["V", top, "H", block.right, "V", floor]
        else:
            way += ["H", block.right]
    items.append(Path(tuple(way), stroke="rule", thick=2, sharp=True))
    for block in cells:
        if block.high and block.rung.biggest and not facts.future:
            items += _flag(block, top, grid.width, facts.say("BIGGEST WAIT"))
    done: list[Item] = [Group("ladder", (*items, *below), facts.say("Timeline ladder"))]
    if total:
        done.append(_total(facts, grid.width - MARGIN - TOTAL, top - 12))
    return tuple(done)


def _flag(block: Block, top: float, page: float, text: str) -> Items:
    half = biggest_wait_width(text) / 2
    middle = (block.left + block.right) / 2
    return biggest_wait(min(max(middle, 20 + half), page - 20 - half), top - 1, text=text)


def _wait(block: Block, facts: Facts, top: float) -> Items:
    rung, width = block.rung, block.right - block.left
    share = rung.share(facts)
    level = facts.heat(float(share))
    text = ("" if rung.known else "≥ ") + facts.time(rung.wait, rung.wait_unit)
    middle, fill = (block.left + block.right) / 2, f"o{level}"
    items: list[Item] = [Rect(block.left, top, width, HEIGHT, fill=f"h{level}")]
    room = text_room(width)
    size = next((one for one in VALUE_SIZES if text_width(text, one, 700) <= room), 0.0)
    if size:
        items.append(label(middle, top + 12.5, text, size, 700, fill=fill))
    under = facts.ratio(share) if share else ""
    if under and text_width(under, 10.5, 500) <= room:
        items.append(label(middle, top + 27.2, under, 10.5, 500, fill=fill))
    names = ", ".join(dict.fromkeys(rung.names))
    title = facts.say("{names}: wait {time}", names=names, time=text)
    title += f" ({facts.of_lead_time(under)})" if under else ""
    return (Group("wait", tuple(items), title),)


def _work(block: Block, facts: Facts, floor: float) -> Items:
    rung = block.rung
    if not rung.has_work:
        return () if rung.known else (_unknown(block, floor, "ink3"),)
    if not rung.measured and not rung.work:
        return (_unknown(block, floor, "va"),)
    if not rung.work:
        return ()
    text = ("" if rung.measured else "≥ ") + facts.work(rung.work, rung.work_unit)
    bar = Rect(block.left, floor, block.right - block.left, BAR, fill="va", kind="work")
    name = ", ".join(dict.fromkeys(rung.names))
    words = label((block.left + block.right) / 2, floor + 16.5, text, 12.5, 700, fill="va")
    title = facts.say("{names}: work {time}", names=name, time=text)
    return (Group("work", (bar, words), title),)


def _unknown(block: Block, floor: float, fill: str) -> Item:
    return label((block.left + block.right) / 2, floor + 16.5, "?", 12.5, 700, fill=fill)


def _total(facts: Facts, x: float, y: float) -> Group:
    lead, work = (facts.analysis.metrics.get(name) for name in ("lead_time", "process_time"))
    bound = [figure.bound + " " if figure and figure.bound else "" for figure in (lead, work)]
    texts = (
        bound[0] + (facts.time(lead.value, lead.unit) if lead else "?"),
        bound[1] + (facts.work(work.value, work.unit) if work else "?"),
    )
    work_name = facts.say("Processing time" if facts.inventory else "Process time")
    names = (facts.say("Lead time"), work_name)
    sizes = [shrunk(text, 14, 10, text_room(TOTAL, 10), 700) for text in texts]
    items: tuple[Item, ...] = (
        Rect(x, y, TOTAL, 74, 2, "card"),
        line(x, y + 37, x + TOTAL, y + 37, stroke="line"),
        label(x + 8, y + 11.4, names[0], 10, 500, fill="ink2", anchor="start"),
        label(x + 8, y + 26, texts[0], sizes[0], 700, anchor="start"),
        label(x + 8, y + 47.4, names[1], 10, 500, fill="ink2", anchor="start"),
        label(x + 8, y + 62, texts[1], sizes[1], 700, fill="va", anchor="start"),
        box_front(x, y, TOTAL, 74),
    )
    return Group("ladder-total", items)


def brackets(grid: Grid, facts: Facts, stage: Stage) -> Items:
    """Draw the blue brackets that say which branch the ladder follows."""
    y = stage.ladder + HEIGHT + FLOOR + 11
    items: list[Item] = []
    for bars in stage.forks:
        if (bars.lane and grid.net.tracks[bars.lane] != 0) or grid.net.depth(bars.lane):
            continue
        row = stage.row
        ends = []
        for cell, fallback in ((bars.start, row.left), (bars.end, row.right)):
            rank = grid.ranks[cell]
            ends.append(bar_x(row, grid.net.cells[cell], rank) if row.holds(rank) else fallback)
        items += _bracket(ends[0], ends[1], y, _followed(grid, facts, bars.straight, bars.index))
    return tuple(items)


def _followed(grid: Grid, facts: Facts, lane: int, fork: int) -> str:
    if not is_parallel(grid.net.forks[fork]):
        return facts.say("means over the branches, by share")
    names = [
        cell.step.label or cell.step.key
        for index in grid.net.lanes[lane].cells
        if (cell := grid.net.cells[index]).step
    ]
    return facts.say("along the longest branch") + (f": {', '.join(names)}" if names else "")


def _bracket(left: float, right: float, y: float, text: str) -> Items:
    room = right - left - 40
    whole = text_width(text, 10.5, 600) <= room
    words = text if whole else ellipsize(text.partition(":")[0], room, 10.5, 600)
    half = text_width(words, 10.5, 600) / 2 + 8
    middle = (left + right) / 2
    return (
        polyline(((left, y - 6), (left, y), (middle - half, y)), stroke="va", thick=1.5),
        polyline(((middle + half, y), (right, y), (right, y - 6)), stroke="va", thick=1.5),
        label(middle, y, words, 10.5, 600, fill="va"),
    )


def cells_total(found: Sequence[Rung], facts: Facts) -> Fraction:
    """The sum of all cells; equals the lead time."""
    waits = sum((rung.wait for rung in found), Fraction(0))
    return waits if facts.inventory else waits + sum((r.work for r in found), Fraction(0))
