"""What points at something that is gone goes with it: arrows, loops, remarks."""

from __future__ import annotations

from typing import Any

from vsmdsl.model.stream import ValueStream
from vsmdsl.record import replace


def pruned(stream: ValueStream, gone: set[str]) -> ValueStream:
    """The stream without the arrows, loops and remarks that speak of nothing but what is gone."""
    return replace(
        stream,
        infos=_links(stream.infos, gone),
        shipments=_links(stream.shipments, gone),
        reworks=tuple(r for r in stream.reworks if r.start not in gone and r.end not in gone),
        wastes=_remarks(stream.wastes, gone),
        kaizens=_remarks(stream.kaizens, gone, keep_empty=True),
        notes=_remarks(stream.notes, gone),
    )


def _links(links: tuple[Any, ...], gone: set[str]) -> tuple[Any, ...]:
    kept = []
    for link in links:
        ends = tuple(end for end in link.ends if end not in gone)
        if link.start not in gone and ends:
            kept.append(link if ends == link.ends else replace(link, ends=ends))
    return tuple(kept)


def _remarks(remarks: tuple[Any, ...], gone: set[str], keep_empty: bool = False) -> tuple[Any, ...]:
    kept = []
    for remark in remarks:
        on = tuple(key for key in remark.on if key not in gone)
        if on or not remark.on or keep_empty:
            kept.append(remark if on == remark.on else replace(remark, on=on))
    return tuple(kept)
