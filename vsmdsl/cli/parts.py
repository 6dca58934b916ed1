"""The parts of a picture as people name them."""

from __future__ import annotations

from collections.abc import Iterable

from vsmdsl.cli.files import nearest
from vsmdsl.cli.refusals import Misuse
from vsmdsl.drawing.bands import BANDS

# The stream itself is no matter of choice, unless somebody names its parts one by one.
STREAM = ("teams", "stream", "rework")
OTHER_NAMES = {"summary": "tiles", "kaizen": "kaizens"}
KNOWN = ("title", "information", "ladder", "strip", "summary", "legend", "kaizen")


def chosen(names: Iterable[str]) -> tuple[str, ...] | None:
    """The bands to draw, in the words of the drawing; None for all."""
    asked = [_known(name.lower()) for name in names]
    if not asked:
        return None
    whole = not set(asked) & set(STREAM)
    return tuple(band for band in BANDS if band in asked or (whole and band in STREAM))


def split(text: str | None) -> tuple[str, ...]:
    """`title,ladder` as words."""
    return tuple((text or "").replace(",", " ").split())


def _known(name: str) -> str:
    band = OTHER_NAMES.get(name, name)
    if band in BANDS:
        return band
    hint = nearest(name, KNOWN) or f"; there is {', '.join(KNOWN)}"
    raise Misuse(f"no part of the picture is called `{name}`{hint}")
