"""Several streams side by side: lead time, efficiency and the longest wait of each.

Each stream counts on a clock of its own. A day of eight hours and a day of twenty-four are not the
same, so times are shown as each map counts them and never divided by one another; shares of a
stream's own time can be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from vsmdsl.analysis.result import WaitFigures
from vsmdsl.drawing.charts.waits import Wait, waits
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Chart, Column, Row, Table, table
from vsmdsl.report.story.charted import charted
from vsmdsl.report.story.places import biggest, where
from vsmdsl.report.subject import Subject

MOST_BARS = 18  # as many as find room on the first page, below the answer


@record(kw_only=True)
class Portfolio:
    """The first page of a report on several maps."""

    title: str
    answer: str
    chart: Chart | None
    table: Table
    links: tuple[str, ...]  # where each row leads, as the start of ids
    clocks: str  # why times are not compared; empty where all count alike


def portfolio(subjects: Sequence[Subject], title: str = "") -> Portfolio:
    """Compare the streams of one report."""
    first = subjects[0]
    say = first.say
    return Portfolio(
        title=title or say("{count} value streams", count=len(subjects)),
        answer=_answer(subjects),
        chart=_chart(subjects),
        table=_table(subjects),
        links=tuple(f"m{number}-" for number in range(1, len(subjects) + 1)),
        clocks=_clocks(subjects),
    )


def name(subject: Subject) -> str:
    """What a stream is called."""
    title = words.one_line(subject.shown.stream.settings.title) or subject.name
    return f"{title} – {words.one_line(subject.shown.label)}" if subject.is_future else title


def _answer(subjects: Sequence[Subject]) -> str:
    """The stream that loses the largest part of its time in one place."""
    say = subjects[0].say
    found = [(one, wait) for one in subjects if (wait := biggest(one.shown)) and wait.share]
    if not found:
        return say("{count} value streams, side by side.", count=len(subjects))
    worst, wait = max(found, key=lambda pair: pair[1].share or Fraction(0))
    text = "The most stuck is {name}: {share} of its time is spent waiting {where}."
    share = words.whole(worst, wait.share or Fraction(0))
    told = say(text, name=name(worst), share=share, where=where(worst, wait))
    return subjects[0].wording.glue(told)


def _clocks(subjects: Sequence[Subject]) -> str:
    if len({one.shown.calendar.text for one in subjects}) == 1:
        return ""
    return subjects[0].say(
        "These streams count time on different clocks: a day is not equally long in each. Their "
        "times stand side by side as each map counts them and are not divided by one another; "
        "compare the shares."
    )


def _table(subjects: Sequence[Subject]) -> Table:
    say = subjects[0].say
    columns = (
        Column(say("Value stream")), Column(say("Lead time"), number=True),
        Column(say("Process time"), number=True), Column(say("Flow efficiency"), number=True),
        Column(say("Biggest wait")), Column(say("Its share"), number=True), Column(say("Clock")),
    )  # fmt: skip
    same = not _clocks(subjects)
    rows = [_row(one, same) for one in subjects]
    return table(say("The streams side by side"), columns, rows)


def _row(one: Subject, same_clock: bool) -> Row:
    wait, side = biggest(one.shown), one.shown
    return Row(
        (
            Cell(name(one)),
            _figure(one, "lead_time"),
            _figure(one, "process_time"),
            _figure(one, "flow_efficiency"),
            Cell(_where(one, wait)),
            Cell(words.ratio(one, wait.share), sort=words.exact(wait.share)) if wait else Cell(),
            Cell() if same_clock else Cell(words.clock(one, side.calendar)),
        )
    )


def _figure(one: Subject, key: str) -> Cell:
    found = one.shown.analysis.metrics.get(key)
    text = words.shown(one, found, one.shown.calendar)
    return Cell(text, sort=words.exact(found.value if found else None))


def _where(one: Subject, wait: WaitFigures | None) -> str:
    if wait is None:
        return ""
    time = words.shown(one, wait.time, one.shown.calendar)
    return f"{words.one_line(wait.label)}, {time}"


def _chart(subjects: Sequence[Subject]) -> Chart | None:
    """The longest wait of each stream, by its share of that stream's own lead time."""
    first, say = subjects[0], subjects[0].say
    rows = [
        Wait(name(one), _where(one, wait), wait.share, words.ratio(one, wait.share))
        for one in subjects
        if (wait := biggest(one.shown)) and wait.share
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: -row.share)
    title = say("The longest wait of each stream, as a share of its lead time")
    if len(rows) > MOST_BARS:
        text = "The longest waits, each as a share of its stream’s lead time: the first {count}"
        title, rows = say(text, count=MOST_BARS), rows[:MOST_BARS]
    said = say("The same figures are in the table that follows.")
    return charted(
        first, title, lambda width: waits(rows, width, title=title, said=said, name="portfolio")
    )
