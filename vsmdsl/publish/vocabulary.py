"""The words and shapes of the language for those who only colour it, from the language's tables."""

from __future__ import annotations

from vsmdsl.language.words import UNITS, WORDS

STATEMENTS = tuple(sorted(WORDS, key=lambda word: (-len(word), word)))
CLAUSES = ("on", "from", "to", "of", "in", "after", "before", "per")
VALUES = ("none", "yes", "no", "va", "nva", "nnva")

# Patterns that mean the same to Python, Oniguruma (TextMate) and, in their own spelling, Vim.
ID = r"[^\W\d][\w]*(?:-\w+)*"
KEY = r"%?[cC]&[aA]|%[cC][aA]|[pPlLcC]/[tToO]|[^\W\d]\w*(?:[.-]\w+)*"
DATE = r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])"
NUMBER = (
    r"[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?(?:[ \t]*%(?!\w)|[^\W\d](?:\w|\.(?=[0-9]))*"
    rf"|[ \t]+(?:{'|'.join(sorted(UNITS, key=lambda unit: (-len(unit), unit)))})\b(?![ \t]*[=:]))?"
)
