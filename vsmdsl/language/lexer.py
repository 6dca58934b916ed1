"""From raw words to the words that the grammar speaks of.

Decided here is what needs a look at the words around: whether a name is a statement word, where a
statement ends, which commas mean nothing, and whether `1d 4h` is one duration.
"""

from __future__ import annotations

import re
from functools import cache

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic, Edit, Fix
from vsmdsl.language.letters import Token, letters
from vsmdsl.language.source import Source, Span
from vsmdsl.language.syntax import Comment
from vsmdsl.language.tables import table
from vsmdsl.language.words import KEYS, SIZES, WORDS, canonical_unit
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.record import field, record


@record(frozen=False)
class Lexed:
    """The words of a text in order, and beside them the comments and what went wrong."""

    tokens: list[Token] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    mistakes: list[int] = field(default_factory=list)  # places in statements that they concern
    whole: bool = True  # False: so much went wrong that these are not all words


def lex(source: Source, limits: Limits = LIMITS) -> Lexed:
    """Split a text into words. Whatever it holds, this gives words."""
    words = _Words(source, limits)
    found = words.found
    try:
        to_the_end = letters(source, found.diagnostics, words.take, limits.mistakes)
    except _TooManyWordsError:
        from vsmdsl.language.limits import too_many_words  # only for what is no map

        found.diagnostics.append(too_many_words(source, words.tokens[-1], limits))
        to_the_end = False
    words.finish()
    found.whole = found.whole and to_the_end
    return found


# Kinds after which a value has just ended: a `+` there joins, and a `-` there is a mistake.
_VALUES = frozenset({"NUMBER", "PERCENT", "MEASURE", "UNKNOWN", "NONE", "RPAR"})
_COMMA_MEANS_NOTHING = frozenset({"KEY", "QUOTED_KEY", "CLAUSE_WORD", "LBRACE", "RBRACE"})
_NO_GAP = frozenset({"", "SEP", "LBRACE"})
# Kinds that mean the same wherever they stand.
_PLAIN = frozenset(
    {"PERCENT", "NUMBER", "DATE", "ADDRESS", "TRIPLE", "STRING", "QUOTED_KEY", "DOTTED", "UNKNOWN"}
)
_CLAUSES = frozenset({"on", "from", "to", "of", "in", "after", "before"})
# Words that do not make sense without a name; a `#3` behind them was meant as one.
_NAMED = frozenset({"step", "branch", "queue", "handoff", "team", "kaizen", "future", "inventory"})

# Patterns that few files need are texts: `re` compiles them when they are used, and keeps them.
_LAST_UNIT = r"[0-9][ \t]*([^\W\d_]+)\Z"
_FIRST_UNIT = r"[0-9._]+[ \t]*([^\W\d_]+)"


@cache
def _families() -> dict[str, str]:
    """The terminal of every statement word, in all its spellings."""
    families = table().families
    return {word: families[canonical] for word, canonical in WORDS.items()}


class _TooManyWordsError(Exception):
    """There are more words than are read."""


