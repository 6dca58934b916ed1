"""The story: what it says of each sample, in which order, and what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests import golden
from tests.report.story import told
from vsmdsl.record import replace
from vsmdsl.report.html import render_html
from vsmdsl.report.story.answer import answer, outlook
from vsmdsl.report.story.kaizens import kaizens
from vsmdsl.report.story.table import CHAPTERS, story
from vsmdsl.report.story.trend import trend
from vsmdsl.report.story.wastes import wastes
from vsmdsl.report.subject import NOW, Revision, Subject

About = Callable[..., Subject]
ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "report"
EVERYTHING = (CASES / "everything.vsm").read_text(encoding="utf-8")
CLOCK = "map { calendar = 8h/day, 5d/week }\n"


def plain(subject: Subject) -> Subject:
    """The same without what changes from release to release."""
    return replace(subject, version="")


def keys(subject: Subject) -> list[str]:
    return [part.key for part in story(subject, "body")]


@pytest.mark.parametrize("name", ["checkout", "acme", "tailspin", "sketch", "incomplete"])
def test_the_story_of_a_sample(about: About, name: str) -> None:
    text = (ROOT / "samples" / f"{name}.vsm").read_text(encoding="utf-8")
    golden.check(CASES / f"{name}.txt", told(render_html(plain(about(text)))))


def test_the_story_with_every_part(about: About) -> None:
    subject = replace(plain(about(EVERYTHING)), today=date(2026, 3, 2))
    golden.check(CASES / "everything.txt", told(render_html(subject)))


def test_the_story_of_a_future(about: About) -> None:
    golden.check(CASES / "future.txt", told(render_html(plain(about(EVERYTHING, future="next")))))


def test_the_parts_come_in_the_order_of_the_table(about: About) -> None:
    subject = about(EVERYTHING)
    subject = replace(subject, history=past(about))
    body = [chapter.key for chapter in CHAPTERS if chapter.place == "body"]
    assert keys(subject) == body
    assert re.findall(r'<section id="(\w+)"', render_html(subject)) == body


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("step Do pt=1h\n", {"map", "data", "method", "source"}),
        ("queue Inbox wait=2d\nstep Do pt=1h\n",
         {"map", "stuck", "wastes", "data", "method", "source"}),
        ("step Do pt=1h ca=90%\n", {"map", "wastes", "quality", "data", "method", "source"}),
    ],
)  # fmt: skip
def test_a_part_without_data_is_left_out(about: About, text: str, left: set[str]) -> None:
    subject = about(CLOCK + text)
    assert set(keys(subject)) == left
    page = render_html(subject)
    assert set(re.findall(r'<section id="(\w+)"', page)) == left
    assert set(re.findall(r'href="#(\w+)"', page)) <= left


def test_every_part_has_a_template() -> None:
    folder = ROOT / "templates" / "report" / "parts"
    assert {path.name for path in folder.glob("*.j2")} == {
        f"{chapter.key}.html.j2" for chapter in CHAPTERS
    }


def test_what_the_plan_leaves_alone_is_said(about: About) -> None:
    assert outlook(about()).endswith("Nothing is planned yet for the longest wait.")
    text = "queue a wait=9d\nstep b pt=1d\nkaizen k on a { set a wait=1d }\n"
    assert outlook(about(CLOCK + text)) == "Do first: K. It saves 8 d."
    assert outlook(about(CLOCK + "queue a wait=9d\nstep b pt=1d\n")) == ""


def test_the_answer_never_passes_a_bound_off_as_a_figure(about: About) -> None:
    said = answer(about(CLOCK + "queue Inbox wait=2d\nstep Do pt=?\nstep Test pt=1h\n"))
    assert said.startswith("It takes at least 2.1 d to deliver at least 60 min of work")


def test_the_waiting_of_goods(about: About) -> None:
    text = (ROOT / "samples" / "acme.vsm").read_text(encoding="utf-8")
    assert answer(about(text)) == (
        "The material waits 23.6 d around 188 s of work; 32 % of it in Stamped parts."
    )


def test_every_row_about_an_element_names_it(about: About) -> None:
    subject = about(EVERYTHING)
    stream, page = subject.shown.stream, render_html(subject)
    known = {*subject.shown.analysis.names, *(one.key for one in stream.reworks)}
    known |= {party.key for party in stream.parties}
    named = [unescape(key) for key in re.findall(r'data-on="([^"]+)"', page)]
    assert named
    assert set(named) <= known
    for step in subject.shown.stream.steps():
        assert step.key in named


def test_late_improvements_are_marked(about: About) -> None:
    subject = replace(about(EVERYTHING), today=date(2026, 3, 2))
    found = kaizens(subject)
    assert found is not None
    late = [cell.text for row in found.table.rows for cell in row.cells if cell.note == "overdue"]
    assert late == ["2026-01-15"]
    assert "One is overdue on 2 March 2026." in found.lead
    nobody_asked = kaizens(about(EVERYTHING))
    assert nobody_asked is not None
    assert "overdue" not in nobody_asked.lead


# --- wastes ---------------------------------------------------------------------------------------


def evidence(subject: Subject) -> dict[str, list[str]]:
    found = wastes(subject)
    return {
        one.name: [it.text for it in (*one.marked, *one.measured)]
        for one in (found.found if found else ())
    }


@pytest.mark.parametrize(
    ("waste", "text", "said"),
    [
        ("Waiting", "queue a wait=3d\nstep b pt=1d\n", "3 d in a, 75 % of the lead time."),
        ("Inventory", "queue a wip=9 wait=3d\nstep b pt=1d\n", "9 wait in a."),
        ("Defects", "step a pt=1d ca=80%\n", "a hands on 80 % complete and accurate."),
        ("Defects", "step a pt=1d\nrework a -> a 10%\n", "10 % go back from a to a"),
        ("Transportation", "team x\nteam y\nstep a pt=1d team=x\nstep b wait=1d pt=1d team=y\n",
         "1 d on the way from x to y."),
        ("Motion", "team x\nteam y\nstep a team=x\nstep b team=y\nstep c pt=1h team=x\n",
         "x takes the work up again at c, after others had it."),
        ("Overproduction", "queue a qty=9 max=5\nstep b pt=1h\n",
         "9 stand in a, where at most 5 were agreed."),
        ("Overprocessing", "step a pt=2h value=nva\n", "a takes 2 h of work that adds no value"),
        ("Unused talent", "step a pt=2h value=nnva automation=manual\n",
         "a is done by hand and adds no value"),
    ],
)  # fmt: skip
def test_the_data_shows_a_waste(about: About, waste: str, text: str, said: str) -> None:
    found = evidence(about(CLOCK + text))
    # A name is made of an id by a capital letter.
    assert any(line.casefold().startswith(said.casefold()) for line in found[waste]), found


def test_stock_is_pushed_before_the_constraint(about: About) -> None:
    text = (
        "map { calendar = 8h/day; demand = 40/d }\nstep a ct=5min pt=5min\n"
        "inventory pile qty=80{0}\nstep b ct=11min pt=11min\n"
    )
    assert "80 were pushed to B" in evidence(about(text.replace("{0}", "")))["Overproduction"][0]
    held = about(text.replace("{0}", " max=100").replace("inventory", "fifo"))
    assert "Overproduction" not in evidence(held)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("step a pt=1d ca=99%\nstep b pt=1d\n", "Waiting"),
        ("queue a wip=1 wait=1d\nstep b pt=1d\n", "Inventory"),
        ("step a pt=1d ca=100%\n", "Defects"),
        ("step a pt=1d\nstep b pt=1d\n", "Transportation"),
        ("queue a qty=5 max=5\nstep b pt=1d\n", "Overproduction"),
        ("step a pt=1d value=nnva\n", "Overprocessing"),
        ("step a pt=1d automation=manual\n", "Unused talent"),
    ],
)
def test_no_waste_without_evidence(about: About, text: str, absent: str) -> None:
    assert absent not in evidence(about(CLOCK + text))


# --- the trend ------------------------------------------------------------------------------------


def past(about: About) -> tuple[Revision, ...]:
    """Three revisions, of which two differ in a figure."""
    texts = (
        ("2026-01-05", "first map", "queue a wait=9d\nstep b pt=1d\n"),
        ("2026-02-05", "words only", 'queue a "In" wait=9d\nstep b pt=1d\n'),
        ("2026-03-05", "the board meets daily", "queue a wait=4d\nstep b pt=1d\n"),
    )
    return tuple(Revision(day, note, about(CLOCK + text).shown) for day, note, text in texts)


def test_the_trend_tells_the_turns(about: About) -> None:
    found = trend(replace(about(), history=past(about)))
    assert found is not None
    assert found.lead == (
        "From 2026-01-05 to 2026-03-05, the lead time went from 10 d to 5 d (−5 d, −50 %)."
    )
    assert [row.cells[0].text for row in found.table.rows] == ["2026-01-05", "2026-03-05"]
    assert "the board meets daily" in told(render_html(replace(about(), history=past(about))))


def test_what_is_not_committed_yet_is_of_today(about: About) -> None:
    *before, last = past(about)
    found = trend(replace(about(), history=(*before, replace(last, day=NOW))))
    assert found is not None
    assert found.lead.startswith("From 2026-01-05 to today, the lead time went from 10 d")


def test_one_revision_is_no_trend(about: About) -> None:
    assert trend(replace(about(), history=past(about)[:2])) is None
