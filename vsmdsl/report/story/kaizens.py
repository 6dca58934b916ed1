"""The improvements: who, until when, at what effort, what each saves, and which comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial

from vsmdsl.analysis.compare import Delta
from vsmdsl.analysis.plan import Action, plan, ranked
from vsmdsl.drawing.charts.returns import Return
from vsmdsl.drawing.charts.returns import returns as draw
from vsmdsl.model.quantity import Duration
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Chart, Column, Row, Table, table
from vsmdsl.report.story.charted import charted
from vsmdsl.report.story.charted import name as chart_name
from vsmdsl.report.subject import Subject

STATES = {
    "idea": "idea", "planned": "planned", "doing": "under way", "done": "done",
    "dropped": "dropped",
}  # fmt: skip

# What an improvement does beside the lead time, inside a sentence.
ALSO = {"flow_efficiency": "flow efficiency", "rolled_ca": "rolled %C&A"}


@record
class Kaizens:
    """The plan: gain over effort, and who does what until when."""

    lead: str
    chart: Chart | None
    table: Table


def kaizens(subject: Subject) -> Kaizens | None:
    """The improvements in the order of their return, each on top of those before it."""
    side = subject.current
    found = ranked(plan(side.stream, side.analysis, subject.today))
    if not found:
        return None
    return Kaizens(_lead(subject, found), _chart(subject, found), _table(subject, found))


def _lead(subject: Subject, found: Sequence[Action]) -> str:
    return " ".join(filter(None, (_together(subject, found), _late(subject, found))))


def _together(subject: Subject, found: Sequence[Action]) -> str:
    """What all of them save one after the other, and what they cost."""
    then = [one.then for one in found if one.then]
    saved = sum((gain.saved for gain in then), Fraction(0))
    lead = subject.current.analysis.metrics.get("lead_time")
    if not saved or lead is None or not lead.value:
        return ""
    time = words.duration(subject, saved, "waiting", lead.unit, subject.current.calendar)
    share = words.whole(subject, saved / lead.value)
    spent = [one.kaizen.effort for one in found if one.then]
    known = [one.seconds for one in spent if isinstance(one, Duration)]
    text = "Together the improvements save {time} of lead time ({share})."
    one = "It saves {time} of lead time ({share})."
    if len(known) == len(spent):
        text = (
            "Together the improvements save {time} of lead time ({share}) for {effort} of effort."
        )
        one = "It saves {time} of lead time ({share}) for {effort} of effort."
    clock = subject.current.calendar
    whole = sum(known, Fraction(0))
    effort = words.duration(subject, whole, "waiting", "d", clock) if known else ""
    chosen = one if len(found) == 1 else text
    return subject.say(chosen, time=time, share=share, effort=effort)


def _late(subject: Subject, found: Sequence[Action]) -> str:
    late = sum(one.overdue for one in found)
    if not late or subject.today is None:
        return ""
    one, many = "One is overdue on {day}.", "{count} of them are overdue on {day}."
    return subject.some(one, many, late, day=words.day(subject, subject.today))


def _chart(subject: Subject, found: Sequence[Action]) -> Chart | None:
    """Those with a gain and an effort; one alone is no picture."""
    rows = list(_returns(subject, found))
    if len(rows) < 2:
        return None
    say = subject.say
    title = say("What each improvement saves, over its effort")
    said = say("High and to the left is best. The figures are in the table that follows.")
    axes = say("days of effort"), say("days of lead time saved")
    name, decimal = chart_name(subject), subject.wording.decimal
    return charted(
        subject,
        title,
        lambda width: draw(rows, width, axes, title=title, said=said, name=name, decimal=decimal),
    )


def _returns(subject: Subject, found: Sequence[Action]) -> Iterator[Return]:
    day = subject.current.calendar.day
    for one in found:
        effort = one.kaizen.effort
        if one.rank and one.gain and one.gain.saved > 0 and isinstance(effort, Duration):
            gain = float(one.gain.saved / day)
            saves, spent = (words.told(subject, text) for text in (one.saves, one.effort))
            tip = f"{one.rank} · {one.name} · {saves} / {spent}"
            yield Return(one.rank, float(effort.seconds / day), gain, one.name, tip)


def _table(subject: Subject, found: Sequence[Action]) -> Table:
    say = subject.say
    columns = (
        Column(say("Improvement")), Column(say("Owner")), Column(say("Due")), Column(say("Status")),
        Column(say("Effort"), number=True), Column(say("Saves"), number=True),
        Column(say("Saves per day of effort"), number=True),
        Column(say("Saves after those above"), number=True),
    )  # fmt: skip
    rows = [_row(subject, one) for one in found]
    return table(say("Improvements, in the order of their return"), columns, rows)


def _row(subject: Subject, one: Action) -> Row:
    say, told = subject.say, partial(words.told, subject)
    on = say("at {place}", place=words.one_line(one.on)) if one.on else ""
    effort = one.kaizen.effort
    size = effort.seconds if isinstance(effort, Duration) else None
    gain, then = one.gain, one.then
    name = f"{one.rank}. {one.name}" if one.rank else one.name
    cells = (
        Cell(name, words.joined(on, _also(subject, one))),
        Cell(words.one_line(one.kaizen.owner)),
        _due(subject, one),
        Cell(say(STATES[one.kaizen.status]) if one.kaizen.status else ""),
        Cell(told(one.effort), sort=words.exact(size)),
        Cell(told(one.saves), sort=words.exact(gain.saved if gain else None)),
        Cell(told(one.returns), sort=words.exact(gain.per_effort if gain else None)),
        Cell(told(one.then_saves), sort=words.exact(then.saved if then else None)),
    )
    return Row(cells, on=one.kaizen.on[0] if one.kaizen.on else "")


def _due(subject: Subject, one: Action) -> Cell:
    day = one.kaizen.due
    if day is None:
        return Cell()
    text, sort = subject.wording.short_day(day), day.isoformat()
    return Cell(text, subject.say("overdue"), "bad", sort) if one.overdue else Cell(text, sort=sort)


def _also(subject: Subject, one: Action) -> str:
    """What else gets better or worse: `rolled %C&A 39.4 % → 49.9 %`."""
    return ", ".join(
        f"{subject.say(ALSO[name])} {before} → {after}"
        for name, delta in (one.gain.delta.items() if one.gain else ())
        if name in ALSO and delta and delta.change
        for before, after in [_ends(subject, delta)]
    )


def _ends(subject: Subject, delta: Delta) -> tuple[str, str]:
    clock = subject.current.calendar
    return words.shown(subject, delta.before, clock), words.shown(subject, delta.after, clock)
