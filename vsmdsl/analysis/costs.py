"""Costs in whole numbers: ticks of time × parts of a visit, so that sums are fast and exact."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from vsmdsl.analysis.flow import Drops, Loop
from vsmdsl.analysis.path import Cost
from vsmdsl.analysis.pieces import Corner, Piece


def cost_of(piece: Piece, corner: Corner, tick: int) -> Cost:
    """One pass in whole ticks."""
    ends = piece.at(corner)
    work = in_ticks(ends.work, tick)
    wait = in_ticks(ends.own, tick) + in_ticks(ends.inner, tick)
    return Cost(wait, in_ticks(ends.taken, tick), work, work if piece.value_adding else 0)


def in_ticks(seconds: Fraction, tick: int) -> int:
    """A time in whole ticks, of which so many make a second."""
    return seconds.numerator * (tick // seconds.denominator)


def weighted(
    costs: Mapping[str, Cost], passes: Mapping[str, int], eased: Mapping[str, int]
) -> dict[str, Cost]:
    """The costs of so many passes."""
    return {
        key: cost if visits == 1 and not eased else cost.times(visits, eased.get(key, 0))
        for key, visits in passes.items()
        if (cost := costs.get(key))
    }


def together(
    found: list[Loop], returned: Mapping[str, int], *, eased: bool
) -> dict[str, dict[int, int]]:
    """What all returns together do to the flow, which are counted in parts of a visit."""
    drops: dict[str, dict[int, int]] = {}
    for loop in found:
        times = returned.get(loop.key, 0)
        if eased:
            times = times * loop.relief.numerator // loop.relief.denominator
        for sequence, here in whole_drops(loop.eased if eased else loop.detour, times).items():
            there = drops.setdefault(sequence, {})
            for index, amount in here.items():
                there[index] = there.get(index, 0) + amount
    return drops


def whole_drops(drops: Drops, times: int) -> dict[str, dict[int, int]]:
    """What so many returns do to the flow; `times` is in parts that make all of it whole."""
    return {
        sequence: {
            index: amount.numerator * times // amount.denominator for index, amount in here.items()
        }
        for sequence, here in drops.items()
    }
