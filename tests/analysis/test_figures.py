"""The first-pass figures: every sentence of section 6, with the answer worked out by hand."""

import pytest

from tests.analysis.build import DAY, HOUR, MINUTE, F, analysis, ends, figure, marked, values

FIGURES = ("lead_time", "process_time", "wait_time")


# --- steps and queues -----------------------------------------------------------------------------


def test_lead_time_holds_its_own_queue_and_wait_stands_in_front() -> None:
    text = "queue q wait=2d\nstep a pt=2h lt=1d wait=4h\nstep b pt=1h"
    lead = 2 * DAY + 12 * HOUR + HOUR
    assert values(text, *FIGURES) == (lead, 3 * HOUR, lead - 3 * HOUR)


def test_a_step_with_a_cycle_time_alone_works_for_it() -> None:
    assert values("step a ct=56s", *FIGURES) == (56, 56, 0)
    assert values("step a pt=168s ct=56s people=3", *FIGURES) == (168, 168, 0)


def test_several_people_at_once_finish_before_their_work_is_summed() -> None:
    text = "step a pt=8h lt=3h\nqueue q wait=1h"
    assert values(text, *FIGURES) == (4 * HOUR, 8 * HOUR, HOUR)


def test_pieces_that_move_together_wait_for_their_batch() -> None:
    assert values("step a pt=2min transfer=45", *FIGURES) == (
        90 * MINUTE,
        2 * MINUTE,
        88 * MINUTE,
    )
    assert values("step a pt=2min lt=1h transfer=45", *FIGURES)[0] == HOUR


def test_waiting_for_a_batch_grows_with_the_work() -> None:
    """Least with the least work, unlike that inside of a lead time that is written."""
    text = "step a pt=0s..2h transfer=3\nstep b pt=1h"
    assert ends(figure(text, "wait_time")) == (2 * HOUR, 0, 4 * HOUR)
    assert ends(figure(text, "flow_efficiency")) == (F(1, 2), F(3, 7), 1)
    (wait,) = analysis(text).waits
    assert ends(wait.time) == (2 * HOUR, 0, 4 * HOUR)
    both = text + "\nstep c pt=1h..2h lt=1d"
    assert ends(figure(both, "wait_time")) == (F(17, 2) * HOUR, 6 * HOUR, 11 * HOUR)
    assert sum(one.time.low for one in analysis(both).waits) == 6 * HOUR


def test_batch_adds_no_waiting() -> None:
    assert values("step a pt=2min batch=45", *FIGURES) == (2 * MINUTE, 2 * MINUTE, 0)


def test_none_counts_as_zero_and_nothing_is_missing() -> None:
    text = "step dock pt=none\nqueue q wait=none\nstep a pt=1h"
    found = figure(text, "lead_time")
    assert marked(found) == (HOUR, "", ())


def test_a_handoff_without_wait_costs_nothing() -> None:
    found = figure("step a pt=1h\nhandoff h\nstep b pt=1h", "lead_time")
    assert marked(found) == (2 * HOUR, "", ())


# --- Little's law ---------------------------------------------------------------------------------

PLANT = "map { calendar = 8h/day\n demand = 10/day }\n"


@pytest.mark.parametrize("key", ["qty", "wip"])
def test_littles_law_where_the_wait_is_missing(key: str) -> None:
    assert values(PLANT + f"queue q {key}=25\nstep a pt=1h", "wait_time") == (F(5, 2) * DAY,)


def test_a_wait_counts_before_the_things_that_stand_there() -> None:
    assert values(PLANT + "queue q wait=1d qty=25\nstep a pt=1h", "wait_time") == (DAY,)


def test_in_a_choice_only_a_share_of_the_demand_comes_by() -> None:
    text = (
        PLANT + "choice { branch x 20% { queue q qty=4; step a pt=1h }; branch y { step b pt=1h } }"
    )
    # 4 things ÷ 2 a day = 2 d, for one item in five
    found = analysis(text)
    assert found.metrics["wait_time"]
    assert found.metrics["wait_time"].value == F(4, 10) * DAY
    (wait,) = found.waits
    assert wait.time.value == F(4, 10) * DAY


def test_a_wait_that_is_included_adds_nothing() -> None:
    text = PLANT + "queue q wait=included qty=120\nstep a pt=1h lt=2d"
    found = figure(text, "lead_time")
    assert marked(found) == (2 * DAY, "", ())
    assert [wait.kind for wait in analysis(text).waits] == ["inside"]


