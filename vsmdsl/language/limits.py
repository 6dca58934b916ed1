"""What is said where a map goes beyond its limits.

A refusal is one message: the limit, what the map has, and the setting that raises it. What is too
large is not half read, since half a map is another map.
"""

from __future__ import annotations

from collections.abc import Sequence

from vsmdsl.language.codes.writing import BEYOND_LIMIT
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Source, Span
from vsmdsl.limits import Limits

PLACE = "`[tool.vsmdsl.limits]`"  # where a project raises them; other hosts have other places
_QUOTES = "\"'“”„‟«»‘’‚‹›"


def refusal(span: Span, setting: str, limit: int, actual: int, what: str) -> Diagnostic:
    """The message that there is more of something than is read."""
    message = f"{actual:,} {what}; at most {limit:,} are read"
    return BEYOND_LIMIT.at(span, message, hint=raising(setting, limit))


def raising(setting: str, limit: int) -> str:
    """How a limit is raised."""
    return f"`{setting} = {2 * limit}` under {PLACE} allows more"


def too_large(source: Source, limits: Limits) -> Diagnostic | None:
    """Whether a file is larger than what is read."""
    most = limits.file_size
    size = len(source.text.encode("utf-8", "replace"))
    span = Span(source, 0, 0)
    return refusal(span, "file_size", most, size, "bytes") if size > most else None


def too_many_words(source: Source, word: tuple[str, int, int], limits: Limits) -> Diagnostic:
    """That there are more words than are read, at the first that is not."""
    _, start, end = word
    message = f"more than {limits.words:,} words; at most {limits.words:,} are read"
    return BEYOND_LIMIT.at(Span(source, start, end), message, hint=raising("words", limits.words))


def too_long(
    source: Source, words: Sequence[tuple[str, int, int]], limits: Limits
) -> list[Diagnostic]:
    """A message at the text that has the most letters in a line, if these are too many."""
    lines = [(_longest_line(source.text[start:end]), start) for _, start, end in words]
    letters, start = max(lines, key=lambda line: line[0], default=(0, 0))
    if letters <= limits.label:
        return []
    span = Span(source, start, start + 1)
    return [refusal(span, "label", limits.label, letters, "letters in a line of one text")]


def _longest_line(word: str) -> int:
    """How many letters it has, without the quotes around them."""
    return max(len(line) for line in word.strip(_QUOTES).split("\n"))


def capped(found: tuple[Diagnostic, ...], limits: Limits) -> tuple[Diagnostic, ...]:
    """The first messages about a map, and one that says that there are more.

    How many nobody knows: what has as many mistakes is not read to its end.
    """
    most = limits.mistakes
    if len(found) <= most:
        return found
    message = f"more than {most:,} messages; at most {most:,} are told"
    end = BEYOND_LIMIT.at(found[most].span, message, hint=raising("mistakes", most))
    return (*found[:most], end)
