"""Wrong guesses and their answers: one message, the right place, a way out that works."""

from __future__ import annotations

import pytest

from vsmdsl.language.diagnostics import Fix
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source

# text · code · what the carets point at · a piece of message, hint and fix
GUESSES = [
    ("dev -> test", "E112", "dev -> test", "`stream dev -> test`"),
    ("A --> B", "E112", "A --> B", "`stream A -> B`"),
    ("A[Dev] --> B[Test]", "E112", "A[Dev] --> B[Test]", "`stream A -> B`"),
    ("A[Dev]", "E112", "A[Dev]", "`step A`"),
    ('"Dev" -> "Test"', "E112", '"Dev" -> "Test"', '`stream "Dev" -> "Test"`'),
    ("step dev -> test", "E112", "dev -> test", "`stream dev -> test`"),
    ("dev => test => run", "E112", "dev => test => run", "`stream dev -> test -> run`"),
    ("step Integration test pt=1h", "E113", "Integration test", '"Integration test"'),
    ("step Ravi's review 3d", "E113", "Ravi's review", '"Ravi\'s review"'),
    ("step x team=ana maria", "E113", "ana maria", '"ana maria"'),
    ("stream Code review 2h -> B", "E113", "Code review", '"Code review"'),
    ("set Code review pt=2h", "E113", "Code review", '"Code review"'),
    ('step "Develop" dev', "E114", '"Develop" dev', 'dev "Develop"'),
    ('dev "Develop" pt=3d', "E115", "dev", "write `step` in front"),
    ('"Idea backlog" 3d', "E115", '"Idea backlog"', "`queue` before what waits"),
    ("- step dev", "E116", "- ", "delete it"),
    ("* step dev", "E116", "* ", "delete it"),
    ("1. step dev", "E116", "1. ", "delete it"),
    ("steps:", "E117", "steps:", "braces"),
    ("step: Develop", "E117", ":", "delete the colon"),
    ("set test lt 4h", "E118", "lt 4h", "lt=4h"),
    ("step dev pt 3d", "E118", "pt 3d", "pt=3d"),
    ('step dev "x" team ana', "E118", "team ana", "team=ana"),
    ("map {\n  pt 3d\n}", "E118", "pt 3d", "pt=3d"),
    ("step x pt=2-4h", "E119", "2-4h", "2h..4h"),
    ("step x pt=2h - 4h", "E119", "2h - 4h", "2h..4h"),
    ("step x pt=2–4h lt=1d", "E119", "2–4h", "2h..4h"),
    ("step x pt=2h to 4h", "E119", "2h to 4h", "2h..4h"),
    ("queue x 2-4h", "E119", "2-4h", "2h..4h"),
    ("step x pt=<1d", "E120", "<1d", "`~1d`"),
    ("step x pt < 1d", "E120", "< 1d", "bound"),
    ("step x pt=>=1d", "E120", ">=1d", "bound"),
    ("step x pt=3,5d", "E121", "3,5d", "`3.5d`"),
    ("queue x qty=4,600", "E121", "4,600", "`4600`"),
    ("queue x qty=1.204,50", "E121", "1.204,50", "`1204.50`"),
    ("map date=12.11.2026", "E122", "12.11.2026", "2026-11-12"),
    ("map date=2026/1/5", "E122", "2026/1/5", "2026-01-05"),
    ("map date=2026-1-5", "E122", "2026-1-5", "2026-01-05"),
    ("map date=2026-11-12T10:00", "E122", "2026-11-12T10:00", "2026-11-12"),
    ("map date=11/12/2026", "E122", "11/12/2026", "`2026-12-11` or `2026-11-12`"),
    ("map date=11/30/2026", "E122", "11/30/2026", "`2026-11-30`"),
    ("map date=12 Nov 2026", "E122", "12 Nov 2026", "2026-11-12"),
    ("map date=Nov 12, 2026", "E122", "Nov 12, 2026", "2026-11-12"),
    ("map demand=20 per month", "E125", "20 per month", "20/month"),
    ("map calendar=8h per day", "E125", "8h per day", "8h/day"),
    ("step x cost=$100", "E126", "$100", "100 USD"),
    ("step x cost=62€", "E126", "62€", "62 EUR"),
    ("step x pt=1:30", "E127", "1:30", "`1h30min`"),
    ("step x pt=.5d", "E128", ".5d", "0.5d"),
    ("step x pt=3.d", "E128", "3.d", "3d"),
    ("step x pt=n/a", "E129", "n/a", "`none`"),
    ("step x pt=-", "E129", "-", "write `?`"),
    ("step x pt=- lt=3d", "E129", "-", "write `?`"),
    ("info a to b", "E130", "a to b", "a -> b"),
    ("rework from test to dev 20%", "E130", "from test to dev", "test -> dev"),
    ("info a --> b", "E131", "-->", "->"),
    ("info a => b", "E131", "=>", "->"),
    ("info a <- b", "E131", "a <- b", "`b -> a`"),
    ("goal lead time < 15d", "E132", "lead time", "lead_time"),
    ("goal lead_time = 15d", "E132", "lead_time = 15d", "`<=`"),
    ("goal lead_time =< 15d", "E132", "=<", "<="),
    ('import "x.vsm"', "E133", "import", "include"),
    ("delete dev", "E133", "delete", "remove"),
    ("end", "E133", "end", "`}`"),
    ("actor Ana", "E133", "actor", "`team`"),
    ("graph LR", "E134", "graph LR", "order of the lines"),
    ("digraph G {\n}", "E134", "digraph G {", "order of the lines"),
    ("@startuml", "E134", "@startuml", "order of the lines"),
    ('a [label="x"]', "E134", "a [label=", "order of the lines"),
    ("A->>B: hello", "E134", "A->>", "order of the lines"),
    ("```vsm", "E135", "```vsm", "delete the line"),
    ("---", "E135", "---", "delete the line"),
    ("/* foo */", "E136", "/*", "write it with `#`"),
    ("<!-- foo -->", "E136", "<!--", "write it with `#`"),
    ("-- foo", "E136", "--", "#"),
    ("step x pt=3d -- foo", "E136", "--", "#"),
    ("step x pt==3d", "E137", "==", "write `=`"),
    ("step x pt := 3d", "E137", ":=", "write `=`"),
    ("step 2nd review pt=3d", "E138", "2nd review", '"2nd review"'),
    ('step 1 "x"', "E138", "1", "the label alone"),
    ("map version=1.2.3", "E139", "1.2.3", '"1.2.3"'),
    ('step x pt=3d "Develop"', "E140", '"Develop"', "before the keys"),
    ("step x pt=3d 4d", "E141", "4d", "before the keys"),
    ("step v1.x pt=3d", "E142", "v1.x", '"v1.x"'),
    ("step dev [Develop]", "E143", "[Develop]", "quotes"),
    ("team x color=#ff0000", "E144", "#ff0000", '"#ff0000"'),
    ("queue x 3d step b 2h", "E145", "step", "`;`"),
    ("insert after dev step x 2h", "E145", "step x 2h", "{ step x 2h }"),
    ("waste waiting on", "E146", "on", "reserved"),
    ("step x pt＝3d", "E147", "＝", "write `=`"),
    ("step x pt=３d", "E147", "３", "write `3`"),
    ("stream A, B", "E148", ",", "write ` ->`"),
    ("include teams.vsm", "E149", "teams.vsm", '"teams.vsm"'),
    ("step dev:", "E150", ":", "delete the colon"),
    ("stpe dev", "E102", "stpe", "write `step`"),
    ("the team meets on Mondays", "E102", "the", "`#`"),
    ("step x pt= lt=3d", "E103", "=", "`pt=?`"),
    ("step x pt=", "E103", "=", "`pt=?`"),
    ("rework test", "E104", "test", "`->`"),
    ("metric", "E104", "metric", "metric change_fail_rate = 15%"),
    ("goal lead_time <=", "E104", "<=", "goal lead_time <= 24d"),
    ('step "Develop pt=3d', "E105", '"', 'write `"`'),
    ("step „Entwickeln", "E105", "„", "close the string with `“`"),
    ('note """\n open', "E105", '"""', 'close the string with `"""`'),
    ("map {", "E106", "{", "close the block with `}`"),
    ("}", "E107", "}", "delete the `}`"),
    ('step #1 "x"', "E108", "#", 'step "#1"'),
    (r'step "a\b"', "E109", r"\b", "backslash"),
    (r'step "\u{d800}"', "E109", r"\u{d800}", "backslash"),
    ("step x pt=4h30", "E110", "30", "`30min`"),
    ("step x pt=1h0.5", "E110", "0.5", "`0.5min`"),
    ("step x pt=1d.5h", "E128", ".", "write `1d0.5h`"),
    ("queue x 3d.5", "E128", ".", "`3.5d`"),
    ("step x pt=2d１", "E147", "１", "ASCII signs and digits"),
    ("step x lt=2d４h", "E147", "４h", "ASCII signs and digits"),
    ('step dev "x" ) y', "E101", ")", "no place"),
    ("{ step a }", "E101", "{", "no statement"),
]


