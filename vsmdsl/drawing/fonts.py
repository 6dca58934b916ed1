"""How wide a text is and where it breaks, from a table of letter widths: the same on every machine.

The widths are those of Inter; kerning is left out, so that the width of a line is the sum of its
words. Viewers without Inter use fonts that are narrower, or a little wider than the pills allow.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from vsmdsl.drawing.advances import UNITS_PER_EM, WIDTHS
from vsmdsl.drawing.characters import graphemes, visible
from vsmdsl.record import record

WEIGHTS = (400, 500, 600, 700)

NUMBER = re.compile(r"[<>≤≥≈~±+−-]?\d[\d.,:]*")
THOUSANDS = r"\d{3}(?:[.,]\d+)?"
SIGNS = frozenset("<>≤≥≈~±")
UNITS = frozenset({
    "%", "‰", "×", "x", "ms", "s", "sec", "min", "h", "hr", "hrs", "d", "day", "days", "w", "wk",
    "week", "weeks", "mo", "month", "months", "y", "yr", "year", "years", "hour", "hours",
    "minutes", "seconds", "shift", "shifts", "pc", "pcs", "g", "kg", "t", "mm", "cm", "m", "km",
    "l", "€", "$", "£"
})  # fmt: skip
WORDS = re.compile("(?:\\S|[\u00a0\u2007\u202f])+")  # A no-break space is part of a word.
PARTS = r"[^-/_.]*[-/_.]+|[^-/_.]+"
BISECTIONS = 12


@lru_cache(maxsize=16384)
def text_width(text: str, size: float, weight: int = 400, spacing: float = 0) -> float:
    """Measure one line of text, in the units of the picture; `spacing` follows every letter."""
    return _measure(text, weight) * size / UNITS_PER_EM + spacing * len(text)


@lru_cache(maxsize=4096)
def wrap(text: str, width: float, size: float, weight: int = 400) -> tuple[str, ...]:
    """Break a text into the fewest lines that fit, about equally long; a blank text has none."""
    if not text.strip():
        return ()
    limit = width * UNITS_PER_EM / size
    return tuple(line for part in text.split("\n") for line in _balanced(part, limit, weight))


@lru_cache(maxsize=4096)
def ellipsize(text: str, width: float, size: float, weight: int = 400) -> str:
    """Cut a text to one line that fits, with `…` for what is missing."""
    text = " ".join(WORDS.findall(text))
    if text_width(text, size, weight) <= width:
        return text
    letters = graphemes(text)
    few, many = 0, len(letters)
    while many - few > 1:
        middle = (few + many) // 2
        fits = text_width(_shortened(letters, middle), size, weight) <= width
        few, many = (middle, many) if fits else (few, middle)
    return _shortened(letters, few)


def widest(lines: Sequence[str], size: float, weight: int = 400) -> float:
    """Measure the longest of some lines."""
    return max((text_width(line, size, weight) for line in lines), default=0.0)


def shrunk(text: str, size: float, least: float, room: float, weight: int = 400) -> float:
    """Find the largest size, down to the least, in which a line of text fits."""
    while size > least and text_width(text, size, weight) > room:
        size -= 0.5 if least < 10 else 1
    return size


def known(letter: str) -> bool:
    """Whether the shipped font has a letter."""
    return bool(_line(letter))


def _shortened(letters: Sequence[str], count: int) -> str:
    return "".join(letters[:count]).rstrip() + "…"


class _Advances(dict[str, int]):
    """Letter widths of one weight, looked up when a letter is met for the first time.

    One that the table does not have is judged by its kind.
    """

    def __init__(self, weight: int) -> None:
        super().__init__()
        self.column = WEIGHTS.index(weight)

    def __missing__(self, letter: str) -> int:
        line = _line(letter)
        width = int(line.split(" ", len(WEIGHTS))[self.column]) if line else self._judge(letter)
        self[letter] = width
        return width

    def _judge(self, letter: str) -> int:
        shown = visible(letter)
        if shown != letter:
            return sum(self[sign] for sign in shown)
        import unicodedata  # a large library, and few maps have such letters

        if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
            return 0
        if unicodedata.east_asian_width(letter) in ("W", "F"):
            return UNITS_PER_EM
        return self["0"]


def _line(letter: str) -> str:
    """The line of the table that a letter stands on; an empty one if it stands on none."""
    if letter in " 0123456789":  # every line has these
        return next(line for line in WIDTHS if letter in line.split(" ", len(WEIGHTS))[-1])
    table = _table()
    at = table.find(letter) if letter != "\n" else -1
    return table[table.rfind("\n", 0, at) + 1 : table.find("\n", at)] if at >= 0 else ""


@cache
def _table() -> str:
    return "\n".join((*WIDTHS, ""))


_advances = cache(_Advances)  # by weight


def _measure(text: str, weight: int) -> int:
    return sum(map(_advances(weight).__getitem__, text))


@record
class _Atom:
    """A piece of text that stays on one line, and whether a space parts it from the one before."""

    text: str
    width: int
    spaced: bool


def _balanced(text: str, limit: float, weight: int) -> list[str]:
    line = " ".join(WORDS.findall(text))
    if _measure(line, weight) <= limit:  # as most texts do
        return [line]
    atoms = [atom for words in _phrases(text) for atom in _atoms(words, limit, weight)]
    space = _measure(" ", weight)
    sizes = [(atom.width, space if atom.spaced else 0) for atom in atoms]
    fewest = _count(sizes, limit)
    low, high = min(limit, max((atom.width for atom in atoms), default=0)), limit
    for _ in range(BISECTIONS if fewest > 1 else 0):
        middle = (low + high) / 2
        if _count(sizes, middle) == fewest:
            high = middle
        else:
            low = middle
    return _fill(atoms, high, space)


def _count(sizes: Iterable[tuple[int, int]], limit: float) -> int:
    """How many lines `_fill` makes of pieces with these widths and gaps before them."""
    lines = used = 0
    for width, gap in sizes:
        end = used + gap + width
        if lines and end <= limit:
            used = end
        else:
            lines += 1
            used = width
    return lines


def _fill(atoms: Sequence[_Atom], limit: float, space: int) -> list[str]:
    lines: list[str] = []
    used = 0
    for atom in atoms:
        gap = space if atom.spaced else 0
        if lines and used + gap + atom.width <= limit:
            lines[-1] += " " * atom.spaced + atom.text
            used += gap + atom.width
        else:
            lines.append(atom.text)
            used = atom.width
    return lines or [""]


def _phrases(text: str) -> Iterator[list[str]]:
    """Words that belong together: a number and its unit, the groups of a long number."""
    phrase: list[str] = []
    for word in WORDS.findall(text):
        if phrase and not _glued(phrase[-1], word):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


def _glued(left: str, right: str) -> bool:
    if left in SIGNS:
        return NUMBER.fullmatch(right) is not None
    if NUMBER.fullmatch(left) is None:
        return False
    return right.rstrip(".,;:)") in UNITS or re.fullmatch(THOUSANDS, right) is not None


def _atoms(words: Sequence[str], limit: float, weight: int) -> Iterator[_Atom]:
    phrase = " ".join(words)
    width = _measure(phrase, weight)
    if width <= limit:
        yield _Atom(phrase, width, True)
        return
    for word in words:
        for index, piece in enumerate(_pieces(word, limit, weight)):
            yield _Atom(piece, _measure(piece, weight), index == 0)


def _pieces(word: str, limit: float, weight: int) -> Iterator[str]:
    if _measure(word, weight) <= limit:
        yield word
        return
    for part in re.findall(PARTS, word):
        if _measure(part, weight) <= limit:
            yield part
        else:
            yield from _letters(part, limit, weight)


def _letters(part: str, limit: float, weight: int) -> Iterator[str]:
    """Break one long word into the fewest pieces that fit, about equally long."""
    letters = [_Atom(letter, _measure(letter, weight), False) for letter in graphemes(part)]
    count = len(_fill(letters, limit, 0))
    even = _measure(part, weight) / count
    for share in (even * (1 + step / 20) for step in range(20)):
        if share <= limit and len(pieces := _fill(letters, share, 0)) == count:
            yield from pieces
            return
    yield from _fill(letters, limit, 0)
