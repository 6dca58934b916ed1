"""Checks a picture with a ruler: texts apart, in their boxes and the page, no line through a box.

Texts are measured with the shipped letter widths, as the layout does, so that what this finds is a
fault of the layout and not of a font. That a wider font has room, too, is a rule of its own.
"""

from __future__ import annotations

from vsmdsl.drawing.geometry.rules import RULES, Fault
from vsmdsl.drawing.geometry.seen import look
from vsmdsl.drawing.scene import Scene

__all__ = ["Fault", "faults"]


def faults(scene: Scene) -> tuple[Fault, ...]:
    """List everything that the ruler finds."""
    seen = look(scene)
    return tuple(fault for rule in RULES for fault in rule(seen))
