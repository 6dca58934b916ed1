"""Who has the work where it waits: the steps around a place, their teams, what is said there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from vsmdsl.analysis.result import WaitFigures
from vsmdsl.model.stream import Branch, Kaizen, Step, ValueStream, Waste, walk
from vsmdsl.report import words
from vsmdsl.report.subject import Side, Subject

Around = tuple[Step | None, Step | None]
# Where something waits, inside a sentence.
PLACES = {
    "queue": "in {place}",
    "handoff": "at {place}",
    "step": "before {place}",
    "inside": "inside {place}",
}


def biggest(side: Side) -> WaitFigures | None:
    """The longest wait on the timeline."""
    return next((wait for wait in side.analysis.waits if wait.rank == 1 and wait.time.value), None)


def where(subject: Subject, wait: WaitFigures) -> str:
    """`in Idea backlog`, `before Develop`: where something waits, inside a sentence."""
    if _nameless(subject, wait):  # it is called by where it stands: `before Develop`
        return words.one_line(wait.label)
    return str(subject.say(PLACES[wait.kind], place=words.one_line(wait.label)))


def _nameless(subject: Subject, wait: WaitFigures) -> bool:
    element = subject.shown.stream.find(wait.key)
    named = element is None or element.label or element.id
    return not named or wait.label.startswith(("before ", "after ", "between "))


def around(stream: ValueStream) -> dict[str, Around]:
    """Queue, handoff or step → the step before it and the step after it on the same line."""
    lines = [stream.elements]
    lines += [one.elements for one in walk(stream.elements) if isinstance(one, Branch)]
    return dict(chain.from_iterable(map(_along, lines)))


def _along(line: tuple[object, ...]) -> Iterator[tuple[str, Around]]:
    before, after = _passed(line), [*_passed(line[::-1])][::-1]
    for one, *steps in zip(line, before, after, strict=True):
        yield getattr(one, "key", ""), (steps[0], steps[1])


def _passed(line: tuple[object, ...]) -> Iterator[Step | None]:
    """For each element the last step that was passed before it."""
    last = None
    for one in line:
        yield last
        last = one if isinstance(one, Step) else last


def teams(side: Side, keys: tuple[str, ...]) -> str:
    """The names of teams."""
    found = ((key, side.stream.team(key)) for key in keys)
    return ", ".join(words.one_line(team.label) or key if team else key for key, team in found)


def whose(side: Side, key: str, known: dict[str, Around]) -> str:
    """Whose work waits here: `Checkout squad`, `Checkout squad → Platform operations`."""
    element = side.stream.find(key)
    if isinstance(element, Step):
        return teams(side, element.team)
    before, after = known.get(key, (None, None))
    names = [teams(side, step.team) for step in (before, after) if step and step.team]
    return " → ".join(dict.fromkeys(names))


def wastes_at(side: Side, key: str) -> Iterator[Waste]:
    """The wastes that somebody marked at an element, in a statement of their own."""
    return (one for one in side.stream.wastes if key in one.on)


def kaizens_at(side: Side, key: str) -> Iterator[Kaizen]:
    """The improvements that aim at an element and are not dropped."""
    return (one for one in side.stream.kaizens if key in one.on and one.status != "dropped")


def hands_known(side: Side) -> bool:
    """Whether the map says who works: without teams, no handoff is not a figure."""
    handoffs = side.analysis.metrics.get("handoffs")
    return bool(handoffs and handoffs.value) or any(one.team for one in side.stream.steps())


def name_of(side: Side, key: str) -> str:
    """What people read for an element."""
    return words.one_line(side.analysis.labels.get(key, key))
