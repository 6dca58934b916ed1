"""Slips of the pen: what may be mended without asking."""

from __future__ import annotations


def is_slip(word: str, found: str) -> bool:
    """Whether two words differ in case, in `-` for `_`, or in one letter of at least four."""
    a, b = (text.lower().replace("-", "_") for text in (word, found))
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1:
        return False
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a == b[1:] or a[1:] == b
