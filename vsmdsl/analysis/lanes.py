"""Each branch of a fork: how long it takes, and how long it waits for the longest."""

from __future__ import annotations

from vsmdsl.analysis.figures import make_figure
from vsmdsl.analysis.gaps import Gaps
from vsmdsl.analysis.measure import Measure
from vsmdsl.analysis.metrics import lead_time, process_time
from vsmdsl.analysis.result import Figure, LaneFigures
from vsmdsl.model.stream import FORKS, Branch, Choice, Parallel


def lane_figures(measure: Measure) -> tuple[LaneFigures, ...]:
    """Every branch of every fork, for an item that takes it, in the order of the stream."""
    forks = (one for one in measure.stream.everything if isinstance(one, FORKS))
    return tuple(lane for fork in forks for lane in _lanes(measure, fork))


def _lanes(measure: Measure, fork: Parallel | Choice) -> list[LaneFigures]:
    courses = [(branch, measure.lane(branch)) for branch in fork.branches]
    leads = {branch.key: lead_time(course) for branch, course in courses}
    longest = measure.longest_of.get(fork.key)
    return [
        LaneFigures(
            key=branch.key,
            fork=fork.key,
            lead_time=leads[branch.key],
            process_time=process_time(course),
            slack=_slack(branch, leads, longest),
            longest=branch.key == longest,
            share=branch.share.ratio if branch.share else None,
            joins=branch.joins,
        )
        for branch, course in courses
    ]


def _slack(branch: Branch, leads: dict[str, Figure], longest: str | None) -> Figure | None:
    """How much longer the branch could take before the timeline notices."""
    if longest is None or not branch.joins:
        return None
    most, own = leads[longest], leads[branch.key]
    missing = tuple(dict.fromkeys((*most.missing, *own.missing)))
    lacks = Gaps(missing, "≈" if missing else "", most.parts + own.parts)
    slack = most.value - own.value
    return make_figure("waiting", (slack, slack, slack), lacks, most.unit)
