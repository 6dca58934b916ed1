"""Keys one behind the other, and what is written down by key, to be changed without copying it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


class Known(dict[Any, Any]):
    """What is written down; None for what is not."""

    def __missing__(self, key: Any) -> Any:
        return None


class Over(Known):
    """What has become of it; the rest is as it was."""

    def __init__(self, base: Known) -> None:
        self.base = base

    def __missing__(self, key: Any) -> Any:
        return self.base[key]


class Row:
    """Keys one behind the other: each is taken out or put in at once, wherever it stands.

    The end of a row is in front of its first key and behind its last. Several rows may share the
    two dictionaries, each with an end of its own.
    """

    def __init__(self, after: Known, before: Known) -> None:
        self.after = after
        self.before = before

    def line_up(self, end: Any, keys: Iterable[Any]) -> None:
        """Begin a row."""
        last = end
        for key in keys:
            self.after[last] = key
            self.before[key] = last
            last = key
        self.after[last] = end
        self.before[end] = last

    def take(self, key: Any) -> None:
        """Let its neighbours stand beside each other."""
        front, behind = self.before[key], self.after[key]
        self.after[front] = behind
        self.before[behind] = front

    def put(self, key: Any, front: Any) -> None:
        """Let it stand behind `front`."""
        behind = self.after[front]
        self.after[front] = self.before[behind] = key
        self.before[key], self.after[key] = front, behind

    def keys(self, end: Any) -> Iterator[Any]:
        """The keys of one row, in order."""
        after = self.after
        key = after[end]
        while key is not None and key != end:
            yield key
            key = after[key]

    def over(self) -> Row:
        """The same rows, to be changed; these stay as they are."""
        return Row(Over(self.after), Over(self.before))


def end_of(owner: str) -> tuple[str]:
    """The end of the row inside of `owner`; no key is a tuple."""
    return (owner,)
