"""What the parts of two states are called, for the sentences that tell how they differ.

What people wrote stands between backticks, which a terminal leaves out and Markdown needs: nothing
in a name can then be taken for a link, a mention or a tag.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol

from vsmdsl.analysis.naming import labels
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.values_in_words import code, facts, kind_of
from vsmdsl.model.changes import Place, Rename, apply
from vsmdsl.model.diff.placing import groups
from vsmdsl.model.stream import Goal, Handoff, Queue, Thing, ValueStream


class Side(Protocol):
    """What is read of a state of a map: `pipeline.State` has it."""

    @property
    def stream(self) -> ValueStream: ...
    @property
    def analysis(self) -> Analysis: ...


class Names:
    """The names of everything in two states: by the keys of now, unless said otherwise."""

    def __init__(self, before: Side, after: Side, renames: Sequence[Rename]) -> None:
        self.sides = before, after
        self.base = apply(before.stream, renames)  # as it was, with the keys of now
        self.old_keys = {name.key: name.old for one in renames for name in one.names}
        self.before, self.after = labels(self.base), labels(after.stream)
        self.things = {one.key: one for one in _everything(self.base)}

    def name(self, key: str) -> str:
        """What it is called now, or was: `code`, or `the queue before` another one."""
        name = self.after.get(key) or self.before.get(key, key)
        side, _, rest = name.partition(" ")
        thing = self.things.get(key)
        if isinstance(thing, Queue | Handoff) and not thing.label and side in ("before", "after"):
            return f"the {kind_of(thing)} {side} {code(rest)}"
        return code(name)

    def called(self, key: str, *, capital: bool = False) -> str:
        """The same with its kind: `step` `Release`."""
        thing = self.things.get(key)
        name = self.name(key)
        text = name if name.startswith("the ") else f"{kind_of(thing)} {name}" if thing else name
        return capitalised(text) if capital else text

    def about(self, thing: Thing, *, new: bool) -> str:
        """What stands around the stream, with its facts where it is new."""
        names, side = (self.after, self.sides[1]) if new else (self.before, self.sides[0])
        told = facts(thing, names, side.stream.calendar) if new else ""
        return f"{kind_of(thing)} {title(thing, names)}" + (f" ({told})" if told else "")

    def subject(self, target: str, thing: Any) -> str:
        """How a sentence about it begins."""
        if isinstance(thing, Thing) and self.base.find(target) is None:
            return capitalised(f"{kind_of(thing)} {title(thing, self.after)}")
        return self.name(target)

    def waiting(self, target: str) -> str:
        """How a sentence about nothing but its waiting begins."""
        name = self.after.get(target, target)
        nameless = name.startswith(("before ", "after "))
        side, _, step = name.partition(" ")
        return f"Waiting {side} {code(step)}" if nameless else f"Waiting in {code(name)}"

    def where(self, place: Place) -> str:
        """Where something new or moved stands now."""
        if place.side in ("first", "last"):
            end = "start" if place.side == "first" else "end"
            return f"at the {end}" + (f" of {self.called(place.key)}" if place.key else "")
        return f"{place.side} {self.name(self._named_before(place))}"

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
    def once(self) -> dict[str, Any]:
        """Everything as it was, by the keys that it had; of two, the first."""
        found: dict[str, Any] = {}
        for one in _everything(self.sides[0].stream):
            found.setdefault(one.key, one)
        return found


def title(thing: Any, names: Any) -> str:
    """What something around the stream is called: by its ends, its aim or its name."""
    start = getattr(thing, "start", "")
    if start:
        ends = getattr(thing, "ends", ()) or (thing.end,)
        way = f"{names.get(start, start)} → {', '.join(names.get(key, key) for key in ends)}"
        return code(way) + (f" {code(thing.label)}" if thing.label else "")
    aim = thing.text if isinstance(thing, Goal) else ""
    name = aim or thing.label or thing.id or getattr(thing, "kind", "")
    on = ", ".join(names.get(key, key) for key in getattr(thing, "on", ()))
    return code(name) + (f" on {code(on)}" if on else "")


def capitalised(text: str) -> str:
    """With a capital letter in front, the others as they are."""
    return text[:1].upper() + text[1:]


def _everything(stream: ValueStream) -> Iterator[Any]:
    yield from stream.everything
    for name in (
        "teams", "parties", "infos", "shipments", "reworks", "wastes", "kaizens", "notes",
        "metrics", "stretches", "goals",
    ):  # fmt: skip
        yield from getattr(stream, name)
