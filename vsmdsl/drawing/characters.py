"""Characters as a reader sees them: control signs made visible, accents kept with their letter."""

from __future__ import annotations

import re

from vsmdsl.steering import BREAKING, HALVES, NO_SIGNS, TURNING

# Controls, lone surrogates, non-characters, and the signs that silently turn the reading direction.
UNSHOWABLE = f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{TURNING}{BREAKING}{HALVES}{NO_SIGNS}]"
JOINER = "\u200d"


def visible(text: str) -> str:
    """Write every character that cannot be shown as its number, so that nothing is hidden."""
    if text.isprintable():  # what cannot be shown is not printable
        return text
    return visible_lines(text.replace("\t", " ").replace("\n", " ").replace("\r", " "))


def visible_lines(text: str) -> str:
    """The same for a text of many lines: they and its tabs stay."""
    return text if text.isprintable() else re.sub(UNSHOWABLE, _number, text)


def _number(found: re.Match[str]) -> str:
    return rf"\u{{{ord(found[0]):x}}}"


def graphemes(text: str) -> list[str]:
    """Cut a text into the pieces that a reader takes for one character."""
    if text.isascii():
        return list(text)
    pieces: list[str] = []
    for letter in text:
        if pieces and _belongs(pieces[-1], letter):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _belongs(piece: str, letter: str) -> bool:
    if piece.endswith(JOINER) or letter == JOINER or _is_skin(letter):
        return True
    if _is_flag(letter):
        return len(piece) == 1 and _is_flag(piece)
    import unicodedata  # a large library, and few maps have such letters

    return unicodedata.category(letter).startswith("M")


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _is_skin(letter: str) -> bool:
    return "\U0001f3fb" <= letter <= "\U0001f3ff"
