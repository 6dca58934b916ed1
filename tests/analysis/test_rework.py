"""Rework: returns, visits and times, by hand and against a chain that is simply walked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vsmdsl
from tests.analysis.build import HOUR, F, analysis, ends, figure, marked, values

LINE = "step a pt=1h\nstep b pt=2h\nstep c pt=4h\n"


def expected(text: str) -> F | None:
    found: F | None = values(text, "expected_lead_time")[0]
    return found


def visits(text: str) -> dict[str, F | None]:
    return {step.key: step.visits for step in analysis(text).steps}


def test_a_single_loop_costs_its_time_divided_by_what_goes_through() -> None:
    # T / (1 - r): (1 + 2 + 4) / 0.8
    assert expected(LINE + "rework c -> a 20%") == F(7 * HOUR) / F(8, 10)


def test_rework_of_a_step_to_itself_repeats_it_alone() -> None:
    text = LINE + "rework b -> b 50%"
    assert expected(text) == 9 * HOUR
    assert visits(text) == {"a": 1, "b": 2, "c": 1}


def test_time_on_rework_and_rework_factor() -> None:
    text = LINE + "queue q wait=1d\nrework c -> b 20%"
    text = "queue q wait=1d\n" + LINE + "rework c -> b 20%"
    # returns 0.25, one pass 6 h
    found = values(text, "lead_time", "rework_time", "expected_lead_time", "rework_factor")
    assert found == (15 * HOUR, F(3, 2) * HOUR, F(33, 2) * HOUR, F(17, 14))


def test_a_return_passes_the_waits_between_and_the_own_wait_of_its_end() -> None:
    text = """
        step a pt=1h
        queue before_b wait=1d
        step b wait=2h pt=1h
        queue inside wait=3h
        step c pt=1h
        rework c -> b 50%
    """
    # one return each: 2 h + 1 h + 3 h + 1 h; the queue before b is not passed again
    assert expected(text) == (1 + 8 + 2 + 1 + 3 + 1) * HOUR + 7 * HOUR
    to_queue = text.replace("c -> b", "c -> before_b")
    assert expected(to_queue) == 16 * HOUR + 15 * HOUR


def test_a_wait_on_the_rework_takes_the_place_of_the_own_wait() -> None:
    text = "step b wait=2h pt=1h\nstep c pt=1h\nrework c -> b 50% wait=5h"
    assert expected(text) == 4 * HOUR + (5 + 1 + 1) * HOUR
    none = text.replace("wait=5h", "wait=none")
    assert expected(none) == 4 * HOUR + 2 * HOUR
    queue = "queue q wait=3h\nstep c pt=1h\nrework c -> q 50% wait=5h"
    assert expected(queue) == 4 * HOUR + 6 * HOUR


def test_work_that_only_a_return_costs() -> None:
    text = "step b pt=1h\nstep c pt=1h\nrework c -> b 50% pt=30min"
    assert values(text, "expected_lead_time", "rework_factor") == (F(9, 2) * HOUR, F(9, 4))


def test_effort_scales_work_and_never_waiting() -> None:
    text = "step b wait=1h pt=2h lt=6h\nqueue q wait=3h\nstep c pt=4h\nrework c -> b 50% effort=25%"
    # one return: 1 h + (6 - 0.75 x 2) h + 3 h + 0.25 x 4 h = 9.5 h; work 0.5 h + 1 h
    found = values(text, "expected_lead_time", "rework_factor")
    assert found == (14 * HOUR + F(19, 2) * HOUR, F(15, 2) / 6)


def test_effort_with_a_transfer_batch_keeps_the_waiting() -> None:
    text = "step b pt=1h transfer=5\nrework b -> b 50% effort=40%"
    # 5 h at first; again 5 - 0.6 = 4.4 h
    assert expected(text) == F(94, 10) * HOUR


def test_two_loops_out_of_one_step() -> None:
    text = LINE + "rework c -> a 10%\nrework c -> b 20%"
    # visits of c: 1 / 0.7
    n = 1 / F(7, 10)
    assert visits(text) == {"a": 1 + n / 10, "b": n, "c": n}


def test_nested_loops_multiply() -> None:
    text = LINE + "rework b -> b 50%\nrework c -> a 50%"
    assert visits(text) == {"a": 2, "b": 4, "c": 2}
    assert expected(text) == (2 * 1 + 4 * 2 + 2 * 4) * HOUR


def test_overlapping_loops() -> None:
    text = "step a pt=1h\nstep b pt=1h\nstep c pt=1h\nstep d pt=1h\n"
    text += "rework c -> a 20%\nrework d -> b 25%"
    # d: 1 / 0.75 = 4/3, returns 1/3; c: (1 + 1/3) / 0.8 = 5/3, returns 1/3
    assert visits(text) == {"a": F(4, 3), "b": F(5, 3), "c": F(5, 3), "d": F(4, 3)}


# --- forks ----------------------------------------------------------------------------------------

CHOICE = """
    step pre pt=1h
    choice {
      branch easy 60% { step a pt=2h; step a2 pt=3h }
      branch hard 40% { step b pt=10h }
    }
    step post pt=1h
