"""The values of a map in words, for sentences about what changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vsmdsl.analysis.result import FigureKind
from vsmdsl.analysis.show import show_count, show_rate, show_share, show_time
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Count, Duration, Gap, Percent, Rate
from vsmdsl.model.stream import FORKS, Branch, Goal, Queue, Step, walk
from vsmdsl.record import field_names

NOTHING = "not given"
GAPS = {Gap.UNKNOWN: "not known", Gap.NONE: "does not apply", Gap.INCLUDED: "included"}
WORK = frozenset(("pt", "ct", "co", "available"))

# What people call the keys of the language.
FIELDS = {
    "pt": "process time", "lt": "lead time", "wait": "waiting", "ca": "%C&A", "ct": "cycle time",
    "co": "changeover", "epe": "every part every", "uptime": "uptime", "scrap": "scrap",
    "yield_": "yield", "available": "working time of a shift", "shifts": "shifts",
    "people": "people", "stations": "stations", "batch": "batch", "transfer": "transfer batch",
    "wip": "work in process", "qty": "count", "max": "limit", "kind": "kind", "team": "team",
    "value": "value", "tool": "tool", "automation": "automation", "flow": "flow", "cost": "cost",
    "waste": "waste", "via": "by way of", "share": "share", "effort": "effort", "by": "by",
    "every": "every", "owner": "owner", "due": "due", "status": "status", "on": "on",
    "demand": "demand", "pack": "pack", "system": "system", "joins": "joins the stream again",
    "rows": "data", "source": "source", "url": "address", "start": "from", "end": "to",
    "ends": "to", "id": "id", "changes": "expected changes", "item": "item", "scope": "scope",
    "title": "title", "author": "author", "timeline": "timeline", "figure": "figure",
    "text": "as written", "rework_model": "way of counting rework", "cost_rate": "cost rate",
    "color": "colour",
}  # fmt: skip
KINDS = {
    "Party": "", "Info": "information", "Stretch": "span", "Metric": "stated figure",
    "Parallel": "parallel work", "Choice": "choice",
}  # fmt: skip
# What is told of something new; all else a reader finds in the map.
TOLD = (
    "pt", "lt", "wait", "ca", "ct", "co", "people", "via", "share", "demand", "by", "every",
    "owner", "due", "effort", "wip", "qty", "text",
)  # fmt: skip


def code(text: str) -> str:
    """Words of the map between backticks, on one line."""
    plain = " ".join(text.split()).replace("`", "'")
    return f"`{plain}`" if plain else "`–`"


def kind_of(thing: Any) -> str:
    """What something is, in a word: step, queue, supermarket, customer, rework …"""
    name = type(thing).__name__
    if isinstance(thing, Queue) or name == "Party":
        name = str(thing.kind)
        return {"safety": "safety stock", "buffer": "buffer stock"}.get(name, name)
    return KINDS.get(name, name.lower())


def facts(thing: Any, names: Mapping[str, str], calendar: Calendar) -> str:
    """`process time 15 min, %C&A 97 %`: what is known of something new."""
    if inside := [one for one in _inside(thing) if isinstance(one, Step)]:
        return f"with {', '.join(code(names.get(one.key, one.key)) for one in inside)}"
    known = [name for name in TOLD if name in field_names(thing) and _is_said(thing, name)]
    return ", ".join(
        f"{FIELDS[name]} {in_words(getattr(thing, name), name, calendar, names)}" for name in known
    )


def _inside(thing: Any) -> list[Any]:
    """All that stands in a fork or a branch."""
    if isinstance(thing, Branch):
        return list(walk(thing.elements))
    return list(walk((thing,))) if isinstance(thing, FORKS) else []


def _is_said(thing: Any, name: str) -> bool:
    value = getattr(thing, name)
    if name == "text" and isinstance(thing, Goal):
        return False  # it is the goal's name
    return value not in (None, "", ()) and value != type(thing).__record_fields__[name].default


def in_words(value: Any, field: str, calendar: Calendar, names: Mapping[str, str]) -> str:
    """One value: `2 h`, `85 %`, `not given`; what people wrote stands between backticks."""
    match value:
        case None | "" | ():
            return NOTHING
        case Gap():
            return GAPS[value]
        case Duration():
            kind: FigureKind = "work" if field in WORK else "waiting"
            return show_time(value, kind, calendar)
        case tuple():
            return ", ".join(_part(one, names) for one in value)
        case _:
            return _plain(value) or code(names.get(str(value), str(value)))


def _plain(value: Any) -> str:
    """Values that are no words of their author's; empty for those that are."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Percent():
            return show_share(value)
        case Count():
            return show_count(value)
        case Rate():
            return show_rate(value)
        case date():
            return value.isoformat()
        case Calendar():
            return value.text
        case _:
            return ""


def _part(one: Any, names: Mapping[str, str]) -> str:
    if isinstance(one, tuple):
        return f"{code(str(one[0]))} {code(str(one[1]))}"
    return code(names.get(str(one), str(one)))
