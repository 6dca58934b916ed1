"""How often each rework loop sends an item back: the absorbing Markov chain, solved exactly.

Returns = p × the visits of A, for all loops together. The fundamental matrix (I − Q)⁻¹ of the whole
chain (Kemeny & Snell, Finite Markov Chains, 1960) is never built: a loop touches only what stands
before its start, so the stream is solved from its end to its front, one place at a time, and only
the places inside of one fork share a system of equations.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from vsmdsl.analysis.flow import Loop, flow_at
from vsmdsl.analysis.pieces import ONE, ZERO

Row = dict[int, Fraction]


def returns(
    loops: Iterable[Loop], weights: Mapping[str, Fraction], model: str
) -> dict[str, Fraction] | None:
    """Returns of each loop for an item that starts; an unknown share counts as none.

    None where items come back faster than they leave, which only loops out of several parallel
    branches can do.
    """
    known = [loop for loop in loops if loop.chance]
    if model != "expected":
        return {loop.key: _chance(loop) * weights[loop.rework.start] for loop in known}
    return _expected(known)


def unsettled(loops: Sequence[Loop]) -> set[str]:
    """The loops whose returns nobody knows: those with `?`, and those that such a loop feeds."""
    found = [loop for loop in loops if loop.chance is None]
    for source in found:  # grows while we look at it
        found += [
            loop for loop in loops if loop not in found and flow_at(loop.start, source.detour)
        ]
    return {loop.key for loop in found}


def _expected(loops: list[Loop]) -> dict[str, Fraction] | None:
    solved: dict[str, Fraction] = {}
    passing = _Passing()
    for top, members in groupby(sorted(loops, key=_top, reverse=True), key=_top):
        starts = _by_start(members)
        inflow = passing.at(top)
        entering = [(loop, solved[loop.key]) for loop in passing.entering(top)]
        visits = _solve(*_equations(starts, inflow, entering))
        if visits is None:
            return None
        for group, here in zip(starts, visits, strict=True):
            for loop in group:
                solved[loop.key] = _chance(loop) * here
                passing.add(loop, solved[loop.key])
    return solved


def _top(loop: Loop) -> int:
    return loop.start[0].at


def _by_start(members: Iterable[Loop]) -> list[list[Loop]]:
    """Loops out of one place share its visits, the one unknown of them all."""
    ordered = sorted(members, key=_depth_first, reverse=True)
    return [list(group) for _, group in groupby(ordered, key=lambda loop: loop.start)]


def _depth_first(loop: Loop) -> tuple[tuple[str, int], ...]:
    return tuple((turn.sequence, turn.at) for turn in loop.start)


class _Passing:
    """The visits of a place of the main line, while we walk from its end to its front."""

    def __init__(self) -> None:
        self._flow = ONE
        self._ends: list[tuple[int, int, Fraction]] = []
        self._inside: dict[int, list[Loop]] = {}
        self._count = 0

    def add(self, loop: Loop, value: Fraction) -> None:
        """From now on these returns come by, until the place where they enter."""
        end = loop.end[0].at
        nested = len(loop.end) > 1
        self._flow += value
        self._count += 1
        insort(self._ends, (end + nested, self._count, value))
        if nested:
            self._inside.setdefault(end, []).append(loop)

    def at(self, top: int) -> Fraction:
        """The visits of the place `top`, not counting returns that enter inside of it."""
        while self._ends and self._ends[-1][0] > top:
            self._flow -= self._ends.pop()[2]
        return self._flow

    def entering(self, top: int) -> list[Loop]:
        """The loops from further on that enter inside the fork at `top`."""
        return self._inside.get(top, [])


def _equations(
    starts: list[list[Loop]], inflow: Fraction, entering: list[tuple[Loop, Fraction]]
) -> tuple[list[Row], list[Fraction]]:
    """Visits of a place = flow from outside + what the loops of all places bring, one row each."""
    rows, constants = [], []
    for group in starts:
        here = group[0]
        outside = inflow * _share(here)
        outside += sum((r * flow_at(here.start, other.detour) for other, r in entering), ZERO)
        constants.append(outside)
        rows.append(dict(_coefficients(here, starts)))
    return rows, constants


def _coefficients(here: Loop, starts: list[list[Loop]]) -> Iterator[tuple[int, Fraction]]:
    for number, group in enumerate(starts):
        parts = (_chance(other) * flow_at(here.start, other.detour) for other in group)
        if part := sum(parts, ZERO):
            yield number, part


def _share(loop: Loop) -> Fraction:
    share = ONE
    for turn in loop.start:
        share *= turn.share
    return share


def _chance(loop: Loop) -> Fraction:
    return loop.chance or ZERO


def _solve(rows: list[Row], constants: list[Fraction]) -> list[Fraction] | None:
    """v = constants + rows · v by elimination; in this order the rows are nearly triangular."""
    for number, row in enumerate(rows):
        while (done := min(row, default=number)) < number:
            factor = row.pop(done)
            constants[number] += factor * constants[done]
            for other, value in rows[done].items():
                row[other] = row.get(other, ZERO) + factor * value
        stays = ONE - row.pop(number, ZERO)
        if stays == 0:
            return None
        constants[number] /= stays
        for other in row:
            row[other] /= stays
    return _substitute(rows, constants)


def _substitute(rows: list[Row], constants: list[Fraction]) -> list[Fraction] | None:
    for number in reversed(range(len(rows))):
        for other, value in rows[number].items():
            constants[number] += value * constants[other]
    return constants if all(value >= 0 for value in constants) else None
