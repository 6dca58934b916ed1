"""What to do first: kaizen, what-if, goals with a way out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import ROOT, Ran

Vsm = Callable[..., Ran]
SCHEMA = ROOT / "templates" / "schema" / "stats-1.schema.json"
TWO = """
map "Two" { calendar = 8h/day }
queue a "First wait" wait=10d
step b "Work" pt=1d
kaizen half "Halve it" on a { effort=5d; owner="Ana"; due=2027-01-10; set a wait=5d }
kaizen third "Thirds, too" on a { effort=1d; set a wait=4d }
kaizen was "Made already" on b { status=done; set b pt=1h }
kaizen idea "=cmd()" on b
goal lead_time <= 5d
goal lead_time <= 2d
"""


@pytest.fixture
def two(folder: Path) -> str:
    """A map whose improvements get into each other's way."""
    (folder / "two.vsm").write_text(TWO, encoding="utf-8")
    return "two.vsm"


def test_the_order_is_by_return_and_returns_diminish(vsm: Vsm, two: str) -> None:
    maps = json.loads(vsm("kaizen", two, "--json").out)["maps"]
    found = {one["id"]: one for one in maps[0]["kaizens"]}
    assert found["third"]["rank"] == 1
    assert found["half"]["saves"]["text"] == "5 d"
    assert found["half"]["rank"] is None  # once the wait is 4 d, it saves nothing more
    assert found["was"]["rank"] is None
    assert found["idea"]["saves"] is None


def test_the_list_on_a_terminal(vsm: Vsm, two: str) -> None:
    out = vsm("kaizen", two, "--today", "2027-02-01").out
    assert "1.  Thirds, too" in out
    assert "2027-01-10 late" in out
    assert "late" not in vsm("kaizen", two).out


def test_csv_is_never_run(vsm: Vsm, two: str) -> None:
    rows = list(csv.DictReader(io.StringIO(vsm("kaizen", two, "--csv").out)))
    assert [row["kaizen"] for row in rows][3] == "'=cmd()"
    first = [rows[0][name] for name in ("owner", "due", "saves lead time")]
    assert first == ["Ana", "2027-01-10", "5 d"]


def test_markdown(vsm: Vsm, two: str) -> None:
    out = vsm("kaizen", two, "--markdown", "--today", "2027-02-01").out
    assert "| 1 | Thirds, too | – | – | – | 1 d | 6 d | 6 d |" in out
    assert "**2027-01-10, late**" in out


def test_a_calendar_by_the_book(vsm: Vsm, folder: Path) -> None:
    long = TWO.replace("Halve it", "Größer, " * 20 + "; \\\\ end")
    (folder / "long.vsm").write_text(long, encoding="utf-8")
    out = vsm("kaizen", "long.vsm", "--ics").out
    raw = (folder / "x.ics", out)[1].replace("\r\n", "\n").split("\n")
    assert all(len(line.encode()) <= 75 for line in raw)
    text = out.replace("\r\n", "\n").replace("\n ", "")
    assert "SUMMARY:" + "Größer\\, " * 20 + "\\; \\\\ end" in text
    assert "DUE;VALUE=DATE:20270110" in text
    assert text.count("BEGIN:VTODO") == text.count("END:VTODO") == text.count("UID:") == 4
    assert "STATUS:COMPLETED" in text
    assert out == vsm("kaizen", "long.vsm", "--ics").out


def test_stats_show_improvements_and_who_is_late(vsm: Vsm, two: str) -> None:
    out = vsm("stats", two, "--today", "2027-02-01").out
    assert "Improvements, in the order of their return" in out
    assert "2027-01-10 late" in out


def test_stats_json_holds_them_and_keeps_to_the_schema(vsm: Vsm, two: str) -> None:
    document = json.loads(vsm("stats", two, "checkout.vsm", "--json", "--today", "2027-02-01").out)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(document)
    half = document["maps"][0]["kaizens"][0]
    assert (half["owner"], half["overdue"], half["return"]) == ("Ana", True, 1)
    assert half["delta"]["lead_time"] == {"seconds": -144000, "ratio": -0.454545}


# --- what if


def test_what_if(vsm: Vsm, folder: Path) -> None:
    before = (folder / "checkout.vsm").read_bytes()
    out = vsm("stats", "checkout.vsm", "--set", "backlog.wait=2d", "--apply", "auto").out
    assert "What if" in out
    assert "14.6 d" in out
    assert (folder / "checkout.vsm").read_bytes() == before


def test_what_if_by_label_on_top_of_a_future(vsm: Vsm) -> None:
    out = vsm("stats", "checkout.vsm", "--future", "q1", "--set", "Idea backlog.wait=2d").out
    assert "12.9 d" in out


def test_what_if_as_json(vsm: Vsm) -> None:
    document = json.loads(vsm("stats", "checkout.vsm", "--set", "test.ca=95%", "--json").out)
    assert document["maps"][0]["futures"]["what-if"]["metrics"]["rolled_ca"]["text"] == "49.9 %"


def test_a_mistake_in_an_option_is_shown_under_a_caret(vsm: Vsm) -> None:
    ran = vsm("stats", "checkout.vsm", "--set", "reviw.wait=2h")
    assert (ran.code, ran.out) == (1, "")
    assert "set reviw.wait=2h\n  |     ^" in ran.err
    assert "did you mean `review`?" in ran.err
    assert vsm("stats", "checkout.vsm", "--apply", "nobody").code == 1
    assert vsm("stats", "checkout.vsm", "--set", "a.wait=2h } step x").code == 2


# --- goals


def test_a_missed_goal_says_how_it_could_be_reached(vsm: Vsm, two: str) -> None:
    ran = vsm("check", two, "--goals", "--select", "F526")
    assert ran.code == 1
    assert "6 d above the goal; `third` alone would reach it (5 d)" in ran.err
    assert "9 d above the goal; with `third` it would be nearer (5 d), still 3 d above" in ran.err


def test_two_improvements_together_may_reach_it(vsm: Vsm, folder: Path) -> None:
    text = TWO.replace("set a wait=5d", "set b pt=1h").replace("<= 5d", "<= 4.2d")
    (folder / "both.vsm").write_text(text, encoding="utf-8")
    err = vsm("check", "both.vsm", "--goals").err
    assert "`third` and `half` together would reach it (4.1 d)" in err
