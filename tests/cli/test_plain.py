"""What is read without `click` is what `click` reads."""

from __future__ import annotations

from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdsl.cli import clicked, plain
from vsmdsl.cli.declared import Choice, Option, Verb
from vsmdsl.cli.verbs import VERBS, declared

WORDS = [
    "",
    "-",
    "--",
    "a.vsm",
    "b/",
    "svg",
    "q1",
    "2",
    "0.5",
    "nan",
    "2027-01-31",
    "-1",
    "-x",
    "é",
]


def by_click(verb: Verb, words: list[str]) -> dict[str, Any] | None:
    """What `click` reads; None where it refuses, or shows a page."""
    try:
        with clicked.command(verb).make_context("vsm", list(words)) as context:
            return dict(context.params)
    except (click.ClickException, click.exceptions.Exit):
        return None


@st.composite
def spoken(draw: st.DrawFn) -> tuple[Verb, list[str]]:
    """A verb, and words that may make sense to it."""
    verb = declared(draw(st.sampled_from(sorted(VERBS))))
    options = [one for one in verb.said if isinstance(one, Option)]
    flags = [flag for one in options for flag in one.flags]
    kinds = [one.kind for one in verb.said]
    known = [word for kind in kinds if isinstance(kind, Choice) for word in kind.words]
    word = st.sampled_from([*flags, *flags, *known, *WORDS, *(f"{flag}=q1" for flag in flags)])
    return verb, draw(st.lists(word, max_size=7))


@given(spoken())
def test_what_is_read_without_click_is_what_click_reads(said: tuple[Verb, list[str]]) -> None:
    verb, words = said
    found = plain.read(verb, words)
    if found is not None:
        assert found == by_click(verb, words)


COMMON = [
    "render a.vsm",
    "render maps/ -o build/",
    "render --no-cache a.vsm b.vsm --output out/ -f svg --theme dark",
    "render - -o -",
    "render a.vsm --compare :q1 --page a4",
    "render a.vsm --check",
    "report a.vsm -f pdf -o a.pdf --title T --attach-source",
    "check a.vsm --strict --select F5,W403",
    "stats maps/ --json",
    "kaizen a.vsm --csv",
    "fmt a.vsm --check --diff",
    "diff a.vsm b.vsm",
    "diff --git main -f markdown",
    "init",
    "init service",
    "explain E201",
    "trend a.vsm --svg -",
    "doctor",
]


@pytest.mark.parametrize("line", COMMON)
def test_what_is_mostly_typed_needs_no_click(line: str) -> None:
    name, *words = line.split()
    found = plain.read(declared(name), words)
    assert found is not None
    assert found == by_click(declared(name), words)


@pytest.mark.parametrize(
    "line",
    [
        "render", "render a.vsm --help", "render a.vsm --wdith 3", "render a.vsm -f jpg",
        "render a.vsm -o", "render a.vsm -o x -o y", "render a.vsm --width 800", "render -ox a.vsm",
        "render --output=x a.vsm", "render -- -a.vsm", "render a.vsm -o --check", "init x",
        "stats a.vsm --set a.pt=1h", "trend a.vsm b.vsm", "explain a b", "report a.vsm --page A4",
        "stats a.vsm --today 2027-01-31", "doctor x", "kaizen a.vsm --csv --json",
    ],
)  # fmt: skip
def test_what_may_be_a_mistake_or_a_number_is_left_to_click(line: str) -> None:
    name, *words = line.split()
    assert plain.read(declared(name), words) is None
