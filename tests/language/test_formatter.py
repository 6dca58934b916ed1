"""The canonical form, by example and by its laws."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.language.texts import BUSY, FIRST
from vsmdsl.language.formatter import format_source
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.language.spelling import head
from vsmdsl.language.syntax import AttributeLine, Entry, Statement
from vsmdsl.pipeline import compile as compile_map
from vsmdsl.record import replace

SAMPLES = sorted((Path(__file__).parents[2] / "samples").rglob("*.vsm"))


def formatted(text: str, *, expand: bool = False) -> str:
    """The canonical form of a text."""
    return format_source(Source("x.vsm", text), expand=expand)


def stream(text: str) -> Any:
    """What a text means: its steps and what lies between them."""
    compiled = compile_map(text, name="x.vsm")
    assert compiled.ok
    return compiled.current.stream.elements


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("step Develop 3d/5d 85%", "step      Develop pt=3d lt=5d ca=85%"),
        ("step Develop 3d/? 85% people=4", "step      Develop pt=3d lt=? ca=85% people=4"),
        ("step D 2h..8h/1d", "step      D pt=2h..8h lt=1d"),
        ("step D 70%", "step      D ca=70%"),
        ("step D ?", "step      D pt=?"),
        ("step D 3d lt=5d", "step      D pt=3d lt=5d"),
        ("step D 3d pt=5d", "step      D 3d pt=5d"),
        ("queue Ideas 12d 11", "queue     Ideas wait=12d qty=11"),
        ("queue 3d", "queue     wait=3d"),
        ("inventory x 4600 pcs", "inventory x qty=4600 pcs"),
        ("supermarket x 2 d", "supermarket x wait=2d"),
        ("fifo x none max=3", "fifo      x wait=none max=3"),
        ("Wait x 3d", "queue     x wait=3d"),
        ("handoff approve 6d", "handoff   approve wait=6d"),
        ("choice { branch a 80 % { step x }; branch b { } }", None),
        ("step", "step"),
        ("PROCESS dev PT : 3 days, Uptime=90 %", "step      dev pt=3d uptime=90%"),
        ("step x %C&A=5% C/T=3 sec C/O = 10 minutes operators=2", None),
        ("step x pt=1d 4 hours", "step      x pt=1d4h"),
        ("step x wait=60min", "step      x wait=60min"),
        ('step x pt="3d" team="3d"', 'step      x pt=3d team="3d"'),
        ("step x team='ana' tool=„Jira“", 'step      x team="ana" tool="Jira"'),
        (r'step x "a \"b\" \u{e9}"', r'step      x "a \"b\" \u{e9}"'),
        (r"step x “a \\ b”", r'step      x "a \\ b"'),
        ("team ops   people=6,", "team ops people=6"),
        ("rework  test->dev  20 %  'x'", 'rework test -> dev 20% "x"'),
        ("rework l a -> b ? wait = 3d", "rework l a -> b ? wait=3d"),
        ("set a -> b 10%", "set a -> b 10%"),
        ("set test.CA = 95%", "set test.ca=95%"),
        ("metric lead_time=23.6d source=x", "metric lead_time = 23.6d source=x"),
        ("goal lead_time≤24 d in q1", "goal lead_time <= 24d in q1"),
        ("apply a,b", "apply a, b"),
        ("remove a, b->c", "remove a, b -> c"),
        ("info A→B,C 'x'", 'info A -> B, C "x"'),
        ("stream A 2 h/1d->3d  -> B", "stream A 2h/1d -> 3d -> B"),
        ("map demand = 12000 L+6400 R/month", "map demand=12000 L + 6400 R/month"),
        ("step x cost=62EUR/h", "step      x cost=62 EUR/h"),
        ("step x pt=lognormal( p50=2 d,p85=6d )", "step      x pt=lognormal(p50=2d, p85=6d)"),
        ("map { a = 1; b : 2 }", "map { a = 1; b = 2 }"),
        ("map\n{ a = 1 }", "map { a = 1 }"),
        ("map {}", "map { }"),
        ("map {\n}", "map {\n}"),
        ("map { a = 1, b = 2\nc = 3 }", "map {\n  a = 1\n  b = 2\n  c = 3\n}"),
        ("kaizen k { set a pt=3d }", "kaizen k { set a pt=3d }"),
        ("parallel { branch { step a } }", "parallel {\n  branch { step a }\n}"),
        ("step a; step b", "step      a\nstep      b"),
        ("\n\n\nstep a\n\n\n\nstep b\n\n", "step      a\n\nstep      b"),
        ("map {\n\n  a = 1\n\n}", "map {\n  a = 1\n}"),
        ("step a   # x  ", "step      a  # x"),
        ("// x\n%%y\nstep a", "# x\n#y\nstep      a"),
        ("map { # x\n# y\n}", "map {  # x\n  # y\n}"),
        ("map # x\n{ # y\na = 1 } # z", "map {  # x\n  # y\n  a = 1\n}  # z"),
        ("stream A # x\n  # y\n-> B # z", "stream A  # x\n# y\n  -> B  # z"),
        ("stpe   a\nstep a", "stpe   a\nstep      a"),
        ("step a pt=2-4h   lt=3d  # x", "step a pt=2-4h   lt=3d  # x"),
        ("map { date = 1.2.2026 }", "map { date = 1.2.2026 }"),
        ("map {\n   date = 1.2.2026\n   a=1 }", "map {\n  date = 1.2.2026\n  a = 1\n}"),
        ("queue //x\nqueue %%y\nqueue a //z", "queue  # x\nqueue  # y\nqueue     a  # z"),
        ("queue //\tx\nqueue ///\nqueue //", "queue  # \tx\nqueue  # /\nqueue  #"),
        ("stream  A 2 h; -> B  3h # x", "stream A 2h; -> B  3h # x"),
        ("stream A 2h ;;→ B; -> C\n->D", "stream A 2h ;;→ B; -> C\n->D"),
        ("stream A 2h;\n-> B 3h", "stream A 2h\n  -> B 3h"),
        ("map {\nstream A 2 h; -> B\n}", "map {\n  stream A 2h; -> B\n}"),
        ("queue None\nstep none", "queue     None\nstep      none"),
        ("step None 3d/5d\nteam None", "step      None pt=3d lt=5d\nteam None"),
        ("step 'x' None\nqueue x NONE 3", 'step      "x" pt=none\nqueue     x wait=none qty=3'),
        ("queue 3 d None\nstep None none", "queue     3d None\nstep      None pt=none"),
        ("stream None -> A None -> 3 d None", "stream None -> A none -> 3d None"),
        ("step A pt=None 'own row'=None", 'step      A pt=none "own row"=None'),
        ("", ""),
    ],
)
def test_one_spelling(text: str, answer: str | None) -> None:
    expected = {
        "choice { branch a 80 % { step x }; branch b { } }": (
            "choice {\n  branch a share=80% { step x }\n  branch b { }\n}"
        ),
        "step x %C&A=5% C/T=3 sec C/O = 10 minutes operators=2": (
            "step      x ca=5% ct=3s co=10min people=2"
        ),
    }.get(text, answer)
    assert expected is not None
    assert formatted(text) == (expected + "\n" if expected else "")


def test_a_file_in_canonical_form_stays_as_it_is() -> None:
    assert formatted(FIRST) == FIRST


def test_a_block_stays_on_its_line_only_if_it_fits() -> None:
    long = "a" * 70
    assert formatted(f'map "{long}" {{ state = current }}').count("\n") == 1
    assert formatted(f'map "{long}x" {{ state = current; item = y }}').count("\n") == 4


def test_streams_are_written_out_on_demand() -> None:
    text = 'stream A 2h/1d 70% -> 3d # x\n -> "B c" team=ana\nparallel { stream D 1d }'
    assert formatted(text, expand=True) == (
        "step      A pt=2h lt=1d ca=70%\nqueue     wait=3d  # x\n"
        'step      "B c" team=ana\nparallel {\n  step      D pt=1d\n}\n'
    )


def test_a_step_may_be_called_none() -> None:
    """As the map is drawn: behind a name, `none` says that a value does not apply."""
    text = "stream A 1h -> none -> None 2h -> B none\n"
    written_out = "step      A pt=1h\nstep      none\nstep      None pt=2h\nstep      B pt=none\n"
    assert formatted(text, expand=True) == written_out
    for one in (text, "step A 1h\nqueue None\nstep none\nstep B none\nqueue None2 none\n"):
        for expand in (False, True):
            assert stream(formatted(one, expand=expand)) == stream(one)


def test_a_stream_that_is_a_branch_stays_one() -> None:
    """Written out it would be two branches, or one that has no name."""
    text = "parallel {\n  stream D 1d -> E 2d\n  step      F pt=1d\n}\n"
    assert formatted(text, expand=True) == text


def test_what_no_text_may_hold_is_no_blank() -> None:
    assert formatted("{{\n\x85}}") == "{\n  {\n    \x85\n  }\n}\n"


def test_braces_that_do_not_match_are_left_alone() -> None:
    for text in ("map {\n step   a\n", "step   a\n}\n", "map { # x"):
        assert formatted(text) == text if text.endswith("\n") else text + "\n"


def test_what_is_not_read_is_left_alone() -> None:
    for text in ("step   a\n" * 200_000, "step   a \n" + "|  \n" * 5_000):
        assert formatted(text) == text


def test_comments_with_the_same_words_are_all_kept() -> None:
    """Those of a statement that is left alone stand in it; those below it are others."""
    text = "stream A 2h   # x\n  -> B 3x y z  # x\n  -> C 1h\nstep D 1h # x\n# x\nstep E 2h\n"
    below = "step      D pt=1h  # x\n# x\nstep      E pt=2h\n"
    assert formatted(text) == text[: text.index("step")] + below
    hold(text)
    hold("{r#\n{//\n}{}}")


@pytest.mark.parametrize("line", ["x {{ # {}\n}}\n", "map {{ a = {} }}\n"])
def test_many_comments_are_written_quickly(line: str) -> None:
    text = "".join(map(line.format, range(900))) + "# c\n" * 150_000
    start = time.process_time()
    assert formatted(text).count("# c\n") == 150_000
    assert time.process_time() - start < 5  # half a second; it took fifteen


# --- laws ---------------------------------------------------------------------------------------


def meaning(text: str) -> list[Any]:
    """What a text says, without how it says it: canonical heads, entries in order."""
    return _lines(parse(Source("x.vsm", text)).tree.entries)


def _meaning(entry: Entry) -> Any:
    if isinstance(entry, AttributeLine):
        return ["=", *(head(_carrier(replace(entry, attrs=(attr,)))) for attr in entry.attrs)]
    return [head(entry), *_lines(entry.block.entries)] if entry.block else head(entry)


def _lines(entries: Iterable[Entry]) -> list[Any]:
    """Attributes of one line stand on lines of their own once they are written anew."""
    flat: list[Any] = []
    for entry in entries:
        found = _meaning(entry)
        flat += found[1:] if isinstance(found, list) and found[0] == "=" else [found]
    return flat


def _carrier(line: AttributeLine) -> Statement:
    word = parse(Source("", "map")).tree.entries[0]
    assert isinstance(word, Statement)
    return replace(word, items=line.attrs)


def comments(text: str) -> list[str]:
    """The comments of a text, without their signs."""
    return [one.text.lstrip("#/% \t").strip() for one in parse(Source("x", text)).tree.comments]


def hold(text: str) -> None:
    """The laws: stable, every comment kept, nothing new wrong, the same meaning."""
    once = formatted(text)
    assert formatted(once) == once
    assert comments(once) == comments(text)
    before = parse(Source("x", text)).diagnostics
    if not before:
        assert parse(Source("x", once)).diagnostics == ()
        assert meaning(once) == meaning(text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_laws_hold_for_every_sample(path: Path) -> None:
    hold(path.read_text(encoding="utf-8"))


def test_the_laws_hold_for_busy_texts() -> None:
    for text in (FIRST, BUSY):
        hold(text)
        hold(text.replace("\n", "\n\n"))
        hold(text.replace("\n", " # why\n") if '"""' not in text else text)