"""


def test_a_return_over_a_choice_chooses_again() -> None:
    text = CHOICE + "rework post -> pre 50%"
    first = F(6, 10) * 5 + F(4, 10) * 10
    assert expected(text) == (2 + first) * 2 * HOUR
    assert visits(text)["a"] == F(12, 10)


def test_a_return_out_of_a_branch_chooses_again_by_share() -> None:
    text = CHOICE + "rework a -> pre 50%"
    # r = 0.5 x 0.6 x (1 + r) = 3/7
    r = F(3, 7)
    found = visits(text)
    assert found["pre"] == 1 + r
    assert found["a"] == F(6, 10) * (1 + r)
    assert found["b"] == F(4, 10) * (1 + r)
    # what follows a is passed only by those who go on
    assert found["a2"] == F(6, 10) * (1 + r) / 2
    assert found["post"] == 1


def test_a_return_into_a_branch_repeats_it_from_there_and_what_follows_the_join() -> None:
    text = CHOICE + "rework post -> a2 50%"
    found = visits(text)
    # every return goes to a2, whoever it is
    assert found == {"pre": 1, "a": F(6, 10), "a2": F(6, 10) + 1, "b": F(4, 10), "post": 2}


def test_a_loop_inside_a_branch() -> None:
    text = CHOICE + "rework a2 -> a 50%"
    found = visits(text)
    assert found == {"pre": 1, "a": F(12, 10), "a2": F(12, 10), "b": F(4, 10), "post": 1}
    assert expected(text) == (2 + F(12, 10) * 5 + 4) * HOUR


PARALLEL = """
    step pre pt=1h
    parallel {
      branch up { step a pt=2h; step a2 pt=3h }
      branch down { step b pt=4h }
    }
    step post pt=1h
