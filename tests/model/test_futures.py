"""LANGUAGE 5: futures are changes; kaizens promise them, futures apply them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.model.reading import DAY, codes, future, read, said
from vsmdsl.model import changes
from vsmdsl.model.quantity import Gap, duration
from vsmdsl.model.stream import Choice, Parallel, Queue, Step, walk
from vsmdsl.record import replace

MAP = """
step refine 1h
step dev 3d team=ana
queue inbox wait=1d wip=1
step review 1h ca=90%
step test "Integration test" 4h
handoff approve wait=6d
step release 1h
control jira
customer
rework test -> dev 20%
info jira -> refine, dev
kaizen slo "Four hours" on inbox { set inbox wait=2h }
kaizen auto on approve { set approve wait=0d; set test ca=95% }
"""


def keys(text: str) -> list[str]:
    return [one.key for one in walk(future(MAP + text).elements)]


def element(text: str, key: str) -> Step | Queue:
    found = future(MAP + text).find(key)
    assert isinstance(found, Step | Queue)
    return found


def one_code(text: str) -> list[str]:
    return codes(MAP + text)


# --- set --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "set test ca=95%",
        "set test.ca = 95%",
        'set "Integration test" ca=95%',
        "set test { ca = 95% }",
    ],
)
def test_set(text: str) -> None:
    found = element(f"future q {{ {text} }}", "test")
    assert isinstance(found, Step)
    assert found.ca is not None
    assert not isinstance(found.ca, Gap)
    assert found.ca.ratio == Fraction(95, 100)


def test_set_a_label_a_team_a_row() -> None:
    text = 'future q { set test "New label" { "Coverage" = 80% }\n set test team=ana, "CI server" }'
    found = element(text, "test")
    assert isinstance(found, Step)
    assert found.label == "New label"
    assert found.team == ("ana", "CI server")
    assert found.rows == (("Coverage", "80%"),)
    assert [one.key for one in future(MAP + text).teams] == ["ana", "CI server"]


def test_wait_takes_the_place_of_stock_and_stock_of_wait() -> None:
    found = element("future q { set inbox wait=2h }", "inbox")
    assert isinstance(found, Queue)
    assert (found.wait, found.wip) == (duration(7200, "h"), None)
    found = element("future q { set inbox wip=5 }", "inbox")
    assert isinstance(found, Queue)
    assert found.wait is None
    assert found.wip is not None
    found = element("future q { set inbox wait=2h wip=5 }", "inbox")
    assert isinstance(found, Queue)
    assert None not in (found.wait, found.wip)


def test_set_on_links() -> None:
    after = future(MAP + "future q { set test -> dev 10%; set jira -> refine by=kanban }")
    assert after.reworks[0].share != read(MAP).stream.reworks[0].share
    assert after.infos[0].by == "kanban"


def test_set_on_the_map() -> None:
    for text in ("set demand=30/month", "set map demand=30/month", "set map.demand = 30/month"):
        demand = future(MAP + f"future q {{ {text} }}").settings.demand
        assert demand is not None
        assert demand.count.amount == 30
    assert one_code("future q { set calendar=elapsed }") == ["E205"]
    assert one_code("future q { set timeline=inventory }") == ["E205"]


@pytest.mark.parametrize("text", ["set demand=30/month", "set customer demand=30/month"])
def test_the_demand_of_map_and_customer_is_one(text: str) -> None:
    whole = "customer demand=20/month\nstep a 1h\nfuture q { " + text + " }"
    after = future(whole)
    assert after.settings.demand is not None
    assert after.settings.demand == after.parties[0].demand
    assert after.settings.demand.count.amount == 30


def test_set_on_parties_and_teams() -> None:
    before = "team ops people=3\nstep a 1h team=ops\nsupplier\n"
    after = future(before + 'future q { set ops people=5; set supplier "New" }')
    assert after.teams[0].people is not None
    assert after.teams[0].people.amount == 5
    assert after.parties[0].label == "New"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("set tset ca=95%", "E202"),
        ("set test", "E246"),
        ("set test color=red", "E205"),
        ("set inbox pt=3h", "E205"),
        ("set release -> dev 10%", "E245"),
        ("set dev -> test 10%", "E245"),
        ("set test.nothing = 3", "E205"),
        ("set colour=red", "E205"),
        ("set test { step x 1h }", "E208"),
        ("apply nothing", "E215"),
        ("apply test -> dev", "E221"),
        ("remove nothing", "E202"),
        ("remove review; set review ca=95%", "E238"),
        ("insert after nothing { step x 1h }", "E202"),
        ("insert { step x 1h }", "E246"),
        ("insert after dev", "E246"),
        ("insert after dev { }", "E246"),
        ("insert after dev { set test ca=95% }", "E208"),
        ("insert after dev { step test 1h }", "E235"),
        ("insert after dev { pt = 3h }", "E205"),
        ("insert after jira { step x 1h }", "E202"),
        ("replace test to review { step x 1h }", "E247"),
        ("move dev after dev", "E243"),
        ("move dev", "E246"),
        ("step dev ca=95%", "E235"),
        ("step x 1h", "E208"),
        ("queue 3d", "E208"),
        ('map "x"', "E208"),
        ("future r { set dev pt=1h }", "E208"),
        ("span x from dev to test", "E208"),
        ("team ana", "E204"),
    ],
)
def test_changes_that_cannot_be(text: str, code: str) -> None:
    assert one_code(f"future q {{ {text} }}") == [code]


def test_a_second_step_in_a_future_offers_set() -> None:
    found = said(MAP + "future q { step dev ca=95% }")
    assert found == "E235 `dev` is in the stream already (to change it, write `set dev …`) => set"


# --- remove, insert, replace, move --------------------------------------------------------------


def test_remove_an_element_and_what_points_at_it() -> None:
    text = "future q { remove dev }"
    after = future(MAP + text)
    assert after.find("dev") is None
    assert after.reworks == ()
    assert [one.ends for one in after.infos] == [("refine",)]
    assert one_code(text) == ["W406"]
    assert one_code("future q { remove test -> dev; remove dev }") == []


def test_remove_links_and_parties() -> None:
    assert future(MAP + "future q { remove test -> dev }").reworks == ()
    assert [one.ends for one in future(MAP + "future q { remove jira -> refine }").infos] == [
        ("dev",)
    ]
    assert future(MAP + "future q { remove jira -> refine, jira -> dev }").infos == ()
    after = future(MAP + "future q { remove jira }")
    assert after.infos == ()
    assert [one.key for one in after.parties] == ["customer"]


def test_two_links_of_one_pair_need_an_id() -> None:
    twice = MAP + "rework test -> dev 5%\n"
    assert codes(twice + "future q { set test -> dev 1% }") == ["E237"]
    named = MAP + "rework again test -> dev 5%\n"
    assert codes(named + "future q { set again 1% }") == []


def test_insert() -> None:
    text = (
        "future q { insert after dev { queue 1d; step pair 1h team=ravi }\n"
        " insert before refine { step idea 1h } }"
    )
    assert keys(text)[:5] == ["idea", "refine", "dev", "queue#1", "pair"]
    assert one_code(text) == []


def test_inserted_queues_have_keys_of_their_own() -> None:
    text = "future q { insert after dev { queue 1d }\n insert after test { queue 1d } }"
    found = keys(text)
    assert len(set(found)) == len(found)


def test_replace() -> None:
    assert keys("future q { replace review to test { step check 1h } }") == [
        "refine", "dev", "inbox", "check", "approve", "release",
    ]  # fmt: skip
    assert keys("future q { replace refine { step x 1h } }")[0] == "x"
    assert one_code("future q { replace test { step check 1h } }") == ["W406"]


def test_replace_by_the_same_name_keeps_what_points_at_it() -> None:
    text = "future q { replace test { step test 1h } }"
    assert one_code(text) == []
    assert [one.key for one in future(MAP + text).reworks] == ["test -> dev"]


def test_move() -> None:
    assert keys("future q { move review before dev }")[:3] == ["refine", "review", "dev"]
    assert keys("future q { move refine after release }")[-1] == "refine"
    assert one_code("future q { move test before refine }") == ["E225"]


# --- forks in futures -----------------------------------------------------------------------------

CHOICE = """
step a 1h
choice c {
 branch fast 80% { step x 1h }
 branch slow { step y 1h }
}
step b 1h
"""


def shares(text: str) -> list[Fraction]:
    after = read(CHOICE + text).futures[0].stream
    (choice,) = (one for one in after.elements if isinstance(one, Choice))
    return [one.share.ratio for one in choice.branches if one.share]


def test_the_rest_follows_a_new_share() -> None:
    assert shares("future q { set fast 50% }") == [Fraction(1, 2), Fraction(1, 2)]
    assert shares("future q { set fast share=50% }") == [Fraction(1, 2), Fraction(1, 2)]
    assert shares("future q { set slow 10% }")[1] == Fraction(1, 9)
    assert codes(CHOICE + "future q { set slow 10% }") == ["E321"]
    assert shares("future q { set slow 10%; set fast 90% }") == [Fraction(9, 10), Fraction(1, 10)]
    assert shares("future q { remove fast }") == [1]
    assert shares("future q { insert after slow { branch third 5% { } } }") == [
        Fraction(80, 100), Fraction(15, 100), Fraction(5, 100),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("insert after fast { step z 1h }", "E208"),
        ("insert after a { branch z { } }", "E208"),
        ("move a before fast", "E208"),
        ("move fast before a", "E208"),
        ("move c before x", "E243"),
        ("set fast joins=no", "E205"),
    ],
)
def test_branches_stand_beside_branches(text: str, code: str) -> None:
    assert codes(CHOICE + f"future q {{ {text} }}") == [code]


def test_a_fork_without_branches_goes() -> None:
    after = future(CHOICE + "future q { remove fast, slow }")
    assert [one.key for one in after.elements] == ["a", "b"]
    fork = "step a 1h\nparallel p { branch one { step x 1h } }\nfuture q { remove one }"
    assert not any(isinstance(one, Parallel) for one in future(fork).elements)


# --- kaizens --------------------------------------------------------------------------------------


def test_apply() -> None:
    after = future(MAP + "future q { apply slo, auto }")
    inbox, approve = after.find("inbox"), after.find("approve")
    assert isinstance(inbox, Queue)
    assert inbox.wait == duration(7200, "h")
    assert approve is not None
    assert future(MAP + 'future q { apply "Four hours" }').find("inbox") == inbox


def test_the_last_change_counts_and_says_so() -> None:
    assert one_code("future q { apply auto; set test ca=99% }") == ["W410"]
    assert one_code("future q { apply auto; set test ca=95% }") == []
    assert one_code("future q { set test ca=1%; set test.ca = 2% }") == ["W410"]


def test_a_dropped_kaizen() -> None:
    dropped = MAP + "kaizen old on dev status=dropped { set dev pt=2d }\n"
    assert codes(dropped + "future q { apply old }") == ["W411"]


def test_two_kaizens_that_insert() -> None:
    both = (
        MAP + "kaizen a on dev { insert after dev { queue 1h } }\n"
        "kaizen b on test { insert after test { queue 2h } }\n"
    )
    found = [one.key for one in walk(future(both + "future q { apply a, b }").elements)]
    assert len(set(found)) == len(found) == 9
    same = (
        MAP + "kaizen a on dev { insert after dev { step x 1h } }\n"
        "kaizen b on test { insert after test { step x 2h } }\n"
    )
    assert codes(same) == []
    assert codes(same + "future q { apply a, b }") == ["E235"]


def test_a_kaizen_after_its_target_is_gone() -> None:
    assert one_code("future q { remove approve; apply auto }") == ["E238"]


def test_kaizens_hold_changes_only() -> None:
    assert one_code("kaizen k on dev { apply slo }") == ["E208"]
    assert one_code("kaizen k on dev { info jira -> test }") == ["E208"]
    assert one_code("kaizen k on dev { step dev 2d }") == ["E235"]


# --- futures of futures ---------------------------------------------------------------------------


def test_a_future_from_a_future() -> None:
    text = MAP + "future r from q { set test pt=1h }\nfuture q { set dev pt=2d }"
    found = read(text)
    assert [(one.key, one.base) for one in found.futures] == [("r", "q"), ("q", "")]
    after = found.futures[0].stream
    dev = after.find("dev")
    assert isinstance(dev, Step)
    assert dev.pt == duration(2 * DAY, "d")
    assert codes(text) == []
    assert codes(MAP + "future r from current { set test pt=1h }") == []


def test_futures_that_start_from_each_other() -> None:
    assert one_code("future a from b { set dev pt=1d }\nfuture b from a { set dev pt=2d }") == [
        "E216"
    ]
    assert one_code("future a from a { set dev pt=1d }") == ["E216"]
    assert one_code("future a from nowhere { set dev pt=1d }") == ["E214"]
    long = "".join(f"future f{n} from f{n + 1} {{ set dev pt={n + 1}h }}\n" for n in range(400))
    assert one_code(long + "future f400 { set dev pt=1h }") == []


def test_names_of_futures() -> None:
    found = read(MAP + 'future { set dev pt=1d }\nfuture "Next year" { set dev pt=2d }').futures
    assert [(one.key, one.label) for one in found] == [
        ("future", "Future state"),
        ("Next year", "Next year"),
    ]
    assert one_code("future q { set dev pt=1d }\nfuture q { set dev pt=2d }") == ["E204"]
    assert one_code("future q") == ["W412"]


def test_what_a_future_adds_for_itself() -> None:
    text = (
        "metric a = 3\nfuture q {\n team ops people=2\n set dev team=ops\n info jira -> test\n"
        ' shipment dev -> customer\n rework test -> refine 5%\n note "n" on dev\n'
        " waste waiting on dev\n"
        ' kaizen later "Later" on dev { set dev pt=1d }\n apply later\n'
        " metric a = 4\n metric b = 5\n"
        " goal lead_time <= 3d\n}"
    )
    after, before = future(MAP + text), read(MAP + text).stream
    assert len(after.infos) == len(before.infos) + 1
    assert len(after.reworks) == len(before.reworks) + 1
    assert (len(after.notes), len(after.wastes), len(after.shipments)) == (1, 1, 1)
    assert [one.text for one in after.metrics] == ["4", "5"]
    assert [one.key for one in after.teams] == ["ana", "ops"]
    assert after.kaizens[-1].changes
    dev = after.find("dev")
    assert isinstance(dev, Step)
    assert dev.pt == duration(DAY, "d")
    assert [(one.future, one.text) for one in before.goals] == [("q", "lead_time <= 3d in q")]


def test_goals_of_futures() -> None:
    text = (
        MAP
        + 'future q "Quarter" { set dev pt=1d; insert after dev { step x 1h }; goal x.pt <= 2h }'
    )
    assert codes(text) == []
    assert codes(text + '\ngoal lead_time <= 3d in q\ngoal wait_time <= 3d in "Quarter"') == []
    assert codes(text + "\ngoal x.pt <= 2h in q") == []
    assert codes(text + "\ngoal x.pt <= 2h") == ["E232"]
    goals = read(text + '\ngoal wait_time <= 3d in "Quarter"').stream.goals
    assert [one.future for one in goals] == ["q", "q"]
    assert codes(MAP + "future q { remove approve }\ngoal approve.wait <= 1d in q") == []


def test_changes_lead_from_the_base_to_the_future() -> None:
    text = MAP + (
        "future q { apply slo, auto; remove jira; move review before dev; set demand=3/day\n"
        " replace approve { handoff 1h }; insert before refine { step idea 1h team=ravi } }\n"
        "future r from q { remove dev; set inbox wip=4 }"
    )
    found = read(text)
    states = {"": found.stream} | {one.key: one.stream for one in found.futures}
    for one in found.futures:
        after = changes.apply(states[one.base], one.changes)
        settings = replace(after.settings, state="future")
        assert replace(after, settings=settings) == one.stream
