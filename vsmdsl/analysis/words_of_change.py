"""A change, said in a sentence that a manager understands: "Waiting before Release: 6 d → 0 s".

What people wrote stands between backticks, which a terminal leaves out and Markdown needs: nothing
in a name can then be taken for a link, a mention or a tag.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Literal, Protocol

from vsmdsl.analysis.naming import labels
from vsmdsl.analysis.result import Analysis
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
    apply,
)
from vsmdsl.model.diff.placing import groups
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Goal, Handoff, Queue, Thing, ValueStream
from vsmdsl.record import record

What = Literal["new", "gone", "moved", "changed", "renamed"]
SILENT = frozenset({(MAP, "state"), (MAP, "show"), (MAP, "wrap"), (MAP, "version")})
LINKS = ("infos", "shipments", "reworks")
PLURAL = {"parties": "customer and suppliers", "infos": "information arrows", "stretches": "spans"}


class Side(Protocol):
    """What is read of a state of a map: `pipeline.State` has it."""

    @property
    def stream(self) -> ValueStream: ...
    @property
    def analysis(self) -> Analysis: ...


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
        names = [one for one in changes if isinstance(one, Rename)]
        self.base = apply(before.stream, names)  # as it was, with the keys of now
        self.old_keys = {name.key: name.old for one in names for name in one.names}
        self.before, self.after = labels(self.base), labels(after.stream)
        self.things = {one.key: one for one in _everything(self.base)}

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
                yield Said("gone", target, f"{self._called(target, capital=True)} removed")
            case MoveElement(target=target, place=place):
                text = f"{self._called(target, capital=True)} moved: now {self._where(place)}"
                yield Said("moved", target, text)
            case ReplaceElement(target=target, element=element):
                was = kind_of(self.things[target])
                text = f"{self._name(target)} is now a {kind_of(element)} (it was a {was})"
                told = facts(element, self.after, self.sides[1].stream.calendar)
                yield Said("changed", target, text + (f": {told}" if told else ""))
            case AddThing() | RemoveThing() | MoveThing():
                yield self._beside(change)
            case SetField():
                pass  # told together, by what they are about

    def _beside(self, change: AddThing | RemoveThing | MoveThing) -> Said:
        match change:
            case AddThing(thing=thing):
                return Said("new", thing.key, f"New {self._about(thing, self.after, new=True)}")
            case RemoveThing(target=target):
                about = self._about(self.things[target], self.before, new=False)
                return Said("gone", target, f"{about[:1].upper()}{about[1:]} removed")
            case MoveThing(collection=collection, target=target):
                group = PLURAL.get(collection, collection)
                return Said("moved", target, f"The {group} stand in another order")

    # --- the stream

    def _renamed(self, old: str, key: str, label: str) -> Iterator[Said]:
        was = self._once.get(old)
        if was is not None and was.label != label and label:
            kind = kind_of(was).capitalize()
            text = f"{kind} {code(was.label or old)} is now called {code(label)}"
            yield Said("renamed", key, text)

    def _new(self, element: Any, place: Place) -> str:
        told = facts(element, self.after, self.sides[1].stream.calendar)
        name = code(self.after.get(element.key, element.key))
        text = f"New {kind_of(element)} {name} {self._where(place)}"
        return f"{text} ({told})" if told else text

    def _where(self, place: Place) -> str:
        if place.side in ("first", "last"):
            end = "start" if place.side == "first" else "end"
            return f"at the {end}" + (f" of {self._called(place.key)}" if place.key else "")
        return f"{place.side} {self._name(self._named_before(place))}"

    def _named_before(self, place: Place) -> str:
        """A queue without a name is known by its step, and here that may be the new one."""
        return self._fronts.get(place.key, place.key) if place.side == "after" else place.key

    @cached_property
    def _fronts(self) -> dict[str, str]:
        """For each element the last one with a name in its row, up to itself."""
        found: dict[str, str] = {}
        for _, group in groups(self.sides[1].stream):
            named = ""
            for one in group:
                named = one.key if one.label or one.id else named
                found.setdefault(one.key, named or one.key)
        return found

    @cached_property
    def _once(self) -> dict[str, Any]:
        """Everything as it was, by the keys that it had; of two, the first."""
        found: dict[str, Any] = {}
        for one in _everything(self.sides[0].stream):
            found.setdefault(one.key, one)
        return found

    def _edited(self, target: str, sets: list[SetField]) -> Iterator[Said]:
        if target == MAP:
            for one in sets:
                if (MAP, one.field) not in SILENT:
                    was = self._was(self.base.settings, one)
                    yield Said("changed", MAP, f"{_of_map(one.field)}: {self._pair(one, was)}")
            return
        thing = self.things.get(target)
        for one in [one for one in sets if one.field == "label" and thing]:
            kind, new = kind_of(thing).capitalize(), code(str(one.value))
            old = code(thing.label) if thing and thing.label else _title(thing, self.before)
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
            return f"{self._waiting(target)}: {parts[0].removeprefix('waiting ')}"
        return f"{self._subject(target, thing)}: {', '.join(parts)}"

    def _subject(self, target: str, thing: Any) -> str:
        if isinstance(thing, Thing) and self.base.find(target) is None:
            about = self._about(thing, self.after, new=False)
            return about[:1].upper() + about[1:]
        return self._name(target)

    def _waiting(self, target: str) -> str:
        name = self.after.get(target, target)
        nameless = name.startswith(("before ", "after "))
        side, _, step = name.partition(" ")
        return f"Waiting {side} {code(step)}" if nameless else f"Waiting in {code(name)}"

    def _was(self, thing: Any, change: SetField) -> Any:
        if change.field == "calendar":
            return self.base.calendar
        return getattr(thing, change.field, None)

    def _pair(self, change: SetField, was: Any) -> str:
        old, new = (
            self._stock(change, number)
            or in_words(value, change.field, side.stream.calendar, names)
            for number, (side, value, names) in enumerate(
                zip(self.sides, (was, change.value), (self.before, self.after), strict=True)
            )
        )
        return f"{old} → {new}"

    def _stock(self, change: SetField, number: int) -> str:
        """The waiting of a queue, be it written down or worked out of its count."""
        if change.field != "wait" or change.target == MAP:
            return ""
        key = change.target if number else self.old_keys.get(change.target, change.target)
        side = self.sides[number]
        waits = [w for w in side.analysis.waits_at(key) if w.kind == "queue" and w.known]
        return show(waits[0].time, side.stream.calendar) if waits and waits[0].rank else ""

    # --- around it

    def _about(self, thing: Thing, names: Any, *, new: bool) -> str:
        side = self.sides[1] if new else self.sides[0]
        told = facts(thing, names, side.stream.calendar) if new else ""
        return f"{kind_of(thing)} {_title(thing, names)}" + (f" ({told})" if told else "")

    def _went_along(self) -> Iterator[Said]:
        """Links that were pruned with what they pointed at."""
        told = {one.target for one in self.changes if isinstance(one, RemoveThing)}
        for collection in LINKS:
            left = {one.key for one in getattr(self.sides[1].stream, collection)}
            for link in getattr(self.base, collection):
                if link.key not in left and link.key not in told:
                    about = self._about(link, self.before, new=False)
                    yield Said("gone", link.key, f"Gone with what was removed: {about}")

    # --- names

    def _name(self, key: str) -> str:
        name = self.after.get(key) or self.before.get(key, key)
        side, _, rest = name.partition(" ")
        thing = self.things.get(key)
        if isinstance(thing, Queue | Handoff) and not thing.label and side in ("before", "after"):
            return f"the {kind_of(thing)} {side} {code(rest)}"
        return code(name)

    def _called(self, key: str, *, capital: bool = False) -> str:
        thing = self.things.get(key)
        name = self._name(key)
        text = name if name.startswith("the ") else f"{kind_of(thing)} {name}" if thing else name
        return text[:1].upper() + text[1:] if capital else text


def _everything(stream: ValueStream) -> Iterator[Any]:
    yield from stream.everything
    for name in (
        "teams", "parties", "infos", "shipments", "reworks", "wastes", "kaizens", "notes",
        "metrics", "stretches", "goals",
    ):  # fmt: skip
        yield from getattr(stream, name)


def _title(thing: Any, names: Any) -> str:
    start = getattr(thing, "start", "")
    if start:
        ends = getattr(thing, "ends", ()) or (thing.end,)
        way = f"{names.get(start, start)} → {', '.join(names.get(key, key) for key in ends)}"
        return code(way) + (f" {code(thing.label)}" if thing.label else "")
    aim = thing.text if isinstance(thing, Goal) else ""
    name = aim or thing.label or thing.id or getattr(thing, "kind", "")
    on = ", ".join(names.get(key, key) for key in getattr(thing, "on", ()))
    return code(name) + (f" on {code(on)}" if on else "")


def _of_map(field: str) -> str:
    return {"calendar": "The clock of the map", "date": "Date of the map"}.get(
        field, f"Map, {FIELDS.get(field, field.replace('_', ' '))}"
    )


def _without_stock(sets: list[SetField]) -> list[SetField]:
    """A `wait` takes the place of a count, and a count that of a `wait`."""
    taken = [one for one in sets if one.value is None and one.field in ("wait", "qty", "wip")]
    return sets if len(taken) == len(sets) else [one for one in sets if one not in taken]
