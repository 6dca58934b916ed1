"""Which keys a bare value fills: in `step Dev 2h/1d 70%` it is `pt` and `lt`, then `ca`."""

from __future__ import annotations

from collections.abc import Container

from vsmdsl.language import syntax
from vsmdsl.language.words import canonical_unit
from vsmdsl.model.resolve.schema import Shape

Pair = tuple[str, syntax.Value]


def placed(shape: Shape, value: syntax.Value, taken: Container[str]) -> list[Pair]:
    """The keys that a bare value fills, each with its part of it; none where there is no place."""
    if isinstance(value, syntax.Ratio) and "lt" in shape.bare:
        return [("pt", value.left), ("lt", value.right)] if "pt" not in taken else []
    free = [key for key in shape.bare if key not in taken and key != "lt"]
    return [(key, value) for key in free if _fits(shape, key, value)][:1]


def _fits(shape: Shape, key: str, value: syntax.Value) -> bool:
    inner = value.value if isinstance(value, syntax.Approx) else value
    match inner:
        case syntax.Unknown() | syntax.Word():  # `?` and `none` fill the first place that is free
            return True
        case syntax.Percent() | syntax.Range(points=(*_, syntax.Percent())):
            return shape.keys[key].reads in ("share", "percent")
        case syntax.Number():  # answered where the kind asks for a unit
            return key == "qty" or "qty" not in shape.bare
        case _:
            counts = is_count(inner) and "qty" in shape.bare
            return shape.keys[key].reads not in ("share", "percent") and (key == "qty") is counts


def is_count(node: syntax.Value) -> bool:
    """Whether it is a quantity of things, not of time: `40 pcs`, `12 L + 8 R`."""
    match node:
        case syntax.Number():
            return True
        case syntax.Measure(parts=(part,)):
            return canonical_unit(part.unit) is None and part.unit.lower() != "m"
        case syntax.Sum(terms=several) | syntax.Range(points=several):
            return all(is_count(one) for one in several)
        case _:
            return False
