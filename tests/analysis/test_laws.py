"""Laws that hold on every map."""

from fractions import Fraction
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.build import analysis
from vsmdsl.analysis.result import Analysis


def value(found: Analysis, name: str) -> Fraction:
    figure = found.metrics[name]
    assert figure is not None
    return figure.value


@st.composite
def maps(draw: st.DrawFn, mark: str = "") -> str:
    """A stream of steps, queues, handoffs and forks, two levels deep; `mark` ends all ids."""
    numbers = count(1)

    def element(depth: int) -> str:
        kinds = ["step", "step", "queue", "handoff", *(["parallel", "choice"] if depth else [])]
        kind, name = draw(st.sampled_from(kinds)), f"e{next(numbers)}{mark}"
        hours, more = draw(st.integers(0, 9)), draw(st.integers(0, 9))
        match kind:
            case "step":
                lead = f" lt={hours + more}h" if draw(st.booleans()) else ""
                wait = f" wait={more}h" if draw(st.booleans()) else ""
                return f"step {name} pt={hours}h{lead}{wait}"
            case "parallel":
                shares = [""] * draw(st.integers(1, 3))
                return f"parallel {name} {{\n{branches(depth, shares)}\n}}"
            case "choice":
                shares = [f"{draw(st.integers(0, 100))}%", ""]
                return f"choice {name} {{\n{branches(depth, shares)}\n}}"
            case _:
                return f"{kind} {name} wait={hours}h"

    def branches(depth: int, shares: list[str]) -> str:
        lines = []
        for share in shares:
            name = f"b{next(numbers)}{mark}"
            dead = " joins=no" if not any(shares) and draw(st.booleans()) else ""
            inner = "\n".join(element(depth - 1) for _ in range(draw(st.integers(0, 2))))
            lines.append(f"branch {name} {share}{dead} {{\n{inner}\n}}")
        return "\n".join(lines)

    return "\n".join(element(2) for _ in range(draw(st.integers(1, 5))))


@settings(max_examples=30, deadline=None)
@given(maps())
def test_the_timeline_adds_up(text: str) -> None:
    found = analysis(text)
    on_path = [one for one in found.segments if one.on_path]
    waits = sum((one.amount.mean for one in on_path if not one.work), Fraction(0))
    work = sum((one.amount.mean for one in on_path if one.work), Fraction(0))
    assert waits + work == value(found, "lead_time")
    assert waits == value(found, "wait_time")
    assert work == value(found, "process_time")
    assert sum((one.time.value for one in found.waits if one.rank), Fraction(0)) == waits
    assert value(found, "total_effort") >= work


@settings(max_examples=30, deadline=None)
@given(maps())
def test_without_loops_nothing_is_expected_beyond_the_first_pass(text: str) -> None:
    found = analysis(text)
    assert value(found, "expected_lead_time") == value(found, "lead_time")
    assert value(found, "rework_time") == 0
    longest = {lane.fork: lane for lane in found.lanes if lane.longest}
    for lane in found.lanes:
        if lane.joins and lane.fork in longest:
            assert longest[lane.fork].lead_time.value >= lane.lead_time.value


@settings(max_examples=20, deadline=None)
@given(maps(), st.integers(0, 99))
def test_a_loop_over_everything_divides_by_what_goes_through(text: str, share: int) -> None:
    framed = f"step first pt=1h\n{text}\nstep last pt=1h\nrework last -> first {share}%"
    found = analysis(framed)
    assert value(found, "expected_lead_time") * (100 - share) == value(found, "lead_time") * 100


@settings(max_examples=20, deadline=None)
@given(maps())
def test_a_choice_of_one_branch_is_no_choice(text: str) -> None:
    chosen = analysis(f"choice c {{\nbranch all 100% {{\n{text}\n}}\nbranch none 0%\n}}")
    plain = analysis(text)
    for name in ("lead_time", "process_time", "wait_time", "total_effort"):
        assert value(chosen, name) == value(plain, name)


@settings(max_examples=20, deadline=None)
@given(maps(), maps("o"), st.integers(0, 100))
def test_a_choice_is_weighted_and_parallel_work_is_as_long_as_the_longest(
    one: str, other: str, share: int
) -> None:
    first, second = (value(analysis(text), "lead_time") for text in (one, other))
    chosen = analysis(f"choice z {{\nbranch x {share}% {{\n{one}\n}}\nbranch y {{\n{other}\n}}\n}}")
    both = analysis(f"parallel z {{\nbranch x {{\n{one}\n}}\nbranch y {{\n{other}\n}}\n}}")
    assert value(chosen, "lead_time") * 100 == first * share + second * (100 - share)
    assert value(both, "lead_time") == max(first, second)
