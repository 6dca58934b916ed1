"""The value stream: steps, queues and handoffs in order, and what is said about them.

Everything is frozen and refers to other things by `key`. A key is the id, else the label where it
is unique, else made up (`queue-3`); it is unique in its map. Spans are remembered and never
compared, so that two streams are equal if they mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vsmdsl.language.source import Span
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate, Share, Time
from vsmdsl.model.things import (
    FigureName,
    Goal,
    Info,
    Kaizen,
    Metric,
    Note,
    Party,
    Rework,
    Row,
    Shipment,
    Stated,
    Stretch,
    Team,
    Thing,
    Waste,
)
from vsmdsl.record import field, record

if TYPE_CHECKING:
    from datetime import date

__all__ = [
    "FORKS",
    "Branch",
    "Choice",
    "Element",
    "FigureName",
    "Fork",
    "Goal",
    "Handoff",
    "Info",
    "Kaizen",
    "Metric",
    "Note",
    "Parallel",
    "Party",
    "Queue",
    "Rework",
    "Row",
    "Settings",
    "Shipment",
    "Stated",
    "Step",
    "Stretch",
    "Team",
    "Thing",
    "ValueStream",
    "Waste",
    "walk",
]

# --- the stream -----------------------------------------------------------------------------


@record(kw_only=True)
class Step(Thing):
    """Work is done. Times are None where left out, a `Gap` where written as `?` or `none`."""

    pt: Time | None = None  # process time: hands on, uninterrupted
    lt: Time | None = None  # lead time: its own queue included
    wait: Time | None = None  # a queue in front of the step
    ca: Share | None = None  # complete and accurate
    ct: Time | None = None  # cycle time: one piece
    co: Time | None = None  # changeover time
    epe: str = ""  # every part every …, as written
    uptime: Share | None = None
    scrap: Share | None = None
    yield_: Share | None = None
    available: Time | None = None  # working time of one shift
    shifts: Count | None = None
    people: Count | Gap | None = None
    stations: Count | None = None
    batch: Count | None = None
    transfer: Count | None = None
    wip: Count | None = None
    cost: str = ""
    value: str = "va"  # va | nva | nnva
    team: tuple[str, ...] = ()
    tool: str = ""
    automation: str = ""  # "" | manual | assisted | automatic
    flow: str = ""  # "" (push) | push | pull | fifo
    waste: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@record(kw_only=True)
class Queue(Thing):
    """Work waits. `kind`: queue, inventory, supermarket, fifo, safety or buffer."""

    kind: str = "queue"
    wait: Time | None = None
    wip: Count | Gap | None = None  # a level that moves
    qty: Count | Gap | None = None  # a count
    max: Count | None = None
    flow: str = ""
    waste: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@record(kw_only=True)
class Handoff(Thing):
    """Work passes from hand to hand."""

    wait: Time | None = None
    via: str = ""
    ca: Share | None = None
    waste: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@record(kw_only=True)
class Branch(Thing):
    """One way through a fork. `share` is set in a choice (the rest already worked out)."""

    elements: tuple[Element, ...] = ()
    share: Percent | None = None
    joins: bool = True


@record(kw_only=True)
class Parallel(Thing):
    """All branches happen; the stream goes on when the slowest is done."""

    branches: tuple[Branch, ...] = ()


@record(kw_only=True)
class Choice(Thing):
    """Each item takes one branch, by share."""

    branches: tuple[Branch, ...] = ()


Fork = Parallel | Choice
Element = Step | Queue | Handoff | Parallel | Choice

# --- the map --------------------------------------------------------------------------------


@record(kw_only=True)
class Settings:
    """What the `map` statement says."""

    title: str = ""
    state: str = "current"
    date: date | None = None
    scope: str = ""
    author: str = ""
    version: str = ""
    language: str = ""
    item: str = ""
    demand: Rate | None = None
    available: Duration | None = None
    shifts: Count | None = None
    cost_rate: str = ""
    timeline: str = "lead_time"  # lead_time | inventory
    rework_model: str = "expected"  # expected | once_and_check | once
    show: tuple[str, ...] = ()
    wrap: str = ""
    url: str = ""
    source: str = ""


@record(kw_only=True)
class ValueStream:
    """A whole map: its settings and clock, the stream itself, and all that is said about it."""

    settings: Settings
    calendar: Calendar
    elements: tuple[Element, ...] = ()
    teams: tuple[Team, ...] = ()
    parties: tuple[Party, ...] = ()
    infos: tuple[Info, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    reworks: tuple[Rework, ...] = ()
    wastes: tuple[Waste, ...] = ()
    kaizens: tuple[Kaizen, ...] = ()
    notes: tuple[Note, ...] = ()
    metrics: tuple[Metric, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    goals: tuple[Goal, ...] = ()
    span: Span = field(compare=False, repr=False)

    @cached_property
    def everything(self) -> tuple[Element | Branch, ...]:
        """Elements and branches, outermost first, in the order of the file."""
        if _FORKS.isdisjoint(map(type, self.elements)):
            return self.elements  # asked anew after each of thousands of changes
        return tuple(walk(self.elements))

    def steps(self) -> tuple[Step, ...]:
        """All steps in the order of the file, those in branches included."""
        return self._steps

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return tuple([one for one in self.everything if isinstance(one, Step)])

    def find(self, key: str) -> Element | Branch | None:
        """The element or branch of the stream with this key."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Element | Branch]:
        return {one.key: one for one in reversed(self.everything)}  # of two, the first

    @cached_property
    def written(self) -> dict[str, Any]:
        """What `model.grove` has written down of it: who stands where."""
        return {}

    @cached_property
    def taken(self) -> frozenset[str]:
        """The keys of everything but the teams: those are a room of their own."""
        around = (
            self.parties, self.infos, self.shipments, self.reworks, self.wastes, self.kaizens,
            self.notes, self.metrics, self.stretches, self.goals,
        )  # fmt: skip
        found = {one.key for one in self.everything}
        return frozenset(found.union(one.key for things in around for one in things))

    def party(self, kind: str) -> Party | None:
        """The first supplier, customer or control box."""
        return next((party for party in self.parties if party.kind == kind), None)

    def team(self, key: str) -> Team | None:
        """The team with this key."""
        return self._teams.get(key)

    @cached_property
    def _teams(self) -> dict[str, Team]:
        return {team.key: team for team in reversed(self.teams)}


FORKS = (Parallel, Choice)
_FORKS = frozenset(FORKS)


def walk(elements: tuple[Element, ...]) -> Iterator[Element | Branch]:
    """Elements and branches, outermost first, in the order of the file."""
    for element in elements:
        yield element
        if isinstance(element, FORKS):
            for branch in element.branches:
                yield branch
                yield from walk(branch.elements)