class _Words:
    """One text on its way from raw words to those of the grammar."""

    __slots__ = (
        "comma", "deepest", "depth", "families", "found", "fresh", "gap", "limit", "most",
        "parens", "prev", "semicolon", "source", "stream", "text", "tokens", "uneven",
    )  # fmt: skip

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.text = source, source.text
        self.deepest, self.most, self.limit = limits.depth, limits.mistakes, limits.words
        self.found = Lexed()
        self.tokens = self.found.tokens
        self.families = _families()
        self.prev = ""  # kind of the word before
        self.fresh = True  # the next word is the first of its statement
        self.gap = self.semicolon = False  # a line or a `;` has ended
        self.comma: Token | None = None  # held back until we know what follows
        self.parens = self.depth = 0
        self.stream = self.uneven = False

    def take(self, kind: str, start: int, end: int) -> None:
        """Take one raw word in."""
        if kind == "NEWLINE" or kind == "SEMICOLON":
            self._line_end(kind == "SEMICOLON")
            return
        if kind == "COMMENT":
            self._comment(start, end)
            return
        if self.depth > self.deepest:
            self._too_deep(kind)
            return
        if self.gap:
            self._end_statement(kind, start, end)
        if self.comma:
            self._comma(kind)
        if kind == "NAME":
            kind = self._name(start, end)
        elif kind not in _PLAIN:
            kind = self._other(kind, start, end)
            if not kind:
                return
        self.tokens.append((kind, start, end))
        self.prev, self.fresh = kind, kind == "LBRACE"
        if len(self.tokens) > self.limit:
            raise _TooManyWordsError

    def finish(self) -> None:
        """End the last statement, and close what is still open."""
        self._line_end(False)
        if self.prev not in ("", "SEP"):
            self._separate()
        said = self.found.diagnostics
        if (self.uneven or self.depth) and len(said) <= self.most:
            from vsmdsl.language.braces import balanced  # only a mistake needs it

            self.found.tokens, more = balanced(self.source, self.tokens, self.most)
            said += more
        self.found.whole = len(said) <= self.most
        self.found.mistakes += [found.span.start for found in said]
        self.found.mistakes.sort()

    def _line_end(self, semicolon: bool) -> None:
        if self.comma and self.prev == "COMMA":
            self._comma("")  # one comma at the end of a line means nothing, two are a mistake
        self.semicolon = semicolon and (self.semicolon or not self.gap)
        self.gap, self.comma, self.parens = True, None, 0

    def _separate(self) -> None:
        end = self.tokens[-1][2]
        self.tokens.append(("SEP", end, end))
        self.prev, self.fresh, self.stream = "SEP", True, False

    def _end_statement(self, kind: str, start: int, end: int) -> None:
        """A line or a `;` ended before this word; usually the statement ended with it."""
        semicolon, self.gap, self.semicolon = self.semicolon, False, False
        if self.prev in _NO_GAP:
            self.fresh = True
        elif not self._goes_on(kind, start, end, semicolon):
            self._separate()

    def _goes_on(self, kind: str, start: int, end: int, semicolon: bool) -> bool:
        """Whether the statement goes on on the next line, or behind the `;`."""
        if self.prev == "RBRACE":
            return False
        if kind == "LBRACE":
            return True
        if self.stream and not semicolon and kind == "ARROW":
            return True
        if self.stream and self.prev == "ARROW":
            return self.text[start:end].lower() not in self.families
        # `step dev pt=3d; lt=5d`: outside a block, the key can belong to nothing else
        return semicolon and kind == "KEY" and not self.depth

    def _comma(self, kind: str) -> None:
        twice = self.prev == "COMMA"
        if self.comma and (self.parens or twice or kind not in _COMMA_MEANS_NOTHING):
            self.tokens.append(self.comma)
            self.prev = "COMMA"
        self.comma = None

    def _name(self, start: int, end: int) -> str:
        """A statement word only where it comes first; a clause word only where it does not."""
        word = self.text[start:end].lower()
        if self.fresh:
            kind = self.families.get(word, "NAME")
            self.stream = kind == "STREAM_WORD"
            return kind
        if word == "none":
            return "NONE"
        return "CLAUSE_WORD" if word in _CLAUSES else "NAME"

    def _other(self, kind: str, start: int, end: int) -> str:
        """Signs and braces: their kind in this place, or nothing if they are not to be seen."""
        match kind:
            case "KEY":
                return self._like_yaml(start, end) if self.fresh and not self.depth else kind
            case "MEASURE":
                return "" if self.prev == kind and self._joins(start, end) else kind
            case "CALLED" if self.parens:
                return "NAME"  # distributions do not nest
            case "SIGN" if self.prev in _VALUES:
                return {"+": "PLUS", "-": "BAD"}.get(self.text[start], kind)
            case "COMMA" if not self.fresh:
                self.comma = (kind, start, end)
                return ""
            case "LPAR" | "RPAR":
                self.parens = max(0, self.parens + (1 if kind == "LPAR" else -1))
            case "LBRACE" | "RBRACE":
                return self._brace(kind, start, end)
        return kind

    def _brace(self, kind: str, start: int, end: int) -> str:
        if kind == "RBRACE":
            self.uneven = self.uneven or not self.depth
            self.depth = max(0, self.depth - 1)
            if self.prev not in _NO_GAP:
                self._separate()
            self.gap, self.semicolon = True, False
            return kind
        self.depth += 1
        if self.depth <= self.deepest:
            return kind
        from vsmdsl.language.limits import raising  # only a mistake needs it

        message = f"blocks stand more than {self.deepest} deep in each other"
        hint = f"what stands deeper is not read; {raising('depth', self.deepest)}"
        found = writing.TOO_DEEP.at(Span(self.source, start, end), message, hint=hint)
        self.found.diagnostics.append(found)
        return ""

    def _too_deep(self, kind: str) -> None:
        self.depth += {"LBRACE": 1, "RBRACE": -1}.get(kind, 0)

    def _joins(self, start: int, end: int) -> bool:
        """Whether a measure goes on with the one before: `1d 4h`, but not `3d 5d`."""
        _, begin, stop = self.tokens[-1]
        last = re.search(_LAST_UNIT, self.text[begin:stop])
        first = re.match(_FIRST_UNIT, self.text[start:end])
        if self.text[stop:start].strip() or not (last and first):
            return False
        if not _size(last[1]) or _size(last[1]) >= _size(first[1]):
            return False
        self.tokens[-1] = ("MEASURE", begin, end)
        return True

    def _like_yaml(self, start: int, end: int) -> str:
        """`step: Develop` outside a block, where a key can belong to nothing."""
        word = self.text[start : end - 1].strip().lower()
        if self.text[end - 1] != ":" or word not in self.families or word in KEYS:
            return "KEY"
        sign = Span(self.source, end - 1, end)
        message = f"no colon belongs behind `{word}`: this is not YAML"
        fix = Fix("delete the colon", (Edit(sign, ""),))
        self.found.diagnostics.append(writing.LIKE_YAML.at(sign, message, fix=fix))
        return self.families[word]

    def _comment(self, start: int, end: int) -> None:
        text = self.text[start:end].rstrip()
        span = Span(self.source, start, start + len(text))
        self.found.comments.append(Comment(text, span))
        if self.gap or not self.prev.endswith("_WORD") or text[:1] != "#" or text[1:2] in ("", " "):
            return
        _, begin, stop = self.tokens[-1]
        word = WORDS.get(self.text[begin:stop].lower())
        if word in _NAMED:
            message = f"`#` starts a comment here, so this {word} has no name"
            hint = f'a name has no `#`, a label in quotes may have one: {word} "#1"'
            sign = Span(self.source, start, start + 1)
            self.found.diagnostics.append(writing.NAME_IN_COMMENT.at(sign, message, hint=hint))
            self.found.mistakes.append(begin)


def _size(unit: str) -> int:
    """How far down the row of units of time this one stands; 0 for other units."""
    known = canonical_unit("min" if unit == "m" else unit)
    return SIZES[known] + 1 if known else 0