"""


def test_the_longest_branch_is_chosen_after_the_rework_is_summed() -> None:
    text = PARALLEL + "rework b -> b 50%"
    # first pass: up 5 h; expected: down 8 h, with that branch's work
    assert values(text, "lead_time", "expected_lead_time") == (7 * HOUR, 10 * HOUR)
    assert values(text, "process_time", "rework_factor") == (7 * HOUR, F(10, 7))
    assert values(text, "rework_time") == (3 * HOUR,)


def test_a_return_from_a_branch_to_before_the_fork_repeats_the_whole_fork() -> None:
    text = PARALLEL + "rework a -> pre 50%"
    # r = 0.5 (1 + r) = 1: pre, a and b twice, a2 once
    assert visits(text) == {"pre": 2, "a": 2, "a2": 1, "b": 2, "post": 1}
    # up 2 x 2 + 3 = 7, down 8
    assert expected(text) == (2 + 8 + 1) * HOUR


def test_a_return_over_parallel_work() -> None:
    text = PARALLEL + "rework post -> pre 50%"
    assert expected(text) == 14 * HOUR


def test_a_return_from_behind_the_join_into_a_parallel_branch() -> None:
    text = PARALLEL + "rework post -> b 50%"
    assert visits(text) == {"pre": 1, "a": 1, "a2": 1, "b": 2, "post": 2}
    assert expected(text) == (1 + 8 + 2) * HOUR


def test_a_dead_end_costs_no_time() -> None:
    text = PARALLEL.replace("branch down {", "branch down joins=no {") + "rework b -> b 90%"
    assert values(text, "lead_time", "expected_lead_time") == (7 * HOUR, 7 * HOUR)


def test_loops_out_of_two_parallel_branches_may_have_no_end() -> None:
    text = PARALLEL + "rework a -> pre 50%\nrework b -> pre 50%"
    assert values(text, "expected_lead_time", "rework_factor") == (None, None)
    text = PARALLEL + "rework a -> pre 25%\nrework b -> pre 25%"
    # v = 1 + v/2
    assert visits(text)["pre"] == 2


def test_effort_in_a_fork() -> None:
    text = PARALLEL + "rework post -> pre 50% effort=50%"
    # one return: half of everything
    assert expected(text) == F(21, 2) * HOUR


# --- other conventions ----------------------------------------------------------------------------


def model(name: str, text: str) -> str:
    return f"map {{ calendar = 8h/day\n rework_model = {name} }}\n{text}"


def test_once_and_check_returns_at_most_once() -> None:
    text = model("once_and_check", LINE + "rework c -> b 20%\nrework b -> a 10%")
    assert expected(text) == (7 + F(2, 10) * 6 + F(1, 10) * 3) * HOUR
    assert visits(text) == {"a": F(11, 10), "b": F(13, 10), "c": F(12, 10)}


def test_once_does_not_repeat_the_step_that_found_it() -> None:
    text = model("once", "step a pt=1h\nstep b pt=2h\nstep c wait=3h pt=4h\nrework c -> b 20%")
    assert expected(text) == (10 + F(2, 10) * 2) * HOUR
    assert visits(text)["c"] == 1


def test_once_on_itself_costs_only_its_own_wait_and_work() -> None:
    text = model("once", "step a wait=2h pt=1h\nrework a -> a 50% wait=6h pt=2h")
    assert expected(text) == 3 * HOUR + 4 * HOUR
    assert expected(model("once", "step a wait=2h pt=1h\nrework a -> a 50%")) == 3 * HOUR


def test_once_in_a_choice_goes_by_the_first_pass_share() -> None:
    text = model("once_and_check", CHOICE + "rework a -> pre 50%")
    r = F(3, 10)
    found = visits(text)
    assert found["pre"] == 1 + r
    assert found["a2"] == F(6, 10) * (1 + r) - r


def test_the_inventory_convention_sums_waits_alone() -> None:
    text = """
        map { calendar = 8h/day
              timeline = inventory }
        queue q wait=1d
        step a pt=1h lt=3h
        step b wait=2h pt=2h
        rework b -> a 50% pt=4h effort=10%
    """
    # waits: 8 + 2 + 2 h; one return: 2 + 2 h, its own work is not waiting
    assert values(text, "lead_time", "expected_lead_time") == (12 * HOUR, 16 * HOUR)


def test_an_unknown_share_leaves_the_expected_figures_incomplete() -> None:
    text = LINE + "rework c -> a ?\nrework b -> b 50%"
    found = figure(text, "expected_lead_time")
    assert marked(found) == (9 * HOUR, "≥", ("c -> a",))
    assert figure(text, "lead_time").complete
    assert visits(text)["a"] is None


def test_ranges_of_shares_and_times() -> None:
    text = "step a pt=1h..3h\nrework a -> a 10%..30%"
    found = figure(text, "expected_lead_time")
    assert ends(found) == (
        2 * HOUR / F(8, 10),
        HOUR / F(9, 10),
        3 * HOUR / F(7, 10),
    )


def test_loop_figures() -> None:
    (loop,) = analysis(LINE + "rework c -> b 20%").loops
    assert loop.returns == F(1, 4)
    assert loop.one_pass
    assert loop.one_pass.value == 6 * HOUR
    assert loop.cost
    assert loop.cost.value == F(3, 2) * HOUR
    (loop,) = analysis(CHOICE + "rework a -> pre 50%").loops
    # pre + mean of the branches - a2, which those who return did not pass
    assert loop.one_pass
    assert loop.one_pass.value == (1 + 3 + 4 - 3) * HOUR


# --- against a chain that is simply walked --------------------------------------------------------


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[int], list[tuple[int, int, int]]]:
    hours = draw(st.lists(st.integers(0, 9), min_size=1, max_size=7))
    last = len(hours) - 1
    ends = st.tuples(st.integers(0, last), st.integers(0, last), st.integers(0, 30))
    loops = draw(st.lists(ends, max_size=5))
    back = {(max(a, b), min(a, b)): share for a, b, share in loops}
    spent: dict[int, int] = {}
    kept = []
    for (start, end), share in back.items():
        spent[start] = spent.get(start, 0) + share
        if spent[start] < 90:
            kept.append((start, end, share))
    return hours, kept


def walked(hours: list[int], loops: list[tuple[int, int, int]]) -> float:
    """Expected hours by walking the full chain until hardly anything is left on the way."""
    there = [0.0] * len(hours)
    there[0] = 1.0
    total = 0.0
    for _ in range(20_000):
        total += sum(share * hour for share, hour in zip(there, hours, strict=True))
        after = [0.0] * len(hours)
        for place, share in enumerate(there):
            back = 0.0
            for start, end, per_cent in loops:
                if start == place:
                    after[end] += share * per_cent / 100
                    back += per_cent / 100
            if place + 1 < len(hours):
                after[place + 1] += share * (1 - back)
        there = after
        if sum(there) < 1e-13:
            break
    return total


@settings(max_examples=60, deadline=None)
@given(lines())
def test_loops_on_a_line_are_the_absorbing_chain(
    case: tuple[list[int], list[tuple[int, int, int]]],
) -> None:
    hours, loops = case
    text = "".join(f"step s{n} pt={hour}h\n" for n, hour in enumerate(hours))
    text += "".join(f"rework s{a} -> s{b} {share}%\n" for a, b, share in loops)
    found = expected(text)
    assert found is not None
    assert float(found / HOUR) == pytest.approx(walked(hours, loops), rel=1e-6, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 99), st.integers(0, 60), st.integers(0, 25), st.integers(0, 60), st.booleans()
)
def test_loops_in_and_out_of_a_choice_are_the_absorbing_chain(
    share: int, out: int, local: int, behind: int, into: bool
) -> None:
    target = "a2" if into else "b"
    text = f"""
        step pre pt=1h
        choice {{
          branch x {share}% {{ step a pt=2h; step a2 pt=3h }}
          branch y {{ step b pt=5h }}
        }}
        step post pt=7h
        rework a2 -> pre {out}%
        rework a2 -> a {local}%
        rework post -> {target} {behind}%
    """
    hours = {"pre": 1, "a": 2, "a2": 3, "b": 5, "post": 7}
    p, o, i, n = share / 100, out / 100, local / 100, behind / 100
    flow = {
        "pre": {"a": p, "b": 1 - p},
        "a": {"a2": 1.0},
        "a2": {"pre": o, "a": i, "post": 1 - o - i},
        "b": {"post": 1.0},
        "post": {target: n},
    }
    there, total = {"pre": 1.0}, 0.0
    for _ in range(5000):
        total += sum(amount * hours[name] for name, amount in there.items())
        after: dict[str, float] = {}
        for name, amount in there.items():
            for to, part in flow[name].items():
                after[to] = after.get(to, 0.0) + amount * part
        there = after
    found = expected(text)
    assert found is not None
    assert float(found / HOUR) == pytest.approx(total, rel=1e-6)


def test_a_long_stream_with_many_loops_is_exact_and_quick() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(200))
    loops = "".join(f"rework s{199 - n} -> s{n} 7.3%\n" for n in range(60))
    found = expected(steps + loops)
    assert found is not None
    assert found > 200 * HOUR
    assert found.denominator > 10**50
    assert expected(steps + "rework s199 -> s0 50%") == 400 * HOUR


def test_what_comes_by_more_often_than_can_be_counted_never_ends() -> None:
    steps = "".join(f"step s{n} pt=1h\n" for n in range(400))
    for share, is_over in ((50, True), (99.99, False)):
        loops = "".join(f"rework s{n} -> s0 {share}%\n" for n in range(400))
        compiled = vsmdsl.compile(f"{steps}{loops}")
        told = [one.message for one in compiled.diagnostics if one.code.name == "endless-rework"]
        often = (
            "items come back more often than can be counted: with these shares the work never ends"
        )
        assert told == ([] if is_over else [often])
        assert (compiled.metric("expected_lead_time") is not None) == is_over
        assert (vsmdsl.stats(compiled)["maps"][0]["steps"][0]["visits"] is not None) == is_over
        assert "<svg" in str(vsmdsl.render(compiled))
