"""F5xx, findings about the stream itself."""

from __future__ import annotations

from vsmdsl.language.diagnostics import Code

# Where time goes
BIGGEST_WAIT = Code("F501", "biggest-wait", "the longest wait of the stream")
MOSTLY_WAITING = Code("F502", "mostly-waiting", "most of the lead time is waiting")
WAIT_DISAGREES = Code(
    "F503", "wait-disagrees-with-wip", "a wait and the number of things waiting contradict"
)
LT_BELOW_PT = Code("F504", "lt-below-pt", "a step takes less time than the work in it")
UNMEASURED = Code("F505", "unmeasured", "the figures lack something that nobody has measured")

# What the steps can do
ABOVE_TAKT = Code("F506", "above-takt", "a step needs longer for a piece than the customer waits")
OVERLOADED = Code("F507", "overloaded", "a step is asked for more than it can do")
CHANGEOVER_NOT_COUNTED = Code(
    "F508", "changeover-not-counted", "a changeover without a batch size takes no capacity"
)
MISSING_DEMAND = Code("F509", "missing-demand", "the map does not say what the customer needs")
CAPACITY_UNKNOWN = Code(
    "F510", "capacity-unknown", "no step says how much it can do, so nobody knows the constraint"
)

# Handing on
WAIT_BETWEEN_TEAMS = Code("F511", "wait-between-teams", "work waits on its way to another team")
WAIT_FOR_APPROVAL = Code("F512", "wait-for-approval", "work waits for somebody's consent")
MANY_HANDOFFS = Code("F513", "many-handoffs", "work changes hands at most places (transportation)")
COMES_BACK_TO_TEAM = Code(
    "F514", "comes-back-to-team", "a team lets go of the work and gets it back (motion)"
)
WAITS_FOR_BATCH = Code("F515", "waits-for-batch", "each piece waits for the rest of its batch")

# Quality
LOW_YIELD = Code("F516", "low-yield", "few items go through without coming back (defects)")
POOR_INPUT = Code("F517", "poor-input", "a costly step is fed with incomplete work (defects)")
REWORK_EXCEEDS_CA = Code(
    "F518", "rework-exceeds-ca", "more comes back from a step than its %C&A allows for"
)
COSTLY_REWORK = Code("F519", "costly-rework", "rework takes a good part of the time (defects)")
ENDLESS_REWORK = Code("F520", "endless-rework", "items come back faster than they leave")

# The other wastes, where the data shows them
OVER_MAX = Code("F521", "over-max", "more stands there than was agreed (overproduction)")
PILED_UP = Code("F522", "piled-up", "far more is waiting than is worked on (inventory)")
NO_VALUE = Code("F523", "no-value", "work that no customer would pay for (overprocessing)")
BY_HAND = Code("F524", "by-hand", "people do by hand what adds no value (talent)")

# Numbers that speak of the map
STATED_OTHERWISE = Code("F525", "stated-otherwise", "a stated total is not what the map adds up to")
GOAL_MISSED = Code("F526", "goal-missed", "a goal is not met")
GOAL_UNDECIDED = Code(
    "F527", "goal-undecided", "a goal may be met or not while something is not measured"
)