def test_a_date_as_it_should_be_is_no_mistake_of_its_own() -> None:
    found = parse(Source("m.vsm", "2026-11-12 - & supplier")).diagnostics
    assert "E122" not in {one.code.code for one in found}


@pytest.mark.parametrize(("text", "code", "place", "words"), GUESSES)
def test_a_wrong_guess_has_one_answer(text: str, code: str, place: str, words: str) -> None:
    (found,) = parse(Source("x.vsm", text)).diagnostics
    assert (found.code.code, found.span.text) == (code, place)
    said = f"{found.message} | {found.hint} | {found.fix.title if found.fix else ''}"
    assert words in said


@pytest.mark.parametrize(("text", "code", "place", "words"), GUESSES)
def test_a_fix_mends_what_it_is_offered_for(text: str, code: str, place: str, words: str) -> None:
    (found,) = parse(Source("x.vsm", text)).diagnostics
    if found.fix:
        left = parse(Source("x.vsm", mended(text, found.fix))).diagnostics
        assert code not in {one.code.code for one in left}


@pytest.mark.parametrize(("text", "code", "place", "words"), GUESSES)
def test_a_mistake_leaves_the_lines_around_it_alone(
    text: str, code: str, place: str, words: str
) -> None:
    if code == "E106" or "\n open" in text or text.startswith("{"):
        return  # these have to do with the lines around them
    around = f"step one pt=1h\n{text}\nstep two pt=2h\n"
    parsed = parse(Source("x.vsm", around))
    assert [one.code.code for one in parsed.diagnostics] == [code]
    assert not parsed.tree.entries[0].broken
    assert not parsed.tree.entries[-1].broken
    assert parsed.tree.entries[-1].span.text == "step two pt=2h"


def mended(text: str, fix: Fix) -> str:
    """The text with a fix applied."""
    for edit in sorted(fix.edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
