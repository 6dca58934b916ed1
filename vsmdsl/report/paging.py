"""A map on sheets of paper: cut between its rows, as a text is between its lines.

What may be read from one sheet stays on one: a row with its ladder is never torn, and strip, tiles
and key stay together. Names of steps are never smaller than a reader's eyes allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vsmdsl.drawing.extent import Box, extent
from vsmdsl.drawing.scene import Group, Item, Rect, Scene, shapes
from vsmdsl.record import record, replace
from vsmdsl.report.press import paper

NAME = 13.5  # the name of a step, in units
SMALLEST = {"a4": 7.0, "a3": 8.0, "letter": 7.0}  # what it has to be on paper, in points
MARGIN, FOOT = 8.0, 6.0  # millimetres around the map; below it the title and the page's number
MM_PER_POINT = 25.4 / 72
SPARSE = 0.4  # a last page with less on it looks forgotten
CLEAR = 2.0  # units of air that make a cut
AIR = 24.0  # units around the map on a page
TAIL = frozenset({"strip", "summary", "legend", "kaizen-list"})  # what comes once, at the end
UNIT_MM = 25.4 / 96  # a unit of a picture that is not fitted to paper
MAGNIFIED = 1.6  # a small map need not fill a large sheet
LARGEST = 5000.0  # millimetres: no PDF page is larger


@record
class Sheet:
    """A part of a map on a page of its own; lengths in millimetres."""

    scene: Scene
    width: float  # of the page
    height: float
    margin: float
    scale: float  # millimetres a unit


def sheets(scene: Scene, page: str | None = None) -> tuple[Sheet, ...]:
    """The pages of a map: one of its own size, or as many of this kind of paper as it needs."""
    if page is None:
        return (_own_size(scene),)
    short, long = paper(page)
    name = page.casefold().removesuffix("-landscape")
    needed = SMALLEST[name] * MM_PER_POINT / NAME
    ways = [(long, short)] if name != page.casefold() else [(long, short), (short, long)]
    whole = max((_sheet(scene, *way) for way in ways), key=lambda sheet: sheet.scale)
    if whole.scale >= needed:
        return (whole,)
    rooms = (_room(long, short, scene), _room_at(needed, short))
    parts = min((_balanced(scene, room) for room in rooms), key=len)
    done = [_sheet(part, long, short) for part in parts]
    scale = min(sheet.scale for sheet in done)  # one size of letters on all pages
    return tuple(replace(sheet, scale=scale) for sheet in done)


def _own_size(scene: Scene) -> Sheet:
    scale = min(UNIT_MM, LARGEST / max(scene.width, scene.height))
    return Sheet(scene, scene.width * scale, scene.height * scale, 0, scale)


def _sheet(scene: Scene, width: float, height: float) -> Sheet:
    across, down = width - 2 * MARGIN, height - 2 * MARGIN - FOOT
    scale = min(across / scene.width, down / scene.height, MAGNIFIED * UNIT_MM)
    return Sheet(scene, width, height, MARGIN, scale)


def _room(width: float, height: float, scene: Scene) -> float:
    """How many units of the scene's height a page holds when its width is filled."""
    return (height - 2 * MARGIN - FOOT) * scene.width / (width - 2 * MARGIN)


def _room_at(scale: float, height: float) -> float:
    """The same at a given scale, when the width need not be filled."""
    return (height - 2 * MARGIN - FOOT) / scale


def _balanced(scene: Scene, room: float) -> list[Scene]:
    """The scene on pages, the last of them not nearly empty where a row can go over to it.

    A stream that is whole on the first page stays so: what comes once has the second for itself.
    """
    pages = _pages(_blocks(scene), room)
    if len(pages) == 2 and all(block.tail for block in pages[1]):
        return [_part(scene, page) for page in pages]
    while len(pages) > 1 and _used(pages[-1]) < SPARSE * room and len(pages[-2]) > 1:
        moved = [pages[-2][-1], *pages[-1]]
        if _used(moved) > min(room, _used(pages[-2])):
            break
        pages[-2:] = [pages[-2][:-1], moved]
    return [_part(scene, page) for page in pages]


def _used(page: Sequence[_Block]) -> float:
    """The height that blocks take on a page, with the air around them."""
    return page[-1].bottom - page[0].top + min(page[0].top, AIR) + AIR


def _pages(blocks: Sequence[_Block], room: float) -> list[list[_Block]]:
    """The blocks in order, a new page wherever the next one would not fit any more."""
    pages: list[list[_Block]] = [[*blocks[:1]]]
    for block in blocks[1:]:
        if _used([*pages[-1], block]) > room:
            pages.append([])
        pages[-1].append(block)
    return pages


@record
class _Block:
    """What stays together: everything between two heights."""

    top: float
    bottom: float
    items: tuple[Item, ...]
    tail: bool


def _blocks(scene: Scene) -> list[_Block]:
    drawn = [item for item in scene.items if not _is_paper(item) and any(shapes((item,)))]
    runs: list[_Block] = []
    for box, item in sorted(((extent((one,)), one) for one in drawn), key=lambda one: one[0].top):
        last = runs[-1] if runs else None
        if last and (box.top < last.bottom + CLEAR or (last.tail and _is_tail(item))):
            runs[-1] = _grown(last, box, item)
        else:
            runs.append(_Block(box.top, box.bottom, (item,), _is_tail(item)))
    return _with_heads(runs)


def _grown(block: _Block, box: Box, item: Item) -> _Block:
    bottom = max(block.bottom, box.bottom)
    return _Block(block.top, bottom, (*block.items, item), block.tail and _is_tail(item))


def _with_heads(runs: Sequence[_Block]) -> list[_Block]:
    """The title never stands alone, nor a row without its ladder: they belong to what is below."""
    laddered = any("ladder" in _kinds(run.items) for run in runs)
    done: list[_Block] = []
    for run in runs:
        if done and _goes_on(done[-1], "ladder" if laddered else "step"):
            head = done.pop()
            run = _Block(head.top, run.bottom, (*head.items, *run.items), run.tail)
        done.append(run)
    return done


def _goes_on(block: _Block, end: str) -> bool:
    """Whether a row has not come to its end yet: a title, the information flow, its boxes."""
    return not block.tail and end not in _kinds(block.items)


def _is_paper(item: Item) -> bool:
    return isinstance(item, Rect) and item.kind == "paper"


def _kinds(items: Iterable[Item]) -> set[str]:
    """What groups stand for; one that stands for nothing is what keeps others together."""
    found: set[str] = set()
    for item in items:
        if isinstance(item, Group):
            found |= set(item.kind.split()) or _kinds(item.items)
    return found


def _is_tail(item: Item) -> bool:
    return isinstance(item, Group) and bool(TAIL & set(item.kind.split()))


def _part(scene: Scene, blocks: Sequence[_Block]) -> Scene:
    """A scene of these blocks in the order of painting, on paper of its own."""
    chosen = {id(item) for block in blocks for item in block.items}
    air = min(blocks[0].top, AIR)
    top, bottom = blocks[0].top - air, min(blocks[-1].bottom + AIR, scene.height)
    sheet = Rect(0, top, scene.width, bottom - top, fill="paper", kind="paper")
    items = tuple(item for item in scene.items if id(item) in chosen)
    return replace(scene, top=top, height=bottom - top, items=(sheet, *items))
