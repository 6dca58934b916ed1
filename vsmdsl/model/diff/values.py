"""The fields in which two things with the same key differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vsmdsl.model.changes import Change, ReplaceElement, SetField
from vsmdsl.model.stream import FORKS
from vsmdsl.record import Field, replace

PARTS = frozenset(("branches", "elements"))  # what stands inside is compared by itself


def edits(before: Any, after: Any) -> Iterator[Change]:
    """One change a field; another kind of element is one change for all."""
    if type(before) is not type(after):
        yield ReplaceElement(after.key, _alone(after))
        return
    for name in compared(type(after)):
        value = getattr(after, name)
        if name not in PARTS and name != "key" and value != getattr(before, name):
            yield SetField(after.key, name, value)


def _alone(element: Any) -> Any:
    return replace(element, branches=()) if isinstance(element, FORKS) else element


def compared(kind: Any) -> dict[str, Field]:
    """The fields of a type that count when two of its values are compared."""
    fields: dict[str, Field] = kind.__record_fields__
    return {name: one for name, one in fields.items() if one.compare}
