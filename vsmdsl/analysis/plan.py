"""The improvements of a map as an action list: who, until when, at what effort, for what gain."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from vsmdsl.analysis.compare import Delta
from vsmdsl.analysis.contract import decimal, delta_as_json, significant
from vsmdsl.analysis.kaizen import KaizenGain, gains, overdue, sequence
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show, show_duration, show_time
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Kaizen, ValueStream
from vsmdsl.record import record

TOLD = ("lead_time", "process_time", "flow_efficiency", "rolled_ca", "expected_lead_time")
ALSO = ("flow_efficiency", "rolled_ca")


@record
class Action:
    """One burst with its gain alone, and where it comes in the order in which to do them."""

    kaizen: Kaizen
    gain: KaizenGain | None  # None: it promises no changes
    rank: int | None  # 1 is what to do first
    then: KaizenGain | None  # what it still brings when those before it are done
    overdue: bool
    calendar: Calendar
    on: str

    @property
    def name(self) -> str:
        """What it is called: its text, else its id."""
        return " ".join(self.kaizen.label.split()) or self.kaizen.id or self.kaizen.key

    @property
    def effort(self) -> str:
        """The effort as people read it."""
        return show_time(self.kaizen.effort, "waiting", self.calendar)

    @property
    def saves(self) -> str:
        """Lead time saved by it alone, `6 d`."""
        return self._time(self.gain)

    @property
    def then_saves(self) -> str:
        """Lead time that it still saves when those before it are done."""
        return self._time(self.then)

    @property
    def returns(self) -> str:
        """Lead time saved for one day of effort, `0.4 d`."""
        if self.gain is None or self.gain.per_effort is None or not self.gain.saved:
            return ""
        seconds = self.gain.per_effort * self.calendar.day
        return show_duration(seconds, "waiting", "d", self.calendar)

    @property
    def also(self) -> str:
        """What else gets better or worse, in a few words: `rolled %C&A 39.4 % → 49.9 %`."""
        deltas = self.gain.delta if self.gain else {}
        return ", ".join(
            _becomes(name, delta, self.calendar)
            for name in ALSO
            if (delta := deltas.get(name)) and delta.change
        )

    def _time(self, gain: KaizenGain | None) -> str:
        if gain is None or not gain.saved:
            return ""
        lead = gain.delta["lead_time"]
        unit = lead.before.unit if lead else "d"
        return show_duration(gain.saved, "waiting", unit, self.calendar)


def plan(stream: ValueStream, analysis: Analysis, today: date | None = None) -> tuple[Action, ...]:
    """All bursts of a map in the order of the file."""
    alone = {gain.key: gain for gain in gains(stream, analysis)}
    order = sequence(stream, analysis, tuple(alone.values()))
    rank = {gain.key: number for number, gain in enumerate(order, 1)}
    then = {gain.key: gain for gain in order}
    return tuple(
        Action(
            one,
            alone.get(one.key),
            rank.get(one.key),
            then.get(one.key),
            overdue(one, today),
            stream.calendar,
            ", ".join(analysis.labels.get(key, key) for key in one.on),
        )
        for one in stream.kaizens
    )


def ranked(actions: tuple[Action, ...]) -> list[Action]:
    """What to do first comes first; what brings nothing keeps its place at the end."""
    return sorted(actions, key=lambda one: one.rank or len(actions) + 1)


def _becomes(name: str, delta: Delta, calendar: Calendar) -> str:
    label = {"rolled_ca": "rolled %C&A"}.get(name, name.replace("_", " "))
    return f"{label} {show(delta.before, calendar)} → {show(delta.after, calendar)}"


# --- data


def as_json(action: Action) -> dict[str, Any]:
    """One burst for programs; what is not known is null."""
    one, gain = action.kaizen, action.gain
    effort = one.effort if isinstance(one.effort, Duration) else None
    return {
        "id": one.id or one.label,
        "label": one.label,
        "on": action.on or None,
        "owner": one.owner or None,
        "due": one.due.isoformat() if one.due else None,
        "status": one.status or None,
        "overdue": action.overdue,
        "effort": _time(effort.seconds, action.effort) if effort else None,
        "saves": _time(gain.saved, action.saves or "0 s") if gain else None,
        "return": significant(gain.per_effort) if gain and gain.per_effort is not None else None,
        "metrics": _metrics(action, gain),
        "delta": {n: delta_as_json(it) for n, it in gain.delta.items()} if gain else None,
        "rank": action.rank,
        "saves_in_order": _time(action.then.saved, action.then_saves) if action.then else None,
    }


def _metrics(action: Action, gain: KaizenGain | None) -> dict[str, Any] | None:
    if gain is None:
        return None
    figures = {name: gain.after.get(name) for name in TOLD}
    return {name: one and show(one, action.calendar) for name, one in figures.items()}


def _time(seconds: Fraction, text: str) -> dict[str, Any]:
    return {"seconds": decimal(seconds), "text": text}
