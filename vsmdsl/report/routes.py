"""The outlines of shapes in the words of a PDF, which knows lines and cubic curves alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import atan2, ceil, cos, hypot, pi, sin, sqrt, tan

from vsmdsl.drawing.svg import number

ROUND = 0.5522847498  # how far the control points of a quarter of a circle lie, in radii
STEP = re.compile(r"([MLHVQAZ])([^MLHVQAZ]*)")
NUMBER = re.compile(r"-?[\d.]+")


def rect(look: Mapping[str, str]) -> bytes:
    """A rectangle, its corners round if it says so."""
    x, y, width, height = (look[name] for name in ("x", "y", "width", "height"))
    if "rx" in look:
        return _rounded(*map(float, (x, y, width, height, look["rx"])))
    return f"{x} {y} {width} {height} re".encode()


def circle(look: Mapping[str, str]) -> bytes:
    """A circle."""
    x, y, r = (float(look[name]) for name in ("cx", "cy", "r"))
    return _rounded(x - r, y - r, 2 * r, 2 * r, r)


def ellipse(look: Mapping[str, str]) -> bytes:
    """An ellipse."""
    x, y, rx, ry = (float(look[name]) for name in ("cx", "cy", "rx", "ry"))
    return _rounded(x - rx, y - ry, 2 * rx, 2 * ry, rx, ry)


@lru_cache(maxsize=4096)
def path(steps: str) -> bytes:
    """A path in absolute coordinates, `M0 0H9Q12 0 12 3Z`."""
    return "\n".join(_commands(steps)).encode()


def _commands(steps: str) -> Iterator[str]:
    x = y = 0.0
    for letter, rest in STEP.findall(steps):
        numbers = [float(one) for one in NUMBER.findall(rest)]
        if letter == "Z":
            yield "h"
            continue
        start = x, y
        x, y = _end(letter, numbers, x, y)
        if letter == "Q":
            yield _quadratic(*start, *numbers)
        elif letter == "A":
            yield from _arc(*start, *numbers)
        else:
            yield f"{number(x)} {number(y)} {'m' if letter == 'M' else 'l'}"


def _end(letter: str, numbers: list[float], x: float, y: float) -> tuple[float, float]:
    if letter == "H":
        return numbers[0], y
    return (x, numbers[0]) if letter == "V" else (numbers[-2], numbers[-1])


def _quadratic(x: float, y: float, cx: float, cy: float, to_x: float, to_y: float) -> str:
    first = x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3
    second = to_x + (cx - to_x) * 2 / 3, to_y + (cy - to_y) * 2 / 3
    return _curve(*first, *second, to_x, to_y)


def _curve(*numbers: float) -> str:
    return " ".join(map(number, numbers)) + " c"


def _rounded(
    x: float, y: float, width: float, height: float, rx: float, ry: float | None = None
) -> bytes:
    rx = min(rx, width / 2)
    ry = min(rx if ry is None else ry, height / 2)
    right, bottom, cx, cy = x + width, y + height, rx * (1 - ROUND), ry * (1 - ROUND)
    parts = (
        f"{number(x + rx)} {number(y)} m",
        f"{number(right - rx)} {number(y)} l",
        _curve(right - cx, y, right, y + cy, right, y + ry),
        f"{number(right)} {number(bottom - ry)} l",
        _curve(right, bottom - cy, right - cx, bottom, right - rx, bottom),
        f"{number(x + rx)} {number(bottom)} l",
        _curve(x + cx, bottom, x, bottom - cy, x, bottom - ry),
        f"{number(x)} {number(y + ry)} l",
        _curve(x, y + cy, x + cx, y, x + rx, y),
        "h",
    )
    return "\n".join(parts).encode()


def _arc(
    x: float, y: float, rx: float, ry: float, _: float, large: float, sweep: float, *end: float
) -> Iterator[str]:
    """The arc of an ellipse that is not turned, a curve for each quarter of it."""
    high = rx / ry  # stretched upright, it is the arc of a circle
    cx, cy, first, turn, r = _turned((x, y * high), (end[0], end[1] * high), rx, large, sweep)
    pieces = ceil(abs(turn) / (pi / 2) - 1e-9) or 1
    by = turn / pieces
    pull = 4 / 3 * tan(by / 4) * r
    for piece in range(pieces):
        a, b = first + by * piece, first + by * (piece + 1)
        points = (
            (cx + r * cos(a) - pull * sin(a), cy + r * sin(a) + pull * cos(a)),
            (cx + r * cos(b) + pull * sin(b), cy + r * sin(b) - pull * cos(b)),
            (cx + r * cos(b), cy + r * sin(b)),
        )
        yield _curve(*(one for u, v in points for one in (u, v / high)))


def _turned(
    start: tuple[float, float], end: tuple[float, float], r: float, large: float, sweep: float
) -> tuple[float, float, float, float, float]:
    """The centre of a circle through two points, where its arc begins, how far it turns."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    chord = hypot(dx, dy) or 1.0
    r = max(r, chord / 2)  # an arc that is too small grows until it reaches
    height = sqrt(max(r * r - chord * chord / 4, 0)) * (1 if bool(large) != bool(sweep) else -1)
    x = (start[0] + end[0]) / 2 - dy / chord * height
    y = (start[1] + end[1]) / 2 + dx / chord * height
    first, last = atan2(start[1] - y, start[0] - x), atan2(end[1] - y, end[0] - x)
    turn = (last - first) % (2 * pi)
    return x, y, first, turn if sweep else turn - 2 * pi, r
