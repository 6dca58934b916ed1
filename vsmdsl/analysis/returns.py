"""How often each rework loop sends an item back: the absorbing Markov chain, solved exactly.

Returns = p × the visits of A, for all loops together. The fundamental matrix (I − Q)⁻¹ of the whole
chain (Kemeny & Snell, Finite Markov Chains, 1960) is never built: see `balance`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from vsmdsl.analysis.balance import UnbalancedError, balanced
from vsmdsl.analysis.flow import Loop, flow_at


def returns(
    loops: Iterable[Loop], weights: Mapping[str, Fraction], model: str
) -> dict[str, Fraction] | None:
    """Returns of each loop for an item that starts; an unknown share counts as none.

    None where items come back faster than they leave, which only loops out of several parallel
    branches can do.
    """
    known = [loop for loop in loops if loop.chance]
    if model != "expected":
        return {one.key: (one.chance or 0) * weights[one.rework.start] for one in known}
    try:
        return balanced(known)
    except UnbalancedError:
        return None


def unsettled(loops: Sequence[Loop]) -> set[str]:
    """The loops whose returns nobody knows: those with `?`, and those that such a loop feeds."""
    found = [loop for loop in loops if loop.chance is None]
    left = [loop for loop in loops if loop.chance is not None]
    for source in found:  # grows while we look at it
        fed = {loop.key for loop in left if flow_at(loop.start, source.detour)}
        found += [loop for loop in left if loop.key in fed]
        left = [loop for loop in left if loop.key not in fed]
    return {loop.key for loop in found}
