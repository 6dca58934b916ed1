"""Any two states of a stream are drawn so that nothing collides, however much lies between."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.drawing.streams import value_streams
from tests.model.test_diff import edited
from vsmdsl.analysis.analyse import analyse
from vsmdsl.drawing.geometry import faults
from vsmdsl.drawing.layout.compare import compare
from vsmdsl.drawing.scene import Scene
from vsmdsl.model.stream import FORKS, ValueStream, walk

SIZES: tuple[Mapping[str, object], ...] = (
    {}, {"width": 480}, {"width": 800}, {"width": 1440}, {"page": "a4"},
)  # fmt: skip
SOME = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # a map of 30 steps shrinks for minutes
    suppress_health_check=list(HealthCheck),
)
LARGE = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def drawn(before: ValueStream, after: ValueStream, size: Mapping[str, object]) -> Scene:
    return compare(before, analyse(before), after, analyse(after), **size)  # type: ignore[arg-type]


@LARGE
@pytest.mark.parametrize("size", SIZES, ids=str)
@SOME
@given(before=value_streams(), seed=st.integers(0, 2**32))
def test_nothing_collides_after_some_edits(
    before: ValueStream, seed: int, size: Mapping[str, object]
) -> None:
    by = Random(seed)
    after = edited(before, by, by.randint(1, 6))
    assume(all(one.branches for one in walk(after.elements) if isinstance(one, FORKS)))
    assert faults(drawn(before, after, size)) == ()


@LARGE
@pytest.mark.parametrize("size", SIZES, ids=str)
@SOME
@given(before=value_streams(), after=value_streams())
def test_nothing_collides_where_little_is_common(
    before: ValueStream, after: ValueStream, size: Mapping[str, object]
) -> None:
    assert faults(drawn(before, after, size)) == ()
