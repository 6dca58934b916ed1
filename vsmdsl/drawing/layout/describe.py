"""The map told in sentences, for those who cannot see it."""

from __future__ import annotations

from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.tiles import Tile


def describe(facts: Facts, found: tuple[Tile, ...]) -> str:
    """Steps, lead time, process time, efficiency and biggest wait, a sentence each."""
    steps = [step.label or step.key for step in facts.stream.steps()]
    head = facts.some(
        "Value stream map with {count} step", "Value stream map with {count} steps", len(steps)
    )
    parts = [head + (f": {', '.join(steps)}." if steps else ".")]
    for tile in found[:3]:
        sub = f" ({tile.sub})" if tile.sub else ""
        parts.append(f"{tile.label}: {tile.value}{sub}.")
    wait = facts.biggest
    if wait is not None:
        share = f" ({facts.of_lead_time(facts.ratio(wait.share))})" if wait.share else ""
        time = facts.time(wait.time.value, wait.time.unit)
        name = facts.wait_name(wait.key, wait.kind)
        parts.append(f"{facts.say('Biggest wait')}: {time}{share}, {name}.")
    loops = len(facts.stream.reworks)
    if loops:
        parts.append(facts.some("{count} rework loop", "{count} rework loops", loops) + ".")
    return " ".join(parts)
