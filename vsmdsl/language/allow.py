"""What the author of a file accepts: `# vsm: allow F503`, on a line, above it, or for the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from vsmdsl.language.codes import find_code
from vsmdsl.language.codes.advice import UNKNOWN_ALLOW
from vsmdsl.language.diagnostics import Code, Diagnostic
from vsmdsl.language.source import Source, Span
from vsmdsl.language.syntax import AttributeLine, Comment, Entry, Statement, Tree
from vsmdsl.record import record

MOST_GUESSES = 100  # what has more words that are none is no list of codes


@record
class Allowance:
    """One code that is accepted between two offsets."""

    code: Code
    start: int
    end: int


@record
class Allowances:
    """All that one file accepts. `diagnostics` names what is no code."""

    source: Source
    rows: tuple[Allowance, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether the author has accepted this message. An error cannot be accepted."""
        if diagnostic.is_error or diagnostic.span.source is not self.source:
            return False
        starts, ends = self._places.get(diagnostic.code.code, ((), ()))
        before = bisect_right(starts, diagnostic.span.start)
        return before > 0 and diagnostic.span.start < ends[before - 1]

    @cached_property
    def _places(self) -> dict[str, tuple[Sequence[int], Sequence[int]]]:
        """For each code, where it begins to be accepted, and how far all that began so far reach.

        There may be thousands of them, and of messages.
        """
        found: dict[str, tuple[list[int], list[int]]] = {}
        for row in sorted(self.rows, key=lambda row: row.start):
            starts, ends = found.setdefault(row.code.code, ([], []))
            starts.append(row.start)
            ends.append(max(row.end, ends[-1]) if ends else row.end)
        return dict(found)


def allowed(tree: Tree) -> Allowances:
    """What the comments of a file accept."""
    rows: list[Allowance] = []
    diagnostics: list[Diagnostic] = []
    for comment in tree.comments:
        match = _meant(comment.text)
        if match:
            places = _reach(tree, comment, bool(match["file"]))
            for word in re.compile(_WORD).finditer(comment.text, *match.span("codes")):
                code = find_code(word[0])
                if code:
                    rows += (Allowance(code, start, end) for start, end in places)
                else:
                    guessing = len(diagnostics) < MOST_GUESSES
                    diagnostics.append(_unknown(comment, word, guessing))
    return Allowances(tree.source, tuple(rows), tuple(diagnostics))


_ALLOW = (
    r"(?i)(?:#|//|%%)+\s*vsm\s*:\s*allow\b[ \t:]*"
    r"(?P<codes>[\w-]+(?:[ \t]*,[ \t]*[\w-]+|[ \t]+(?!in\b)[A-Z][0-9]{3}\b)*)?"
    r"(?P<file>[ \t]+in[ \t]+file\b)?"
)
_WORD = r"[\w-]+"


def _meant(comment: str) -> re.Match[str] | None:
    # Most files accept nothing: then the pattern need not even be compiled.
    return re.match(_ALLOW, comment) if "vsm" in comment.casefold() else None


def _reach(tree: Tree, comment: Comment, in_file: bool) -> list[tuple[int, int]]:
    """Where a comment speaks: in the file, on its line, or on the statement below it."""
    text = tree.source.text
    if in_file:
        return [(0, len(text) + 1)]
    at = comment.span.start
    begin = text.rfind("\n", 0, at) + 1
    if text[begin:at].strip():
        return [(begin, at)]
    below = _first_below(tree.entries, comment.span.end)
    return [(span.start, span.end + 1) for span in _own(below)] if below else []


def _first_below(entries: tuple[Entry, ...], offset: int) -> Entry | None:
    """The first statement (or line of keys) that begins behind a place."""
    for entry in entries:
        if entry.span.start >= offset:
            return entry
        if isinstance(entry, Statement) and entry.block and offset < entry.block.span.end:
            return _first_below(entry.block.entries, offset)
    return None


def _own(entry: Entry) -> list[Span]:
    """The head of a statement and the keys in its block, but not the statements there."""
    if not isinstance(entry, Statement) or entry.block is None:
        return [entry.span]
    head = Span(entry.span.source, entry.span.start, entry.block.span.start)
    lines = [one.span for one in entry.block.entries if isinstance(one, AttributeLine)]
    return [head, *lines]


def _unknown(comment: Comment, word: re.Match[str], guessing: bool) -> Diagnostic:
    near = _near(word[0]) if guessing else []
    start = comment.span.start
    span = Span(comment.span.source, start + word.start(), start + word.end())
    message = f"no message has the code or name `{word[0]}`"
    hint = f"did you mean `{near[0]}`?" if near else "`vsm explain` lists them all"
    return UNKNOWN_ALLOW.at(span, message, hint=hint)


def _near(word: str) -> list[str]:
    from difflib import get_close_matches  # only a mistake needs it

    from vsmdsl.language.codes import CODES

    known = [*CODES, *(row.name for row in CODES.values())]
    return get_close_matches(word, known, n=1, cutoff=0.6)
