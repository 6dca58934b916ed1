"""What tree comes out of which text."""

from __future__ import annotations

import pytest

from tests.language.texts import BUSY, FIRST
from vsmdsl.language.decode import decode
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.language.syntax import AttributeLine, Statement
from vsmdsl.limits import LIMITS, Limits
from vsmdsl.record import field_names, is_record


def shown(node: object) -> str:
    """A node in short: what it is and what it says, without places."""
    if isinstance(node, str):
        return node
    if isinstance(node, tuple):
        return "[" + " ".join(map(shown, node)) + "]"
    if not is_record(node):
        return str(node)
    skipped = {"span", "keyword", "one_line", "broken", "triple"}
    values = [getattr(node, name) for name in field_names(node) if name not in skipped]
    said = " ".join(shown(value) for value in values if value not in ((), None))
    return f"{type(node).__name__}({said})"


def items(text: str) -> str:
    """The items of the one statement of a text."""
    parsed = parse(Source("x.vsm", text))
    assert parsed.diagnostics == ()
    (statement,) = parsed.tree.entries
    assert isinstance(statement, Statement)
    return " ".join(map(shown, statement.items))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("step dev", "Word(dev)"),
        ('step dev "Develop"', "Word(dev) Text(Develop)"),
        (
            "step Dev 2h/1d 70%",
            "Word(Dev) Ratio(Measure([Part(2 h)]) Measure([Part(1 d)])) Percent(70)",
        ),
        ("step Dev 2h..8h", "Word(Dev) Range([Measure([Part(2 h)]) Measure([Part(8 h)])])"),
        ("queue x 12d 11", "Word(x) Measure([Part(12 d)]) Number(11)"),
        ("queue x none", "Word(x) Word(none)"),
        ("queue x pt=20/month", "Word(x) Attr(Word(pt) Ratio(Number(20) Word(month)))"),
        ("step x team=ana, ravi", "Word(x) Attr(Word(team) Items([Word(ana) Word(ravi)]))"),
        (
            "step x team=ana, pt=3d",
            "Word(x) Attr(Word(team) Word(ana)) Attr(Word(pt) Measure([Part(3 d)]))",
        ),
        ("step x pt=1d 4h", "Word(x) Attr(Word(pt) Measure([Part(1 d) Part(4 h)]))"),
        ("step x pt=1d4h", "Word(x) Attr(Word(pt) Measure([Part(1 d) Part(4 h)]))"),
        ("step x 3 days 4 hours", "Word(x) Measure([Part(3 days) Part(4 hours)])"),
        ("step x 3d 5d", "Word(x) Measure([Part(3 d)]) Measure([Part(5 d)])"),
        (
            "step x qty=4600 wip=34",
            "Word(x) Attr(Word(qty) Number(4600)) Attr(Word(wip) Number(34))",
        ),
        ("queue x 12 m2", "Word(x) Measure([Part(12 m2)])"),
        ("step x pt=~3d", "Word(x) Attr(Word(pt) Approx(Measure([Part(3 d)])))"),
        ("step x pt=-3d", "Word(x) Attr(Word(pt) Signed(- Measure([Part(3 d)])))"),
        (
            "step x %C&A=50% C/T=3s",
            "Word(x) Attr(Word(%C&A) Percent(50)) Attr(Word(C/T) Measure([Part(3 s)]))",
        ),
        (
            "map demand=12000 L + 6400 R/month",
            "Attr(Word(demand) Ratio(Sum([Measure([Part(12000 L)]) Measure([Part(6400 R)])])"
            " Word(month)))",
        ),
        ("map url=https://x.y/#frag # why", "Attr(Word(url) Address(https://x.y/#frag))"),
        ("map owner=@ana", "Attr(Word(owner) Address(@ana))"),
        ("map date=2026-11-12", "Attr(Word(date) Date(2026-11-12))"),
        (
            "step x pt=lognormal(p50=2d, 6d)",
            "Word(x) Attr(Word(pt) Call(Word(lognormal) [Argument(Word(p50) Measure([Part(2 d)]))"
            " Argument(Measure([Part(6 d)]))]))",
        ),
        ("set test -> dev 10%", "Link(Word(test) [Word(dev)]) Percent(10)"),
        ("set test.ca = 95%", "Attr(Word(test.ca) Percent(95))"),
        ('set test "New"', "Word(test) Text(New)"),
        ("set demand=30/month", "Attr(Word(demand) Ratio(Number(30) Word(month)))"),
        ("metric a = b.c", "Attr(Word(a) Word(b.c))"),
        ('waste waiting on approve "x"', "Word(waiting) Clause(on [Word(approve)]) Text(x)"),
        ("note on test -> dev", "Clause(on Link(Word(test) [Word(dev)]))"),
        (
            "goal lead_time <= 24d in q1",
            "Word(lead_time) Comparison(<= Measure([Part(24 d)])) Clause(in [Word(q1)])",
        ),
        ("goal cycle.lead_time ≥ 2", "Word(cycle.lead_time) Comparison(>= Number(2))"),
        ("remove jira -> refine, test", "Link(Word(jira) [Word(refine)]) Word(test)"),
        ('info a->b, c "L"', "Link(Word(a) [Word(b) Word(c)]) Text(L)"),
        ("rework l1 a → b ?", "Word(l1) Link(Word(a) [Word(b)]) Unknown()"),
        ("move a after b", "Word(a) Clause(after [Word(b)])"),
        (
            "stream A 2h ->\n  3d # c\n\n -> B 1d team=x",
            "Segment(Word(A) [Measure([Part(2 h)])]) Segment([Measure([Part(3 d)])])"
            " Segment(Word(B) [Measure([Part(1 d)])] [Attr(Word(team) Word(x))])",
        ),
        ("step x „Entwicklung“", "Word(x) Text(Entwicklung)"),
        ("step x 'It’s done'", "Word(x) Text(It’s done)"),
        (r'step x "a\n\"b\" \u{e9}"', 'Word(x) Text(a\n"b" é)'),
        ('note """\n  a\n    b\n"""', "Text(a\n  b)"),
        ("step step pt=1h", "Word(step) Attr(Word(pt) Measure([Part(1 h)]))"),
        ('step "x" "Test coverage" = 71%', "Text(x) Attr(Text(Test coverage) Percent(71))"),
        ("STEP e\u0301", "Word(é)"),
    ],
)
def test_a_text_and_its_tree(text: str, answer: str) -> None:
    assert items(text) == answer


