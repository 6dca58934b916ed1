"""From text to tree. Any text gives a tree: what cannot be read is said, and passed over.

The parser is the textbook one for the tables of the grammar: a stack of states, a stack of what
has been read so far. After a mistake it keeps what it has understood of the statement, passes
over what it cannot place, and goes on at the next word where something known begins.
"""

from __future__ import annotations

import gc
from functools import cache
from typing import Any

from vsmdsl.language.build import Builder
from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.letters import Token
from vsmdsl.language.lexer import Lexed, lex
from vsmdsl.language.source import Source, Span
from vsmdsl.language.strings import FORBIDDEN
from vsmdsl.language.syntax import Statement, Tree, Word
from vsmdsl.language.tables import Table, table
from vsmdsl.language.words import WORDS
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.record import record


@record
class Parsed:
    """The tree of a text, and what is wrong with its writing, in the order of the text.

    A text that is too large, or has more mistakes than are told, is not `read`: its tree is one
    statement with a mistake, since half a map is another map.
    """

    tree: Tree
    diagnostics: tuple[Diagnostic, ...]
    read: bool = True


def parse(source: Source, limits: Limits = LIMITS) -> Parsed:
    """Read a text. Never raises, whatever the text holds."""
    # A tree has no circles, and looking for them in a growing one takes as long as reading.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _parsed(source, limits)
    finally:
        if collecting:
            gc.enable()


def _parsed(source: Source, limits: Limits) -> Parsed:
    refused = _too_large(source, limits)
    if refused:
        return Parsed(_unread(source), (refused,), read=False)
    lexed = lex(source, limits)
    parser = _Parser(source, lexed.tokens, table())
    parser.builder.mistakes = lexed.mistakes
    parser.said = frozenset(lexed.mistakes)
    entries = parser.run(limits.mistakes) if lexed.whole else None
    found = [*_forbidden(source), *lexed.diagnostics, *parser.diagnostics]
    found += _too_long(lexed, source, limits)
    found.sort(key=lambda diagnostic: diagnostic.span.start)
    if entries is None:
        return Parsed(_unread(source), tuple(found), read=False)
    return Parsed(Tree(source, tuple(entries), tuple(lexed.comments)), tuple(found))


def _unread(source: Source) -> Tree:
    here = Span(source, 0, 0)
    all_of_it = Statement("", Word("", here), (), None, Span(source, 0, len(source.text)), True)
    return Tree(source, (all_of_it,), ())


def _too_large(source: Source, limits: Limits) -> Diagnostic | None:
    if len(source.text) <= limits.file_size // 4:  # a letter has up to 4 bytes
        return None
    from vsmdsl.language.limits import too_large  # most maps are smaller

    return too_large(source, limits)


def _too_long(lexed: Lexed, source: Source, limits: Limits) -> list[Diagnostic]:
    """What is too much of a single text; most maps are shorter than that."""
    if len(source.text) <= limits.label:
        return []
    longest = max(lexed.tokens, key=lambda token: token[2] - token[1], default=None)
    if longest is None or longest[2] - longest[1] <= limits.label:
        return []
    from vsmdsl.language.limits import too_long  # only for those who go beyond it

    return too_long(source, lexed.tokens, limits)


def _forbidden(source: Source) -> list[Diagnostic]:
    if not FORBIDDEN.search(source.text):
        return []
    from vsmdsl.language.decode import forbidden  # only a mistake needs it

    return forbidden(source)


# Where reading goes on after a mistake: at the first of these that fits what was read before.
_SYNC = frozenset({"SEP", "LBRACE", "KEY", "QUOTED_KEY", "CLAUSE_WORD", "ARROW", "RPAR"})
MOST_GUESSES = 200  # a text with more mistakes than this is no map, and need not be guessed at
KEPT = 1000  # words of a statement that cannot be read, which are kept
_BETWEEN = frozenset({"SEP", "LBRACE", "RBRACE"})
_STOPS = frozenset({"SEP", "LBRACE"})
# What may be made up in order to go on: a value nobody wrote, the end of a call.
_FILLERS = ((), ("UNKNOWN",), ("RPAR",), ("UNKNOWN", "RPAR"))


