"""The canonical form of a map: the same meaning, one way to write it.

Nothing in the layout of a line depends on another line, so a change of one fact is a change of
one line. What could not be read is left exactly as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vsmdsl.language.codes import writing
from vsmdsl.language.parser import Parsed, parse
from vsmdsl.language.source import Source
from vsmdsl.language.spelling import attribute, head, segment
from vsmdsl.language.syntax import (
    AttributeLine,
    Block,
    Comment,
    Entry,
    Segment,
    Statement,
    Word,
)  # fmt: skip
from vsmdsl.language.words import COLUMN_WORDS

WIDEST = 100  # columns of a block on one line
COLUMN = 9  # of the words in COLUMN_WORDS
BLANK = " \t"  # at the end of a line; Python takes some signs that no text may hold for blanks, too

ARROWS = ("->", "→", "⟶", "➔")

# With these, nobody can tell which line belongs to which block.
_SHAPELESS = {writing.UNCLOSED_BLOCK, writing.STRAY_BRACE, writing.TOO_DEEP}


def format_source(source: Source, *, expand: bool = False) -> str:
    """The canonical form of a text; with `expand`, `stream` lines become steps and queues."""
    return format_parsed(parse(source), expand=expand)


def format_parsed(parsed: Parsed, *, expand: bool = False) -> str:
    """The canonical form of a text that has been read."""
    tree = parsed.tree
    if not parsed.read or any(one.code in _SHAPELESS for one in parsed.diagnostics):
        return _untouched(tree.source.text)
    page = _Page(tree.source, tree.comments, expand)
    page.entries(tree.entries, "")
    page.comments_before(len(tree.source.text) + 1, 0)
    return "".join(f"{line}\n" for line in page.lines)


def _untouched(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class _Page:
    """The lines written so far, and the comments that are still to come."""

    def __init__(self, source: Source, comments: Sequence[Comment], expand: bool) -> None:
        self.source, self.text = source, source.text
        self.expand = expand
        self.lines: list[str] = []
        self.waiting = list(reversed(comments))
        self.at = 0  # up to where the text has been written
        self.opened = True  # nothing stands yet in this block
        self.taken = True  # the last line has a comment behind it already
        self.depth = 0
        self.left_alone = False  # the last line could not be read, and a comment may be why

    # --- lines ------------------------------------------------------------------------------

    def put(self, text: str, start: int, end: int, depth: int) -> None:
        """Write what stands from `start` to `end`, below the comments that stand above it."""
        self.comments_before(start, depth)
        self._blank_line(start)
        self.lines.append("  " * depth + text)
        self.at, self.opened, self.taken, self.left_alone = end, False, False, False

    def _gap(self, start: int) -> str:
        """Two blanks before a comment, or what is there behind a line that is left alone."""
        return self.text[self.at : start] if self.left_alone else "  "

    def comments_before(self, offset: int, depth: int) -> None:
        """Write the comments that stand before a place: behind a line, or on their own."""
        while self.waiting and self.waiting[-1].span.start < offset:
            comment = self.waiting.pop()
            start, text = comment.span.start, _comment(comment.text)
            if self.taken or self._alone(start):
                self._blank_line(start)
                self.lines.append("  " * depth + text)
                self.opened = False
            else:
                self.lines[-1] += self._gap(start) + _apart(text, comment.text)
            self.at, self.taken = comment.span.end, True

    def _pass_over(self, end: int) -> None:
        """Leave out the comments up to a place: what they stand in is written as it is."""
        while self.waiting and self.waiting[-1].span.start < end:
            self.waiting.pop()

    def _next_comment(self, offset: int) -> int:
        """Where the first comment behind a place begins; they wait in the order of the text."""
        places = (comment.span.start for comment in reversed(self.waiting))
        return next((at for at in places if at > offset), len(self.text))

    def _blank_line(self, start: int) -> None:
        if not self.opened and self.lines and _BLANK_LINE.search(self.text, self.at, start):
            self.lines.append("")

    def _alone(self, start: int) -> bool:
        begin = self.text.rfind("\n", 0, start) + 1
        return not self.text[begin:start].strip()

    # --- entries ----------------------------------------------------------------------------

    def entries(self, entries: Sequence[Entry], within: str) -> None:
        """Write what stands in a block, or in the file."""
        for entry in entries:
            if _is_broken(entry):
                self._broken(entry)
            elif isinstance(entry, AttributeLine):
                for attr in entry.attrs:
                    self.put(attribute(attr, " = "), attr.span.start, attr.span.end, self.depth)
            elif self.expand and _is_expanded(entry, within):
                self._expanded(entry)
            else:
                self._statement(entry)

    def _statement(self, statement: Statement) -> None:
        parts = _stream(statement, self.text) if statement.word == "stream" else [_line(statement)]
        end = statement.items[-1].span.end if statement.items else statement.keyword.span.end
        starts = [statement.span.start, *_line_starts(statement, self.text)]
        block = statement.block
        if block and self._fits(block, parts[-1]):
            parts[-1] += f" {_one_line(block)}"
            end, block = block.span.end, None
        elif block:
            parts[-1] += " {"
            end = block.span.start + 1
        for part, start in zip(parts, starts, strict=True):
            self.put(part, start, start if part is not parts[-1] else end, self.depth)
        if block:
            self._block(block, statement.word)

    def _block(self, block: Block, word: str) -> None:
        self.depth += 1
        self.opened = True
        self.entries(block.entries, word)
        end = block.span.end
        self.comments_before(end - 1, self.depth)
        self.depth -= 1
        self.lines.append("  " * self.depth + "}")
        self.at, self.opened, self.taken = end, False, False

    def _fits(self, block: Block, line: str) -> bool:
        """Whether a block that was written on one line may stay so."""
        inside = [entry for entry in block.entries if isinstance(entry, Statement)]
        if not block.one_line or any(one.block for one in inside):
            return False
        if self.expand and any(one.word == "stream" for one in inside):
            return False
        if self._next_comment(block.span.start) < block.span.end:
            return False
        last = line.rpartition("\n")[2]
        return len("  " * self.depth + last) + 1 + len(_one_line(block)) <= WIDEST

    def _broken(self, entry: Entry) -> None:
        """What could not be read stays as it is, its comments too; a block below is written."""
        start, end, block = entry.span.start, entry.span.end, None
        if isinstance(entry, Statement) and entry.block and not entry.block.one_line:
            block = entry.block
            end = block.span.start + 1
        self.comments_before(start, self.depth)
        self._pass_over(end)
        lines = self.text[start:end].rstrip(BLANK + "\n").split("\n")
        text = "\n".join(line.rstrip(BLANK) for line in lines)
        if self._is_parted(start):
            self.lines[-1] += self.text[self.at : start] + text
            self.at = end
        else:
            self.put(text, start, end, self.depth)
        self.left_alone = block is None
        if block and isinstance(entry, Statement):
            self._block(block, entry.word)

    def _is_parted(self, start: int) -> bool:
        """Whether a `;` keeps an arrow from going on with the line before: a new line would not."""
        between = self.text[self.at : start]
        arrow = self.text.startswith(ARROWS, start)
        return arrow and not self.opened and ";" in between and not between.strip(BLANK + ";")

    def _expanded(self, statement: Statement) -> None:
        """A `stream` line as the steps and queues that it stands for."""
        for part in statement.of_kind(Segment):
            self.put(_line(_element(part)), part.span.start, part.span.end, self.depth)


def _is_expanded(statement: Statement, within: str) -> bool:
    """Whether a `stream` line can be written out.

    In a fork it is a branch of its own, which no other line is: there a branch needs a name.
    """
    alone = len(statement.of_kind(Segment)) == 1
    return statement.word == "stream" and (alone or within != "parallel")


def _is_broken(entry: Entry) -> bool:
    """Whether a statement is to be left alone: it, or one that stands on its line in a block."""
    if entry.broken or not isinstance(entry, Statement) or entry.block is None:
        return entry.broken
    return entry.block.one_line and any(map(_is_broken, entry.block.entries))


def _line(statement: Statement) -> str:
    """The head of a statement at the start of a line, its word in a column of its own."""
    text = head(statement)
    if statement.word not in COLUMN_WORDS or not statement.items:
        return text
    return statement.word.ljust(COLUMN) + text[len(statement.word) :]


def _one_line(block: Block) -> str:
    inner = "; ".join(
        "; ".join(attribute(attr, " = ") for attr in entry.attrs)
        if isinstance(entry, AttributeLine)
        else head(entry)
        for entry in block.entries
    )
    return f"{{ {inner} }}" if inner else "{ }"


def _apart(text: str, written: str) -> str:
    """A comment behind other words: a `#` that is ours must not look like the one of a name."""
    return text if text == written or text[1:2] in ("", " ") else f"# {text[1:]}"


def _comment(text: str) -> str:
    """A comment with the language's own sign."""
    if text.startswith(("//", "%%")):
        return f"#{text[2:]}"
    return text


# --- streams ----------------------------------------------------------------------------------


def _breaks(statement: Statement, text: str) -> list[bool]:
    """Before which parts of a stream the author began a new line."""
    parts = statement.of_kind(Segment)
    return ["\n" in text[one.span.end : two.span.start] for one, two in pairwise(parts)]


def _stream(statement: Statement, text: str) -> list[str]:
    parts = statement.of_kind(Segment)
    lines = [f"stream {segment(parts[0])}"]
    for part, new_line in zip(parts[1:], _breaks(statement, text), strict=True):
        if new_line:
            lines.append(f"  -> {segment(part)}")
        else:
            lines[-1] += f" -> {segment(part)}"
    return lines


def _line_starts(statement: Statement, text: str) -> list[int]:
    """Where the further lines of a stream begin."""
    if statement.word != "stream":
        return []
    parts = statement.of_kind(Segment)[1:]
    return [
        part.span.start
        for part, new_line in zip(parts, _breaks(statement, text), strict=True)
        if new_line
    ]


def _element(part: Segment) -> Statement:
    word = "step" if part.name else "queue"
    name = (part.name,) if part.name else ()
    return Statement(
        word, Word(word, part.span), (*name, *part.values, *part.attrs), None, part.span
    )