def test_whole_files_are_read_without_a_word_of_complaint() -> None:
    for text in (FIRST, BUSY, "", "\n", "# only a comment", FIRST.replace("\n", "\r\n")):
        source, trouble = decode("x.vsm", ("\ufeff" + text).encode())
        assert (*trouble, *parse(source).diagnostics) == ()


def test_where_statements_end() -> None:
    tree = parse(
        Source("x", "step a; step b\nmap\n\n{ a = 1; b = 2 } step c\nstep d pt=1h; lt=2h")
    ).tree
    assert [s.word for s in tree.statements()] == ["step", "step", "map", "step", "step"]
    last = tree.entries[-1]
    assert isinstance(last, Statement)
    assert len(last.items) == 3


def test_comments_are_kept_beside_the_tree() -> None:
    tree = parse(Source("x", 'map { # a\n // b\n url=https://x//y %% c\n "#no" = 1 }\n# d ')).tree
    assert [comment.text for comment in tree.comments] == ["# a", "// b", "%% c", "# d"]


def test_an_attribute_line_may_hold_several() -> None:
    tree = parse(Source("x", "map { pt=1h, lt=2h }")).tree
    (statement,) = tree.entries
    assert isinstance(statement, Statement)
    assert statement.block
    (line,) = statement.block.entries
    assert isinstance(line, AttributeLine)
    assert len(line.attrs) == 2
    assert statement.block.one_line


