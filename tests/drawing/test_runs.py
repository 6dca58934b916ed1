"""Boxes that stand alone in their column are placed by counting; the map is the same as if not."""

from collections.abc import Sequence

import pytest

from tests.drawing.wild import wild
from vsmdsl.analysis.analyse import analyse
from vsmdsl.drawing import placement
from vsmdsl.drawing.layout.cells import network
from vsmdsl.drawing.layout.grid.columns import ranked
from vsmdsl.drawing.placement import TURNS, Cell, Edge, PlacementError, place
from vsmdsl.drawing.runs import Run, runs, stretched


def test_a_stream_without_forks_is_one_run() -> None:
    assert runs(range(4), [(0, 1), (1, 2), (2, 3)]) == [[0, 1, 2, 3]]


def test_what_a_fork_holds_stands_beside_others() -> None:
    ways = [(0, 1), (1, 2), (1, 3), (2, 4), (3, 4), (4, 5)]
    assert runs(range(6), ways) == [[0, 1], [2], [3], [4, 5]]


@pytest.mark.parametrize(
    "ways",
    [
        pytest.param([(1, 0), (0, 2)], id="not numbered along the flow"),
        pytest.param([(0, 2)], id="two beginnings"),
        pytest.param([(0, 1), (0, 2)], id="two ends"),
    ],
)
def test_nothing_is_taken_together_where_the_flow_is_not_one(ways: list[tuple[int, int]]) -> None:
    assert runs(range(3), ways) == [[0], [1], [2]]


def test_a_run_takes_as_many_columns_as_it_has_boxes() -> None:
    assert dict(stretched([[0, 1], [2], [3], [4, 5]], [0, 1, 1, 2])) == {
        0: 0, 1: 1, 2: 2, 3: 2, 4: 3, 5: 4,
    }  # fmt: skip


def test_a_map_without_forks_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(engine: str) -> str:
        raise PlacementError(f"{engine} was asked")

    monkeypatch.setattr(placement, "find_engine", nobody)
    line = place([Cell(n, 100, 100) for n in range(3)], [Edge(0, 1), Edge(1, 2)])
    assert (line.ranks, line.lanes) == ({0: 0, 1: 1, 2: 2}, {0: 0})
    with pytest.raises(PlacementError, match="was asked"):
        place([Cell(0, 9, 9), Cell(1, 9, 9), Cell(2, 9, 9, 1)], [Edge(0, 1), Edge(0, 2)])


@pytest.mark.parametrize("first", range(0, 120, 30))
def test_columns_and_lanes_are_those_of_the_whole_map(
    monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """Graphviz is asked twice about each map: with runs as one box, and with every box."""

    def each(boxes: Sequence[int], _: object) -> list[Run]:
        return [[box] for box in boxes]

    maps = [(seed, wild(seed)) for seed in range(first, first + 30)]
    short = [(seed, one) for seed, one in maps if len(network(one, analyse(one)).cells) < TURNS]
    assert len(short) > len(maps) / 4
    for seed, stream in short:  # in longer ones the room of a short branch may go elsewhere
        net, whole = (network(stream, analyse(stream)) for _ in range(2))
        ranks = ranked(net, place)
        with monkeypatch.context() as patched:
            patched.setattr(placement, "runs", each)
            assert ranked(whole, place) == ranks, seed
        assert [bars.lanes for bars in whole.forks] == [bars.lanes for bars in net.forks], seed
