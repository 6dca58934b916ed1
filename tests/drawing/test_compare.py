"""Current against future: the same columns, ghosts for what goes, green for what comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drawing.test_layout import groups
from vsmdsl import compile_file
from vsmdsl.drawing.dot import to_dot
from vsmdsl.drawing.geometry import faults
from vsmdsl.drawing.layout.compare import compare
from vsmdsl.drawing.layout.union import merged
from vsmdsl.drawing.scene import Scene
from vsmdsl.pipeline import compile as compile_text

SAMPLES = Path(__file__).parents[2] / "samples"
WITH_FUTURES = ("checkout", "acme", "loan", "hospital", "reference/5-delta")


def drawn(name: str) -> Scene:
    compiled = compile_file(SAMPLES / f"{name}.vsm")
    before, after = compiled.current, compiled.futures[0]
    return compare(before.stream, before.analysis, after.stream, after.analysis)


@pytest.mark.parametrize("name", WITH_FUTURES)
def test_nothing_collides_between_two_states(name: str) -> None:
    assert faults(drawn(name)) == ()


def test_what_goes_is_a_ghost_and_what_comes_is_new() -> None:
    found = list(groups(drawn("reference/5-delta").items))
    ghosts = {group.title for group in found if group.kind == "removed"}
    assert ghosts == {"Removed: Manual test", "Removed: Release approval"}
    assert "Lead time: 30.2 d before, 6.6 d after." in drawn("reference/5-delta").description


def test_the_order_of_both_states_is_kept() -> None:
    before = compile_text("step a 1h\nstep b 1h\nstep c 1h").stream.elements
    after = compile_text("step a 1h\nstep x 1h\nstep c 1h").stream.elements
    assert [one.key for one in merged(before, after)] == ["a", "x", "b", "c"]


def test_a_dot_file_quotes_whatever_people_write() -> None:
    compiled = compile_text('step a "<b>\\"x\\\\n</b>" pt=1h\nstep b "plain" pt=1h')
    text = to_dot(compiled.stream, compiled.analysis)
    assert r'label="<b>\"x\\n</b>\nPT 60 min"' in text
    assert "n0 -> n1" in text
