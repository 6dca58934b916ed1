"""Labels on the buses of schedules: each stands where no other arrow passes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from vsmdsl.drawing.fonts import ellipsize
from vsmdsl.drawing.layout.grid import MARGIN
from vsmdsl.drawing.layout.planning.shape import Net, words_of
from vsmdsl.drawing.symbols.information import schedule_width
from vsmdsl.record import replace

SHAFT = 10.0  # half a block arrow, with some air

Drops = Mapping[tuple[str, int], float]  # info, cell → x


def labelled(
    nets: Sequence[Net], xs: Drops, shafts: Sequence[float], width: float
) -> tuple[Net, ...]:
    """Move a label along its bus to where no other arrow passes; cut it if it must be."""
    spans = [_span(net, xs) for net in nets]
    beside = _beside(nets)
    passing: dict[int, list[float]] = {}
    done = []
    for at, net in enumerate(nets):
        text = words_of(net.info)
        if net.run or not text:
            done.append(replace(net, text=text))
            continue
        if net.level not in passing:
            passing[net.level] = _passing(nets, net.level, xs, shafts)
        own = sorted(_ends(net, xs))
        spots = [net.label_x, *((a + b) / 2 for a, b in pairwise(own)), *own]
        taken = [spans[one] for one in beside[net.level] if one != at]
        done.append(_fitted(net, text, spots, passing[net.level], taken, width))
        spans[at] = _span(done[-1], xs)
    return tuple(done)


def _ends(net: Net, xs: Drops) -> list[float]:
    return [net.port, *(xs[net.info.key, cell] for cell in net.cells)]


def _span(net: Net, xs: Drops) -> tuple[float, float]:
    """From where to where a net takes the height of its bus."""
    half = schedule_width(words_of(net.info)) / 2 if words_of(net.info) else 0.0
    own = [] if net.run else _ends(net, xs)
    return min([net.label_x - half, *own]), max([net.label_x + half, *own])


def _beside(nets: Sequence[Net]) -> dict[int, list[int]]:
    """Level → the nets that take the height of its bus: lone arrows take that of all."""
    lone = [at for at, net in enumerate(nets) if net.run]
    found: dict[int, list[int]] = {}
    for at, net in enumerate(nets):
        if not net.run:
            found.setdefault(net.level, [*lone]).append(at)
    return found


def _passing(nets: Sequence[Net], level: int, xs: Drops, shafts: Sequence[float]) -> list[float]:
    """Where arrows of other levels pass the height of a bus, from left to right."""
    above = [net.port for net in nets if net.level < level and not net.run]
    below = [
        xs[net.info.key, cell] for net in nets if net.level > level or net.run for cell in net.cells
    ]
    return sorted([*above, *below, *(x + side for x in shafts for side in (-SHAFT, SHAFT))])


def _fitted(
    net: Net,
    text: str,
    spots: Sequence[float],
    passing: Sequence[float],
    taken: Sequence[tuple[float, float]],
    width: float,
) -> Net:
    half = schedule_width(text) / 2 + 4
    for x in spots:
        inside = MARGIN + half <= x <= width - MARGIN - half
        if inside and not _passed(x, half, passing) and _is_free(x, half, taken):
            return replace(net, label_x=x, text=text)
    edges = sorted([MARGIN, *passing, *(edge for pair in taken for edge in pair), width - MARGIN])
    left, right = _around(net.port, edges)
    room = min(2 * half, right - left) - 8
    shown = ellipsize(text, max(room - 18, 0) / 1.06, 10.5, 500)
    half = schedule_width(shown) / 2 + 4
    return replace(net, label_x=min(max(net.port, left + half), right - half), text=shown)


def _passed(x: float, half: float, passing: Sequence[float]) -> bool:
    """Whether an arrow comes nearer than that."""
    at = bisect_left(passing, x)
    return any(abs(x - one) < half for one in passing[max(at - 1, 0) : at + 1])


def _is_free(x: float, half: float, taken: Sequence[tuple[float, float]]) -> bool:
    left, right = x - half, x + half
    return not any(a < right and left < b for a, b in taken)


def _around(port: float, edges: Sequence[float]) -> tuple[float, float]:
    """The widest stretch between two edges that a port stands in."""
    first, last = max(bisect_left(edges, port) - 1, 0), bisect_right(edges, port)
    near = [pair for pair in pairwise(edges[first : last + 1]) if pair[0] <= port <= pair[1]]
    return max(near, key=lambda pair: pair[1] - pair[0], default=(0.0, 0.0))
