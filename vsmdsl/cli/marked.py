"""Words of a map in Markdown, where they are words and nothing else."""

from __future__ import annotations

import re

from vsmdsl.cli import console

_SIGNS = "\\`*_{}[]<>()#+!|~@&"
# What a forge looks for in what has been read already, so that no backslash hides it from there:
# mentions, references, addresses.
_CALLS = r"[@#!$%~&^]\w|\bGH-\d|://|\bwww\.|\bmailto:|:\w+:"


def unmarked(words: str) -> str:
    """A text in one line, as it may stand in a heading, a sentence or a cell of a table."""
    plain = console.harmless(" ".join(words.split()))
    if re.search(_CALLS, plain):
        return _code(plain)
    return "".join(f"\\{sign}" if sign in _SIGNS else sign for sign in plain)


def _code(plain: str) -> str:
    runs = [len(run) for run in re.findall("`+", plain)]
    fence = "`" * (max(runs, default=0) + 1)
    room = " " if plain.startswith("`") or plain.endswith("`") else ""
    # A bar would end the cell, with a backslash in front or not.
    return f"{fence}{room}{plain.replace('|', '¦')}{room}{fence}"
