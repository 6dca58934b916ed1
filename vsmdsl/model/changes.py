"""A change is a value: what a kaizen promises, what a future sets, what a diff finds.

`apply` carries changes out in order, on one stream after the other; a change whose target is gone
is passed over, since `resolve` has said so already.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from vsmdsl.model.renaming import Name
from vsmdsl.model.stream import Branch, Element, Thing, ValueStream, walk
from vsmdsl.record import record

MAP = "map"  # the target of a change to the map's own settings

COLLECTIONS = (
    "teams", "parties", "infos", "shipments", "reworks", "wastes", "kaizens", "notes", "metrics",
    "stretches", "goals",
)  # fmt: skip

LINKS = ("infos", "shipments", "reworks")
POINTED_AT = frozenset(("parties", "infos", "shipments", "reworks"))  # what links and remarks name


@record
class Place:
    """Where an element goes: beside `key`, or at an end of the branch `key` (empty: the stream)."""

    side: Literal["after", "before", "first", "last"]
    key: str


@record
class SetField:
    """Give a field of an element, a link or the map (`MAP`) another value; None takes it away."""

    target: str
    field: str
    value: Any


@record
class AddElement:
    """Put an element of the stream into its place."""

    element: Element | Branch
    place: Place


@record
class RemoveElement:
    """Take an element or a branch out of the stream, and with it whatever points at it."""

    target: str


@record
class MoveElement:
    """Take an element out and put it into another place; what points at it stays."""

    target: str
    place: Place


@record
class ReplaceElement:
    """Put another kind of element where `target` is (its key stays); a fork keeps its branches."""

    target: str
    element: Element


@record
class Rename:
    """Call things by other names; what points at them follows. `room`: `teams`, else empty."""

    names: tuple[Name, ...]
    room: str = ""

    @property
    def target(self) -> str:
        """The first of them."""
        return self.names[0].old


@record
class AddThing:
    """Add something around the stream (an arrow, a team, a note …) to its collection.

    It goes in front of the thing with the key `before`, else to the end.
    """

    collection: str
    thing: Thing
    before: str = ""


@record
class MoveThing:
    """Let something around the stream stand in front of another (empty: at the end)."""

    collection: str
    target: str
    before: str


@record
class RemoveThing:
    """Take something around the stream away, and with it what speaks of nothing else."""

    collection: str
    target: str


Change = (
    SetField | AddElement | RemoveElement | MoveElement | ReplaceElement | Rename
    | AddThing | MoveThing | RemoveThing
)  # fmt: skip


def apply(stream: ValueStream, changes: Iterable[Change]) -> ValueStream:
    """The stream after all changes, carried out in order."""
    from vsmdsl.model.bench import Bench  # it knows all kinds of changes

    bench = Bench(stream)
    for change in changes:
        bench.do(change)
    return bench.stream


def everything_in(element: Element | Branch) -> list[Element | Branch]:
    """An element or a branch, and all that stands inside it."""
    if isinstance(element, Branch):
        return [element, *walk(element.elements)]
    return list(walk((element,)))


def keys_in(element: Element | Branch) -> set[str]:
    """The keys of an element and of all that stands inside it."""
    return {one.key for one in everything_in(element)}
