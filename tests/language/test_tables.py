"""The parse table that is checked in belongs to the grammar that is checked in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from vsmdsl.language import _tables, tables
from vsmdsl.resources import read_grammar


def test_the_table_is_current_and_the_grammar_unambiguous() -> None:
    made = tables.build(read_grammar())  # Lark is strict: a conflict raises
    shipped = Path(_tables.__file__).read_text(encoding="utf-8")
    assert tables.written(made, _tables.GRAMMAR) == shipped, "run python -m vsmdsl.language.tables"
    assert tables._fingerprint() == _tables.GRAMMAR


def test_a_table_of_another_grammar_is_made_anew() -> None:
    shipped, before = _tables.GRAMMAR, tables.table.__wrapped__()
    try:
        _tables.GRAMMAR = "another"
        assert tables.table.__wrapped__().rows == before.rows
    finally:
        _tables.GRAMMAR = shipped


def test_reading_a_map_does_not_load_lark() -> None:
    code = (
        "import sys; from vsmdsl.language.parser import parse;"
        "from vsmdsl.language.source import Source;"
        "assert not parse(Source('x', 'step dev')).diagnostics; print('lark' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
