"""Arrows and loops: information, shipments, rework."""

from __future__ import annotations

from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities, structure
from vsmdsl.model.quantity import Gap
from vsmdsl.model.resolve import complaints
from vsmdsl.model.resolve.names import PLACES, STOPS
from vsmdsl.model.resolve.site import Site, label_of, thing
from vsmdsl.model.stream import Info, Rework, Shipment


def arrow(site: Site, statement: syntax.Statement) -> Info | Shipment | None:
    """Information or goods from one place to others."""
    fields = site.reading.fields(statement)
    if fields.link is None:
        return None  # the parser has said so
    id = site.claimed(fields)
    start = site.find(fields.link.start, PLACES)
    found = (site.find(ref, PLACES) for ref in fields.link.ends)
    ends = tuple(dict.fromkeys(end for end in found if end))
    if start is None or not ends:
        return None
    key = site.keys.take(id, f"{start} -> {ends[0]}", "link")
    make = Info if statement.word == "info" else Shipment
    return make(**thing(fields, key, id, label_of(fields)), start=start, ends=ends)


def rework(site: Site, statement: syntax.Statement) -> Rework | None:
    """A loop back, with its share."""
    fields = site.reading.fields(statement)
    if fields.link is None:
        return None  # the parser has said so
    id = site.claimed(fields)
    for other in fields.link.ends[1:2]:
        complaints.only_one(site.log, other, "rework leads back to one place")
    start = site.find(fields.link.start, frozenset(("step",)), structure.UNKNOWN_STEP)
    end = site.find(fields.link.ends[0], STOPS, structure.UNKNOWN_STEP)
    share = fields.values.get("share")
    if "share" not in fields.places:
        message = "how many come back? A rework needs its share"
        pair = fields.link.span.text
        hint = f"as in `rework {pair} 20%`, or `?` where nobody knows"
        site.lacks(quantities.MISSING_SHARE, fields, message, hint)
    if start is None or end is None or share is None:
        return None
    fields.values["share"] = known_share(share)
    key = site.keys.take(id, f"{start} -> {end}", "link")
    return Rework(**thing(fields, key, id, label_of(fields)), start=start, end=end)


def known_share(share: Any) -> Any:
    """The share of a loop; one that does not apply is one that nobody knows."""
    return Gap.UNKNOWN if share is Gap.NONE else share
