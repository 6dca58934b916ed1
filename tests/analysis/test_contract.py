"""The machine-readable contract: the first file of the language gives the numbers of its page."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.analysis.build import whole
from vsmdsl.analysis.contract import document

SCHEMA = Path(__file__).parents[2] / "templates" / "schema" / "stats-1.schema.json"

FIRST = """\
# Observed by walking the stream on 2026-11-12.
map "Checkout feature delivery" {
  state = current
  date = 2026-11-12
  scope = "from customer request to running in production"
  calendar = 8h/day, 5d/week
  demand = 20/month
  item = "feature"
}

team product "Product"
team checkout "Checkout squad" people=6
team ops "Platform operations"

supplier "Customer request"
customer "Online shoppers"
control jira "Product planning" system="Jira"

queue     backlog "Idea backlog" wait=12d wip=11
step      refine "Refine story" team=product pt=2h lt=1d ca=70%
handoff   "Ready column" wait=3d
step      dev "Develop" team=checkout pt=3d lt=5d ca=85% people=4
queue     inbox "Waiting for review" wait=1d wip=1
step      review "Code review" team=checkout pt=1h ca=90%
step      test "Integration test" team=checkout pt=4h lt=2d ca=75%
handoff   approve "Change request" via=email wait=6d
step      release "Release" team=ops pt=1h lt=4h ca=98%

rework test -> dev 20% "defects found"
info customer -> jira "feature requests" by=electronic every=1w
info jira -> refine "prioritised backlog" by=manual
waste waiting on approve "the board meets once a week"
metric deployment_frequency = 2/week
metric change_fail_rate = 15%
span cycle "Cycle time" from dev to release

kaizen slo "Review within four hours" on inbox {
  owner = "Ravi"
  due = 2026-12-15
  effort = 3d
  set inbox wait=2h
}
kaizen auto "Approve by pipeline evidence" on approve {
  owner = "Mei"
  due = 2027-02-01
  effort = 15d
  set approve wait=0d
}

future q1 "Target, first quarter 2027" {
  apply slo, auto
  set test ca=95% lt=1d
}

