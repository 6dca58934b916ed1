"""The summary: what a manager asks first, each figure in a tile of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import ceil, inf

from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import show
from vsmdsl.drawing.fonts import ellipsize, text_width, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Text
from vsmdsl.drawing.shapes import text_room
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate
from vsmdsl.model.stream import Metric
from vsmdsl.record import record

GAP, HEIGHT, TALL = 10.0, 82.0, 95.0
NARROWEST = 140.0
SMALL, SMALL_WIDTH = 79.0, 128.0  # a tile in the corner of a page
SIDES = 19.0  # left and right of the words of a tile
POOR_EFFICIENCY, POOR_QUALITY = 0.25, 0.5

DORA = {
    "change_lead_time": "Change lead time",
    "deployment_frequency": "Deploy frequency",
    "change_fail_rate": "Change fail rate",
    "failed_deployment_recovery_time": "Recovery time",
    "deployment_rework_rate": "Deploy rework rate",
}


@record
class Tile:
    """One figure: what it is, its value, what to know about it, the colour of its edge."""

    label: str
    value: str
    sub: str = ""
    tone: str = "line"


def tiles(facts: Facts) -> tuple[Tile, ...]:
    """All tiles of a map, in the order in which they are read."""
    return tuple(tile for make in MAKERS for tile in make(facts))


def _value(figure: Figure | None, facts: Facts) -> str:
    if figure is None:
        return "?"
    return facts.wording.figure(show(figure, facts.calendar))


def _missing(figure: Figure | None, facts: Facts) -> str:
    """What an incomplete figure must say of itself."""
    if figure is None or not figure.missing:
        return ""
    names = ", ".join(facts.analysis.labels.get(key, key) for key in figure.missing)
    count, parts = len(figure.missing), figure.parts
    if figure.parts_are == "waits":
        return facts.say(
            "{count} of {parts} waits unmeasured: {names}", count=count, parts=parts, names=names
        )
    if figure.parts_are == "steps":
        return facts.say(
            "{count} of {parts} steps unmeasured: {names}", count=count, parts=parts, names=names
        )
    return f"{count} of {parts} {figure.parts_are} unmeasured: {names}"


def _lead_time(facts: Facts) -> Iterator[Tile]:
    lead, wait = (facts.analysis.metrics.get(name) for name in ("lead_time", "wait_time"))
    if facts.inventory:
        yield Tile(
            facts.say("Production lead time"),
            _value(lead, facts),
            _missing(lead, facts) or facts.say("sum of all waiting"),
        )
        return
    sub = facts.say("of which {time} waiting", time=_value(wait, facts)) if wait else ""
    yield Tile(facts.say("Lead time"), _value(lead, facts), _missing(lead, facts) or sub)


def _process_time(facts: Facts) -> Iterator[Tile]:
    work = facts.analysis.metrics.get("process_time")
    item = facts.stream.settings.item or facts.say("item")
    sub = _missing(work, facts) or facts.say("hands-on, one {item}", item=item)
    if facts.inventory:
        yield Tile(facts.say("Processing time"), _value(work, facts), sub, "va")
    else:
        yield Tile(facts.say("Process time"), _value(work, facts), sub)


def _efficiency(facts: Facts) -> Iterator[Tile]:
    metrics = facts.analysis.metrics
    figure = metrics.get("flow_efficiency")
    if figure is None:
        return
    parts = facts.say(
        "{part} of {whole}",
        part=_value(metrics.get("process_time"), facts),
        whole=_value(metrics.get("lead_time"), facts),
    )
    tone = "h4" if figure.value < POOR_EFFICIENCY else "line"
    name = facts.say("Value-adding share" if facts.inventory else "Flow efficiency")
    yield Tile(name, _value(figure, facts), _missing(figure, facts) or parts, tone)


def _quality(facts: Facts) -> Iterator[Tile]:
    figure = facts.analysis.metrics.get("rolled_ca")
    if figure is not None:
        tone = "h4" if figure.value < POOR_QUALITY else "line"
        sub = _missing(figure, facts) or facts.say("first time right, end to end")
        yield Tile(facts.say("Rolled %C&A"), _value(figure, facts), sub, tone)


def _biggest(facts: Facts) -> Iterator[Tile]:
    wait = facts.biggest
    if wait is None:
        return
    where = facts.wait_name(wait.key, wait.kind)
    share = f", {facts.ratio(wait.share)}" if wait.share else ""
    text = facts.time(wait.time.value, wait.time.unit)
    yield Tile(facts.say("Biggest wait"), text, where + share, "h4")


def _expected(facts: Facts) -> Iterator[Tile]:
    figure = facts.analysis.metrics.get("expected_lead_time")
    if figure is not None and facts.stream.reworks:
        factor = facts.analysis.metrics.get("rework_factor")
        sub = facts.say("with rework")
        if factor:
            times = words.number(factor.value, facts.wording)
            sub = facts.say("with rework, rework factor {factor}", factor=times)
        yield Tile(
            facts.say("Expected lead time"),
            _value(figure, facts),
            _missing(figure, facts) or sub,
        )


def _effort(facts: Facts) -> Iterator[Tile]:
    figure = facts.analysis.metrics.get("total_effort")
    work = facts.analysis.metrics.get("process_time")
    if figure is not None and work is not None and figure.value != work.value:
        yield Tile(
            facts.say("All-branch effort"), _value(figure, facts), facts.say("incl. parallel work")
        )


def _takt(facts: Facts) -> Iterator[Tile]:
    figure, demand = facts.analysis.metrics.get("takt_time"), facts.stream.settings.demand
    if figure is not None:
        customer = facts.stream.party("customer")
        demand = demand or (customer.demand if customer else None)
        wanted = words.rate(demand, facts.wording) if demand else ""
        sub = facts.say("demand {rate}", rate=wanted) if demand else ""
        yield Tile(facts.say("Takt time"), _value(figure, facts), sub)


def _stated(facts: Facts) -> Iterator[Tile]:
    for metric in facts.stream.metrics:
        key = metric.id or metric.key
        if key in facts.analysis.metrics:
            continue
        name = DORA.get(key)
        label = (name and facts.say(name)) or metric.label or key.replace("_", " ").capitalize()
        sub = words.plain("DORA" if name else facts.say("stated"), metric.source)
        yield Tile(label, _metric(metric, facts), sub)


def _metric(metric: Metric, facts: Facts) -> str:
    if metric.figure:
        return _value(_figure(metric.figure, facts), facts)
    match metric.value:
        case Duration(seconds=seconds, unit=unit):
            return facts.time(seconds, unit)
        case Percent() as value:
            return words.share(value, facts.wording)
        case Rate() as value:
            return words.rate(value, facts.wording)
        case Count() as value:
            return " ".join(words.count(value, facts.wording))
        case Gap():
            return "?"
        case text:
            return str(text)


def _figure(name: str, facts: Facts) -> Figure | None:
    """A figure of the map by its name, or of a part of it by `span.figure`."""
    if name in facts.analysis.metrics:
        return facts.analysis.metrics[name]
    key, _, figure = name.partition(".")
    for span in facts.analysis.spans:
        if span.key == key and span.figures:
            return span.figures.get(figure)
    return None


MAKERS: Sequence[Callable[[Facts], Iterator[Tile]]] = (
    _lead_time,
    _process_time,
    _efficiency,
    _quality,
    _biggest,
    _takt,
    _effort,
    _expected,
    _stated,
)


def draw_tiles(found: Sequence[Tile], width: float, y: float, widest: float = inf) -> Band:
    """Draw the tiles in as many even rows as they need."""
    room = width - 2 * MARGIN
    most = max(int((room + GAP) / (NARROWEST + GAP)), 1)
    rows = ceil(len(found) / most) if found else 0
    items: list[Item] = []
    at = 0
    for row in range(rows):
        count = ceil((len(found) - at) / (rows - row))
        each = min((room - GAP * (count - 1)) / count, widest)
        batch = found[at : at + count]
        tall = any(len(_sub(tile, each)) > 1 for tile in batch)
        height = TALL if tall else HEIGHT
        for index, tile in enumerate(batch):
            items += _draw(tile, MARGIN + (each + GAP) * index, y, each, height)
        at += count
        y += height + GAP
    return Band(
        (Group("summary", tuple(items), "Summary"),) if items else (), y - GAP if items else y
    )


def tiles_width(count: int) -> float:
    """How wide a row of small tiles is."""
    return (SMALL_WIDTH + 8) * count


def draw_small(found: Sequence[Tile], width: float) -> Items:
    """Draw small tiles in the upper right corner of a page."""
    left = width - MARGIN - tiles_width(len(found)) + 8
    items = [
        item
        for index, tile in enumerate(found)
        for item in _draw(
            tile, left + (SMALL_WIDTH + 8) * index, 26, SMALL_WIDTH, SMALL, small=True
        )
    ]
    return (Group("summary", tuple(items), "Summary"),) if items else ()


def _sub(tile: Tile, width: float) -> tuple[str, ...]:
    room = text_room(width, SIDES)
    lines = wrap(tile.sub, room, 10.5)
    if len(lines) > 2:
        return lines[0], ellipsize(" ".join(lines[1:]), room, 10.5)
    return lines


def _draw(
    tile: Tile, x: float, y: float, width: float, height: float, *, small: bool = False
) -> Items:
    size, lift = (20.0, 4.0) if small else (24.0, 0.0)
    room = text_room(width, SIDES)
    size = _shrunk(tile.value, size, 14.0, room, 700)
    value = ellipsize(tile.value, room, size, 700)
    small_size = _shrunk(tile.label, 10.5, 9.5, room, 600)
    name = ellipsize(tile.label, room, small_size, 600)
    words_ = (
        Text(x + 16, y + (56 if small else 69) + 13.1 * row, text, 10.5, 400, "ink2")
        for row, text in enumerate(_sub(tile, width))
    )
    return (
        Group(
            "band",
            (
                Rect(x, y, width, height, 8, "band"),
                Rect(x, y + (10 if small else 14), 4, height - (20 if small else 28), 2, tile.tone),
                Text(x + 16, y + 21 - lift, name, small_size, 600, "ink2"),
                Text(x + 16, y + 49 - 2 * lift, value, size, 700),
                *words_,
            ),
            f"{tile.label}: {tile.value}" + (f", {tile.sub}" if tile.sub else ""),
        ),
    )


def _shrunk(text: str, size: float, least: float, room: float, weight: int) -> float:
    """The largest size, down to the least, in which a text fits."""
    while size > least and text_width(text, size, weight) > room:
        size -= 0.5 if least < 10 else 1
    return size
