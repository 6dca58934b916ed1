"""Boxes fall into the same columns and lanes, whichever engine is asked."""

import shutil
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from vsmdsl.drawing.placement import Cell, Edge, Engine, Placement, PlacementError, place

ENGINES: list[Engine] = ["pure", "system"]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "system" and shutil.which("dot") is None:
        pytest.skip("no dot on the PATH")
    return "system" if request.param == "system" else "pure"


def cells(**lanes: Sequence[int]) -> list[Cell]:
    """Lanes from the top: `main=(0, 1)` is lane 0, others count up in order of their names."""
    numbers = {name: at for at, name in enumerate(sorted(lanes, key=lambda name: name != "main"))}
    return [Cell(id_, 120, 150, numbers[lane]) for lane, ids in lanes.items() for id_ in ids]


def chain(*ids: int, weight: int = 10) -> list[Edge]:
    return [Edge(start, end, weight) for start, end in pairwise(ids)]


def test_a_straight_line_is_one_lane(engine: Engine) -> None:
    placed = place(cells(main=range(5)), chain(*range(5), weight=100), engine=engine)
    assert placed.ranks == {0: 0, 1: 1, 2: 2, 3: 3, 4: 4}
    assert placed.lanes == {0: 0}


def test_a_fork_keeps_the_order_in_which_its_lanes_are_declared(engine: Engine) -> None:
    boxes = cells(up=(10,), main=range(5), down=(20, 21))
    edges = chain(1, 10, 3) + chain(*range(5), weight=100) + chain(1, 20, 21, 3)
    placed = place(boxes, edges, engine=engine)
    assert placed.lanes == {1: 0, 0: 1, 2: 2}
    # The lower lane is the longest: it pushes the join out by a column.
    assert [placed.ranks[id_] for id_ in (1, 20, 21, 3, 4)] == [1, 2, 3, 4, 5]


def test_lanes_of_two_forks_share_rows(engine: Engine) -> None:
    boxes = cells(up=(10,), above=(30,), main=range(7))
    edges = chain(1, 10, 3) + chain(4, 30, 6) + chain(*range(7), weight=100)
    placed = place(boxes, edges, engine=engine)
    assert placed.lanes == {0: 1, 1: 0, 2: 0}


def test_a_fork_in_a_branch_has_a_lane_of_its_own(engine: Engine) -> None:
    boxes = cells(inner=(20,), outer=(10, 11, 12), main=range(5))
    edges = chain(11, 20, 3) + chain(10, 11, 12) + chain(1, 10) + chain(12, 3)
    placed = place(boxes, edges + chain(*range(5), weight=100), engine=engine)
    assert [lane for lane, _ in sorted(placed.lanes.items(), key=lambda item: item[1])] == [1, 2, 0]


def test_spare_room_goes_to_the_edge_without_weight(engine: Engine) -> None:
    boxes = cells(up=(10, 11, 12), main=range(7))
    loose = [Edge(0, 10, 10), Edge(10, 11, 10), Edge(11, 12, 0), Edge(12, 6, 10)]
    placed = place(boxes, loose + chain(*range(7), weight=100), engine=engine)
    assert [placed.ranks[id_] for id_ in (10, 11, 12)] == [1, 2, 5]


def test_no_boxes_need_no_engine() -> None:
    assert place([], []) == Placement({}, {})


@pytest.fixture
def acts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Let a program of a few lines stand in for the engine."""

    def acts(program: str) -> None:
        engine = tmp_path / "engine"
        engine.write_text(program, encoding="utf-8")
        engine.chmod(0o755)
        monkeypatch.setattr("vsmdsl.drawing.placement.find_engine", lambda _: str(engine))

    return acts


def test_an_engine_that_hangs_is_stopped(acts: Callable[[str], None]) -> None:
    acts("#!/bin/sh\nsleep 60\n")
    with pytest.raises(PlacementError, match=r"more than 0\.2 s"):
        place(cells(main=(0, 1), down=(2,)), [], limit=0.2)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process")
def test_an_engine_that_wants_all_memory_is_refused_it(acts: Callable[[str], None]) -> None:
    acts(
        f"#!{sys.executable} -I\nimport sys; sys.stdin.read()\n"
        "try: bytearray(2**30)\nexcept MemoryError: sys.exit('no more memory')\n"
    )
    with pytest.raises(PlacementError, match="no more memory"):
        place(cells(main=(0, 1), down=(2,)), [])


def test_an_engine_that_takes_its_time_is_waited_for(acts: Callable[[str], None]) -> None:
    acts(
        f"#!{sys.executable} -I\nimport sys, time; sys.stdin.read(); time.sleep(0.7)\n"
        "print('node n0 1 1 1 1\\nnode n1 2 1 1 1\\nnode n2 2 2 1 1')\n"
    )
    assert place(cells(main=(0, 1), down=(2,)), []).ranks == {0: 0, 1: 1, 2: 1}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process")
def test_an_engine_that_is_left_alone_ends_by_itself(
    acts: Callable[[str], None], tmp_path: Path
) -> None:
    told = tmp_path / "told"
    acts(f"#!/bin/sh\ncat > /dev/null\nulimit -t > {told}\n")
    with pytest.raises(PlacementError):
        place(cells(main=(0, 1), down=(2,)), [])
    assert told.read_text() == "25\n"