goal lead_time <= 24d in q1
"""

METRICS = {
    "lead_time": {"seconds": 882000, "text": "30.6 d", "complete": True},
    "process_time": {"seconds": 115200, "text": "32 h", "complete": True},
    "wait_time": {"seconds": 766800, "text": "26.6 d", "complete": True},
    "total_effort": {"seconds": 115200, "text": "32 h", "complete": True},
    "flow_efficiency": {"ratio": 0.130612, "text": "13.1 %", "complete": True},
    "process_cycle_efficiency": {"ratio": 0.130612, "text": "13.1 %", "complete": True},
    "rolled_ca": {"ratio": 0.393593, "text": "39.4 %", "complete": True},
    "expected_lead_time": {"seconds": 940500, "text": "32.7 d", "complete": True},
    "rework_time": {"seconds": 58500, "text": "2 d", "complete": True},
    "rework_factor": {"ratio": 1.22656, "text": "× 1.23", "complete": True},
    "handoffs": {"count": 2},
    "takt_time": {"seconds": 31200, "text": "8.7 h"},
}

DEV = {
    "id": "dev",
    "label": "Develop",
    "team": "checkout",
    "process_time": {"seconds": 86400, "text": "24 h"},
    "lead_time": {"seconds": 144000, "text": "5 d"},
    "wait_before": {"seconds": 86400, "text": "3 d"},
    "ca": {"ratio": 0.85},
    "visits": 1.25,
    "effective_cycle_time": {"seconds": 21600, "text": "6 h"},
    "above_takt": False,
    "capacity": {"per_day": 1.333333, "per_shift": None, "text": "1.3 a day"},
    "utilisation": {"ratio": 0.865385},
    "share_of_lead_time": {"ratio": 0.163265},
}

BACKLOG = {
    "at": "backlog",
    "label": "Idea backlog",
    "kind": "queue",
    "seconds": 345600,
    "share": 0.391837,
    "rank": 1,
}


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    return whole(FIRST)


def test_the_head(answer: dict[str, Any]) -> None:
    assert list(answer) == [
        "file", "title", "state", "calendar", "metrics", "stated", "spans", "steps", "waits",
        "constraint", "futures", "goals", "findings",
    ]  # fmt: skip
    assert (answer["title"], answer["state"]) == ("Checkout feature delivery", "current")
    assert answer["calendar"] == {
        "hours_per_day": 8,
        "days_per_week": 5,
        "days_per_month": 21.666667,
        "text": "1 d = 8 h, 5 d/week",
    }


def test_the_headline_figures(answer: dict[str, Any]) -> None:
    assert answer["metrics"] == METRICS
    assert list(answer["metrics"]) == list(METRICS)


def test_stated_and_spans(answer: dict[str, Any]) -> None:
    assert answer["stated"] == {
        "deployment_frequency": {"text": "2/week"},
        "change_fail_rate": {"ratio": 0.15, "text": "15 %"},
    }
    cycle = answer["spans"]["cycle"]
    assert cycle["name"] == "Cycle time"
    assert cycle["lead_time"] == {"seconds": 421200, "text": "14.6 d"}
    assert cycle["process_time"] == {"seconds": 108000, "text": "30 h"}
    assert cycle["flow_efficiency"] == {"ratio": 0.25641, "text": "25.6 %"}


def test_steps_and_waits(answer: dict[str, Any]) -> None:
    assert [step["id"] for step in answer["steps"]] == [
        "refine", "dev", "review", "test", "release",
    ]  # fmt: skip
    assert answer["steps"][1] == DEV
    assert answer["waits"][0] == BACKLOG
    assert [wait["at"] for wait in answer["waits"]] == [
        "backlog", "approve", "Ready column", "dev", "test", "inbox", "refine", "release",
    ]  # fmt: skip
    assert [wait["rank"] for wait in answer["waits"]] == list(range(1, 9))
    assert sum(wait["seconds"] for wait in answer["waits"]) == 766800


def test_constraint_future_and_goal(answer: dict[str, Any]) -> None:
    assert answer["constraint"] == {
        "step": "dev",
        "utilisation": {"ratio": 0.865385},
        "above_takt": False,
    }
    future = answer["futures"]["q1"]
    assert future["title"] == "Target, first quarter 2027"
    lead = {"seconds": 658800, "text": "22.9 d", "complete": True}
    assert future["metrics"]["lead_time"] == lead
    assert future["delta"]["lead_time"] == {"seconds": -223200, "ratio": -0.253061}
    assert len(future["steps"]) == 5
    actual = {"seconds": 658800, "text": "22.9 d"}
    assert answer["goals"] == [{"text": "lead_time <= 24d in q1", "met": True, "actual": actual}]


def test_findings(answer: dict[str, Any]) -> None:
    first = answer["findings"][0]
    assert (first["code"], first["name"]) == ("F501", "biggest-wait")
    assert (first["on"], first["line"], first["column"]) == ("backlog", 19, 1)


MAPS = {
    "first": FIRST,
    "unknown": "queue q\nstep a\nstep b pt=1h ca=?\nrework b -> a ?\nspan s from a to b",
    "ranges": "queue q wait=1h..9h\nstep a pt=1h..2h ca=50%..90%\nrework a -> a 10%..20%",
    "forks": """
        map { calendar = 8h/day
              demand = 5/day }
        queue wait=2h
        choice { branch x 20% { queue qty=3; step a ct=1h batch=4 co=1h }; branch y }
        parallel { step b lt=1d team="Them"; branch z joins=no { handoff wait=? } }
        metric other = "words"
        metric size = 12 pcs
        metric nobody = ?
        metric lead = lead_time
        goal lead_time <= 3h
        future f { remove b }
    """,
    "nothing": 'map "Empty" { calendar = elapsed }',
}


@pytest.mark.parametrize("text", MAPS.values(), ids=MAPS.keys())
def test_every_answer_fits_the_schema(text: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    answer = json.loads(json.dumps(document([whole(text)])))
    problems = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft202012Validator(schema).iter_errors(answer)
    ]
    assert problems == []


def test_unnamed_elements_are_called_by_where_they_stand() -> None:
    answer = whole('queue 1h\nstep "Cut wood" pt=1h\nqueue 2h\nstep b pt=1h\nqueue 3h')
    names = {wait["seconds"]: (wait["at"], wait["label"]) for wait in answer["waits"]}
    assert names == {
        3600: ("before Cut wood", "before Cut wood"),
        7200: ("before b", "before B"),
        10800: ("after b", "after B"),
    }


def test_a_rework_is_missing_by_its_arrow() -> None:
    answer = whole("step a pt=1h\nstep b pt=1h\nrework b -> a ?")
    assert answer["metrics"]["expected_lead_time"]["missing"] == ["b -> a"]


def test_an_unknown_wait_is_listed_and_not_ranked() -> None:
    answer = whole("queue q wait=?\nqueue r wait=1h\nstep a pt=1h")
    assert [(wait["at"], wait["rank"]) for wait in answer["waits"]] == [("r", 1), ("q", None)]
    assert answer["waits"][1]["missing"] == ["q"]