class _Parser:
    def __init__(self, source: Source, tokens: list[Token], rules: Table) -> None:
        self.source, self.tokens, self.table = source, tokens, rules
        self.builder = Builder(source)
        self.diagnostics = self.builder.diagnostics
        self.states = [0]
        self.values: list[Any] = []
        self.rules: list[tuple[Any, str, int]] = [
            (getattr(self.builder, name) if name else None, origin, count)
            for name, origin, count in rules.rules
        ]
        self.homes = _homes(rules)
        self.said: frozenset[int] = frozenset()  # places of mistakes that are reported already
        self.looked = self.begun = 0  # the last mistake, and where its statement began

    def run(self, most: int) -> list[Any] | None:
        """Read all words; what comes out is the entries of the file, or None: too many mistakes."""
        at = 0
        for _ in range(most + len(self.said) + 1):
            at = self._read(at)
            if at == len(self.tokens):
                self._reduce_all("$END")
                return self.values[0]  # type: ignore[no-any-return]
            at = self._recover(at)
        return None

    def _read(self, begin: int) -> int:
        """Read on until a word does not fit, and give its place (or the end)."""
        # The one loop that every word of a file goes through: its names are local to be quick.
        rows, defaults, rules = self.table.rows, self.table.defaults, self.rules
        states, values, tokens = self.states, self.values, self.tokens
        state = states[-1]
        for at in range(begin, len(tokens)):
            token = tokens[at]
            kind = token[0]
            while True:
                rule = defaults[state]
                if rule < 0:
                    action = rows[state].get(kind)
                    if action is None:
                        return at
                    if action >= 0:
                        break
                    rule = ~action
                call, origin, count = rules[rule]
                if count == 1:  # two in three: what was read is called, or becomes, something else
                    if call is not None:
                        values[-1] = call(values[-1:])
                    state = states[-1] = rows[states[-2]][origin]
                    continue
                keep = len(values) - count
                values[keep:] = [call(values[keep:])]
                state = rows[states[keep]][origin]
                states[keep + 1 :] = [state]
            states.append(action)
            values.append(token)
            state = action
        return len(tokens)

    def _reduce_all(self, kind: str) -> None:
        """Carry out what can be carried out before a word of this kind is taken."""
        while self.states[-1] != self.table.end:
            rule = self._rule(self.states, kind)
            if rule is None:
                return
            call, origin, count = self.rules[rule]
            keep = len(self.values) - count
            parts = self.values[keep:]
            del self.values[keep:], self.states[len(self.states) - count :]
            self.values.append(call(parts) if call else parts[0])
            self.states.append(self.table.rows[self.states[-1]][origin])

    def _rule(self, states: list[int], kind: str) -> int | None:
        """The rule to apply before a word of this kind is taken, if there is one."""
        rule = self.table.defaults[states[-1]]
        if rule >= 0:
            return rule
        action = self.table.rows[states[-1]].get(kind, 0)
        return ~action if action < 0 else None

    def _push(self, kind: str, value: Any) -> None:
        """Take a word that nobody wrote."""
        self._reduce_all(kind)
        self.states.append(self.table.rows[self.states[-1]][kind])
        self.values.append(value)

    def _accepts(self, *kinds: str) -> bool:
        """Whether these words could come next."""
        states = self.states[:]
        for kind in kinds:
            while (rule := self._rule(states, kind)) is not None:
                _, origin, count = self.rules[rule]
                if count:
                    del states[-count:]
                states.append(self.table.rows[states[-1]][origin])
            if kind not in self.table.rows[states[-1]]:
                return False
            states.append(self.table.rows[states[-1]][kind])
        return True

    def _recover(self, at: int) -> int:
        """Say what is wrong at a word, and find the place to go on."""
        begun = self._begun(at)
        self._report(at, begun)
        whole = self.states[-1] in self.homes  # the statement as such cannot be read
        self.builder.broken = not whole
        refused: set[str] = set()  # what cannot follow here: what was read does not change
        while True:
            kind, start, end = self.tokens[at]
            filler = None if whole or kind in refused else self._filler(kind)
            refused.add(kind)
            if filler is not None:
                for made_up in filler:
                    self._push(made_up, (made_up, start, start))
                return at
            if kind in _STOPS:
                self._give_up(begun, at)
                return at
            self.builder.reach = end
            at += 1

    def _filler(self, kind: str) -> tuple[str, ...] | None:
        """What to make up so that reading can go on here, or None if it cannot."""
        if kind not in _SYNC:
            return None
        return next((some for some in _FILLERS if self._accepts(*some, kind)), None)

    def _begun(self, at: int) -> int:
        """The first word of the statement that a word belongs to."""
        begun = at
        while begun > self.looked and self.tokens[begun - 1][0] not in _BETWEEN:
            begun -= 1
        if begun == self.looked and begun != at:
            begun = self.begun  # still the statement of the last mistake
        self.looked, self.begun = at, begun
        return begun

    def _give_up(self, begun: int, at: int) -> None:
        """Put a statement in the place of what cannot be read; its names are kept."""
        while self.states[-1] not in self.homes:
            self.states.pop()
            self.values.pop()
        self._push("UNREAD", self._unread(begun, at))
        self.builder.broken = False

    def _unread(self, begun: int, end: int) -> Statement:
        build, tokens = self.builder, self.tokens[begun:end]
        if not tokens:  # a block without a head
            here = Span(self.source, self.tokens[end][1], self.tokens[end][1])
            return Statement("", Word("", here), (), None, here, True)
        items = tuple(
            build.word([token]) if token[0] == "NAME" else build.text_of([token])
            for token in tokens[1:KEPT]
            if token[0] in ("NAME", "STRING")
        )
        first = build.word([tokens[0]])
        word = WORDS.get(first.text.lower(), "")
        span = Span(self.source, tokens[0][1], tokens[-1][2])
        return Statement(word, first, items, None, span, True)

    def _report(self, at: int, begun: int) -> None:
        _, start, end = self.tokens[at]
        if start in self.said or FORBIDDEN.match(self.source.text, start):
            return  # said already
        if len(self.diagnostics) < MOST_GUESSES:
            from vsmdsl.language.guesses import Trouble, explain  # only a mistake needs it

            found = explain(Trouble(self.source, self.tokens, at, begun, self._accepts))
        else:
            found = writing.UNEXPECTED.at(Span(self.source, start, end), "this cannot be read")
        self.diagnostics.append(found)


@cache
def _homes(rules: Table) -> frozenset[int]:
    """The states between two statements, in which an unread one may be put."""
    begins = {~at for at, rule in enumerate(rules.rules) if rule == ("nothing", "entries", 0)}
    actions = enumerate(row.get("UNREAD", -len(rules.rules) - 1) for row in rules.rows)
    return frozenset(state for state, action in actions if action >= 0 or action in begins)