def test_a_statement_that_cannot_be_read_keeps_what_was_understood() -> None:
    parsed = parse(Source("x", "step Integration test pt=2h lt=<1d { ca = 5% }\nqueue x 2d"))
    first, second = parsed.tree.entries
    assert len(parsed.diagnostics) == 2
    assert isinstance(first, Statement)
    assert first.broken
    assert first.block
    assert [shown(item) for item in first.items][:2] == [
        "Word(Integration)", "Attr(Word(pt) Measure([Part(2 h)]))",
    ]  # fmt: skip
    assert not second.broken


def test_five_mistakes_are_five_messages() -> None:
    text = 'stpe a\nstep b pt=2-4h\nstep "c\nrework a b 20%\nstep d pt=\nstep e pt=3d\n'
    assert len(parse(Source("x", text)).diagnostics) == 5


def test_braces_are_mended_by_indentation() -> None:
    text = 'map "x" {\n  state = current\n\nteam a {\n  people = 3\n}\nstep b\n'
    parsed = parse(Source("x", text))
    assert [d.code.code for d in parsed.diagnostics] == ["E106"]
    assert [s.word for s in parsed.tree.statements()] == ["map", "team", "step"]
    assert len(parsed.tree.entries) == 3
    inner = parse(Source("x", "parallel {\n  branch {\n    step a\n}\nstep b\n"))
    assert [(d.code.code, d.span.line) for d in inner.diagnostics] == [("E106", 2)]


def test_blocks_are_not_read_beyond_a_depth() -> None:
    fine = "parallel { " * LIMITS.depth + "}" * LIMITS.depth
    assert parse(Source("x", fine)).diagnostics == ()
    deep = "parallel { " * 50_000 + "step a" + "}" * 50_000 + "\nstep b"
    parsed = parse(Source("x", deep))
    assert [d.code.code for d in parsed.diagnostics] == ["E111"]
    assert isinstance(parsed.tree.entries[-1], Statement)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'step a\nstep "D\xe9v"', "byte 14 (0xe9) is not UTF-8"),
        ("step a".encode("utf-16"), "byte 0 (0xff) is not UTF-8"),
    ],
)
def test_other_encodings_are_named_with_their_byte(data: bytes, message: str) -> None:
    _, diagnostics = decode("x.vsm", data)
    assert [d.message for d in diagnostics] == [message]


@pytest.mark.parametrize(
    "char", ["\0", "\x1b", "\x7f", "\x85", "\x9b", "\ud800", "\u202e", "\u2067", "\uffff"]
)
def test_letters_that_no_text_may_hold(char: str) -> None:
    for text in (f'step "a{char}b" pt=1h', f"step a{char} pt=1h", f"step a # {char}"):
        found = parse(Source("x", text)).diagnostics
        assert [d.code.code for d in found] == ["E123"], text
        assert found[0].span.text == char


@pytest.mark.parametrize(
    "line",
    ["|\n", "}", "} ", "}{", '"x\n', "3,5d ", "2026-11-12", "$4 ", "step #1\n", "a -> b -> c\n"],
)
def test_a_text_with_more_mistakes_than_are_told_is_not_read_to_its_end(line: str) -> None:
    limits = Limits(mistakes=100)
    parsed = parse(Source("x.vsm", line * 5_000), limits)
    assert not parsed.read
    assert 100 < len(parsed.diagnostics) < 300 or line == "step #1\n"
    (all_of_it,) = parsed.tree.entries
    assert all_of_it.broken
    assert all_of_it.span.text == line * 5_000


def test_a_text_with_as_many_mistakes_as_are_told_is_read() -> None:
    parsed = parse(Source("x.vsm", "|\n" * 100 + "step a"), Limits(mistakes=100))
    assert parsed.read
    assert (len(parsed.diagnostics), len(parsed.tree.entries)) == (100, 101)


def test_letters_that_no_text_may_hold_are_no_reason_to_read_on() -> None:
    parsed = parse(Source("x.vsm", "\0\n" * 5_000))
    assert not parsed.read
    assert len(parsed.diagnostics) == 20
