"""What some of many loops pass more often, and what some of them spare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vsmdsl.analysis.costs import whole_drops
from vsmdsl.analysis.flow import Loop, spread
from vsmdsl.model.stream import Element
from vsmdsl.record import record


@record
class Reached:
    """The elements that are passed more often than without rework, and those less often."""

    more: frozenset[str] = frozenset()
    fewer: frozenset[str] = frozenset()


def reached(loops: Iterable[Loop], lines: Mapping[str, tuple[Element, ...]], scale: int) -> Reached:
    """What each of some loops does, whatever the others do: what one adds, none takes away.

    Those that stay in one sequence spare nothing, so all of them are laid out at once.
    """
    more, fewer = set[str](), set[str]()
    together: dict[str, dict[int, int]] = {}
    for loop in loops:
        drops = whole_drops(loop.detour, scale)
        if len(drops) > 1:
            line, begin, end = loop.stretch
            flows = spread(lines[line][begin : end + 1], 0, drops, (line, begin))
            more.update(key for key, flow in flows.items() if flow > 0)
            fewer.update(key for key, flow in flows.items() if flow < 0)
            continue
        for line, here in drops.items():
            there = together.setdefault(line, {})
            for at, amount in here.items():
                there[at] = there.get(at, 0) + amount
    flows = spread(lines[""], 0, together) if together else {}
    more.update(key for key, flow in flows.items() if flow > 0)
    return Reached(frozenset(more), frozenset(fewer))
