"""Which letters of a picture the shipped font does not have, and what is said if none has them."""

from __future__ import annotations

import html
import re
import unicodedata
import zlib
from collections.abc import Callable, Iterable

from vsmdsl.drawing.fonts import known

UNPAINTED = re.compile(r"<(title|desc|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
NAMED = 5  # signs that are spelled out in a message
CELL = 32  # pixels: where one letter is tried out
SIZE = 16
# Letters that cannot stand alone (marks, joiners), and those that are blank anyhow.
NOT_TRIED = frozenset(("Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Cn", "Zs", "Zl", "Zp"))


def foreign(svg: str) -> frozenset[str]:
    """The letters that are painted in a picture and that the shipped font lacks."""
    if svg.isascii():
        return frozenset()
    painted = html.unescape(UNPAINTED.sub("", svg))
    return frozenset(letter for letter in set(painted) if not _shipped(letter))


def missing(letters: Iterable[str], paint: Callable[[str], bytes]) -> frozenset[str]:
    """Those of some letters that `paint` (SVG → PNG) leaves blank: no font has them."""
    tried = sorted(one for one in letters if unicodedata.category(one) not in NOT_TRIED)
    if not tried:
        return frozenset()
    rows = _rows(paint(_tried_out(tried)))
    inked = {at // CELL for at, row in enumerate(rows) if any(row)}
    return frozenset(letter for at, letter in enumerate(tried) if at not in inked)


def said(letters: Iterable[str]) -> tuple[str, ...]:
    """One line for all letters that no font on this machine has."""
    signs = sorted(sign for sign in letters if not sign.isspace())
    if not signs:
        return ()
    shown = ", ".join(map(_sign, signs[:NAMED]))
    more = f" and {len(signs) - NAMED} more" if len(signs) > NAMED else ""
    return (f"no font on this machine has {shown}{more}: install one, as `fonts-noto`",)


def tell(letters: Iterable[str]) -> None:
    """Say it where nobody else does: on the log of vsmdsl, which is standard error by itself."""
    for one in said(letters):
        import logging  # only where there is something to say

        logging.getLogger("vsmdsl").warning(one)


def _sign(sign: str) -> str:
    number = f"U+{ord(sign):04X}"
    return f"{sign} ({number})" if sign.isprintable() else number


def _shipped(letter: str) -> bool:
    """Whether the shipped font has a letter, or nothing is painted for it by any font."""
    return letter.isascii() or known(letter) or unicodedata.category(letter) in ("Cf", "Cc")


def _tried_out(letters: Iterable[str]) -> str:
    """A picture with one letter in every cell, one cell under the other."""
    signs = [
        f'<text x="4" y="{CELL * at + 22}">{html.escape(one)}</text>'
        for at, one in enumerate(letters)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CELL}" height="{CELL * len(signs)}" '
        f'font-family="Inter, sans-serif" font-size="{SIZE}">{"".join(signs)}</svg>'
    )


def _rows(png: bytes) -> list[bytes]:
    """The rows of a PNG with four bytes a pixel, still filtered: a row under a blank one is
    blank just where all its bytes are zero (PNG, third edition, section 9.2).
    """
    at, data, width = 8, b"", 0
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4], "big"), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        width = int.from_bytes(body[:4], "big") if kind == b"IHDR" else width
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    raw, step = zlib.decompress(data), 4 * width + 1
    return [raw[start + 1 : start + step] for start in range(0, len(raw), step)]