def test_the_demand_may_be_the_customers() -> None:
    text = "map { calendar = 8h/day }\ncustomer c demand=10/day\nqueue q qty=25\nstep a pt=1h"
    assert values(text, "wait_time", "takt_time") == (F(5, 2) * DAY, F(8, 10) * HOUR)


def test_without_demand_a_count_is_no_wait() -> None:
    found = figure("queue q qty=25\nstep a pt=1h", "lead_time")
    assert marked(found) == (HOUR, "≥", ("q",))


# --- the inventory convention ---------------------------------------------------------------------


def test_inventory_timeline_sums_the_waiting_alone() -> None:
    text = """
        map { calendar = 8h/day
              timeline = inventory }
        queue q wait=2d
        step a pt=1h lt=5h wait=30min
        step b pt=2h
        span s from a to b
    """
    lead = 2 * DAY + F(9, 2) * HOUR
    assert values(text, *FIGURES) == (lead, 3 * HOUR, lead)
    assert values(text, "flow_efficiency") == (3 * HOUR / lead,)
    (span,) = analysis(text).spans
    assert span.figures
    assert span.figures["lead_time"]
    assert span.figures["lead_time"].value == 4 * HOUR  # the wait in front of a is over


def test_in_the_inventory_timeline_an_unknown_pt_takes_nothing_away() -> None:
    text = "map { calendar = 8h/day\n timeline = inventory }\nstep a lt=5h\nqueue q wait=1h"
    found = figure(text, "lead_time")
    assert marked(found) == (6 * HOUR, "≤", ("a",))


# --- efficiencies and quality ---------------------------------------------------------------------


def test_only_value_adding_work_counts_for_process_cycle_efficiency() -> None:
    text = "step a pt=1h\nstep b pt=2h value=nnva\nstep c pt=1h value=nva\nqueue q wait=4h"
    found = values(text, "flow_efficiency", "process_cycle_efficiency")
    assert found == (F(4, 8), F(1, 8))


def test_rolled_ca_counts_all_steps_and_the_mean_of_a_choice() -> None:
    text = """
        step a pt=1h ca=90%
        parallel { branch x { step b pt=1h ca=80% }; branch y joins=no { step c pt=9h ca=50% } }
        choice { branch v 25% { step d pt=1h ca=40% }; branch w { step e pt=1h ca=60% } }
        handoff h ca=50%
        step f pt=1h ca=100%
    """
    mean = F(25, 100) * F(4, 10) + F(75, 100) * F(6, 10)
    assert values(text, "rolled_ca") == (F(9, 10) * F(8, 10) * F(1, 2) * mean * F(1, 2),)


def test_a_step_without_ca_counts_as_all_right_and_is_named() -> None:
    found = figure("step a pt=1h ca=90%\nstep b pt=1h\nstep c pt=1h ca=?", "rolled_ca")
    assert marked(found) == (F(9, 10), "≤", ("b", "c"))


def test_without_any_ca_there_is_no_rolled_ca() -> None:
    assert values("step a pt=1h", "rolled_ca", "takt_time") == (None, None)


# --- forks ----------------------------------------------------------------------------------------


def test_the_longest_branch_with_its_own_work_and_waits() -> None:
    text = """
        step pre pt=1h
        parallel {
          branch busy { step a pt=8h }
          branch slow { queue q wait=9h; step b pt=1h }
        }
    """
    assert values(text, *FIGURES, "total_effort") == (11 * HOUR, 2 * HOUR, 9 * HOUR, 10 * HOUR)
    assert analysis(text).longest == {"slow"}


def test_an_empty_branch_and_a_tie() -> None:
    text = "parallel { branch x { step a pt=1h }; branch y { step b pt=1h }; branch z }"
    assert values(text, "lead_time") == (HOUR,)
    assert analysis(text).longest == {"x"}


def test_a_dead_end_touches_total_effort_alone() -> None:
    text = (
        "parallel { branch x { step a pt=1h }; branch y joins=no { step b pt=9h } }\nstep c pt=1h"
    )
    assert values(text, *FIGURES, "total_effort") == (2 * HOUR, 2 * HOUR, 0, 11 * HOUR)


def test_a_choice_is_the_mean_of_its_branches() -> None:
    text = "choice { branch x 25% { step a pt=4h; queue q wait=8h }; branch y { step b pt=8h } }"
    assert values(text, *FIGURES, "total_effort") == (9 * HOUR, 7 * HOUR, 2 * HOUR, 7 * HOUR)


