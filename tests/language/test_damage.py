"""Damaged files: always a tree, no avalanche of messages, and never long to wait for."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.language.texts import BUSY, FIRST
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.formatter import format_source
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.model.resolve import resolve

ROUNDS = int(os.environ.get("VSMDSL_DAMAGE", "600"))  # 5000 before a release
SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.vsm"))
TEXTS = [FIRST, BUSY, *(path.read_text(encoding="utf-8") for path in SAMPLES)]
SIGNS = "\"{}#=->;,()[]'%~?:/\\\0 aZ19.…é\n"


def damaged(text: str, chance: random.Random) -> str:
    """A text with one mistake more: a character or a line lost, doubled, put in or moved."""
    at = chance.randrange(len(text))
    lines = text.split("\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(7):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + text[at] + text[at:]
        case 2:
            return text[:at] + chance.choice(SIGNS) + text[at:]
        case 3:
            return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        case 4:
            del lines[one]
        case 5:
            lines.insert(one, lines[other])
        case _:
            lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines) or "#"


def errors(text: str) -> list[Diagnostic]:
    """All that is wrong with a text, in writing and in meaning."""
    parsed = parse(Source("x.vsm", text))
    found = (*parsed.diagnostics, *resolve(parsed.tree).diagnostics)
    return [one for one in found if one.is_error]


@pytest.mark.parametrize("text", range(len(TEXTS)))
def test_a_damaged_file_has_a_tree_and_few_messages(text: int) -> None:
    mistakes = messages = 0
    before = len(errors(TEXTS[text]))
    for seed in range(ROUNDS // len(TEXTS)):
        chance = random.Random(f"{text}-{seed}")
        broken = TEXTS[text]
        count = chance.randint(1, 5)
        for _ in range(count):
            broken = damaged(broken, chance)
        assert len(parse(Source("x.vsm", broken)).diagnostics) <= 6 * count, f"seed {text}-{seed}"
        mistakes += count
        messages += max(0, len(errors(broken)) - before)
    assert messages <= 2.5 * mistakes


@pytest.mark.parametrize("text", range(len(TEXTS)))
def test_the_formatter_does_no_harm_to_a_damaged_file(text: int) -> None:
    for seed in range(ROUNDS // len(TEXTS) // 4):
        chance = random.Random(f"{text}-{seed}")
        broken = TEXTS[text]
        for _ in range(chance.randint(1, 5)):
            broken = damaged(broken, chance)
        once = format_source(Source("x.vsm", broken))
        assert format_source(Source("x.vsm", once)) == once, f"seed {text}-{seed}"


PILES = [
    '"', "{", "}", "{}", "(", "1,1", "a ", "- ", "/*", "a=) ", "a -> ", "foo\n", "{\n", '"""\n',
    "step x pt=2-4h ", "1d ", "a=1d, ", "\\", "\u202e", "stream -> ", "x=f(", "..", "'", ",", ";",
    "step a { x=1 ", "a=~", "a=1/", "a=1+", "info a to b\n", "parallel { branch { ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PILES)
def test_no_text_takes_long(piece: str) -> None:
    pile = piece * (50_000 // len(piece))
    begin = time.process_time()
    parsed = parse(Source("x.vsm", pile))
    assert time.process_time() - begin < 5  # a fraction of a second, on a machine at rest
    assert parsed.tree.source.text == pile


def test_a_long_file_is_read_in_about_half_a_second() -> None:
    lines = FIRST * (10_000 // FIRST.count("\n"))
    begin = time.process_time()
    assert parse(Source("x.vsm", lines)).diagnostics == ()
    assert time.process_time() - begin < 5
