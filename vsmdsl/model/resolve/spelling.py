"""Did you mean …? The valid word that looks most like the one that was written."""

from __future__ import annotations

from collections.abc import Iterable

from vsmdsl.language.diagnostics import Fix, replacing
from vsmdsl.language.slips import is_slip
from vsmdsl.language.source import Span

MANY = 100  # beyond this, only names with the same first or last letter are compared


def nearest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint with the valid word that looks most like `word`."""
    found = near(word, known)
    return f"did you mean `{found}`?" if found else otherwise


def near(word: str, known: Iterable[str]) -> str | None:
    """The valid word that looks most like `word`, if one does."""
    text = word.lower()
    by_lower = {name.lower(): name for name in known if name}
    if text in by_lower:
        return by_lower[text]
    from difflib import get_close_matches  # only a mistake needs it

    some = [name for name in by_lower if _worth(text, name)] if len(by_lower) > MANY else by_lower
    found = get_close_matches(text, some, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def _worth(text: str, name: str) -> bool:
    return (text[:1] == name[:1] or text[-1:] == name[-1:]) and abs(len(text) - len(name)) < 4


def fix_of(span: Span, word: str, found: str | None) -> Fix | None:
    """The fix for a slip of the pen; none where another word may be meant."""
    return replacing(span, found) if found and is_slip(word, found) else None