def test_forks_within_forks() -> None:
    text = """
        choice {
          branch x 50% {
            parallel { branch p { step a pt=2h }; branch q { step b pt=4h } }
          }
          branch y { step c pt=1h }
        }
    """
    assert values(text, *FIGURES, "total_effort") == (
        F(5, 2) * HOUR,
        F(5, 2) * HOUR,
        0,
        F(7, 2) * HOUR,
    )


def test_lanes_know_their_slack() -> None:
    text = "parallel { branch x { step a pt=1h }; branch y { step b pt=4h }; branch z joins=no {} }"
    slack = [lane.slack.value if lane.slack else None for lane in analysis(text).lanes]
    assert slack == [3 * HOUR, 0, None]
    assert [lane.longest for lane in analysis(text).lanes] == [False, True, False]


# --- ranges ---------------------------------------------------------------------------------------


def test_ranges_enter_by_their_mean_and_keep_their_ends() -> None:
    found = figure("queue q wait=1440min..2880min..4800min\nstep a pt=60min", "lead_time")
    assert found.value == (2960 + 60) * MINUTE
    assert ends(found)[1:] == (1500 * MINUTE, 4860 * MINUTE)


def test_efficiencies_are_worst_with_work_least_and_waiting_most() -> None:
    text = "queue q wait=4h..12h\nstep a pt=1h..3h"
    found = figure(text, "flow_efficiency")
    assert ends(found) == (F(2, 10), F(1, 13), F(3, 7))


def test_the_waiting_inside_is_least_where_the_work_is_most() -> None:
    text = "step a pt=2h..8h lt=2d"
    found = figure(text, "wait_time")
    assert ends(found) == (11 * HOUR, 8 * HOUR, 14 * HOUR)
    efficiency = figure(text, "flow_efficiency")
    assert ends(efficiency)[1:] == (F(2, 16), F(8, 16))


def test_the_ends_may_take_another_branch() -> None:
    text = "parallel { branch x { step a pt=1h..9h }; branch y { step b pt=6h } }"
    found = figure(text, "lead_time")
    assert ends(found) == (6 * HOUR, 6 * HOUR, 9 * HOUR)


# --- the rest -------------------------------------------------------------------------------------


def test_waits_are_ranked_and_those_of_shorter_branches_follow() -> None:
    text = """
        queue q wait=1h
        step a pt=1h lt=5h wait=2h
        parallel {
          branch x { queue long wait=3d; step b pt=1h }
          branch y { queue short wait=2d; step c pt=1h }
        }
        handoff h wait=2h
    """
    found = [(one.key, one.kind, one.rank) for one in analysis(text).waits]
    assert found == [
        ("long", "queue", 1),
        ("a", "inside", 2),
        ("a", "step", 3),
        ("h", "handoff", 4),
        ("q", "queue", 5),
        ("short", "queue", None),
    ]
    on_path = sum(one.time.value for one in analysis(text).waits if one.rank)
    assert (on_path,) == values(text, "wait_time")


def test_wait_before_is_everything_since_the_last_step() -> None:
    text = """
        queue q wait=1d
        step a pt=1h
        handoff h wait=2h
        choice { branch x 25% { queue s wait=4h; step b wait=1h pt=1h; queue t wait=8h }; branch y }
        queue u wait=3h
        step c pt=1h
    """
    found = {step.key: step.wait_before.value for step in analysis(text).steps}
    # c: a quarter comes from b (8 h), the others straight from a (2 h); then 3 h
    assert found == {
        "a": DAY,
        "b": 7 * HOUR,
        "c": (F(1, 4) * 8 + F(3, 4) * 2 + 3) * HOUR,
    }


def test_behind_parallel_work_the_longest_branch_counts() -> None:
    text = """
        parallel {
          branch x { step a pt=9h; queue s wait=1h }
          branch y { step b pt=1h; queue t wait=5h }
        }
        step c pt=1h
    """
    assert analysis(text).steps[-1].wait_before.value == HOUR


def test_the_largest_unit_of_the_path_is_kept() -> None:
    assert figure("step a lt=2w pt=1d", "lead_time").unit == "w"
    assert figure("step a lt=2w pt=1d", "process_time").unit == "d"
    text = "parallel { branch x { step a lt=3w pt=1d }; branch y { step b lt=1mo pt=1h } }"
    assert figure(text, "lead_time").unit == "mo"
    assert figure("step a lt=2d pt=1d", "lead_time").unit == "d"


def test_exact_tenths() -> None:
    text = "\n".join(f"queue q{n} wait=0.1d" for n in range(10)) + "\nstep a pt=none"
    assert values(text, "lead_time") == (DAY,)
