"""What stands around the stream: teams, parties, arrows, rework, remarks, and numbers asked of it.

`vsmdsl.model.stream` has the stream itself, and all of these names as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vsmdsl.language.source import Span
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate, Share, Time
from vsmdsl.record import field, record

if TYPE_CHECKING:
    from datetime import date

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
