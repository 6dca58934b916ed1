"""Things go by other names: their keys, ids and labels change, and what points at them follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vsmdsl.model.stream import Branch, Choice, Parallel, Step, ValueStream
from vsmdsl.record import field_names, record, replace

TEAMS = "teams"  # the keys of teams are a room of their own
AROUND = (
    "parties", "infos", "shipments", "reworks", "wastes", "kaizens", "notes", "metrics",
    "stretches", "goals",
)  # fmt: skip
POINTERS = frozenset(("start", "end", "ends", "on"))


@record
class Name:
    """What the thing with the key `old` is called from now on."""

    old: str
    key: str
    id: str | None
    label: str


Names = Mapping[str, Name]


def renamed(stream: ValueStream, names: tuple[Name, ...], room: str = "") -> ValueStream:
    """The stream with all these names at once, so that two things may trade theirs."""
    by_key = {name.old: name for name in names}
    if room == TEAMS:
        return _with_teams(stream, by_key)
    around = {name: _group(getattr(stream, name), by_key) for name in AROUND}
    return replace(stream, elements=_group(stream.elements, by_key), **around)


def _group(group: tuple[Any, ...], names: Names) -> tuple[Any, ...]:
    return tuple(_thing(one, names) for one in group)


def _thing(one: Any, names: Names) -> Any:
    """A thing by its new name, with its pointers and all that stands inside it."""
    edits: dict[str, Any] = {}
    if name := names.get(one.key):
        edits = {"key": name.key, "id": name.id, "label": name.label}
    for field in _parts(type(one)):
        value = getattr(one, field)
        new = _followed(field, value, names) if value else value
        if new != value:
            edits[field] = new
    return replace(one, **edits) if edits else one


def _parts(kind: type[Any]) -> tuple[str, ...]:
    """The fields that hold names or other things."""
    wanted = POINTERS | {"branches", "elements", "changes"}
    return tuple(field for field in field_names(kind) if field in wanted)


def _followed(field: str, value: Any, names: Names) -> Any:
    if field in ("branches", "elements"):
        return _group(value, names)
    if field == "changes":
        return tuple(_change(one, names) for one in value)
    return _keys(value, names)


def _keys(value: Any, names: Names) -> Any:
    """A key, or a tuple of keys."""
    if isinstance(value, str):
        return names[value].key if value in names else value
    return tuple(_keys(one, names) for one in value)


def _change(change: Any, names: Names) -> Any:
    """A change that a kaizen promises: what it is about goes by its new name, too."""
    edits: dict[str, Any] = {}
    for field in field_names(change):
        value = getattr(change, field)
        if field in ("target", "before"):
            edits[field] = _keys(value, names)
        elif field == "place":
            edits[field] = replace(value, key=_keys(value.key, names))
        elif field in ("element", "thing"):
            edits[field] = _thing(value, names)
        elif field == "value" and change.field in POINTERS:
            edits[field] = _keys(value, names)
    return replace(change, **edits)


# --- teams


def _with_teams(stream: ValueStream, names: Names) -> ValueStream:
    teams = tuple(_thing(team, names) for team in stream.teams)
    return replace(stream, teams=teams, elements=_manned(stream.elements, names))


def _manned(group: tuple[Any, ...], names: Names) -> tuple[Any, ...]:
    return tuple(_crewed(one, names) for one in group)


def _crewed(one: Any, names: Names) -> Any:
    match one:
        case Step(team=team) if any(key in names for key in team):
            return replace(one, team=_keys(team, names))
        case Branch():
            return replace(one, elements=_manned(one.elements, names))
        case Parallel() | Choice():
            return replace(one, branches=_manned(one.branches, names))
        case _:
            return one
