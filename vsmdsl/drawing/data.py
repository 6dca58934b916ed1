"""A scene as data: what is drawn, where, by which role. For programs that draw or check themselves.

Lengths are units of the picture with two decimals; colours are roles of the theme (`ink`, `h4`).
The JSON Schema lies in `templates/schema/scene-1.schema.json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vsmdsl.drawing.scene import Group, Item, Scene
from vsmdsl.json_text import json_text
from vsmdsl.record import field_names

SCHEMA = 1
LEFT_OUT: tuple[Any, ...] = ("", 0, (), False)  # what a reader takes for granted
ALWAYS = frozenset(("x", "y", "width", "height", "r", "rx", "ry", "text", "size", "steps"))


def as_data(scene: Scene) -> dict[str, Any]:
    """The scene as plain values."""
    return {
        "schema": SCHEMA,
        "title": scene.title,
        "description": scene.description,
        "width": _plain(scene.width),
        "height": _plain(scene.height),
        "items": _items(scene.items),
    }


def to_json(scene: Scene) -> str:
    """The scene as JSON, a piece a line."""
    document = as_data(scene)
    items = ",\n".join(f"    {line}" for line in map(_line, document.pop("items")))
    head = json_text(document)[: -len("\n}")]
    return f'{head},\n  "items": [\n{items}\n  ]\n}}\n'


def _line(item: Mapping[str, Any]) -> str:
    return json_text(item, indent=None)


def _items(items: Sequence[Item]) -> list[dict[str, Any]]:
    return [_group(one) if isinstance(one, Group) else _shape(one) for one in items]


def _group(one: Group) -> dict[str, Any]:
    said = {"kind": one.kind, "title": one.title, "name": one.name, "href": one.href}
    told = {name: value for name, value in said.items() if value}
    return {"type": "group", **told, "items": _items(one.items)}


def _shape(one: Item) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in field_names(one)}
    told = {
        name: _plain(value)
        for name, value in values.items()
        if name in ALWAYS or value not in LEFT_OUT
    }
    return {"type": type(one).__name__.lower(), **told}


def _plain(value: Any) -> Any:
    """A value as JSON has it; lengths with two decimals, as in the SVG."""
    if isinstance(value, float):
        rounded = round(value, 2)
        return int(rounded) if rounded == int(rounded) else rounded
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
