"""The names of all computed figures, so that goals and metrics can be checked before computing."""

from __future__ import annotations

# name → what kind of quantity it is
FIGURES: dict[str, str] = {
    "lead_time": "duration",
    "process_time": "duration",
    "wait_time": "duration",
    "total_effort": "duration",
    "flow_efficiency": "ratio",
    "process_cycle_efficiency": "ratio",
    "rolled_ca": "ratio",
    "expected_lead_time": "duration",
    "rework_time": "duration",
    "rework_factor": "count",
    "handoffs": "count",
    "takt_time": "duration",
}

# Those that a part of the stream has, too: `cycle.lead_time`.
SPAN_FIGURES = (
    "lead_time", "process_time", "wait_time", "total_effort", "flow_efficiency",
    "process_cycle_efficiency", "rolled_ca", "handoffs",
)  # fmt: skip

# What is computed for a single step, beside its own keys: `review.utilisation`.
STEP_FIGURES: dict[str, str] = {
    "lead_time": "duration",
    "process_time": "duration",
    "effective_cycle_time": "duration",
    "wait_before": "duration",
    "utilisation": "ratio",
    "share_of_lead_time": "ratio",
    "visits": "count",
    "capacity_per_day": "count",
    "capacity_per_shift": "count",
}
