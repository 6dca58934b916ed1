"""Keys for new things: each has one of its own, and an id stands for one thing."""

from __future__ import annotations

from collections.abc import Iterable

from vsmdsl.language.codes import structure
from vsmdsl.language.diagnostics import Code, Label
from vsmdsl.language.source import Span
from vsmdsl.model.resolve.log import Log


class Taken:
    """Keys that are taken: those of a map, and what has become of them. Many start from one map."""

    def __init__(
        self,
        base: frozenset[str] = frozenset(),
        freed: Iterable[str] = (),
        more: Iterable[str] = (),
    ) -> None:
        self.base = base
        self.more = set(more)
        self.freed = set(freed) - self.more

    def __contains__(self, key: str) -> bool:
        return key in self.more or (key in self.base and key not in self.freed)

    def add(self, key: str) -> None:
        """Take a key."""
        self.more.add(key)

    def free(self, keys: Iterable[str]) -> None:
        """Nothing has these keys any more."""
        gone = set(keys)
        self.more -= gone
        self.freed |= gone


class Keys:
    """Gives every new thing a key of its own: its id, else its label, else a number."""

    def __init__(self, taken: Taken | None = None) -> None:
        self.taken = taken or Taken()
        self.last: dict[str, int] = {}

    def take(self, id: str | None, label: str, word: str) -> str:
        """A key that nothing else has."""
        wanted = id or label
        key = wanted or f"{word}#1"
        while key in self.taken:
            name = wanted or word
            self.last[name] = self.last.get(name, 1) + 1
            key = f"{name}#{self.last[name]}"
        self.taken.add(key)
        return key


def claim(
    seen: dict[str, Span], id: str | None, place: Span, log: Log, code: Code | None = None
) -> bool:
    """Note that an id is taken; a second time is an error that shows both places."""
    if id is None:
        return True
    if id in seen:
        labels = (Label(seen[id], "it is taken here"),)
        row = code or structure.DUPLICATE_ID
        change = row is structure.STEP_AGAIN
        hint = f"to change it, write `set {id} …`" if change else "give one of them another id"
        log.add(row.at(place, f"the id `{id}` is taken", hint=hint, labels=labels))
        return False
    seen[id] = place
    return True
