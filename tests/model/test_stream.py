"""LANGUAGE 5: the stream itself, statement by statement and key by key."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.model.reading import DAY, HOUR, codes, ends, read, said, stream
from vsmdsl.model.quantity import Count, Duration, Gap, duration
from vsmdsl.model.resolve.schema import SHAPES
from vsmdsl.model.stream import Choice, Handoff, Parallel, Queue, Step, walk


def step(text: str) -> Step:
    found = stream(text).elements[0]
    assert isinstance(found, Step)
    return found


def queue(text: str) -> Queue:
    found = stream(text).elements[0]
    assert isinstance(found, Queue)
    return found


def test_a_step_with_every_key() -> None:
    found = step(
        'step dev "Develop" { team = ana, ravi; pt = 3d; lt = 5d; wait = 1h; ca = 85%; people = 4\n'
        "stations = 2; value = nva; ct = 1h; co = 2h; uptime = 90%; available = 7h; shifts = 2\n"
        "batch = 10; transfer = 5; epe = 1d; scrap = 2%; yield = 98%; wip = 3; cost = 62 EUR/h\n"
        "tool = Jira; automation = assisted; flow = pull; waste = waiting, motion\n"
        'url = https://x.example/1; source = "Jira, n=143"\n'
        '"Test coverage" = 71% }'
    )
    assert (found.key, found.id, found.label) == ("dev", "dev", "Develop")
    assert found.team == ("ana", "ravi")
    assert found.pt == duration(3 * DAY, "d")
    assert (found.people, found.batch) != (None, None)
    assert (found.value, found.automation, found.flow) == ("nva", "assisted", "pull")
    assert (found.epe, found.cost, found.tool) == ("1d", "62 EUR/h", "Jira")
    assert found.waste == ("waiting", "motion")
    assert (found.url, found.source) == ("https://x.example/1", "Jira, n=143")
    assert found.rows == (("Test coverage", "71%"),)
    assert found.yield_ is not None
    for key in SHAPES["step"].keys:
        assert getattr(found, "yield_" if key == "yield" else key) not in (None, "", ())


def test_what_is_shown_as_written_is_shown_in_one_spelling() -> None:
    """So that a map looks the same before and after `vsm fmt`."""
    found = step('step a 1h epe="2 weeks" cost=62 EUR / h { "Age" = 2 days; "Green" = 71 % }')
    assert (found.epe, found.cost) == ("2 weeks", "62 EUR/h")
    assert found.rows == (("Age", "2d"), ("Green", "71%"))
    (goal,) = stream("step a 1h; goal lead_time <= 7 hours").goals
    assert goal.text == "lead_time <= 7h"


def test_the_spellings_of_the_field() -> None:
    found = step(
        "step dev { PT: 3d; Lead_Time = 5d; %C&A = 85%; C/T = 1h; C/O = 2h; Uptime = 90%\n"
        "operators = 4 }"
    )
    assert found.pt == duration(3 * DAY, "d")
    assert isinstance(found.lt, Duration)
    assert isinstance(found.people, Count)
    assert None not in (found.ca, found.ct, found.co, found.uptime)
    assert step('step dev { "Lead time" = 5d }').lt == duration(5 * DAY, "d")


@pytest.mark.parametrize(
    ("text", "pt", "lt", "ca"),
    [
        ("step A 3d", 3 * DAY, None, None),
        ("step A 2h/1d", 2 * HOUR, DAY, None),
        ("step A 2h/1d 70%", 2 * HOUR, DAY, Fraction(7, 10)),
        ("step A 70%", None, None, Fraction(7, 10)),
        ("step A 70% 3d", 3 * DAY, None, Fraction(7, 10)),
        ("step A ?", Gap.UNKNOWN, None, None),
        ("step A ?/1d", Gap.UNKNOWN, DAY, None),
        ("step A ? ?", Gap.UNKNOWN, None, Gap.UNKNOWN),
        ("step A none", Gap.NONE, None, None),
        ('step "A" none 70%', Gap.NONE, None, Fraction(7, 10)),
        ("step A 2h..8h", 5 * HOUR, None, None),
        ("step A ~3d/5d", 3 * DAY, 5 * DAY, None),
    ],
)
def test_bare_values_of_a_step(text: str, pt: object, lt: object, ca: object) -> None:
    found = step(text)
    plain = (
        one if one is None or isinstance(one, Gap) else ends(one)[1]
        for one in (found.pt, found.lt, found.ca)
    )
    assert tuple(plain) == (pt, lt, ca)


@pytest.mark.parametrize(
    ("text", "wait", "qty"),
    [
        ("queue A 12d", 12 * DAY, None),
        ("queue A 12d 3", 12 * DAY, 3),
        ("queue A 3", None, 3),
        ("queue A 40 pcs", None, 40),
        ("inventory A 12 L + 8 R", None, 20),
        ("queue A ?", Gap.UNKNOWN, None),
        ("queue A ? ?", Gap.UNKNOWN, Gap.UNKNOWN),
        ("queue A none", Gap.NONE, None),
        ("queue 1d", DAY, None),
    ],
)
def test_bare_values_of_a_queue(text: str, wait: object, qty: object) -> None:
    found = queue(text)
    plain = (
        one if one is None or isinstance(one, Gap) else ends(one)[1]
        for one in (found.wait, found.qty)
    )
    assert tuple(plain) == (wait, qty)


def test_a_queue_with_every_key() -> None:
    found = queue(
        "supermarket s wait=1d wip=3 qty=4 max=9 flow=fifo waste=inventory "
        "url=https://x.example source=count"
    )
    assert found.kind == "supermarket"
    for key in SHAPES["queue"].keys:
        assert getattr(found, key) not in (None, "", ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("queue a 1d", "queue"),
        ("inventory a 1d", "inventory"),
        ("inventory a 1d kind=safety", "safety"),
        ("inventory a 1d kind=buffer", "buffer"),
        ("fifo a 1d max=3", "fifo"),
        ("wait a 1d", "queue"),
        ("delay a 1d", "queue"),
        ("stock a 1d", "inventory"),
    ],
)
def test_kinds_of_queues(text: str, kind: str) -> None:
    assert queue(text).kind == kind


def test_a_handoff() -> None:
    found = stream('handoff approve "Change request" 6d via=email ca=90% waste=waiting').elements[0]
    assert isinstance(found, Handoff)
    assert (found.via, found.label, found.waste) == ("email", "Change request", ("waiting",))
    assert isinstance(found.wait, Duration)


def test_labels_and_keys() -> None:
    found = stream('step code_review\nstep "Two words"\nqueue 1d\nqueue 2d\nstep "Two words"')
    assert [one.label for one in found.elements] == [
        "Code review",
        "Two words",
        "",
        "",
        "Two words",
    ]
    keys = [one.key for one in found.elements]
    assert keys == ["code_review", "Two words", "queue#1", "queue#2", "Two words#2"]


def test_a_step_needs_a_name() -> None:
    assert said("step pt=3h") == 'E209 the step has no name (as in `step review "Code review"`)'
    assert codes("parallel { branch { step a 1h } }") == ["E209"]
    assert codes("queue wait=1d; handoff wait=2d; step a 1h") == []


def test_a_stream_line_stands_for_its_parts() -> None:
    short = stream("stream Refine 2h/1d 70% -> 3d -> Develop 3d/5d 85% team=dev -> 6d")
    long = stream("step Refine 2h/1d 70%\nqueue 3d\nstep Develop 3d/5d 85% team=dev\nqueue 6d")
    assert short.elements == long.elements
    assert [one.key for one in short.elements] == ["Refine", "queue#1", "Develop", "queue#2"]


# --- forks ----------------------------------------------------------------------------------


def test_a_parallel() -> None:
    fork = stream(
        'parallel work "Work" {\n branch front "Frontend" { step a 1h; queue 1d }\n'
        ' branch "Dead end" joins=no { step b 2h }\n branch empty { }\n step c 3h\n'
        " stream X 1h -> 2d\n}"
    ).elements[0]
    assert isinstance(fork, Parallel)
    assert [one.label for one in fork.branches] == ["Frontend", "Dead end", "Empty", "", ""]
    assert [len(one.elements) for one in fork.branches] == [2, 1, 0, 1, 2]
    assert [one.joins for one in fork.branches] == [True, False, True, True, True]


def test_a_choice_and_its_rest() -> None:
    fork = stream("choice { branch a 60% { step x 1h }\n branch b share=30% { }\n branch c { } }")
    choice = fork.elements[0]
    assert isinstance(choice, Choice)
    shares = [one.share and one.share.ratio for one in choice.branches]
    assert shares == [Fraction(6, 10), Fraction(3, 10), Fraction(1, 10)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("choice { branch a 60% { }\n branch b 30% { } }", "E321"),
        ("choice { branch a 60% { }\n branch b 60% { }\n branch c { } }", "E321"),
        ("choice { branch a { }\n branch b { } }", "E322"),
        ("choice { branch a 0.6 { }\n branch b { } }", "E305"),
        ("choice { branch a ? { }\n branch b { } }", "E308"),
        ("choice { step a 1h }", "E208"),
        ("choice { }", "E229"),
        ("parallel { }", "E229"),
        ("parallel { branch a share=50% { step x 1h } }", "E205"),
        ("choice { branch a 50% joins=no { }\n branch b { } }", "E205"),
        ("branch a { step x 1h }", "E208"),
    ],
)
def test_forks_that_cannot_be(text: str, code: str) -> None:
    found = codes(text)
    assert code in found
    assert set(found) <= {code, "E229"}


def test_shares_are_mended_so_that_a_wrong_map_can_be_drawn() -> None:
    found = read("choice { branch a 60% { }\n branch b 60% { } }").stream.elements[0]
    assert isinstance(found, Choice)
    assert sum(one.share.ratio for one in found.branches if one.share) == 1


def test_forks_in_forks() -> None:
    found = stream("parallel p { branch a { choice c { branch b { step x 1h } } } }")
    assert [one.key for one in walk(found.elements)] == ["p", "a", "c", "b", "x"]


# --- what a statement may not hold ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("step a 1h colour=red", None),
        (
            "step a 1h teem=x",
            "E205 `step` has no key `teem` (did you mean `team`?) => team",
        ),
        ("step a 1h leadtime=2d", None),
        ("queue a 1d ca=80%", None),
        ("step a 1h pt=2h", None),
        ("step a { pt = 1h; pt = 2h }", None),
        ('step a 1h { "x" = 1; "x" = 2 }', None),
        ("step a 1h 2h", None),
        ("queue a 1d 3 4", None),
        ("step a 1h on b", None),
        ("step a 1h { step b 1h }", None),
        ("step a 1h { set b pt=1h }", None),
        ("team ops 3; step a 1h team=ops", None),
    ],
)
def test_what_has_no_place(text: str, expected: str | None) -> None:
    found = said(text)
    assert found[:4] in ("E205", "E206", "E221", "E223", "E208")
    assert expected in (None, found)


def test_a_key_given_twice_shows_both_places() -> None:
    (found,) = read("step a 1h pt=2h").diagnostics
    assert [label.span.text for label in found.labels] == ["1h"]


def test_a_line_that_belongs_to_nothing() -> None:
    assert "open a block there with `{`" in said("step a 1h\npt = 3h")


# --- names ------------------------------------------------------------------------------------


def test_an_id_is_taken_once() -> None:
    (found,) = read("step a 1h\nstep a 2h").diagnostics
    assert found.code.code == "E204"
    assert [label.span.line for label in found.labels] == [1]
    assert codes("step a 1h\nqueue a 2h") == ["E204"]
    assert codes("step a 1h\nstep A 2h") == []


@pytest.mark.parametrize(
    ("text", "teams"),
    [
        ("step a 1h team=ana", ["ana"]),
        ("step a 1h team=ana, ravi\nstep b 1h team=ana", ["ana", "ravi"]),
        ('team ops "Operations" people=6\nstep a 1h team=ops', ["ops"]),
        ('team ops "Operations"\nstep a 1h team="Operations"', ["ops"]),
        ('team ops\nstep a 1h team="CI server", ops', ["ops", "CI server"]),
    ],
)
def test_teams(text: str, teams: list[str]) -> None:
    found = stream(text)
    assert [one.key for one in found.teams] == teams
    assert set(found.steps()[0].team) <= set(teams)


def test_teams_that_nobody_declared() -> None:
    assert said("team ops\nstep a 1h team=ops\nstep b 1h team=osp").startswith(
        "E203 no team is called `osp` (did you mean `ops`?)"
    )
    assert codes("team ops\nteam ops\nstep a 1h team=ops") == ["E204"]
    assert codes("team ops\nteam dev\nstep a 1h team=ops") == ["W404"]
    assert codes('team "Two words"\nstep a 1h team="Two words"') == []
    assert codes("team people=3") == ["E209"]


def test_a_team_used_only_in_a_future_is_used() -> None:
    assert codes("team a\nteam b\nstep x 1h team=a\nfuture q { set x team=b }") == []


def test_an_empty_map() -> None:
    assert [one.code.code for one in read("").diagnostics] == ["W402"]
    assert [one.code.code for one in read("queue a 1h").diagnostics] == ["W402"]
