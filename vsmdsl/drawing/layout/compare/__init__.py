"""Current against future in one picture: the same columns for both, and one scale of time."""

from __future__ import annotations

from vsmdsl.drawing.layout.compare.compose import BEFORE_AND_AFTER, Names, compare

__all__ = ["BEFORE_AND_AFTER", "Names", "compare"]
