"""How much two things say the same, where their names do not tell."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from vsmdsl.model.diff.values import PARTS, compared

NAMES = frozenset(("key", "id", "label"))
LEAST = 0.5  # below, it is another thing


def likeness(before: Any, after: Any) -> float:
    """From 0 (not the same thing) to 1 (the same in all that is said)."""
    if type(before) is not type(after):
        return 0.0
    said, same = _fields(before, after)
    if before.label or after.label:
        said, same = said + 1, same + _alike(before.label, after.label)
    found = same / said if said else 1.0
    if _nameless(before) and _nameless(after):
        return LEAST + found * (1 - LEAST)  # only its place tells what it is
    return found if found >= LEAST else 0.0


def _fields(before: Any, after: Any) -> tuple[int, float]:
    """How many fields say something in one of the two, and how many the same in both."""
    said, same = 0, 0
    for name, field in compared(type(before)).items():
        if name in NAMES or name in PARTS:
            continue
        one, other = getattr(before, name), getattr(after, name)
        if one != field.default or other != field.default:
            said += 1
            same += one == other
    return said, same


def _nameless(one: Any) -> bool:
    return not one.id and not one.label


@lru_cache(maxsize=4096)
def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0
