"""What each burst brings alone."""

from tests.analysis.build import DAY, F, stream
from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.kaizen import gains, sequence

TEXT = """
    map { calendar = 8h/day }
    queue q wait=3d
    step a pt=1d ca=80%
    kaizen faster on q { effort = 4d; set q wait=1d }
    kaizen better on a { set a ca=90% }
    kaizen idea "Only an idea" on a
"""


def test_the_gain_and_the_return_of_each_burst_alone() -> None:
    found = stream(TEXT)
    faster, better = gains(found, analyse(found))
    assert (faster.key, faster.saved, faster.per_effort) == ("faster", F(2 * DAY), F(1, 2))
    assert faster.after["lead_time"]
    assert faster.after["lead_time"].value == 2 * DAY
    assert (better.key, better.saved, better.per_effort) == ("better", F(0), None)
    change = better.delta["rolled_ca"]
    assert change
    assert change.change == F(1, 10)


def test_the_order_is_by_return_with_what_is_left_to_gain() -> None:
    found = stream(
        """
        map { calendar = 8h/day }
        queue q wait=10d
        queue r wait=4d
        step a pt=1d
        kaizen big on q { effort = 5d; set q wait=2d }
        kaizen quick on q { effort = 1d; set q wait=6d }
        kaizen other on r { effort = 2d; set r wait=1d }
        kaizen done on r { effort = 1d; status = done; set r wait=0d }
        kaizen late on q { set q wait=1d }
        """
    )
    order = [(one.key, int(one.saved / DAY)) for one in sequence(found, analyse(found))]
    assert order == [("quick", 4), ("other", 3), ("big", 4), ("late", 1)]


def test_in_parallel_work_one_burst_makes_another_worth_while() -> None:
    found = stream(
        """
        map { calendar = 8h/day }
        parallel {
          branch x { step a pt=5d }
          branch y { step b pt=4d }
        }
        kaizen one on a { effort = 1d; set a pt=1d }
        kaizen two on b { effort = 1d; set b pt=1d }
        """
    )
    order = [(one.key, int(one.saved / DAY)) for one in sequence(found, analyse(found))]
    assert order == [("one", 1), ("two", 3)]
