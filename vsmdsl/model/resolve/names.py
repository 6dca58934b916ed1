"""Who is meant: the way from a name in the text to a key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.language.diagnostics import Code, Diagnostic, Fix, Label, replacing
from vsmdsl.model.changes import everything_in
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.spelling import fix_of
from vsmdsl.model.resolve.texts import an, shorten
from vsmdsl.model.stream import (
    Branch,
    Element,
    Info,
    Party,
    Rework,
    Shipment,
    Team,
    Thing,
    ValueStream,
)
from vsmdsl.record import record

ELEMENTS = frozenset(("step", "queue", "handoff", "parallel", "choice", "branch"))
STOPS = frozenset(("step", "queue"))  # where a rework may lead, where a span may end
PLACES = ELEMENTS | {"party"}
EVERYTHING = PLACES | {"info", "shipment", "rework"}
CHANGEABLE = EVERYTHING | {"team"}
Link = Info | Shipment | Rework
FEW = 12  # so many names can be listed in a hint


@record
class Named:
    """One thing that can be spoken of."""

    thing: Thing
    role: str


class Scope:
    """All that can be spoken of in one state of a map."""

    source: Callable[[], ValueStream] | None = None  # where it is read anew
    stale = False  # whether it might be in another order than if it were

    def __init__(self, stream: ValueStream) -> None:
        self.stale = False
        self.ids: dict[str, Named] = {}
        self.labels: dict[str, list[Named]] = {}
        self.links: dict[tuple[str, str], list[Named]] = {}
        for element in stream.everything:
            self._add(element, type(element).__name__.lower())
        for party in stream.parties:
            self._add(party, "party")
        links: list[Link]
        links = [*stream.infos, *stream.shipments, *stream.reworks]
        for link in links:
            self._add_link(link)
        for team in stream.teams:
            self._add_team(team)

    def copy(self) -> Scope:
        """Another scope that knows the same, and may change by itself."""
        twin = Scope.__new__(Scope)
        twin.ids, twin.links = dict(self.ids), dict(self.links)
        twin.labels = {label: list(named) for label, named in self.labels.items()}
        return twin

    def add(self, element: Element | Branch) -> None:
        """Get to know an element and all that stands inside it."""
        for one in everything_in(element):
            self._add(one, type(one).__name__.lower())

    def forget(self, element: Element | Branch) -> None:
        """Forget an element and all that stands inside it."""
        for one in everything_in(element):
            if one.id and self.ids[one.id].thing.key == one.key:
                del self.ids[one.id]
            others = self.labels.get(one.label, [])
            self.labels[one.label] = [other for other in others if other.thing.key != one.key]

    def forget_thing(self, thing: Thing) -> None:
        """Forget a party, a team or a link."""
        if isinstance(thing, Info | Shipment | Rework):
            self.relink(thing, None)
        elif isinstance(thing, Party | Team):
            self.stale = True
            role = type(thing).__name__.lower()
            name = thing.key if role == "team" else thing.id
            if name in self.ids and self.ids[name].role == role:
                del self.ids[name]
            self._unlabel(thing)

    def add_thing(self, thing: Thing) -> None:
        """Get to know a team or a link."""
        self.stale = True
        if isinstance(thing, Team):
            self._add_team(thing)
        elif isinstance(thing, Info | Shipment | Rework):
            self._link_anew(thing)

    def relink(self, old: Link, new: Link | None) -> None:
        """Know a link by its other ends, or no longer."""
        self.stale = True
        if old.id in self.ids and self.ids[old.id].thing.key == old.key:
            del self.ids[old.id]
        for pair in _pairs(old):
            left = [one for one in self.links.get(pair, ()) if one.thing.key != old.key]
            if left:
                self.links[pair] = left
            else:
                self.links.pop(pair, None)
        if new is not None:
            self._link_anew(new)

    def _link_anew(self, link: Link) -> None:
        named = Named(link, type(link).__name__.lower())
        if link.id:
            self.ids.setdefault(link.id, named)
        for pair in _pairs(link):  # the lists may be shared with other scopes
            self.links[pair] = [*self.links.get(pair, ()), named]

    def call_anew(self, old: Thing, new: Any) -> None:
        """Know something by its new label, or a link by its new ends."""
        if isinstance(old, Info | Shipment | Rework):
            self.relink(old, new)
            return
        self.stale = True
        self._unlabel(old)
        role = type(new).__name__.lower()
        named, name = Named(new, role), new.key if role == "team" else new.id
        if name in self.ids and self.ids[name].role == role:
            self.ids[name] = named
        if role == "team":
            self.labels.setdefault(new.label, [named])
        elif new.label:
            others = [one for one in self.labels.get(new.label, ()) if one.role != "team"]
            self.labels[new.label] = [*others, named]

    def _unlabel(self, thing: Thing) -> None:
        others = self.labels.get(thing.label, [])
        left = [other for other in others if other.thing.key != thing.key]
        if left:
            self.labels[thing.label] = left
        else:
            self.labels.pop(thing.label, None)

    def _renewed(self) -> bool:
        """Read all names anew, if that could make a difference."""
        if not self.stale or self.source is None:
            return False
        source = self.source
        self.__init__(source())  # type: ignore[misc]
        self.source = source
        return True

    def _add_team(self, team: Team) -> None:
        self.ids.setdefault(team.key, Named(team, "team"))
        self.labels.setdefault(team.label, [Named(team, "team")])

    def _add(self, thing: Thing, role: str) -> None:
        named = Named(thing, role)
        if thing.id:
            self.ids.setdefault(thing.id, named)
        if thing.label:
            self.labels.setdefault(thing.label, []).append(named)

    def _add_link(self, link: Link) -> None:
        named = Named(link, type(link).__name__.lower())
        if link.id:
            self.ids.setdefault(link.id, named)
        for pair in _pairs(link):
            self.links.setdefault(pair, []).append(named)

    def named(self, ref: syntax.Ref) -> list[Named]:
        """Everything that has this name: by id, else by label."""
        found = self._named(ref)
        return found if found or not self._renewed() else self._named(ref)

    def _named(self, ref: syntax.Ref) -> list[Named]:
        by_id = self.ids.get(ref.text)
        if by_id and (isinstance(ref, syntax.Word) or ref.text not in self.labels):
            return [by_id]
        found = self.labels.get(ref.text, [])
        if isinstance(ref, syntax.Word):
            # A word names what has no id of its own, too: `stream Refine -> …` gives it one.
            return [one for one in found if one.thing.id is None]
        return found

    def find(self, ref: syntax.Ref, roles: frozenset[str], log: Log, code: Code) -> str | None:
        """The key that a name stands for, among things of some roles; None after a diagnostic."""
        all_found = self.named(ref)
        found = [one for one in all_found if one.role in roles]
        if len(found) == 1:
            return found[0].thing.key
        if self._renewed():
            return self.find(ref, roles, log, code)
        if len(found) > 1:
            self._ambiguous(ref, found, log)
        else:
            self._unknown(ref, all_found, roles, log, code)
        return None

    def _ambiguous(self, ref: syntax.Ref, found: list[Named], log: Log) -> None:
        labels = tuple(Label(one.thing.span, f"this {one.role} is one") for one in found[:4])
        message = f"{len(found)} things are called `{shorten(ref.text)}`"
        hint = "give the one that is meant an id, and use the id here"
        log.add(structure.AMBIGUOUS_LABEL.at(ref.span, message, hint=hint, labels=labels))

    def _unknown(
        self,
        ref: syntax.Ref,
        other: list[Named],
        roles: frozenset[str],
        log: Log,
        code: Code,
    ) -> None:
        text = shorten(ref.text)
        if other:
            wanted = " or ".join(sorted(roles & STOPS, reverse=True)) or "part of the stream"
            message = f"`{text}` is {an(other[0].role)}, and {an(wanted)} is wanted here"
            labels = (Label(other[0].thing.span, "it is written here"),)
            log.add(code.at(ref.span, message, labels=labels))
            return
        name = log.near(ref.text, lambda: self._known_names(roles))
        found = self._known_names(roles)[name] if name else None
        message = f"no {'step' if roles <= STOPS else 'element'} is called `{text}`"
        hint = f"did you mean `{found}`?" if found else self._known(roles)
        log.add(code.at(ref.span, message, hint=hint, fix=_fix(ref, found)))

    def _known(self, roles: frozenset[str]) -> str:
        if len(self.ids) > FEW:
            return ""
        names = [f"`{name}`" for name, one in self.ids.items() if one.role in roles]
        return "there is " + ", ".join(names) if names else ""

    def _known_names(self, roles: frozenset[str]) -> dict[str, str]:
        """How each thing of some roles is written: its id, else its label in quotes."""
        labels = {
            label: named[0].thing.id or f'"{label}"'
            for label, named in self.labels.items()
            if named and named[0].role in roles
        }
        return labels | {name: name for name, one in self.ids.items() if one.role in roles}

    def link(self, link: syntax.Link, log: Log, roles: frozenset[str]) -> Named | None:
        """The one link that joins this pair."""
        start = self.find(link.start, PLACES, log, structure.UNKNOWN_TARGET)
        end = self.find(link.ends[0], PLACES, log, structure.UNKNOWN_TARGET)
        if start is None or end is None:
            return None
        found = [one for one in self.links.get((start, end), ()) if one.role in roles]
        if len(found) == 1:
            return found[0]
        if self._renewed():
            return self.link(link, log, roles)
        text = shorten(f"{link.start.text} -> {link.ends[0].text}")
        if found:
            labels = tuple(Label(one.thing.span, "one of them") for one in found[:4])
            hint = "give the one that is meant an id, and use the id here"
            message = f"{len(found)} links join `{text}`"
            log.add(structure.AMBIGUOUS_LINK.at(link.span, message, hint=hint, labels=labels))
        else:
            log.add(self._no_link(link, text, start, end))
        return None

    def _no_link(self, link: syntax.Link, text: str, start: str, end: str) -> Diagnostic:
        message = f"no link joins `{text}`"
        fix, hint = None, ""
        if (end, start) in self.links:
            other = f"{link.ends[0].span.text} -> {link.start.span.text}"
            hint, fix = f"did you mean `{other}`?", replacing(link.span, other)
        elif ends := [b for a, b in self.links if a == start]:
            hint = f"from `{link.start.text}` there is `{link.start.text} -> {ends[0]}`"
        return structure.UNKNOWN_LINK.at(link.span, message, hint=hint, fix=fix)


def _pairs(link: Link) -> list[tuple[str, str]]:
    ends = (link.end,) if isinstance(link, Rework) else link.ends
    return [(link.start, end) for end in ends]


def _fix(ref: syntax.Ref, found: str | None) -> Fix | None:
    if found is None or ref.span.text != ref.text:
        return None
    if found.strip('"') == ref.text:
        return replacing(ref.span, found)  # a label that only lacks its quotes
    return fix_of(ref.span, ref.text, found)
