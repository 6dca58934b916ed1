"""Thousands of loops and of lettered ends: each finds its place, at once."""

from __future__ import annotations

import time

import pytest

import vsmdsl


def drawn(text: str) -> tuple[str, float]:
    """The picture of a map, and what it takes of a processor."""
    compiled = vsmdsl.compile(text)
    assert compiled.ok
    assert compiled.diagnostics is not None
    start = time.process_time()
    return str(vsmdsl.render(compiled)), time.process_time() - start


def test_loops_inside_each_other() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(2_000))
    loops = "".join(f"rework s{1_999 - n} -> s{n} 0.01%\n" for n in range(1_000))
    picture, seconds = drawn(f"{steps}{loops}")
    assert picture.count("0.01 % back") == 1_000
    assert seconds < 6  # a second; it took three


@pytest.mark.parametrize("kind", ["parallel", "choice"])
def test_ends_out_of_thousands_of_branches_at_one_step(kind: str) -> None:
    share = "share=0.05%" if kind == "choice" else ""
    branches = "".join(f"branch b{n} {share} {{ step x{n} pt=1h }}\n" for n in range(2_000))
    loops = "".join(f"rework x{n} -> a 0.0001%\n" for n in range(2_000))
    picture, seconds = drawn(f"step a pt=1h\n{kind} {{\n{branches}}}\nstep z pt=1h\n{loops}")
    assert ">X77<" in picture  # the last letter
    assert seconds < 6  # a second; it took five


def test_an_end_beside_more_loops_than_there_are_lanes_for_ends() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(30))
    loops = "".join(f"rework s{29 - n} -> s{n} 1%\n" for n in range(15))
    fork = "parallel { branch a { step x pt=1h }\nbranch b { step y pt=1h } }\nrework y -> s14 1%\n"
    picture, _ = drawn(f"{steps}{fork}{loops}")
    assert picture.count(">A<") == 3  # both ends, and the key
    assert picture.count(">1 % back<") == 15
