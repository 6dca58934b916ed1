"""Each finding fires where the data shows it, and stays silent where it does not."""

import pytest

from tests.analysis.build import codes, findings, whole
from vsmdsl.language.codes import findings as table
from vsmdsl.language.diagnostics import Code

DEMAND = "map { calendar = 8h/day\n demand = 10/day }\n"
PLAIN = "step a pt=1h\nstep b pt=1h\n"

# name → (a map that shows it, the nearest map that does not)
CASES = {
    "biggest-wait": ("queue q wait=1h\nstep a pt=1h", "queue q wait=0h\nstep a pt=1h"),
    "mostly-waiting": ("queue q wait=5h\nstep a pt=1h", "queue q wait=4h\nstep a pt=1h"),
    "wait-disagrees-with-wip": (
        DEMAND + "queue q wait=1d wip=13\nstep a pt=1h",
        DEMAND + "queue q wait=1d wip=12\nstep a pt=1h",
    ),
    "lt-below-pt": ("step a pt=8h lt=3h", "step a pt=8h lt=8h"),
    "unmeasured": ("step a\nstep b pt=1h", "step a pt=none\nstep b pt=1h"),
    "above-takt": (DEMAND + "step a ct=49min", DEMAND + "step a ct=48min"),
    "overloaded": (
        DEMAND + "step a ct=30min\nrework a -> a 40%",
        DEMAND + "step a ct=30min\nrework a -> a 30%",
    ),
    "changeover-not-counted": ("step a ct=1s co=1h", "step a ct=1s co=1h batch=90"),
    "missing-demand": ("step a ct=1s", DEMAND + "step a ct=1s"),
    "capacity-unknown": (DEMAND + "step a pt=1h", DEMAND + "step a pt=1h people=1"),
    "wait-between-teams": (
        "step a team=x pt=1h\nqueue q wait=1h\nstep b team=y pt=1h",
        "step a team=x pt=1h\nqueue q wait=1h\nstep b team=x pt=1h",
    ),
    "wait-for-approval": (
        'step a pt=1h\nhandoff h "Budget approval" wait=1h\nstep b pt=1h',
        'step a pt=1h\nhandoff h "Budget approval"\nstep b pt=1h',
    ),
    "many-handoffs": (
        "step a pt=1h\nhandoff h\nstep b pt=1h\nhandoff i\nstep c pt=1h\nhandoff j\nstep d pt=1h",
        "step a pt=1h\nhandoff h\nstep b pt=1h\nhandoff i\nstep c pt=1h\nstep d pt=1h",
    ),
    "comes-back-to-team": (
        "step a team=x pt=1h\nstep b team=y pt=1h\nstep c team=x pt=1h",
        "step a team=x pt=1h\nstep b team=x pt=1h\nstep c team=y pt=1h",
    ),
    "waits-for-batch": ("step a pt=1min transfer=45", "step a pt=1min lt=2min"),
    "low-yield": ("step a pt=1h ca=49%", "step a pt=1h ca=50%"),
    "poor-input": (
        "step a pt=1h ca=79%\nstep b pt=4h ca=99%",
        "step a pt=1h ca=80%\nstep b pt=4h ca=99%",
    ),
    "rework-exceeds-ca": (
        "step a pt=1h ca=90%\nrework a -> a 11%",
        "step a pt=1h ca=90%\nrework a -> a 10%",
    ),
    "costly-rework": ("step a pt=1h\nrework a -> a 10%", "step a pt=1h\nrework a -> a 9%"),
    "endless-rework": (
        PLAIN + "parallel { branch x { step c pt=1h }; branch y { step d pt=1h } }\n"
        "rework c -> a 50%\nrework d -> a 50%",
        PLAIN + "parallel { branch x { step c pt=1h }; branch y { step d pt=1h } }\n"
        "rework c -> a 50%\nrework d -> a 40%",
    ),
    "over-max": (
        "queue q wait=1h wip=6 max=5\nstep a pt=1h",
        "queue q wait=1h wip=5 max=5\nstep a pt=1h",
    ),
    "piled-up": ("queue q wait=1h wip=11\nstep a pt=1h", "queue q wait=1h wip=10\nstep a pt=1h"),
    "no-value": ("step a pt=1h\nstep b pt=1h value=nva", "step a pt=1h\nstep b pt=1h value=nnva"),
    "by-hand": (
        "step a pt=1h\nstep b pt=1h value=nnva automation=manual",
        "step a pt=1h automation=manual",
    ),
    "stated-otherwise": (PLAIN + "metric lead_time = 3h", PLAIN + "metric lead_time = 2h"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_finding_fires_and_stays_silent(name: str) -> None:
    shown, silent = CASES[name]
    assert name in codes(shown)
    assert name not in codes(silent)


GOALS = {
    "goal-missed": "step a pt=3h\ngoal lead_time <= 2h",
    "goal-undecided": "step a pt=1h\nqueue q\ngoal lead_time <= 2h",
}


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_is_a_finding_where_it_is_not_met(name: str) -> None:
    found = [one["name"] for one in whole(GOALS[name])["findings"]]
    assert name in found
    assert not {"goal-missed", "goal-undecided"} & {
        one["name"] for one in whole("step a pt=1h\ngoal lead_time <= 2h")["findings"]
    }


def test_every_code_has_a_case() -> None:
    rows = {row.name for row in vars(table).values() if isinstance(row, Code)}
    assert rows == {*CASES, *GOALS}


@pytest.mark.parametrize("name", CASES)
def test_a_message_is_one_sentence_with_a_place(name: str) -> None:
    for one in findings(CASES[name][0]):
        assert one.message == one.message.strip().rstrip(".")
        assert "\n" not in one.message
        assert len(one.message) < 220
        assert one.span.end >= one.span.start


def test_counts_are_held_to_five_per_cent_and_levels_to_twenty_five() -> None:
    def waits(what: str) -> bool:
        text = DEMAND + f"queue q wait=10d {what}\nstep a pt=1h"
        return "wait-disagrees-with-wip" in codes(text)

    assert [waits("qty=105"), waits("qty=106"), waits("wip=125"), waits("wip=126")] == [
        False, True, False, True,
    ]  # fmt: skip


def test_in_a_choice_the_count_is_held_against_its_share_of_the_demand() -> None:
    text = DEMAND + "choice { branch x 50% { queue q wait=2d qty=10; step a pt=1h }; branch y }"
    assert "wait-disagrees-with-wip" not in codes(text)


def test_one_who_waits_inside_a_step_is_told_so() -> None:
    (found,) = [one for one in findings("step a pt=1h lt=5d") if one.code.name == "biggest-wait"]
    assert found.message == "the longest wait is inside `A`: 4.9 d, 98 % of the lead time"
    assert found.on == ("a",)


def test_an_empty_map_has_nothing_to_say() -> None:
    assert findings('map "Empty" { calendar = elapsed }') == ()
