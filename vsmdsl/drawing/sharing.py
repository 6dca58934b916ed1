"""A long picture drawn and painted by two: no box of it needs another one.

A third of the time that a map of 500 steps takes goes into its boxes.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from typing import TypeAlias

from vsmdsl.drawing.scene import Items, Portion
from vsmdsl.drawing.svg import Ground, paint_part
from vsmdsl.drawing.theme import Theme

# Pieces as markup, with the roles of colour that filled them and drew their lines.
Painted: TypeAlias = tuple[str, frozenset[str], frozenset[str]]
# Has pieces drawn and painted by another process; None where there is none.
Share: TypeAlias = Callable[[Callable[[], Items]], Portion | None]
Bytes: TypeAlias = Callable[[], bytes]
# Has another process make something. What comes back waits for it, and gives nothing where that
# process failed; None where there is none.
Ask: TypeAlias = Callable[[Bytes], Bytes | None]


def sharing(ask: Ask, name: str, theme: Ground, colours: Theme) -> Share | None:
    """What has pieces of the picture that is called so painted by another process."""

    def share(draw: Callable[[], Items]) -> Portion | None:
        def painted() -> Painted:
            return paint_part(draw(), name, theme=theme, colours=colours)

        waiting = ask(lambda: marshal.dumps(painted()))
        return Portion(lambda: _unpacked(waiting()) or painted()) if waiting else None

    return share if name else None  # else it has the name that it gets when it is laid out


def _unpacked(data: bytes) -> Painted | None:
    try:
        painted: Painted = marshal.loads(data)
    except (EOFError, ValueError, TypeError):  # nothing, or not all of it
        return None
    return painted
