"""Thousands of teams that nobody declared are known by their names at once."""

import time

import vsmdsl


def test_teams_that_are_declared_by_their_use() -> None:
    text = "".join(f'step s{n} pt=1h team="Team {n // 2}"\n' for n in range(10_000))
    start = time.process_time()
    compiled = vsmdsl.compile(text)
    assert time.process_time() - start < 6  # one second; it took six
    assert len(compiled.stream.teams) == 5_000


def test_the_first_team_of_a_name_is_meant() -> None:
    declared = 'team a "Ours"\nteam b "Ours"\n'
    stream = vsmdsl.compile(f'{declared}step s pt=1h team="Ours"\nstep t pt=1h team=b').stream
    assert [step.team for step in stream.steps()] == [("a",), ("b",)]


def test_a_word_names_the_team_that_was_declared_by_its_label() -> None:
    stream = vsmdsl.compile('step s pt=1h team=ci_server\nstep t pt=1h team="Ci server"').stream
    assert [step.team for step in stream.steps()] == [("ci_server",), ("ci_server",)]
