"""Highlighting: what each word of a map is taken for, in Pygments and in editors."""

from __future__ import annotations

import json
import plistlib
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.token import Comment, Keyword, Literal, Name, Number, String, Token, _TokenType

from tools.editor_files import EDITORS, files
from vsmdsl.language.words import UNITS, WORDS
from vsmdsl.publish.pygments import VsmLexer

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").rglob("*.vsm"))
LEXER = VsmLexer(stripnl=False, ensurenl=False)


def taken(text: str) -> list[tuple[_TokenType, str]]:
    """The words of a text with what they are taken for."""
    return [(kind, word) for kind, word in LEXER.get_tokens(text) if word.strip()]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_letter_of_a_map_is_lost_or_wrong(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tokens = list(LEXER.get_tokens(text))
    assert "".join(word for _, word in tokens) == text
    assert [word for kind, word in tokens if kind is Token.Error] == []


@given(st.text(alphabet='step queue{}"#=->%\n\t;:.0d?é\\/&C', max_size=60))
def test_any_text_is_taken_for_something(text: str) -> None:
    assert "".join(word for _, word in LEXER.get_tokens(text)) == text


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_statement_is_known(word: str) -> None:
    assert taken(f"{word} x")[0] == (Keyword.Declaration, word)
    assert taken(f"x; {word.capitalize()} x")[2] == (Keyword.Declaration, word.capitalize())
    assert taken(f"x {{\n  {word}=3d\n}}")[2] == (Name.Attribute, word)


@pytest.mark.parametrize("unit", sorted(set(UNITS)))
def test_every_unit_is_part_of_its_number(unit: str) -> None:
    assert (Number, f"3{unit}") in taken(f"queue a wait=3{unit}")
    assert (Number, f"3 {unit}") in taken(f"queue a wait=3 {unit} x")


LINE = 'step dev "Develop \\"it\\"" %C&A=85% pt=2h..8h due=2026-12-15 wait=? on a # why'


def test_the_parts_of_a_line() -> None:
    found = {word: kind for kind, word in taken(LINE)}
    assert found["dev"] is Name
    assert found['\\"'] is String.Escape
    assert found["%C&A"] is Name.Attribute
    assert found["85%"] is found["2h"] is found["8h"] is Number
    assert found["2026-12-15"] is Literal.Date
    assert found["?"] is Keyword.Constant
    assert found["on"] is Keyword
    assert found["# why"] is Comment.Single


def test_pygments_finds_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name = project["entry-points"]["pygments.lexers"]["vsm"]
    assert EntryPoint("vsm", name, "pygments.lexers").load() is VsmLexer
    assert (VsmLexer.aliases, VsmLexer.filenames) == (["vsm", "vsm-source"], ["*.vsm"])


# --- editors


def test_the_files_of_the_editors_are_up_to_date() -> None:
    """`python tools/editor_files.py` writes them anew."""
    stale = [name for name, data in files().items() if (EDITORS / name).read_bytes() != data]
    assert stale == []


def textmate() -> dict[str, Any]:
    """The TextMate grammar."""
    path = EDITORS / "vscode" / "syntaxes" / "vsm.tmLanguage.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def patterns(name: str) -> list[tuple[str, re.Pattern[str]]]:
    """The patterns of a part of the grammar, by the name they give."""
    rules = textmate()["repository"][name]["patterns"]
    return [
        (rule.get("name", rule.get("captures", {}).get("1", {}).get("name", "")),
         re.compile(rule["match"]))
        for rule in rules if "match" in rule
    ]  # fmt: skip


def scope(text: str, at: int = 0) -> str:
    """What the first pattern that fits takes the text at a place for."""
    for part in ("comment", "statement", "value"):
        for name, pattern in patterns(part):
            if pattern.match(text, at):
                return name.removesuffix(".vsm")
    return ""


@pytest.mark.parametrize("word", sorted(WORDS))
def test_the_grammar_of_editors_knows_every_statement(word: str) -> None:
    assert scope(f"{word} x") == "keyword.control.statement"
    assert scope(f"{word}=3d") == "entity.other.attribute-name"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# why", "comment.line.number-sign"),
        ("# vsm: allow F501", "comment.line.number-sign.directive"),
        ("%C&A=3%", "entity.other.attribute-name"),
        ("12d", "constant.numeric"),
        ("2 days", "constant.numeric"),
        ("85 %", "constant.numeric"),
        ("2026-12-15", "constant.other.date"),
        ("->", "keyword.operator.arrow"),
        ("https://a.b/c", "markup.underline.link"),
        ("in q1", "keyword.other.clause"),
        ("in-basket", "variable.other"),
        ("none", "constant.language"),
        ("lognormal(p50=2d)", "support.function"),
    ],
)
def test_what_editors_take_a_word_for(text: str, expected: str) -> None:
    assert scope(text) == expected


def test_sublime_has_the_same_grammar() -> None:
    found = plistlib.loads((EDITORS / "sublime" / "VSM.tmLanguage").read_bytes())
    assert {**textmate(), "fileTypes": ["vsm"]} == found


VIM = """\
set nocompatible
execute 'set runtimepath^=' . fnameescape('{editors}/vim')
filetype plugin on
syntax on
edit {map}
let out = [&filetype]
for line in range(1, line('$'))
  for column in range(1, len(getline(line)))
    let name = synIDattr(synID(line, column, 1), 'name')
    call add(out, line . ' ' . column . ' ' . name)
  endfor
endfor
call writefile(out, '{out}')
qall!
"""


@pytest.mark.skipif(not shutil.which("vim"), reason="no Vim")
def test_vim_shows_it(tmp_path: Path) -> None:
    (tmp_path / "a.vsm").write_text(LINE + "\nmap { state = current }\n", encoding="utf-8")
    script = VIM.format(editors=EDITORS, map=tmp_path / "a.vsm", out=tmp_path / "out")
    (tmp_path / "s.vim").write_text(script, encoding="utf-8")
    line = ["vim", "-es", "-u", "NONE", "-i", "NONE", "-n", "-S", str(tmp_path / "s.vim")]
    ran = subprocess.run(line, timeout=30, check=False, capture_output=True)
    if not (tmp_path / "out").exists():
        pytest.skip(f"this Vim cannot colour: {ran.stderr[:80]!r}")
    kind, *rows = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    names = {tuple(map(int, row.split()[:2])): row.split()[2:] for row in rows}
    assert kind == "vsm"

    def at(word: str) -> list[str]:
        return names[1, LINE.index(word) + 1]

    assert at("step") == ["vsmStatement"]
    assert at("Develop") == ["vsmString"]
    assert at("%C&A") == ["vsmKey"]
    assert at("85%") == at("8h") == ["vsmNumber"]
    assert at("2026") == ["vsmDate"]
    assert at("# why") == ["vsmComment"]
    assert names[2, 1] == ["vsmStatement"]
    assert names[2, 7] == ["vsmKey"]
