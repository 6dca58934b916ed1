"""Spans, goals, stated totals, comparisons."""

from tests.analysis.build import DAY, HOUR, F, analysis, codes, resolved, whole
from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.result import Figure

CLOCK = "map { calendar = 8h/day }\n"


def span(text: str, name: str) -> F | None:
    (found,) = analysis(text).spans
    assert found.figures is not None
    figure = found.figures[name]
    return figure.value if isinstance(figure, Figure) else None


LINE = """
    queue q wait=1d
    step a pt=1h wait=2h
    queue r wait=3h
    step b pt=2h lt=5h
    queue t wait=7h
"""


def test_a_span_runs_from_the_start_of_one_step_to_the_end_of_another() -> None:
    text = LINE + "span s from a to b"
    assert span(text, "lead_time") == 9 * HOUR  # the wait in front of a is over
    assert span(text, "process_time") == 3 * HOUR
    assert span(text, "wait_time") == 6 * HOUR
    assert span(text, "flow_efficiency") == F(3, 9)


def test_a_queue_at_either_end_counts_whole() -> None:
    assert span(LINE + "span s from q to t", "lead_time") == (8 + 2 + 1 + 3 + 5 + 7) * HOUR


def test_a_span_in_a_branch_is_for_those_who_take_it() -> None:
    text = """
        choice { branch x 20% { step a pt=1h; queue q wait=4h; step b pt=3h }; branch y }
        step c pt=1h
        span s from a to b
    """
    assert span(text, "lead_time") == 8 * HOUR


def test_a_span_over_forks() -> None:
    text = """
        step a pt=1h
        parallel { branch x { step b pt=2h }; branch y { step c pt=4h } }
        step d pt=1h
        span s from a to d
    """
    assert span(text, "lead_time") == 6 * HOUR
    assert span(text, "total_effort") == 8 * HOUR


REMOVED = CLOCK + LINE + "span s from a to b\nfuture f { remove b }\ngoal s.lead_time <= 2d in f"


def test_a_span_whose_end_a_future_removed_has_no_figures() -> None:
    (future,) = resolved(REMOVED).futures
    (found,) = analyse(future.stream).spans
    assert found.figures is None
    answer = whole(REMOVED)
    assert answer["futures"]["f"]["spans"] == {"s": None}
    (goal,) = answer["goals"]
    assert (goal["met"], goal["actual"]) == (False, None)


# --- goals ----------------------------------------------------------------------------------------


def met(text: str) -> list[bool | None]:
    return [goal["met"] for goal in whole(CLOCK + text)["goals"]]


def test_goals_are_compared_exactly() -> None:
    text = "step a pt=1h lt=2d ca=90%\n"
    assert met(text + "goal lead_time <= 2d") == [True]
    assert met(text + "goal lead_time < 2d") == [False]
    assert met(text + "goal rolled_ca >= 90%") == [True]
    assert met(text + "goal handoffs <= 0") == [True]


def test_goals_on_spans_targets_and_stated_metrics() -> None:
    text = "queue q wait=4h\nstep a pt=1h lt=2d ca=90%\nspan s from a to a\n"
    text += "metric deployment_frequency = 2/week\nmetric change_lead_time = s.lead_time\n"
    assert met(text + "goal s.lead_time <= 2d") == [True]
    assert met(text + "goal a.ca >= 95%") == [False]
    assert met(text + "goal q.wait <= 4h") == [True]
    assert met(text + "goal deployment_frequency >= 1/day") == [False]
    assert met(text + "goal change_lead_time <= 2d") == [True]


def test_a_goal_on_an_incomplete_figure_is_met_only_if_that_is_certain() -> None:
    text = "queue q\nstep a pt=1h lt=2d\n"
    assert met(text + "goal lead_time <= 3d") == [None]  # ≥ 2 d
    assert met(text + "goal lead_time <= 1d") == [False]
    assert met(text + "goal lead_time >= 1d") == [True]
    assert met(text + "goal flow_efficiency <= 10%") == [True]  # ≤ 6.3 %


# --- stated totals --------------------------------------------------------------------------------


def contradicted(text: str) -> bool:
    return "stated-otherwise" in codes(text)


def test_a_stated_total_is_held_against_the_computed_one_as_it_is_written() -> None:
    text = "queue q wait=188h\nstep a pt=59min ca=54.4%\n"  # 23.62 d
    assert not contradicted(text + "metric lead_time = 23.6d")
    assert not contradicted(text + "metric lead_time = 24d")
    assert not contradicted(text + "metric lead_time = 23d 5h")
    assert contradicted(text + "metric lead_time = 23.7d")
    assert contradicted(text + "metric lead_time = 23.60d")
    assert not contradicted(text + "metric rolled_ca = 54%")
    assert contradicted(text + "metric rolled_ca = 54.0%")
    assert not contradicted(text + "metric handoffs = 0")
    assert contradicted(text + "metric handoffs = 1")


def test_an_incomplete_figure_contradicts_only_what_lies_beyond_its_bound() -> None:
    text = "queue q\nstep a pt=1h lt=2d\n"
    assert not contradicted(text + "metric lead_time = 9d")
    assert contradicted(text + "metric lead_time = 1d")
    assert not contradicted(text + "metric flow_efficiency = 1%")
    assert contradicted(text + "metric flow_efficiency = 9%")


def test_the_change_of_a_future() -> None:
    text = CLOCK + "queue q wait=3d\nstep a pt=1d ca=80%\nfuture f { set q wait=1d\n set a ca=90% }"
    delta = whole(text)["futures"]["f"]["delta"]
    assert delta["lead_time"] == {"seconds": -2 * DAY, "ratio": -0.5}
    assert delta["rolled_ca"] == {"difference": 0.1, "ratio": 0.125}
    assert delta["handoffs"] == {"count": 0, "ratio": None}
    assert delta["takt_time"] is None
