"""What each burst brings alone."""

from tests.analysis.build import DAY, F, stream
from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.kaizen import gains

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
