"""How often each rework loop sends an item back: the absorbing Markov chain, solved exactly.

Returns = p × the visits of A, for all loops together. The fundamental matrix (I − Q)⁻¹ of the whole
chain (Kemeny & Snell, Finite Markov Chains, 1960) is never built: see `balance`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm

from vsmdsl.analysis.costs import whole_drops
from vsmdsl.analysis.flow import Loop, flow_at, spread
from vsmdsl.analysis.quotient import LONG
from vsmdsl.model.stream import Element
from vsmdsl.record import record


class UnbalancedError(Exception):
    """More comes back than leaves."""


@record
class Returns:
    """How often each loop comes back for an item that starts, in parts: `scale` are one return."""

    counts: Mapping[str, int]
    scale: int


@record
class Reached:
    """The elements that are passed more often than without rework, and those less often."""

    more: frozenset[str] = frozenset()
    fewer: frozenset[str] = frozenset()


def returns(loops: Iterable[Loop], weights: Mapping[str, Fraction], model: str) -> Returns | None:
    """Returns of each loop for an item that starts; an unknown share counts as none.

    None where items come back faster than they leave, which only loops out of several parallel
    branches can do.
    """
    known = [loop for loop in loops if loop.chance]
    if model != "expected":
        shares = {one.key: (one.chance or 0) * weights[one.rework.start] for one in known}
        return in_common({key: share.as_integer_ratio() for key, share in shares.items()})
    if not known:
        return Returns({}, 1)
    from vsmdsl.analysis.balance import balanced  # most maps have no loops

    try:
        return balanced(known)
    except UnbalancedError:
        return None


def in_common(amounts: Mapping[str, tuple[int, int]]) -> Returns:
    """Numerators and denominators with one denominator for all."""
    several = {per for _, per in amounts.values()}
    scale = lcm(*several)
    parts = {per: scale // per for per in several}
    whole = {key: top * parts[per] for key, (top, per) in amounts.items()}
    if scale.bit_length() > LONG:  # to find what they share takes longer than it saves
        return Returns(whole, scale)
    shared = gcd(scale, *whole.values())
    return Returns({key: part // shared for key, part in whole.items()}, scale // shared)


def unsettled(loops: Sequence[Loop]) -> set[str]:
    """The loops whose returns nobody knows: those with `?`, and those that such a loop feeds."""
    found = [loop for loop in loops if loop.chance is None]
    left = [loop for loop in loops if loop.chance is not None]
    for source in found:  # grows while we look at it
        fed = {loop.key for loop in left if flow_at(loop.start, source.detour)}
        found += [loop for loop in left if loop.key in fed]
        left = [loop for loop in left if loop.key not in fed]
    return {loop.key for loop in found}


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
