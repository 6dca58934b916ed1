"""How often loops send an item back: whatever lies inside of what, all that comes in goes out."""

from __future__ import annotations

import time
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from vsmdsl.analysis.flow import flow_at, loops
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.pieces import Corner
from vsmdsl.analysis.returns import returns
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.model.resolve import resolve

SHARES = (1, 5, 20, 50, 90, 100)


@st.composite
def nests(draw: st.DrawFn) -> str:
    """Forks in forks, and loops from anywhere to anywhere."""
    lines: list[str] = []
    keys: list[str] = []

    def sequence(depth: int) -> None:
        for _ in range(draw(st.integers(0 if depth else 1, 3))):
            keys.append(f"k{len(keys)}")
            if depth < 3 and draw(st.booleans()):
                fork(keys[-1], depth)
            else:
                lines.append(f"step {keys[-1]} pt=1h")

    def fork(key: str, depth: int) -> None:
        kind = draw(st.sampled_from(["parallel", "choice"]))
        lines.append(f"{kind} {key} {{")
        first = draw(st.sampled_from([0, 30, 100]))
        for at, share in enumerate((first, 100 - first)):
            lines.append(f"branch {key}{'ab'[at]}{f' {share}%' * (kind == 'choice')} {{")
            sequence(depth + 1)
            lines.append("}")
        lines.append("}")

    sequence(0)
    for _ in range(draw(st.integers(1, 8))):
        start, end = draw(st.sampled_from(keys)), draw(st.sampled_from(keys))
        lines.append(f"rework {start} -> {end} {draw(st.sampled_from(SHARES))}%")
    return "\n".join(lines)


def found(text: str) -> tuple[Measure, dict[str, Fraction] | None]:
    """What it makes of a map, also where all is sent back, as at the high end of a range."""
    measure = Measure(resolve(parse(Source("test.vsm", text)).tree).stream)
    every = loops(measure.stream, measure.places, Corner.MEAN)
    back = returns(every, measure.weights, "expected")
    if back is None:
        return measure, None
    return measure, {key: Fraction(part, back.scale) for key, part in back.counts.items()}


@settings(max_examples=200, deadline=None)
@given(nests())
def test_visits_are_what_enters_and_what_comes_back(text: str) -> None:
    measure, back = found(text)
    every = loops(measure.stream, measure.places, Corner.MEAN)
    for one in every if back is not None else ():
        assert back is not None
        again = (back[other.key] * flow_at(one.start, other.detour) for other in every)
        visits = measure.weights[one.rework.start] + sum(again, Fraction(0))
        assert one.chance is not None
        assert back[one.key] == one.chance * visits >= 0


def test_all_of_a_branch_may_go_back() -> None:
    text = """
        step make pt=1h
        choice check {
          branch good 80% { step pack pt=1h }
          branch bad 20% { step mend pt=1h; step wash pt=1h }
        }
        rework wash -> make 100%
        rework mend -> mend 50%
    """
    assert found(text)[1] == {"wash -> make": Fraction(1, 4), "mend -> mend": Fraction(1, 4)}


def test_where_nobody_comes_nothing_goes_back() -> None:
    text = "choice c { branch a 0% { step x pt=1h }; branch b 100% { step y pt=1h } }"
    assert found(f"{text}\nrework x -> x 100%")[1] == {"x -> x": Fraction(0)}


def test_what_never_leaves_has_no_visits() -> None:
    assert found("step a pt=1h\nrework a -> a 100%")[1] is None
    both = "step a pt=1h\nparallel p { branch x { step b pt=1h }; branch y { step c pt=1h } }"
    assert found(f"{both}\nrework b -> a 50%\nrework c -> a 50%")[1] is None
    assert found(f"{both}\nrework b -> a 40%\nrework c -> a 40%")[1] == {
        "b -> a": Fraction(2), "c -> a": Fraction(2)
    }  # fmt: skip


def test_loops_out_of_many_branches_take_as_long_as_they_are_many() -> None:
    lines = ["step a pt=1h", "parallel p {"]
    for branch in range(40):
        steps = "; ".join(f"step s{branch}_{at} pt=1h" for at in range(6))
        lines.append(f"branch b{branch} {{ {steps} }}")
    lines.append("}")
    lines += [f"rework s{branch}_{at} -> a 0.2%" for branch in range(40) for at in range(6)]
    begin = time.process_time()
    assert found("\n".join(lines))[1] is not None
    assert time.process_time() - begin < 3  # all equations at once took half a minute
