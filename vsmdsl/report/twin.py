"""The map as a table, for those who cannot see it: every element in order, with what is on it."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.analysis.result import StepFigures
from vsmdsl.model.stream import Branch, Choice, Handoff, Kaizen, Queue, Rework, Step, walk
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Column, Row, Table, table
from vsmdsl.report.story.places import name_of, teams
from vsmdsl.report.subject import Subject

QUEUES = {
    "queue": "Queue", "inventory": "Inventory", "supermarket": "Supermarket", "fifo": "FIFO lane",
    "safety": "Safety stock", "buffer": "Buffer",
}  # fmt: skip
PARTIES = {"supplier": "Supplier", "customer": "Customer", "control": "Control"}


def twin(subject: Subject) -> Table:
    """What the picture shows, from left to right."""
    say = subject.say
    columns = (
        Column(say("Element")), Column(say("What it is")), Column(say("Who")),
        Column(say("Waiting"), number=True), Column(say("Process time"), number=True),
        Column(say("Lead time"), number=True), Column(say("%C&A"), number=True),
        Column(say("Marks")),
    )  # fmt: skip
    stream = subject.shown.stream
    loops = (_loop(subject, one) for one in stream.reworks)
    rows = [
        *_parties(subject, "supplier"), *_parties(subject, "control"),
        *(_row(subject, one) for one in walk(stream.elements)),
        *_parties(subject, "customer"),
        *loops,
    ]  # fmt: skip
    return table(say("The map as a table, from left to right"), columns, rows)


def _parties(subject: Subject, kind: str) -> Iterator[Row]:
    for one in subject.shown.stream.parties:
        if one.kind == kind:
            yield _made(one.label or one.key, subject.say(PARTIES[kind]), on=one.key)


def _row(subject: Subject, one: object) -> Row:
    side, say = subject.shown, subject.say
    match one:
        case Step():
            return _step(subject, one, side.analysis.step(one.key))
        case Queue():
            kind = say(QUEUES.get(one.kind, "Queue"))
            count = words.count(subject, one.qty or one.wip)
            what = say("{kind}, {count} in it", kind=kind, count=count) if count else kind
            return _waiting(subject, one.key, what)
        case Handoff():
            what = say("Handoff by {means}", means=one.via) if one.via else say("Handoff")
            return _waiting(subject, one.key, what, words.share(subject, one.ca))
        case Branch():
            share = words.share(subject, one.share)
            what = say("Branch, {share} of the items", share=share) if share else say("Branch")
            return _made(name_of(side, one.key), what)
    text = "Fork: one branch for each item" if isinstance(one, Choice) else "Fork: all branches"
    return _made(name_of(side, str(getattr(one, "key", ""))), say(text))


def _step(subject: Subject, one: Step, found: StepFigures | None) -> Row:
    side, clock = subject.shown, subject.shown.calendar
    work, lead = (found.process_time, found.lead_time) if found else (None, None)
    return _made(
        name_of(side, one.key),
        subject.say("Step"),
        teams(side, one.team),
        _waited(subject, one.key),
        words.shown(subject, work, clock),
        words.shown(subject, lead, clock),
        words.share(subject, one.ca),
        _marks(subject, one.key),
        on=one.key,
    )


def _waiting(subject: Subject, key: str, what: str, right: str = "") -> Row:
    side = subject.shown
    wait, marks = _waited(subject, key), _marks(subject, key)
    return _made(name_of(side, key), what, "", wait, "", "", right, marks, on=key)


def _loop(subject: Subject, one: Rework) -> Row:
    side, say = subject.shown, subject.say
    names = {"start": name_of(side, one.start), "end": name_of(side, one.end)}
    share = words.share(subject, one.share)
    what = say("Rework: {share} go back from {start} to {end}", share=share, **names)
    return _made(say("Back to {end}", end=names["end"]), what, on=one.key)


def _made(name: str, *texts: str, on: str = "") -> Row:
    padded = (words.one_line(name), *texts, *("",) * (7 - len(texts)))
    return Row(tuple(map(Cell, padded)), on=on)


def _waited(subject: Subject, key: str) -> str:
    side = subject.shown
    found = side.analysis.waits_at(key)
    return "; ".join(
        words.shown(subject, one.time, side.calendar) if one.known or one.time.value else "?"
        for one in found
        if one.time.value or not one.known
    )


def _marks(subject: Subject, key: str) -> str:
    stream, say = subject.shown.stream, subject.say
    marked: list[Kaizen] = [one for one in stream.kaizens if key in one.on]
    bursts = [say("kaizen: {name}", name=words.one_line(one.label) or one.key) for one in marked]
    wastes = [say("waste: {kind}", kind=say(one.kind)) for one in stream.wastes if key in one.on]
    return "; ".join((*bursts, *wastes))
