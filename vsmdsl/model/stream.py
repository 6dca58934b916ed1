"""The value stream: steps, queues and handoffs in order, and what is said about them.

Everything is frozen and refers to other things by `key`. A key is the id, else the label where it
is unique, else made up (`queue-3`); it is unique in its map. Spans are remembered and never
compared, so that two streams are equal if they mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from vsmdsl.language.source import Span
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate, Share, Time
from vsmdsl.record import field, record

Row = tuple[str, str]  # a data-box row of one's own: its name and its value as written


@record(kw_only=True)
class Thing:
    """What everything in a map has: a key, a name to show, where it comes from, its place."""

    key: str
    id: str | None = None
    label: str = ""
    source: str = ""
    url: str = ""
    span: Span = field(compare=False, repr=False)


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

# --- around the stream ----------------------------------------------------------------------


@record(kw_only=True)
class Team(Thing):
    """A group of people; `people` is shown and never divides a time."""

    people: Count | None = None
    color: str = ""


@record(kw_only=True)
class Party(Thing):
    """A supplier, a customer or a control box. `kind`: supplier, customer, control."""

    kind: str
    demand: Rate | None = None
    pack: Count | None = None
    shifts: Count | None = None
    system: str = ""
    rows: tuple[Row, ...] = ()


@record(kw_only=True)
class Info(Thing):
    """An information arrow. `by`: electronic, manual, verbal, kanban, signal, gosee, heijunka."""

    start: str
    ends: tuple[str, ...]
    by: str = "manual"
    every: str = ""


@record(kw_only=True)
class Shipment(Thing):
    """Goods in or out. `by`: truck, train, ship, plane, milkrun …"""

    start: str
    ends: tuple[str, ...]
    by: str = ""
    every: str = ""


@record(kw_only=True)
class Rework(Thing):
    """After `start` an item returns to `end` with probability `share`."""

    start: str
    end: str
    share: Share
    wait: Time | None = None  # the queue a return stands in
    pt: Time | None = None  # work that only a return costs
    effort: Percent | None = None  # scales the process time of the steps passed again


@record(kw_only=True)
class Waste(Thing):
    """One of the eight wastes seen at `on`; `label` says why."""

    kind: str
    on: tuple[str, ...] = ()


@record(kw_only=True)
class Kaizen(Thing):
    """An improvement: who, until when, at what effort, and the changes expected of it."""

    on: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    effort: Time | None = None
    status: str = ""  # "" | idea | planned | doing | done | dropped
    changes: tuple[object, ...] = ()  # of vsmdsl.model.changes.Change


@record(kw_only=True)
class Note(Thing):
    """A remark in Markdown; `label` is its text."""

    on: tuple[str, ...] = ()


FigureName = str  # `lead_time`, `cycle.lead_time`, `test.ca`
Stated = Duration | Percent | Rate | Count | Gap | str


@record(kw_only=True)
class Metric(Thing):
    """A number that the author states. `figure` where its value is a figure of the map."""

    value: Stated = ""
    figure: FigureName = ""
    text: str = ""  # the value as written


@record(kw_only=True)
class Stretch(Thing):
    """A `span`: the part of the stream from the start of `start` to the end of `end`."""

    start: str
    end: str


@record(kw_only=True)
class Goal(Thing):
    """`metric op value`, for the map itself or for the future whose key is `future`."""

    metric: FigureName
    op: str  # <= < >= >
    value: Duration | Percent | Rate | Count
    future: str = ""
    text: str = ""  # the whole goal as written, in canonical spelling


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

    def steps(self) -> Iterator[Step]:
        """All steps in the order of the file, those in branches included."""
        return (element for element in walk(self.elements) if isinstance(element, Step))

    def find(self, key: str) -> Element | Branch | None:
        """The element or branch of the stream with this key."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Element | Branch]:
        found: dict[str, Element | Branch] = {}
        for one in walk(self.elements):
            found.setdefault(one.key, one)
        return found

    def party(self, kind: str) -> Party | None:
        """The first supplier, customer or control box."""
        return next((party for party in self.parties if party.kind == kind), None)

    def team(self, key: str) -> Team | None:
        """The team with this key."""
        return next((team for team in self.teams if team.key == key), None)


FORKS = (Parallel, Choice)


def walk(elements: tuple[Element, ...]) -> Iterator[Element | Branch]:
    """Elements and branches, outermost first, in the order of the file."""
    for element in elements:
        yield element
        if isinstance(element, FORKS):
            for branch in element.branches:
                yield branch
                yield from walk(branch.elements)
