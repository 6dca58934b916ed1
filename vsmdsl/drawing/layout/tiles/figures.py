"""What the tiles say: each figure with what to know about it, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from vsmdsl.analysis.result import Figure
from vsmdsl.analysis.show import show
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.parties import tells_takt
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate
from vsmdsl.model.stream import Metric
from vsmdsl.record import record, replace

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
    """One figure: what it is, its value, what to know about it, the colour of its edge.

    `brief` stands in the place of what to know where that has no room; a reader finds it all in
    the tooltip. One that is `told` stands under the customer, where that is drawn.
    """

    label: str
    value: str
    sub: str = ""
    tone: str = "line"
    brief: str = ""
    told: bool = False


def tiles(facts: Facts) -> tuple[Tile, ...]:
    """All tiles of a map, in the order in which they are read."""
    return tuple(tile for make in MAKERS for tile in make(facts))


def _value(figure: Figure | None, facts: Facts) -> str:
    if figure is None:
        return "?"
    return facts.wording.figure(show(figure, facts.calendar))


def _missing(figure: Figure, facts: Facts, names: str) -> str:
    """What an incomplete figure must say of itself."""
    count, parts = len(figure.missing), figure.parts
    if figure.parts_are == "waits":
        return facts.say(
            "{count} of {parts} waits unmeasured: {names}", count=count, parts=parts, names=names
        )
    if figure.parts_are == "steps":
        return facts.say(
            "{count} of {parts} steps unmeasured: {names}", count=count, parts=parts, names=names
        )
    return facts.say(
        "{count} of {parts} parts unmeasured: {names}", count=count, parts=parts, names=names
    )


def _tile(facts: Facts, label: str, figure: Figure | None, sub: str, tone: str = "line") -> Tile:
    """The tile of a figure; one that is incomplete says so before all else."""
    value = _value(figure, facts)
    if figure is None or not figure.missing:
        return Tile(label, value, sub, tone)
    names = ", ".join(facts.analysis.labels.get(key, key) for key in figure.missing)
    whole, brief = (_missing(figure, facts, one) for one in (names, ""))
    return Tile(label, value, whole, tone, brief.rstrip(": "))


def _lead_time(facts: Facts) -> Iterator[Tile]:
    lead, wait = (facts.analysis.metrics.get(name) for name in ("lead_time", "wait_time"))
    if facts.inventory:
        name = facts.say("Production lead time")
        yield _tile(facts, name, lead, facts.say("sum of all waiting"))
        return
    sub = facts.say("of which {time} waiting", time=_value(wait, facts)) if wait else ""
    yield _tile(facts, facts.say("Lead time"), lead, sub)


def _process_time(facts: Facts) -> Iterator[Tile]:
    work = facts.analysis.metrics.get("process_time")
    item = facts.stream.settings.item or facts.say("item")
    sub = facts.say("hands-on, one {item}", item=item)
    if facts.inventory:
        yield _tile(facts, facts.say("Processing time"), work, sub, "va")
    else:
        yield _tile(facts, facts.say("Process time"), work, sub)


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
    yield _tile(facts, name, figure, parts, tone)


def _quality(facts: Facts) -> Iterator[Tile]:
    figure = facts.analysis.metrics.get("rolled_ca")
    if figure is not None:
        tone = "h4" if figure.value < POOR_QUALITY else "line"
        sub = facts.say("first time right, end to end")
        yield _tile(facts, facts.say("Rolled %C&A"), figure, sub, tone)


def _biggest(facts: Facts) -> Iterator[Tile]:
    wait = facts.biggest
    if wait is None:
        return
    where = facts.wait_name(wait.key, wait.kind)
    share = facts.ratio(wait.share) if wait.share else ""
    text = facts.time(wait.time.value, wait.time.unit)
    yield Tile(facts.say("Biggest wait"), text, words.followed(where, share), "h4")


def _expected(facts: Facts) -> Iterator[Tile]:
    figure = facts.analysis.metrics.get("expected_lead_time")
    if figure is not None and facts.stream.reworks:
        factor = facts.analysis.metrics.get("rework_factor")
        sub = brief = facts.say("with rework")
        if factor:
            times = words.number(factor.value, facts.wording)
            sub = facts.say("with rework, rework factor {factor}", factor=times)
            brief += f", × {times}"
        tile = _tile(facts, facts.say("Expected lead time"), figure, sub)
        yield tile if tile.brief else replace(tile, brief=brief)


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
        told = customer is not None and tells_takt(customer, facts)
        yield Tile(facts.say("Takt time"), _value(figure, facts), sub, told=told)


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
