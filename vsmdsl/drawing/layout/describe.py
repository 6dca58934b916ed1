"""The map told in sentences, for those who cannot see it."""

from __future__ import annotations

from vsmdsl.analysis.show import show_ratio
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.layout.tiles import Tile


def describe(facts: Facts, found: tuple[Tile, ...]) -> str:
    """Steps, lead time, process time, efficiency and biggest wait, a sentence each."""
    steps = [step.label or step.key for step in facts.stream.steps()]
    word = "step" if len(steps) == 1 else "steps"
    parts = [
        f"Value stream map with {len(steps)} {word}" + (f": {', '.join(steps)}." if steps else ".")
    ]
    for tile in found[:3]:
        sub = f" ({tile.sub})" if tile.sub else ""
        parts.append(f"{tile.label}: {tile.value}{sub}.")
    wait = facts.biggest
    if wait is not None:
        share = f" ({show_ratio(wait.share)} of the lead time)" if wait.share else ""
        time = facts.time(wait.time.value, wait.time.unit)
        parts.append(f"Biggest wait: {time}{share}, {facts.wait_name(wait.key, wait.kind)}.")
    loops = len(facts.stream.reworks)
    if loops:
        parts.append(f"{loops} rework loop{'s' if loops > 1 else ''}.")
    return " ".join(parts)
