"""From letters to raw words, as the grammar's terminals cut them.

What no terminal can say is seen to here: strings and comments that are never closed, comments of
other languages, and numbers as they are written elsewhere. Each is said once, and becomes a word
with which reading can go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic, Edit, Fix
from vsmdsl.language.source import Source, Span
from vsmdsl.language.tables import table

Token = tuple[str, int, int]  # kind, start, end


def letters(
    source: Source, diagnostics: list[Diagnostic], take: Callable[[str, int, int], None], most: int
) -> bool:
    """Hand over the raw words of a text, in order; every letter but blanks belongs to one.

    With more than `most` mistakes, or with thousands of signs that mean nothing, it is no map, and
    what follows does not matter: whether it was read to its end.
    """
    text, kinds, finditer = source.text, table().terminals, _pattern().finditer
    at, last = 0, len(text.rstrip(_BLANKS))  # blanks before nothing would be tried one by one
    looked = text  # what the pattern looks at
    left = MOST_SIGNS
    while at >= 0 and len(diagnostics) <= most:
        begin, at = at, -1
        for match in finditer(looked, begin, last):
            index = match.lastindex or 0
            start, end = match.span(index)
            kind = kinds[index - 1]
            if kind in _ODD:
                odd = _odd(kind, source, start, end, diagnostics)
                if kind == "BAD":
                    left -= 1
                    if not left:
                        diagnostics.append(_no_map(source, start, end))
                        return False
                    if looked[start] in _APOSTROPHES:
                        odd, looked = (kind, start, end), _without_apostrophes(looked, start)
                if odd:
                    take(*odd)
                    at = odd[2]
                    break
            take(kind, start, end)
    return True


MOST_SIGNS = 10_000  # that mean nothing: a text with as many is no map
# Kinds that may be the beginning of something that no terminal describes.
_ODD = frozenset({"BAD", "STRING", "NUMBER", "MEASURE", "PERCENT", "SLASH", "COMPARE", "DATE"})

_BLANKS = " \t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_MONEY = re.compile(r"[$€£¥][ \t]*[0-9]")
_APOSTROPHES = "'’‚‘"
_KEY_SIGN = re.compile(r"[ \t]*[=:](?![=>/])")
# What follows a number that may be written as elsewhere; only then is it worth a closer look.
_SUSPECT = re.compile(
    r",[0-9]|[.:][^.\s]|/[0-9]+/"
    r"|[ \t]*(?:[-–—](?!>)|\.\.\.|…|[$€£¥]|(?:to|per|every|each)[ \t])"
)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(table().pattern)


def _odd(
    kind: str, source: Source, start: int, end: int, diagnostics: list[Diagnostic]
) -> Token | None:
    """The word that begins here, where it is more than its terminal says."""
    text = source.text
    if kind == "STRING":
        sign = _KEY_SIGN.match(text, end)
        return ("QUOTED_KEY", start, sign.end()) if sign else None
    if kind == "BAD":
        if text[start] in '"“„«':
            return _unclosed_string(source, start, diagnostics)
        lone_point = text[start] == "." and not text[start - 1 : start].isalnum()
        begins = lone_point or _MONEY.match(text, start)
        return _number(source, start, diagnostics) if begins else None
    if kind in ("SLASH", "COMPARE"):
        return _foreign_comment(source, start, diagnostics)
    if not _SUSPECT.match(text, end) or _goes_on(text, start):
        return None
    return _number(source, start, diagnostics)


def _goes_on(text: str, start: int) -> bool:
    """Whether a number stands behind a single point: what it belongs to was looked at before."""
    return text[start - 1 : start] == "." != text[start - 2 : start - 1]


def _no_map(source: Source, start: int, end: int) -> Diagnostic:
    message = f"{MOST_SIGNS:,} signs mean nothing in a map; what follows is not read"
    return writing.UNEXPECTED.at(Span(source, start, end), message)


def _without_apostrophes(text: str, start: int) -> str:
    """The text without those that begin no string either, or each would look through its line."""
    end = re.compile("[\n‘]|\\Z").search(text, start + 1)
    assert end
    if end.start() - start < FEW:
        return text
    rest = re.sub(f"[{_APOSTROPHES}]", "`", text[start : end.start()])
    return text[:start] + rest + text[end.start() :]


def _number(source: Source, start: int, diagnostics: list[Diagnostic]) -> Token | None:
    """A number as it is written elsewhere is read as one that is not known."""
    from vsmdsl.language.guesses.numerals import misread

    found = misread(source, start)
    if not found:
        return None
    diagnostics.append(found[1])
    return "UNKNOWN", start, found[0]


_COMMENTS = {"/*": "*/", "<!--": "-->"}
LONGEST = 20_000  # letters, in which the end of something is looked for
FEW = 200  # letters that may be looked through again and again
_REST_IS_BLANK = re.compile(r"[^\S\n]*(?:\n|\Z)")


def _foreign_comment(source: Source, start: int, diagnostics: list[Diagnostic]) -> Token | None:
    text = source.text
    opening = next((sign for sign in _COMMENTS if text.startswith(sign, start)), None)
    if opening is None:
        return None
    inside = start + len(opening)
    end = text.find(_COMMENTS[opening], inside, inside + LONGEST)
    if end < 0:
        line = text.find("\n", start, inside + LONGEST)
        end = line if line >= 0 else min(len(text), inside + LONGEST)
    else:
        end += len(_COMMENTS[opening])
    span = Span(source, start, start + len(opening))
    message = "a comment begins with `#` and runs to the end of its line"
    fix = None
    if "\n" not in text[start:end] and _REST_IS_BLANK.match(text, end):
        inner = text[start:end].removeprefix(opening).removesuffix(_COMMENTS[opening]).strip()
        fix = Fix("write it with `#`", (Edit(Span(source, start, end), f"# {inner}"),))
    diagnostics.append(writing.FOREIGN_COMMENT.at(span, message, fix=fix))
    return "COMMENT", start, end


# --- strings that are never closed ------------------------------------------------------------

# Where the statement seems to go on behind a string that has no end.
_GOES_ON = r"(?m)(?<![ \t])[ \t]*(?:\{[ \t]*$|\}[ \t]*$|[ \t][^\W\d]\w*[ \t]*=(?![=>])|$)"
_TRIPLE_GOES_ON = r"\n(?=[ \t]*(?:\}|[^\W\d]\w*[ \t]*=(?![=>])|\n)|[a-z]+ )|\Z"


def _unclosed_string(source: Source, start: int, diagnostics: list[Diagnostic]) -> Token:
    text = source.text
    triple = text.startswith('"""', start)
    end = _end_of_unclosed(text, start, triple)
    sign = '"""' if triple else {"“": "”", "„": "“", "«": "»"}.get(text[start], '"')
    diagnostics.append(
        writing.UNCLOSED_STRING.at(
            Span(source, start, start + (3 if triple else 1)),
            f"the string that begins here has no closing `{sign}`",
            hint=f"write `{sign}` where the string ends",
            fix=Fix(f"close the string with `{sign}`", (Edit(Span(source, end, end), sign),)),
        )
    )
    return "TRIPLE" if triple else "STRING", start, end


def _end_of_unclosed(text: str, start: int, triple: bool) -> int:
    if triple:
        goes_on = re.compile(_TRIPLE_GOES_ON).search(text, start + 3)
    else:
        line = text.find("\n", start)
        line = len(text) if line < 0 else line
        if line - start > LONGEST:  # nobody wrote such a line by hand
            return line
        goes_on = re.compile(_GOES_ON).search(text, start + 1)
    return goes_on.start() if goes_on else len(text)
