"""What nobody knows: which figures it touches, and that their marks are true."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.build import DAY, HOUR, analysis, figure, findings, marked, text_of, whole

Marks = tuple[str, tuple[str, ...]]


def mark(text: str, name: str) -> Marks:
    found = figure(text, name)
    return found.bound, found.missing


NOTHING: Marks = ("", ())


@pytest.mark.parametrize("gap", ["pt=?", "", "ca=90%"])
def test_a_step_that_lacks_both_times_lacks_work_only(gap: str) -> None:
    text = f"queue q wait=1d\nstep a {gap}\nstep b pt=1h"
    assert mark(text, "lead_time") == ("≥", ("a",))
    assert mark(text, "process_time") == ("≥", ("a",))
    assert mark(text, "wait_time") == NOTHING
    assert mark(text, "flow_efficiency") == ("≥", ("a",))
    assert mark(text, "total_effort") == ("≥", ("a",))
    assert figure(text, "lead_time").value == 9 * HOUR


def test_a_known_lead_time_without_work() -> None:
    text = "step a lt=2d\nstep b pt=1h"
    assert mark(text, "lead_time") == NOTHING
    assert mark(text, "process_time") == ("≥", ("a",))
    assert mark(text, "wait_time") == ("≤", ("a",))
    assert figure(text, "wait_time").value == 2 * DAY
    assert mark(text, "flow_efficiency") == ("≥", ("a",))


def test_a_missing_wait() -> None:
    text = "queue q\nstep a pt=1h"
    assert mark(text, "lead_time") == ("≥", ("q",))
    assert mark(text, "wait_time") == ("≥", ("q",))
    assert mark(text, "process_time") == NOTHING
    assert mark(text, "flow_efficiency") == ("≤", ("q",))
    assert mark(text, "process_cycle_efficiency") == ("≤", ("q",))


def test_missing_work_and_missing_waiting_together() -> None:
    text = "queue q wait=?\nstep a pt=? lt=2d\nstep b pt=1h"
    assert mark(text, "flow_efficiency") == ("≈", ("q", "a"))
    assert mark(text, "wait_time") == ("≈", ("q", "a"))
    assert mark(text, "lead_time") == ("≥", ("q",))


def test_a_lead_time_that_nobody_knows() -> None:
    text = "step a pt=2h lt=?"
    assert marked(figure(text, "lead_time")) == (2 * HOUR, "≥", ("a",))
    assert mark(text, "process_time") == NOTHING
    assert mark(text, "wait_time") == ("≥", ("a",))
    assert mark(text, "flow_efficiency") == ("≤", ("a",))


def test_process_cycle_efficiency_lacks_the_work_of_value_adding_steps() -> None:
    known = "step a pt=1h\nstep b lt=1d value=nva"
    assert mark(known, "process_cycle_efficiency") == NOTHING
    both = "step a pt=1h\nstep b value=nva"
    assert mark(both, "process_cycle_efficiency") == ("≤", ("b",))
    adding = "step a pt=1h\nstep b lt=1d"
    assert mark(adding, "process_cycle_efficiency") == ("≥", ("b",))


def test_a_dead_end_touches_total_effort_and_quality_only() -> None:
    text = """
        step a pt=1h ca=90%
        parallel { branch x { step b pt=1h ca=90% }; branch y joins=no { queue q; step c } }
    """
    for name in ("lead_time", "process_time", "wait_time", "flow_efficiency"):
        assert mark(text, name) == NOTHING
    assert mark(text, "total_effort") == ("≥", ("c",))
    assert mark(text, "rolled_ca") == ("≤", ("c",))


def test_an_unknown_that_could_make_another_branch_the_longest() -> None:
    text = (
        "parallel { branch x { step a pt=9h ca=90% }; branch y { queue q; step b pt=1h ca=90% } }"
    )
    for name in ("lead_time", "process_time", "wait_time", "flow_efficiency"):
        assert mark(text, name) == ("≈", ("q",))
    assert mark(text, "total_effort") == NOTHING
    assert mark(text, "rolled_ca") == NOTHING


def test_an_unknown_in_the_longest_branch_only_makes_it_longer() -> None:
    text = "parallel { branch x { step a pt=9h; queue q }; branch y { step b pt=1h } }"
    assert mark(text, "lead_time") == ("≥", ("q",))
    assert mark(text, "process_time") == NOTHING


def test_work_missing_in_a_shorter_branch_of_known_length_changes_nothing_but_the_effort() -> None:
    text = "parallel { branch x { step a pt=9h }; branch y { step b lt=1h } }"
    for name in ("lead_time", "process_time", "wait_time", "flow_efficiency"):
        assert mark(text, name) == NOTHING
    assert mark(text, "total_effort") == ("≥", ("b",))


def test_rework_time_lacks_only_what_is_repeated() -> None:
    text = "queue q\nstep a pt=1h\nstep b pt=1h\nrework b -> a 50%"
    assert mark(text, "expected_lead_time") == ("≥", ("q",))
    assert mark(text, "rework_time") == NOTHING
    inside = "step a pt=1h\nqueue q\nstep b pt=1h\nrework b -> a 50%"
    assert mark(inside, "rework_time") == ("≥", ("q",))


def test_the_rework_factor_is_drawn_towards_the_visits_of_what_is_missing() -> None:
    twice = "step a pt=1h\nstep b\nstep c pt=1h\nrework b -> b 50%"
    assert mark(twice, "rework_factor") == ("≥", ("b",))
    once = "step a pt=1h\nstep b\nstep c pt=1h\nrework a -> a 50%"
    assert mark(once, "rework_factor") == ("≤", ("b",))
    assert mark("step a pt=1h\nstep b", "rework_factor") == NOTHING


def test_a_loop_that_passes_nothing_again_still_costs_work() -> None:
    once = "map { rework_model = once }; step a pt=2h; step b pt=2h; rework a -> a "
    assert mark(f"{once} ? pt=1h", "rework_factor") == ("≥", ("a -> a",))
    assert mark(f"{once} 50% pt=?", "rework_factor") == ("≥", ("a -> a",))
    assert mark(f"{once} 50% pt=1h; step c", "rework_factor") == ("≤", ("c",))
    assert mark(f"{once} 50% wait=?", "rework_factor") == NOTHING


def test_a_longer_branch_beside_the_rework_takes_it_off_the_path() -> None:
    other = "branch y { step b pt=1h lt=?; step c pt=1h }"
    text = f"parallel {{ branch x {{ step a pt=9h }}; {other} }}; rework a -> a 50%"
    assert mark(text, "rework_time") == ("≈", ("b",))
    apart = text.replace("rework a -> a", "step z pt=1h; rework z -> z")
    assert mark(apart, "rework_time") == NOTHING


def test_who_takes_another_way_the_second_time_spares_what_nobody_knows() -> None:
    ways = "branch x 20% { step b pt=1h; queue q }; branch y { step c pt=8h }"
    text = f"step a pt=1h; choice {{ {ways} }}; rework b -> a "
    assert mark(f"{text} 50%", "rework_time") == ("≤", ("q",))
    assert mark(f"{text} 50%", "expected_lead_time") == ("≥", ("q",))
    assert mark(f"{text} ?", "rework_time") == ("≈", ("q", "b -> a"))
    (loop,) = analysis(f"{text} 50%").loops
    assert loop.one_pass
    assert (loop.one_pass.bound, loop.one_pass.missing) == ("≤", ("q",))


def test_a_return_may_bring_more_work_and_less_waiting() -> None:
    ways = "branch x 50% { step b pt=1h; queue q wait=30d }; branch y { step c pt=1h }"
    text = f"step a pt=1h; choice {{ {ways} }}; rework b -> a ?"
    assert mark(text, "expected_lead_time") == ("≤", ("b -> a",))
    assert mark(text, "rework_factor") == ("≥", ("b -> a",))


def test_a_return_inside_of_a_branch_is_no_matter_of_the_branch_beside_it() -> None:
    ways = "branch v 50% { step b pt=1h; queue q wait=30d }; branch w { step c pt=1h }"
    text = f"branch x {{ step a pt=1h; choice {{ {ways} }} }}; branch y {{ step d pt=1h }}"
    (loop,) = analysis(f"parallel {{ {text} }}; rework b -> a 20%").loops
    assert loop.one_pass
    assert loop.one_pass.value == 2 * HOUR - 120 * HOUR


def test_a_return_whose_wait_nobody_knows() -> None:
    text = "step a pt=1h wait=2h\nrework a -> a 50% wait=?"
    assert mark(text, "expected_lead_time") == ("≥", ("a -> a",))
    assert figure(text, "expected_lead_time").value == 4 * HOUR
    assert mark(text, "lead_time") == NOTHING


def test_how_an_incomplete_figure_is_written() -> None:
    text = 'queue q wait=12d\nstep test "Test"\nstep b pt=4h'
    assert text_of(text, "lead_time") == "≥ 12.5 d"
    found = whole(text)["metrics"]["lead_time"]
    assert found == {
        "seconds": 12 * DAY + 4 * HOUR,
        "text": "≥ 12.5 d",
        "complete": False,
        "bound": "≥",
        "missing": ["test"],
    }


def test_loops_are_parts_of_what_is_expected() -> None:
    text = "step a pt=1h\nqueue q wait=1d\nstep b pt=2h\nstep c pt=3h\nrework b -> a ?\n"
    for more, said in (("rework c -> a ?", (2, 6)), ("rework c -> a 5%", (1, 6)), ("", (1, 5))):
        found = figure(f"{text}{more}", "expected_lead_time")
        assert (len(found.missing), found.parts, found.parts_are) == (*said, "parts")


def test_one_finding_names_all_that_is_unmeasured() -> None:
    text = "queue q\nstep a\nstep b pt=? lt=1d ca=90%\nstep c pt=1h ca=80%\nrework c -> b ?"
    (found,) = [one for one in findings(text) if one.code.name == "unmeasured"]
    assert found.on == ("q", "a", "b", "c -> b")


def test_a_branch_that_nobody_takes_lacks_nothing() -> None:
    text = "choice { branch x 0% { step a; queue q }; branch y { step b pt=1h } }"
    assert mark(text, "lead_time") == NOTHING


# --- the marks are true ---------------------------------------------------------------------------

TEMPLATE = """
    queue q wait={0}
    step a pt={1} lt={2}
    parallel {{
      branch x {{ queue r wait={3}; step b pt={4} }}
      branch y {{ step c pt={5} lt={6}; handoff h wait={7} }}
    }}
    choice {{
      branch v 30% {{ step d pt={8} value=nva }}
      branch w {{ step e pt={9} wait={10} }}
    }}
    rework b -> a 20% effort=50%
    rework e -> q {11}
