"""The table that the parser runs on, made from the grammar ahead of time.

`python -m vsmdsl.language.tables` writes it down in `_tables.py`. Whoever edits the grammar in a
checkout need not think of it: a table that does not belong to the grammar is made anew in memory.
This is the only module that knows Lark, and it imports it only to make a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vsmdsl.record import record
from vsmdsl.resources import data_path, read_grammar

if TYPE_CHECKING:
    from lark import Lark
    from lark.grammar import Rule

Row = Mapping[str, int]


@record(eq=False)
class Table:
    """What the grammar says, in the form that lexer and parser run on.

    `pattern` holds one group for each of `terminals`. `families` gives the terminal of a word.
    A row says what a state does with a symbol: go to that state, or, below zero, reduce by the
    rule `~row[symbol]`. Where only one rule can apply, `defaults` has it, and -1 elsewhere.
    """

    pattern: str
    terminals: tuple[str, ...]
    families: Mapping[str, str]
    rules: tuple[tuple[str, str, int], ...]  # what to call, what it makes, of how many
    rows: tuple[Row, ...]
    defaults: tuple[int, ...]
    end: int  # the state in which the file is complete


@cache
def table() -> Table:
    """The table that belongs to the grammar at hand."""
    from vsmdsl.language import _tables as shipped

    if _fingerprint() != shipped.GRAMMAR:
        return build(read_grammar())
    return Table(
        shipped.PATTERN,
        shipped.TERMINALS,
        shipped.FAMILIES,
        shipped.RULES,
        shipped.ROWS,
        shipped.DEFAULTS,
        shipped.END,
    )


def build(grammar: str) -> Table:
    """Compile a grammar; an ambiguity in it is an error."""
    from lark import Lark
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        """Ours runs instead, so Lark need not make one."""

        def __init__(self, _conf: Any) -> None: ...

        def lex(self, _lexer_state: Any, _parser_state: Any) -> Any: ...

    lark = Lark(grammar, parser="lalr", lexer=NoLexer, strict=True)
    rules, rows, end = _actions(lark)
    defaults = _defaults(rows)
    rows = _straight(rules, rows, defaults)
    return Table(*_letters(lark), _families(lark), rules, rows, defaults, end)


def written(made: Table, fingerprint: str) -> str:
    """The text of `_tables.py`."""
    fields = [
        ("GRAMMAR", repr(fingerprint)),
        ("PATTERN", repr(made.pattern)),
        ("TERMINALS", repr(made.terminals)),
        ("FAMILIES", repr(dict(made.families))),
        ("RULES", _lines(made.rules)),
        ("ROWS", _lines(made.rows)),
        ("DEFAULTS", repr(made.defaults)),
        ("END", repr(made.end)),
    ]
    types = "from __future__ import annotations\n\nROWS: tuple[dict[str, int], ...]\n"
    head = '"""Made from grammar/vsm.lark by `python -m vsmdsl.language.tables`. Do not edit."""\n'
    marks = "# ruff: noqa\n# fmt: off\n"
    assignments = "".join(f"\n{name} = {value}\n" for name, value in fields)
    return f"{marks}{head}\n{types}{assignments}"


def _lines(values: tuple[object, ...]) -> str:
    return "(\n" + "".join(f"    {value!r},\n" for value in values) + ")"


def _fingerprint() -> str:
    # Asked for at every start: a checksum of the standard library's core is enough, since nobody
    # gains anything by a forged table.
    import zlib

    data = data_path("grammar", "vsm.lark").read_bytes().replace(b"\r\n", b"\n")
    return f"{len(data)}-{zlib.crc32(data):08x}"


def _letters(lark: Lark) -> tuple[str, tuple[str, ...]]:
    """One pattern that tries the terminals in the order of their rank, blanks aside."""
    apart = {term.name for term in lark.terminals if term.name.endswith("_WORD")}
    apart |= {"BLANK", "NONE"}
    terms = [term for term in lark.terminals if term.name not in apart]
    terms.sort(key=lambda term: (-term.priority, -len(term.pattern.value), term.name))
    named = [f"({term.pattern.to_regexp()})" for term in terms]
    blank = next(term for term in lark.terminals if term.name == "BLANK").pattern.value
    pattern = rf"(?:{blank})?(?:(\n)|{'|'.join(named)}|(;)|(\S|[\x0b-\x1f\x85\u2028\u2029]))"
    return pattern, ("NEWLINE", *(term.name for term in terms), "SEMICOLON", "BAD")


def _families(lark: Lark) -> dict[str, str]:
    terms = [term for term in lark.terminals if term.name.endswith("_WORD")]
    return {
        word: term.name for term in terms for word in re.findall("[a-z_]{2,}", term.pattern.value)
    }


def _actions(lark: Lark) -> tuple[tuple[tuple[str, str, int], ...], tuple[Row, ...], int]:
    from lark.parsers.lalr_analysis import Shift

    parse_table = lark.parser.parser._parse_table
    numbers = {rule: at for at, rule in enumerate(lark.rules)}
    order = _order(parse_table)
    rows: list[Row] = []
    for actions in map(parse_table.states.__getitem__, order):
        row: dict[str, int] = {}
        for symbol, (action, target) in sorted(actions.items()):
            row[symbol] = order[target] if action is Shift else ~numbers[target]
        rows.append(row)
    rules = tuple(
        (_callback(rule), str(rule.origin.name), len(rule.expansion)) for rule in lark.rules
    )
    return rules, tuple(rows), order[parse_table.end_states["start"]]


def _order(parse_table: Any) -> dict[Any, int]:
    """The states in the order in which they are met: Lark's own numbers change by the run."""
    from lark.parsers.lalr_analysis import Shift

    names = [parse_table.start_states["start"]]
    order = {names[0]: 0}
    for name in names:  # grows while it is gone through
        for _, (action, target) in sorted(parse_table.states[name].items()):
            if action is Shift and target not in order:
                order[target] = len(names)
                names.append(target)
    return order


def _callback(rule: Rule) -> str:
    """What a rule calls: its alias, else its own name; nothing where it only passes one on."""
    if rule.alias:
        return str(rule.alias)
    passes_on = rule.options.expand1 and len(rule.expansion) == 1
    return "" if passes_on else str(rule.origin.name)


def _defaults(rows: tuple[Row, ...]) -> tuple[int, ...]:
    found = [set(row.values()) for row in rows]
    return tuple(
        ~actions.pop() if len(actions) == 1 and min(actions) < 0 else -1 for actions in found
    )


def _straight(
    rules: tuple[tuple[str, str, int], ...], rows: tuple[Row, ...], defaults: tuple[int, ...]
) -> tuple[Row, ...]:
    """Lead past the states that can only call what was read by another name: half of all steps."""

    def beyond(row: Row, state: int) -> int:
        while state >= 0 and defaults[state] >= 0:
            call, origin, count = rules[defaults[state]]
            if call or count != 1:
                break
            state = row[origin]
        return state

    return tuple({symbol: beyond(row, state) for symbol, state in row.items()} for row in rows)


def main() -> None:
    """Write the table down beside this module."""
    made = build(read_grammar())
    path = Path(__file__).with_name("_tables.py")
    path.write_text(written(made, _fingerprint()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
