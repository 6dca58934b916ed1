"""Texts whose letters join, combine, or run from right to left, taken out of a picture for paper.

WeasyPrint draws the texts of an SVG letter by letter, from left to right. As HTML over the picture
they are set as their script wants it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import bidirectional, category

from vsmdsl.drawing.scene import Group, Item, Scene, Text, shapes
from vsmdsl.drawing.theme import Theme
from vsmdsl.record import record, replace

BASELINE = 0.864  # from the top of a line of Inter down to its baseline, in sizes
FROM_RIGHT = frozenset(("R", "AL"))
JOINING = frozenset(("Mn", "Mc", "Me", "Cf", "Sk"))  # marks, joiners, the tones of an emoji
ALIGNED = {"start": ("left", 0.0), "middle": ("center", 0.5), "end": ("right", 1.0)}


@record
class Word:
    """A text over the picture: where a box as wide as that begins, in parts of its size."""

    text: str
    left: float
    top: float
    align: str
    size: float  # millimetres
    weight: int
    colour: str


def parted(scene: Scene) -> tuple[Scene, tuple[Text, ...]]:
    """The picture without such texts, and these."""
    words = tuple(one for one in shapes(scene.items) if isinstance(one, Text) and _is_joined(one))
    return (replace(scene, items=_without(scene.items)) if words else scene), words


def laid(
    words: Sequence[Text], scene: Scene, scale: float, colours: Theme, *, dark: bool = False
) -> Iterator[Word]:
    """Where each text lies over the picture; `scale` is millimetres a unit."""
    for word in words:
        align, share = ALIGNED[word.anchor]
        yield Word(
            word.text,
            word.x / scene.width - share,
            (word.y - BASELINE * word.size - scene.top) / scene.height,
            align,
            word.size * scale,
            word.weight,
            colours.colour(word.fill, "dark" if dark else "light"),
        )


def _without(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(
        replace(one, items=_without(one.items)) if isinstance(one, Group) else one
        for one in items
        if not (isinstance(one, Text) and _is_joined(one))
    )


def _is_joined(text: Text) -> bool:
    if text.text.isascii():
        return False
    return any(bidirectional(c) in FROM_RIGHT or category(c) in JOINING for c in text.text)