PIECES = [
    *"{};,()#?~+-=:/\n\n\t ", " ", "\n", "->", "..", "<=", '"', '"a b"', '"""', "// c\n", "# c\n",
    "stream a 2h -> ", "step ", "queue ", "map ", "stream ", "info ", "rework ", "set ", "goal ",
    "metric ", "parallel ",
    "branch ", "kaizen ", "note ", "dev", "a", "none", "on ", "to ", "pt=", "lt = ", "team: ",
    "3d", "2 h", "85%", "20/month", "4600 pcs", "2026-11-12", "https://x.y/#z", "lognormal(",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("pt=step pt=step ")
def test_the_laws_hold_for_texts_out_of_the_pieces_of_the_language(text: str) -> None:
    hold(text)


VALUES = st.sampled_from(
    ["3d", "1d 4 h", "85 %", "20 / month", "12 L + 3 R/day", "2h..3h ..8h", "?", "none", "~3 days",
     "'x'", '"a \\" b"', "word", "a, b", "2026-11-12", "normal(3d, 1 d)", "@ana", "b.c", "4600pcs"]
)  # fmt: skip
BARE = st.sampled_from(["", "3d", "2h/1d 70%", "3 d 5", "?", "none", "80 %", "2h..8h", "40 pcs"])
WORD = st.sampled_from(
    ["step", "Queue", "inventory", "handoff", "branch", "team", "task", "kaizen"]
)
NAME = st.sampled_from(["", "dev", "a-b", '"Label"', "x “Label”", "é 'It’s'"])
KEYS = st.sampled_from(["pt", "LT", "C/T", "%C&A", "team", "wait", '"own row"', "operators", "x"])
ATTR = st.tuples(KEYS, st.sampled_from(["=", " = ", ": "]), VALUES).map("".join)
END = st.sampled_from(["\n", "\n\n\n", " # why\n", "; ", "\n# above\n", "\n{ a = 1; b: 2 }\n"])
LINE = st.tuples(WORD, st.just(" "), NAME, st.just(" "), BARE, st.just(" "), ATTR, END).map("".join)


@given(st.lists(LINE, max_size=6).map("".join), st.booleans())
def test_the_laws_hold_for_maps_nobody_wrote(text: str, within: bool) -> None:
    hold(f"parallel {{ # x\n{text}}}" if within else text)