"""
NAMES = (
    "lead_time", "process_time", "wait_time", "total_effort", "flow_efficiency",
    "process_cycle_efficiency", "expected_lead_time", "rework_time", "rework_factor",
)  # fmt: skip


@st.composite
def guesses(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """The slots of the template, some of them unknown, and the same with values for those."""
    known = []
    for slot in range(11):
        hours = draw(st.integers(1, 12))
        # a lead time is never below its process time: `lt < pt` bounds nothing
        known.append(f"{hours + 12 if slot in (2, 6) else hours}h")
    known.append(f"{draw(st.integers(0, 60))}%")
    gaps = draw(st.sets(st.integers(0, 11), max_size=4))
    # by definition a step that lacks both times adds no waiting
    gaps -= {slot + 1 for slot in (1, 5) if slot in gaps}
    holed = ["?" if slot in gaps else value for slot, value in enumerate(known)]
    return holed, known


@settings(max_examples=60, deadline=None)
@given(guesses())
def test_whatever_the_unknown_turns_out_to_be_the_mark_holds(
    case: tuple[list[str], list[str]],
) -> None:
    holed, known = (analysis(TEMPLATE.format(*slots)).metrics for slots in case)
    for name in NAMES:
        guess, truth = holed[name], known[name]
        if guess is None or truth is None:
            continue
        assert len(guess.missing) <= guess.parts or not guess.missing, name
        match guess.bound:
            case "":
                assert truth.value == guess.value, name
            case "≥":
                assert truth.value >= guess.value, name
            case "≤":
                assert truth.value <= guess.value, name


def test_the_template_has_a_slot_for_every_value() -> None:
    assert len(re.findall(r"\{\d+\}", TEMPLATE)) == 12
