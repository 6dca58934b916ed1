"""Of points that may be the farthest in some direction, none is forgotten."""

from hypothesis import given
from hypothesis import strategies as st

from vsmdsl.analysis.outermost import outermost

FEW = st.integers(-4, 4)  # so few that many lie on one line, or on one another


@given(st.lists(st.tuples(FEW, FEW), min_size=1, max_size=30), FEW, FEW)
def test_the_first_of_the_farthest_is_among_them(
    points: list[tuple[int, int]], right: int, up: int
) -> None:
    far = [right * x + up * y for x, y in points]
    if right or up:  # who goes nowhere is nowhere farther
        assert far.index(max(far)) in outermost(points)


def test_of_thousands_on_one_line_the_ends_are_left() -> None:
    assert outermost([(n * 7 % 1_999, 1) for n in range(1_999)]) == [0, 571]
