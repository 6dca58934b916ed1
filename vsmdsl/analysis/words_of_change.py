"""A change, said in a sentence that a manager understands: "Waiting before Release: 6 d → 0 s"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from vsmdsl.analysis.names_of_change import Names, Side, capitalised, title
from vsmdsl.analysis.show import show
from vsmdsl.analysis.values_in_words import FIELDS, code, facts, in_words, kind_of
from vsmdsl.model.changes import (
    MAP,
    AddElement,
    AddThing,
    Change,
    MoveElement,
    MoveThing,
    Place,
    RemoveElement,
    RemoveThing,
    Rename,
    ReplaceElement,
    SetField,
)
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Handoff, Queue
from vsmdsl.record import record

What = Literal["new", "gone", "moved", "changed", "renamed"]
SILENT = frozenset({(MAP, "state"), (MAP, "show"), (MAP, "wrap"), (MAP, "version")})
LINKS = ("infos", "shipments", "reworks")
PLURAL = {"parties": "customer and suppliers", "infos": "information arrows", "stretches": "spans"}


@record
class Said:
    """One thing that changed, in words; `on` is the key of what it is about."""

    what: What
    on: str
    text: str


def said(before: Side, after: Side, changes: Sequence[Change]) -> tuple[Said, ...]:
    """What all the changes come to: the stream first, then what stands around it."""
    return tuple(_Telling(before, after, changes).sentences())


class _Telling:
    def __init__(self, before: Side, after: Side, changes: Sequence[Change]) -> None:
        self.changes = changes
        self.sides = before, after
        self.names = Names(before, after, [one for one in changes if isinstance(one, Rename)])

    def sentences(self) -> Iterator[Said]:
        sets: dict[str, list[SetField]] = {}
        for change in self.changes:
            if isinstance(change, SetField):
                sets.setdefault(change.target, []).append(change)
        for change in self.changes:
            if not isinstance(change, SetField):
                yield from self._of(change)
            elif change.target in sets:
                yield from self._edited(change.target, sets.pop(change.target))
        yield from self._went_along()

    def _of(self, change: Change) -> Iterator[Said]:
        match change:
            case Rename(names=names):
                for name in names:
                    yield from self._renamed(name.old, name.key, name.label)
            case AddElement(element=element, place=place):
                yield Said("new", element.key, self._new(element, place))
            case RemoveElement(target=target):
                yield Said("gone", target, f"{self.names.called(target, capital=True)} removed")
            case MoveElement(target=target, place=place):
                who, where = self.names.called(target, capital=True), self.names.where(place)
                yield Said("moved", target, f"{who} moved: now {where}")
            case ReplaceElement(target=target, element=element):
                was = kind_of(self.names.things[target])
                text = f"{self.names.name(target)} is now a {kind_of(element)} (it was a {was})"
                told = facts(element, self.names.after, self.sides[1].stream.calendar)
                yield Said("changed", target, text + (f": {told}" if told else ""))
            case AddThing() | RemoveThing() | MoveThing():
                yield self._beside(change)
            case SetField():
                pass  # told together, by what they are about

    def _beside(self, change: AddThing | RemoveThing | MoveThing) -> Said:
        match change:
            case AddThing(thing=thing):
                return Said("new", thing.key, f"New {self.names.about(thing, new=True)}")
            case RemoveThing(target=target):
                about = self.names.about(self.names.things[target], new=False)
                return Said("gone", target, f"{capitalised(about)} removed")
            case MoveThing(collection=collection, target=target):
                group = PLURAL.get(collection, collection)
                return Said("moved", target, f"The {group} stand in another order")

    # --- the stream

    def _renamed(self, old: str, key: str, label: str) -> Iterator[Said]:
        was = self.names.once.get(old)
        if was is not None and was.label != label and label:
            kind = kind_of(was).capitalize()
            text = f"{kind} {code(was.label or old)} is now called {code(label)}"
            yield Said("renamed", key, text)

    def _new(self, element: Any, place: Place) -> str:
        told = facts(element, self.names.after, self.sides[1].stream.calendar)
        name = code(self.names.after.get(element.key, element.key))
        text = f"New {kind_of(element)} {name} {self.names.where(place)}"
        return f"{text} ({told})" if told else text

    def _edited(self, target: str, sets: list[SetField]) -> Iterator[Said]:
        if target == MAP:
            for one in sets:
                if (MAP, one.field) not in SILENT:
                    was = self._was(self.names.base.settings, one)
                    yield Said("changed", MAP, f"{_of_map(one.field)}: {self._pair(one, was)}")
            return
        thing = self.names.things.get(target)
        for one in [one for one in sets if one.field == "label" and thing]:
            kind, new = kind_of(thing).capitalize(), code(str(one.value))
            old = code(thing.label) if thing and thing.label else title(thing, self.names.before)
            text = f"{kind} {old} is now called {new}"
            yield Said("renamed", target, text)
        rest = [one for one in sets if one.field != "label" and not self._same(thing, one)]
        rest = _without_stock(rest) if isinstance(thing, Queue) else rest
        if rest:
            yield Said("changed", target, self._values(target, thing, rest))

    def _same(self, thing: Any, change: SetField) -> bool:
        """`3d` on another clock is written as before: the clock changed, and is told once."""
        was, now = getattr(thing, change.field, None), change.value
        if not isinstance(was, Duration) or not isinstance(now, Duration):
            return False
        return bool(was.text) and was.text == now.text

    def _values(self, target: str, thing: Any, sets: list[SetField]) -> str:
        parts = [
            "it promises other changes now"
            if one.field == "changes"
            else f"{FIELDS.get(one.field, one.field)} {self._pair(one, self._was(thing, one))}"
            for one in sets
        ]
        if [one.field for one in sets] == ["wait"] and isinstance(thing, Queue | Handoff):
            return f"{self.names.waiting(target)}: {parts[0].removeprefix('waiting ')}"
        return f"{self.names.subject(target, thing)}: {', '.join(parts)}"

    def _was(self, thing: Any, change: SetField) -> Any:
        if change.field == "calendar":
            return self.names.base.calendar
        return getattr(thing, change.field, None)

    def _pair(self, change: SetField, was: Any) -> str:
        values, names = (was, change.value), (self.names.before, self.names.after)
        old, new = (
            self._stock(change, number)
            or in_words(values[number], change.field, side.stream.calendar, names[number])
            for number, side in enumerate(self.sides)
        )
        return f"{old} → {new}"

    def _stock(self, change: SetField, number: int) -> str:
        """The waiting of a queue, be it written down or worked out of its count."""
        if change.field != "wait" or change.target == MAP:
            return ""
        key = change.target if number else self.names.old_keys.get(change.target, change.target)
        side = self.sides[number]
        waits = [w for w in side.analysis.waits_at(key) if w.kind == "queue" and w.known]
        return show(waits[0].time, side.stream.calendar) if waits and waits[0].rank else ""

    # --- around it

    def _went_along(self) -> Iterator[Said]:
        """Links that were pruned with what they pointed at."""
        told = {one.target for one in self.changes if isinstance(one, RemoveThing)}
        for collection in LINKS:
            left = {one.key for one in getattr(self.sides[1].stream, collection)}
            for link in getattr(self.names.base, collection):
                if link.key not in left and link.key not in told:
                    about = self.names.about(link, new=False)
                    yield Said("gone", link.key, f"Gone with what was removed: {about}")


def _of_map(field: str) -> str:
    return {"calendar": "The clock of the map", "date": "Date of the map"}.get(
        field, f"Map, {FIELDS.get(field, field.replace('_', ' '))}"
    )


def _without_stock(sets: list[SetField]) -> list[SetField]:
    """A `wait` takes the place of a count, and a count that of a `wait`."""
    taken = [one for one in sets if one.value is None and one.field in ("wait", "qty", "wip")]
    return sets if len(taken) == len(sets) else [one for one in sets if one not in taken]
