"""What the data itself says about the eight wastes, one function for each kind of evidence.

Every one gives sentences with the element they are about; it is silent where nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import groupby, pairwise

from vsmdsl.analysis.pieces import counted
from vsmdsl.analysis.result import WaitFigures
from vsmdsl.model.quantity import Percent
from vsmdsl.model.stream import Queue, Step, walk
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.story.places import name_of, teams, where
from vsmdsl.report.subject import Subject

WORTH_SAYING = Fraction(5, 100)  # of the lead time or of all work
MOST = 3  # sentences of one kind of evidence; the full lists are in the tables
BUSY = Fraction(85, 100)  # of what a step can do: from here on it is nearly full
POOR = Fraction(90, 100)  # below, one in ten has to be asked about


@record
class Evidence:
    """One sentence, and the key of the element of the map that it is about."""

    text: str
    on: str = ""


Find = Callable[[Subject], Iterator[Evidence]]


def long_waits(subject: Subject) -> Iterator[Evidence]:
    """Waiting: the longest waits."""
    side, say = subject.shown, subject.say
    waiting, lead = (side.analysis.metrics.get(name) for name in ("wait_time", "lead_time"))
    if waiting and lead and lead.value and waiting.value and waiting != lead:
        time, whole = (words.worded(subject, one, side.calendar) for one in (waiting, lead))
        share = words.whole(subject, waiting.value / lead.value)
        exact = waiting.complete and lead.complete
        text = (
            "Of {whole}, {time} ({share}) are waiting."
            if exact
            else ("Of {whole}, {time} are waiting.")
        )
        yield Evidence(say(text, time=time, whole=whole, share=share))
    for one in _long(side.analysis.waits)[:MOST]:
        time = words.shown(subject, one.time, side.calendar)
        share = words.whole(subject, one.share or Fraction(0))
        text = "{time} {where}, {share} of the lead time."
        if lead and lead.bound:
            text = "{time} {where}, {share} of the lead time that is known."
        told = say(text, time=time, where=where(subject, one), share=share)
        yield Evidence(told, one.key)


def stock(subject: Subject) -> Iterator[Evidence]:
    """Inventory: what stands there, most first."""
    side = subject.shown
    found = [(one, counted(one)) for one in walk(side.stream.elements) if isinstance(one, Queue)]
    piles = [(queue, count) for queue, count in found if count and count.amount > 1]
    piles.sort(key=lambda one: one[1].amount, reverse=True)
    if len(piles) > 1 and len({count.unit for _, count in piles}) == 1:
        total = sum((count.amount for _, count in piles), Fraction(0))
        text = "{count} stand in {places} places."
        unit = piles[0][1].unit or subject.say("items")
        amount = f"{float(total):,.6g}".replace(",", "\u00a0")
        number = f"{subject.wording.figure(amount)} {unit}"
        yield Evidence(subject.say(text, count=number, places=len(piles)))
    for queue, count in piles[:MOST]:
        text = "{count} wait in {place}."
        place = name_of(side, queue.key)
        yield Evidence(subject.say(text, count=words.count(subject, count), place=place), queue.key)


def over_agreed(subject: Subject) -> Iterator[Evidence]:
    """Overproduction: more stands there than was agreed."""
    side = subject.shown
    for queue in walk(side.stream.elements):
        count = counted(queue) if isinstance(queue, Queue) else None
        if isinstance(queue, Queue) and count and queue.max and count.amount > queue.max.amount:
            there, most = words.count(subject, count), words.count(subject, queue.max)
            text = "{there} stand in {place}, where at most {most} were agreed."
            place = name_of(side, queue.key)
            yield Evidence(subject.say(text, there=there, place=place, most=most), queue.key)


def ahead_of_constraint(subject: Subject) -> Iterator[Evidence]:
    """Overproduction: goods are pushed into a queue before the step that sets the pace.

    Said only where that step is nearly full and the stock was counted: a step with time to spare
    takes what comes.
    """
    side, found = subject.shown, subject.shown.analysis.constraint
    if found is None or (found.utilisation or 0) < BUSY:
        return
    last: Queue | None = None
    for element in side.stream.elements:
        if isinstance(element, Queue):
            last = element
        elif isinstance(element, Step):
            count = counted(last) if last else None
            if element.key == found.step and last and count and not _held(last, element):
                text = (
                    "{count} were pushed to {step}, which sets the pace and has no time to spare: "
                    "what comes before it makes more than it can take."
                )
                step, number = name_of(side, element.key), words.count(subject, count)
                yield Evidence(subject.say(text, count=number, step=step), last.key)
            last = None


def handed_on(subject: Subject) -> Iterator[Evidence]:
    """Transportation: how often work changes hands, and how long it is on its way."""
    side = subject.shown
    count = side.analysis.metrics.get("handoffs")
    if count is None or not count.value:
        return
    text = "Work changes hands {count} times in {steps} steps."
    once = "Work changes hands once in {steps} steps."
    steps = len(side.analysis.steps)
    if steps > 1:
        yield Evidence(subject.some(once, text, int(count.value), steps=steps))
    for giver, taker in _between_teams(subject):
        waited = side.analysis.step(taker.key)
        if waited and waited.wait_before.value:
            time = words.shown(subject, waited.wait_before, side.calendar)
            names = teams(side, giver.team), teams(side, taker.team)
            text = "{time} on the way from {giver} to {taker}."
            told = subject.say(text, time=time, giver=names[0], taker=names[1])
            yield Evidence(told, taker.key)


def back_to_team(subject: Subject) -> Iterator[Evidence]:
    """Motion: a team gets work back that it had let go, and has to find into it again."""
    side = subject.shown
    steps = [one for one in side.stream.elements if isinstance(one, Step) and one.team]
    turns = [(team, next(group)) for team, group in groupby(steps, key=lambda step: step.team)]
    seen: set[tuple[str, ...]] = set()
    for team, step in turns:
        if team in seen:
            text = "{team} takes the work up again at {step}, after others had it."
            told = subject.say(text, team=teams(side, team), step=name_of(side, step.key))
            yield Evidence(told, step.key)
        seen.add(team)


def not_right(subject: Subject) -> Iterator[Evidence]:
    """Defects: how little is right the first time, and where the most is lost."""
    side, say = subject.shown, subject.say
    rolled = side.analysis.metrics.get("rolled_ca")
    if rolled and rolled.value < 1:
        share = words.whole(subject, rolled.value)
        text = "{share} of the items pass all steps right the first time."
        most = "At most {share} of the items pass all steps right the first time."
        yield Evidence(say(most if rolled.bound else text, share=share))
    poor = [one for one in side.analysis.steps if isinstance(one.ca, Percent)]
    poor = [one for one in poor if isinstance(one.ca, Percent) and one.ca.ratio < POOR]
    poor.sort(key=lambda one: one.ca.ratio if isinstance(one.ca, Percent) else Fraction(1))
    for one in poor[:MOST]:
        text = "{step} hands on {share} complete and accurate."
        right = words.share(subject, one.ca)
        yield Evidence(say(text, step=name_of(side, one.key), share=right), one.key)


def comes_back(subject: Subject) -> Iterator[Evidence]:
    """Defects: what goes back, and what that costs in the mean."""
    side, say = subject.shown, subject.say
    costs = {loop.key: loop.cost for loop in side.analysis.loops}
    for one in side.stream.reworks:
        cost = costs.get(one.key)
        text = "{share} go back from {start} to {end}."
        if cost and cost.value:
            text = "{share} go back from {start} to {end}: {cost} more for each item on average."
        told = say(
            text, share=words.share(subject, one.share), start=name_of(side, one.start),
            end=name_of(side, one.end), cost=words.shown(subject, cost, side.calendar),
        )  # fmt: skip
        yield Evidence(told, one.end)


def worth_nothing(subject: Subject) -> Iterator[Evidence]:
    """Overprocessing: work that the map calls of no value to the customer."""
    side, say = subject.shown, subject.say
    for one in side.stream.steps():
        figures = side.analysis.step(one.key)
        work = figures.process_time if figures else None
        if one.value == "nva" and figures:
            spent = words.shown(subject, work, side.calendar) if work and work.value else ""
            text = "{step} adds no value for the customer."
            if spent:
                text = "{step} takes {time} of work that adds no value for the customer."
            yield Evidence(say(text, step=name_of(side, one.key), time=spent), one.key)


def by_hand(subject: Subject) -> Iterator[Evidence]:
    """Talent: people do by hand what adds no value."""
    side = subject.shown
    for one in side.stream.steps():
        if one.automation == "manual" and one.value != "va":
            text = "{step} is done by hand and adds no value for the customer."
            yield Evidence(subject.say(text, step=name_of(side, one.key)), one.key)


def batches(subject: Subject) -> Iterator[Evidence]:
    """Waiting: pieces that wait for the rest of their batch."""
    side = subject.shown
    for one in side.stream.steps():
        figures = side.analysis.step(one.key)
        cycle = figures.effective_cycle_time if figures else None
        size = one.transfer
        if size and size.amount > 1 and cycle and cycle.value:
            waited = (size.amount - 1) * cycle.value
            time = words.duration(subject, waited, "waiting", "d", side.calendar)
            text = "At {step} the first piece waits up to {time} for the rest of its batch of {n}."
            step, number = name_of(side, one.key), words.count(subject, size)
            told = subject.say(text, step=step, time=time, n=number)
            yield Evidence(told, one.key)


def _long(waits: tuple[WaitFigures, ...]) -> list[WaitFigures]:
    return [one for one in waits if one.rank and (one.share or 0) >= WORTH_SAYING]


def _held(queue: Queue, step: Step) -> bool:
    """Whether the stock before a step is held to a limit, or taken by pull."""
    kinds = ("supermarket", "fifo", "safety", "buffer")
    return queue.max is not None or queue.kind in kinds or step.flow in ("pull", "fifo")


def _between_teams(subject: Subject) -> Iterator[tuple[Step, Step]]:
    steps = [one for one in subject.shown.stream.elements if isinstance(one, Step)]
    for giver, taker in pairwise(steps):
        if giver.team and taker.team and set(giver.team) != set(taker.team):
            yield giver, taker
