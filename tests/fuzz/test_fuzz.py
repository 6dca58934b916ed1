"""A thousand made-up texts a run, and every text that ever broke something, through everything."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.fuzz.whole import whole
from tests.fuzz.writer import Writer
from vsmdsl.language.source import Source
from vsmdsl.pipeline import compile_source

HERE = Path(__file__).parent
SAMPLES = sorted((HERE.parents[1] / "samples").rglob("*.vsm"))
TEXTS = [path.read_text(encoding="utf-8") for path in SAMPLES]
ROUNDS = int(os.environ.get("VSMDSL_FUZZ", "500"))  # for each of the two tests
PATIENT = settings(
    max_examples=ROUNDS,
    deadline=None,
    derandomize=not os.environ.get("VSMDSL_FUZZ"),
    database=None,
    suppress_health_check=list(HealthCheck),
)


@PATIENT
@given(st.binary(min_size=30, max_size=200))
@example(b"")
def test_whatever_is_written_comes_out_at_the_end(data: bytes) -> None:
    whole(Writer(data).text(), picture=data[-1:] < b"\x40")


@PATIENT
@given(
    st.sampled_from(TEXTS),
    st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 40), st.text(max_size=8)), max_size=6),
)
def test_whatever_is_changed_in_a_sample_comes_out_at_the_end(
    text: str, cuts: list[tuple[int, int, str]]
) -> None:
    for at, length, instead in cuts:
        start = at % (len(text) + 1)
        text = text[:start] + instead + text[start + length :]
    whole(text, picture=len(cuts) == 1)


@pytest.mark.parametrize(
    "crash", sorted((HERE / "crashes").glob("*.vsm")), ids=lambda one: one.stem
)
def test_what_broke_once_breaks_no_more(crash: Path) -> None:
    whole(crash.read_text(encoding="utf-8", errors="replace"))


def test_many_of_the_texts_are_maps() -> None:
    """A fuzzer that only ever writes mistakes tries nothing but the messages."""
    texts = (
        Writer(bytes([number % 100, *[number * 7 % 256, 91, number] * 12])).text()
        for number in range(100)
    )
    assert sum(compile_source(Source("x.vsm", text)).ok for text in texts) >= 15
