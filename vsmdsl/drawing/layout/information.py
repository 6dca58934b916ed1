"""The information band: parties, arrows between them, schedules down to the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize, wrap
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.layout.messages import draw_messages, list_height
from vsmdsl.drawing.layout.parties import Place, draw_place
from vsmdsl.drawing.layout.planning import (
    BUS,
    FLASH_LEAST,
    ICONIC,
    MIDDLE,
    Lateral,
    Net,
    Over,
    Plan,
    stretch,
    words_of,
)
from vsmdsl.drawing.scene import Group, Item, Items, Point, Rect, Text
from vsmdsl.drawing.shapes import DOWN, head, label, paragraph, polyline, toward
from vsmdsl.drawing.symbols.information import (
    electronic,
    go_see,
    manual,
    schedule_label,
    schedule_width,
    verbal,
)
from vsmdsl.drawing.symbols.kanban import (
    kanban_loop,
    load_levelling,
    production_kanban,
    signal_kanban,
)
from vsmdsl.model.stream import Info
from vsmdsl.wording import ENGLISH, Say

FLASHED = frozenset(("electronic", "heijunka"))
BOX = (64.0, 22.0)  # a load levelling box on its way
TEETH = 18.0  # how deep an arrow from above reaches between the teeth of a factory


def draw_band(found: Plan, width: float, y: float, say: Say = ENGLISH.say) -> Items:
    """Draw the ground of the band and everybody who stands in it."""
    if not (found.places or found.messages):
        return ()
    ground = (
        Rect(16, y, width - 32, found.height, 10, "band"),
        Text(MARGIN, y + 17, say("INFORMATION FLOW"), 9.5, 700, "ink3", spacing=0.8),
    )
    top = y + found.caption + found.above
    items: list[Item] = [Group("band information", ground)]
    said = [(one.info, one.start, one.end, words_of(one.info)) for one in found.messages]
    items += draw_messages(said, width, y + found.caption - 8, say)
    for place in found.places:
        items += draw_place(place, top)
    for lateral in found.laterals:
        items.append(_lateral(lateral, top + MIDDLE, say))
    for info, place in dict.fromkeys(found.sights):
        items.append(_sight(info, place, top, say))
    listed = list_height(len(said), width)
    for over in found.overs:
        feet = [x for one in found.overs[: over.level] for x in (one.start.x, one.end.x)]
        at = y + found.caption + listed + 12 + 26 * over.level
        items.append(_over(over, at, top, feet, say))
    return tuple(items)


def _sight(info: Info, place: Place, top: float, say: Say) -> Group:
    """Glasses beside the planner: plans are changed by going to look."""
    x, y = place.left - 60, top + place.top + place.height + 16
    words = ellipsize(words_of(info), 104, 10.5, 500)
    text = (label(x, y + 21, words, 10.5, 500, fill="ink2"),) if words else ()
    return _group(info, (*go_see(x, y), *text), say)


def _lateral(one: Lateral, middle: float, say: Say) -> Group:
    y = middle + one.offset
    ahead = one.start.x < one.end.x
    x1 = one.start.right + 8 if ahead else one.start.left - 8
    x2 = one.end.left - 8 if ahead else one.end.right + 8
    items = [*_line(one.info, (x1, y), (x2, y))]
    text, room = words_of(one.info), abs(x2 - x1) - 2
    iconic = one.info.by in ICONIC
    most = 2 - iconic if one.several else 2 if room > 80 else 3
    lines = wrap(text, room, 10.5, 500)
    if len(lines) > most:
        lines = (*lines[: most - 1], ellipsize(" ".join(lines[most - 1 :]), room, 10.5, 500))
    up = 14 if one.info.by in ("electronic", "heijunka", "") else 10
    bottom = y - up - (12 if iconic else 0)
    middle_x = (x1 + x2) / 2
    items += paragraph(middle_x, bottom - 6.4 * (len(lines) - 1), lines, 10.5, 500, fill="ink2")
    return _group(one.info, items, say)


def _line(info: Info, start: Point, end: Point) -> Items:
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    match info.by:
        case "electronic" | "heijunka" if abs(end[0] - start[0]) > 50:
            return electronic(start, end)
        case "verbal":
            return (*manual(start, end), *verbal(middle[0], middle[1] - 2))
        case "gosee":
            return (*manual(start, end), *go_see(*middle))
        case "kanban":
            return (*kanban_loop((start, end)), *production_kanban(*middle, width=18, height=23))
        case "signal":
            return (*kanban_loop((start, end)), *signal_kanban(*middle, width=26, height=22))
        case _:
            return manual(start, end)


def _group(info: Info, items: Sequence[Item], say: Say) -> Group:
    title = words_of(info) or say("Information")
    return Group("info", tuple(items), f"{title} ({say(info.by)})", f"info-{info.key}", info.url)


def _over(one: Over, y: float, top: float, passing: Sequence[float], say: Say) -> Group:
    x1, x2 = one.start.x, one.end.x
    feet = [
        top + place.top + (0 if place.party.kind == "control" else TEETH)
        for place in (one.start, one.end)
    ]
    route = ((x1, feet[0]), (x1, y), (x2, y), (x2, feet[1]))
    text = words_of(one.info)
    items: list[Item] = [*manual(*route)]
    if text:
        middle, room = stretch(min(x1, x2), max(x1, x2), passing)
        shown = ellipsize(text, room - 20, 10.5, 500)
        items.append(label(middle, y - 8, shown, 10.5, 500, fill="ink2"))
    return _group(one.info, items, say)


def draw_nets(found: Plan, y: float, tops: Mapping[int, float], say: Say = ENGLISH.say) -> Items:
    """Draw the schedules: from those who plan, along a bus, down to each step."""
    end, top = y + found.height, y + found.caption + found.above
    lines: list[Item] = []
    labels: list[Item] = []
    for net in found.nets:
        bus = end - 22 - BUS * net.level
        lines.append(_group(net.info, _net(found, net, bus, (top, end), tops), say))
        if net.text:
            labels += schedule_label(net.label_x, bus, net.text)
    return (*lines, *labels)


def _net(found: Plan, net: Net, bus: float, band: Point, tops: Mapping[int, float]) -> Items:
    place, (top, end) = net.party, band
    start: tuple[Point, ...] = ((net.port, top + place.top + place.height), (net.port, bus))
    if place.party.kind != "control":
        side = place.right if net.port > place.x else place.left
        level = top + place.top + place.height - 10
        start = ((side, level), (net.port, level), start[1])
    turn = start[0][1] + net.run if net.run else bus
    items: list[Item] = []
    if net.up:
        dx, dy = toward(start[1], start[0])
        items.append(head(*start[0], (dx, dy), fill="info", length=9, width=7.5))
        start = ((start[0][0] - 6 * dx, start[0][1] - 6 * dy), *start[1:])
    ends = [(found.xs[net.info.key, cell], tops[cell]) for cell in net.cells]
    levelled = [(x, _box(foot, end), foot) for x, foot in ends if net.info.by == "heijunka"]
    if levelled and not net.up:
        items += [item for one in levelled for item in _levelled(*one)]
        ends = [(x, y - BOX[1] / 2) for x, y, _ in levelled]
    if len(ends) == 1:
        ((x, foot),) = ends
        drop = foot if net.up else foot - 6
        straight = abs(x - net.port) < 0.5
        turns = () if straight else ((net.port, turn), (x, turn))
        route = (*start[:-1], *turns, (x, drop))
        items += _flashed(net, route) if turns else _plain(route)
    else:
        items += _bus(start, bus, ends)
    if not net.up:
        items += [head(x, foot, DOWN, fill="info", length=9, width=7.5) for x, foot in ends]
    return tuple(items)


def _box(foot: float, end: float) -> float:
    """How high a load levelling box stands: right under the band, clear of what is on the step."""
    return min(end + 10 + BOX[1] / 2, foot - 16 - BOX[1] / 2)


def _levelled(x: float, y: float, foot: float) -> Items:
    """The box that levels a schedule, and what leaves it for the step, a card at a time."""
    width, height = BOX
    return (
        *load_levelling(x, y, width=width, height=height),
        *kanban_loop(((x, y + height / 2 + 1), (x, foot))),
    )


def _plain(route: Sequence[Point]) -> Items:
    return (polyline(route, stroke="info", thick=1.5, radius=8, kind="info-manual"),)


def _flashed(net: Net, route: Sequence[Point]) -> Items:
    """Electronic information has its flash on the level stretch, beside the label."""
    (x1, y), (x2, _) = route[-3:-1]
    half = schedule_width(net.text) / 2 if net.text and not net.run else 0.0
    way = 1 if x2 > x1 else -1
    edge = net.label_x + way * half if half else x1
    if net.info.by not in FLASHED or abs(x2 - edge) < FLASH_LEAST:
        return _plain(route)
    middle = (edge + x2) / 2
    near, far = (middle + 9 * way, y), (middle - 9 * way, y + 8)
    return (
        *_plain((*route[:-2], near)),
        polyline((near, far), stroke="info", thick=1.7, kind="info-electronic"),
        *_plain((far, (x2, y + 8), route[-1])),
    )


def _bus(start: Sequence[Point], bus: float, ends: Sequence[Point]) -> Items:
    """The trunk, the bus, and a drop for each step."""
    xs = [start[-1][0], *(x for x, _ in ends)]
    lines = [start, ((min(xs), bus), (max(xs), bus)), *(((x, bus), (x, y - 6)) for x, y in ends)]
    return tuple(polyline(route, stroke="info", thick=1.5, kind="info-manual") for route in lines)


def draw_drop(x: float, foot: float, texts: Sequence[str], room: float) -> Items:
    """Draw a short schedule arrow with its label, over a step that the bus does not reach."""
    text = " · ".join(text for text in texts if text)
    shown = ellipsize(text, room, 10.5, 500)
    y = foot - 31
    items: list[Item] = [
        polyline(((x, y), (x, foot - 6)), stroke="info", thick=1.5, kind="info-manual"),
        head(x, foot, DOWN, fill="info", length=9, width=7.5),
    ]
    if shown:
        items += schedule_label(x, y, shown)
    return (Group("info schedule", tuple(items), text),)
