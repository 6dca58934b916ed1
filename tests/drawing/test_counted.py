"""A map that is too large to ask Graphviz about is drawn by counting: as it would be, and soon."""

from __future__ import annotations

import shutil
import time
from functools import partial
from itertools import count
from random import Random

import pytest

import vsmdsl
from vsmdsl.drawing import counted, placement
from vsmdsl.drawing.layout.cells import network
from vsmdsl.drawing.layout.grid.columns import ranked
from vsmdsl.drawing.placement import Engine, PlacementError, place

Places = tuple[list[int], list[tuple[int, ...]]]
ENGINES: list[Engine] = ["pure", "system"]


def places(text: str, engine: Engine = "auto") -> Places:
    """The column of every cell, and the lanes of every fork from the top."""
    compiled = vsmdsl.compile(text)
    assert compiled.ok
    net = network(compiled.stream, compiled.analysis)
    return ranked(net, partial(place, engine=engine)), [bars.lanes for bars in net.forks]


def fork(branches: int) -> str:
    return f"parallel {{ {'; '.join(f'step s{n} pt=1h' for n in range(branches))} }}\n"


class Forks:
    """Forks one after the other, with branches of all lengths that hold no further forks."""

    def __init__(self, seed: int) -> None:
        self.dice, self.numbers = Random(seed), count()

    def text(self) -> str:
        return "step first\n" + "".join(
            self.fork(self.dice.randint(1, 20)) for _ in range(self.dice.choice((1, 1, 2, 3)))
        )

    def fork(self, branches: int) -> str:
        chosen = self.dice.random() < 0.5
        shares = [f"share={90 / branches:.4f}%"] * (branches - 1) if chosen else []
        ends = [*shares, ""] if chosen else self.dice.choices(("", "joins=no"), (4, 1), k=branches)
        inner = "".join(
            f"branch b{next(self.numbers)} {end if at or chosen else ''} {{ {self.line()} }}\n"
            for at, end in enumerate(ends)
        )
        after = f"step s{next(self.numbers)}\n" * self.dice.randint(0, 1)
        return f"{'choice' if chosen else 'parallel'} {{\n{inner}}}\n{after}"

    def line(self) -> str:
        return "; ".join(
            f"{self.dice.choice(('step', 'step', 'queue', 'handoff'))} s{next(self.numbers)}"
            for _ in range(self.dice.randint(1, 5))
        )


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "system" and shutil.which("dot") is None:
        pytest.skip("no dot on the PATH")
    return "system" if request.param == "system" else "pure"


@pytest.mark.parametrize("first", range(0, 40, 20))
def test_the_columns_are_those_that_graphviz_finds(
    engine: Engine, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed in range(first, first + 20):
        text = Forks(seed).text()
        asked = places(text, engine)
        with monkeypatch.context() as patched:
            patched.setattr(counted, "MOST", 0)
            assert places(text)[0] == asked[0], text


@pytest.mark.parametrize("branches", [2, 3, 30, 200])
def test_a_fork_of_single_steps_is_the_same(
    engine: Engine, branches: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"step a\n{fork(branches)}step z"
    asked = places(text, engine)
    monkeypatch.setattr(counted, "MOST", 0)
    assert places(text) == asked


def test_the_last_queue_of_a_short_branch_stands_where_the_branches_meet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counted, "MOST", 0)
    long = "branch long { step a pt=1d; step b pt=1d; step c pt=1d }"
    text = f"parallel {{ {long}\nbranch short {{ step d; queue e wait=1h }} }}"
    columns = places(text)[0]
    assert columns == [0, *range(1, 7), 1, 2, 6, 7]  # a wait is drawn before each step


def test_forks_in_forks_keep_the_order_of_their_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counted, "MOST", 0)
    inner = (
        "branch b { parallel { branch c { step d }\nbranch e { step f }\nbranch g { step h } } }"
    )
    text = f"parallel {{ branch a {{ step x }}\n{inner}\nbranch i {{ step j }} }}"
    compiled = vsmdsl.compile(text)
    net = network(compiled.stream, compiled.analysis)
    written = [bars.lanes for bars in net.forks]
    ranked(net, place)
    assert [bars.lanes for bars in net.forks] == written


def test_a_fork_of_thousands_is_drawn_without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(engine: str) -> str:
        raise PlacementError(f"{engine} was asked")

    small, large = vsmdsl.compile(fork(900)), vsmdsl.compile(fork(4_000))
    monkeypatch.setattr(placement, "find_engine", nobody)
    with pytest.raises(PlacementError, match="was asked"):
        vsmdsl.render(small)
    start = time.process_time()
    picture = vsmdsl.render(large)
    assert time.process_time() - start < 15  # a second or two; it took half a minute
    assert all(f">S{n}<" in str(picture) for n in range(4_000))
