"""Means of handing on that have a symbol of their own: `handoff via=approval`, `via=heijunka` …"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vsmdsl.drawing.scene import Items
from vsmdsl.drawing.symbols.flow import withdrawal
from vsmdsl.drawing.symbols.information import system
from vsmdsl.drawing.symbols.kanban import load_levelling, sequenced_pull
from vsmdsl.drawing.symbols.people import gate
from vsmdsl.model.stream import Handoff, Queue

Draw = Callable[[float, float], Items]


def symbol_of(held: Iterable[Queue | Handoff]) -> str:
    """The name of the symbol that the handoffs of a gap ask for, or nothing."""
    words = (_plain(one.via) for one in held if isinstance(one, Handoff))
    return next((MEANS[word] for word in words if word in MEANS), "")


def draw_medium(name: str, x: float, y: float) -> Items:
    """Draw a symbol of this table around a point."""
    return DRAWN[name](x, y)


def _plain(word: str) -> str:
    return word.casefold().replace("-", " ").replace("_", " ").strip()


DRAWN: dict[str, Draw] = {
    "gate": lambda x, y: gate(x, y, r=16),
    "withdrawal": lambda x, y: withdrawal(x, y, r=13),
    "sequenced_pull": lambda x, y: sequenced_pull(x, y, r=12),
    "load_levelling": lambda x, y: load_levelling(x, y, width=62, height=22),
    "system": lambda x, y: system(x, y, scale=0.9),
}

MEANS: dict[str, str] = {
    "approval": "gate",
    "approve": "gate",
    "gate": "gate",
    "sign off": "gate",
    "signoff": "gate",
    "withdrawal": "withdrawal",
    "fetch": "withdrawal",
    "sequenced pull": "sequenced_pull",
    "sequence": "sequenced_pull",
    "load levelling": "load_levelling",
    "load leveling": "load_levelling",
    "heijunka": "load_levelling",
    "system": "system",
    "database": "system",
    "system of record": "system",
}
