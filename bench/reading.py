"""How long one program takes to read a map that is in memory already: it prints milliseconds.

    python bench/reading.py lark FILE     # Lark's own lexer and LALR parser: text → parse tree
    python bench/reading.py parse FILE    # vsmdsl: text → syntax tree
    python bench/reading.py resolve FILE  # vsmdsl: text → value stream, with all its mistakes
    python bench/reading.py check FILE    # vsmdsl: all that `vsm check` tells, findings included

Lark gets no more help than it needs for the texts of `bench/maps.py`: the end of a line is a
separator, and the first word of a line is a statement word.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lark import Lark, Token
from lark.lark import PostLex

from vsmdsl import pipeline
from vsmdsl.cli import SELDOM
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.language.tables import table
from vsmdsl.resources import read_grammar


class Lines(PostLex):
    """One statement a line."""

    always_accept = ("NEWLINE",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Name the first word of a line, and the end of it."""
        families, first = table().families, True
        for token in stream:
            if token.type == "NEWLINE":
                token.type = "SEP"
                first = True
            elif first:
                token.type = families.get(str(token), token.type)
                first = False
            yield token


def by_lark() -> Callable[[str], object]:
    """Lark, made for the grammar of the language."""
    grammar = f"{read_grammar()}\nNEWLINE: /\\n+/\n"
    return Lark(
        grammar, parser="lalr", lexer="basic", postlex=Lines(), maybe_placeholders=False
    ).parse


def main(program: str, path: str) -> None:
    """Read the file once and print how long it took."""
    text = Path(path).read_text(encoding="utf-8")
    programs: dict[str, Callable[[str], object]] = {
        "parse": lambda text: parse(Source(path, text)),
        "resolve": lambda text: pipeline.compile(text).mistakes,
        "check": lambda text: pipeline.compile(text).diagnostics,
    }
    read = by_lark() if program == "lark" else programs[program]
    gc.set_threshold(SELDOM)  # for all programs alike, as `vsm` does
    start = time.perf_counter()
    read(text)
    print((time.perf_counter() - start) * 1000)


if __name__ == "__main__":
    main(*sys.argv[1:])
