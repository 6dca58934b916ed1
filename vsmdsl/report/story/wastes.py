"""The eight wastes that were found, each with its evidence: marked on the map, and in the data."""

from __future__ import annotations

from collections.abc import Iterator

from vsmdsl.model.stream import Handoff, Queue, Step, Waste, walk
from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.story import evidence
from vsmdsl.report.story.evidence import Evidence, Find
from vsmdsl.report.story.places import name_of
from vsmdsl.report.subject import Side, Subject


@record
class Kind:
    """One of the eight wastes: its name, what it means, and where the data shows it."""

    key: str
    name: str
    means: str
    finds: tuple[Find, ...]


@record
class Found:
    """A waste that was found: what somebody marked on the map, and what the data says."""

    name: str
    means: str
    marked: tuple[Evidence, ...]
    measured: tuple[Evidence, ...]


@record
class Wastes:
    """All wastes that were found."""

    lead: str
    found: tuple[Found, ...]


KINDS = (
    Kind(
        "waiting", "Waiting", "Nobody works on it.", (evidence.long_waits, evidence.batches)
    ),
    Kind(
        "inventory", "Inventory", "Started and not finished, or bought and not used.",
        (evidence.stock,),
    ),
    Kind(
        "defects", "Defects", "It was not right and comes back.",
        (evidence.not_right, evidence.comes_back),
    ),
    Kind(
        "transportation", "Transportation", "Work travels from hand to hand.",
        (evidence.handed_on,),
    ),
    Kind(
        "motion", "Motion", "People switch between tasks, search, walk.", (evidence.back_to_team,)
    ),
    Kind(
        "overproduction", "Overproduction", "More, or earlier, than the next one can take.",
        (evidence.over_agreed, evidence.ahead_of_constraint),
    ),
    Kind(
        "overprocessing", "Overprocessing", "Work that the customer would not pay for.",
        (evidence.worth_nothing,),
    ),
    Kind(
        "talent", "Unused talent", "People do what is below their skills, or are not asked.",
        (evidence.by_hand,),
    ),
)  # fmt: skip


def wastes(subject: Subject) -> Wastes | None:
    """The wastes with evidence, in the order of the table."""
    found = tuple(_found(subject, kind) for kind in KINDS)
    some = tuple(one for one in found if one.marked or one.measured)
    return Wastes(_lead(subject, len(some)), some) if some else None


def _lead(subject: Subject, count: int) -> str:
    text = (
        "Lean knows eight kinds of waste: effort or time that brings the customer nothing. "
        "{count} of them show in this stream."
    )
    one = (
        "Lean knows eight kinds of waste: effort or time that brings the customer nothing. "
        "One of them shows in this stream."
    )
    every = (
        "Lean knows eight kinds of waste: effort or time that brings the customer nothing. "
        "All of them show in this stream."
    )
    chosen = {1: one, len(KINDS): every}.get(count, text)
    return str(subject.say(chosen, count=count))


def _found(subject: Subject, kind: Kind) -> Found:
    marked = tuple(_marked(subject, subject.shown, kind.key))
    measured = tuple(one for find in kind.finds for one in find(subject))
    return Found(subject.say(kind.name), subject.say(kind.means), marked, measured)


def _marked(subject: Subject, side: Side, kind: str) -> Iterator[Evidence]:
    for waste in side.stream.wastes:
        if waste.kind == kind:
            yield _statement(subject, side, waste)
    for one in walk(side.stream.elements):
        if isinstance(one, Step | Queue | Handoff) and kind in one.waste:
            yield Evidence(name_of(side, one.key), one.key)


def _statement(subject: Subject, side: Side, waste: Waste) -> Evidence:
    places = words.listed(subject, (name_of(side, key) for key in waste.on))
    why = words.one_line(waste.label)
    on = waste.on[0] if waste.on else ""
    if places and why:
        return Evidence(f"{places}: {words.sentence(why)}", on)
    if why:
        return Evidence(words.sentence(why), on)
    return Evidence(places or subject.say("The stream as a whole"), on)
