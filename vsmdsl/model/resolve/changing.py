"""A state of the map in the making: what was changed so far, and who can be spoken of now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import advice, structure
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.model.changes import (
    LINKS,
    AddElement,
    AddThing,
    Change,
    MoveElement,
    RemoveElement,
    RemoveThing,
    SetField,
    everything_in,
)
from vsmdsl.model.resolve.elements import Elements
from vsmdsl.model.resolve.keys import Keys, Taken
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.names import CHANGEABLE, Named, Scope
from vsmdsl.model.resolve.reading import Reading
from vsmdsl.model.resolve.site import Site
from vsmdsl.model.resolve.texts import shorten
from vsmdsl.model.stream import Kaizen, Team, Thing, ValueStream
from vsmdsl.record import field, record

if TYPE_CHECKING:
    from vsmdsl.model.bench import Bench, Pruned

FEW = 100  # names
NAMED = (*LINKS, "teams", "parties")  # what changes can speak of, beside the elements


@record
class Placed:
    """A change and the place in the text that asks for it."""

    change: Change
    span: Span


@record
class Promise:
    """A kaizen with the statements of its block: `apply` reads them where it stands."""

    kaizen: Kaizen
    statements: tuple[syntax.Statement, ...]


Promises = dict[str, Promise]  # by the id of the kaizen, else by its key


@record(frozen=False)
class Changing:
    """Carries out changes on the `bench`, one by one, and keeps the books."""

    bench: Bench
    reading: Reading
    log: Log
    promises: Promises
    teams_declared: bool
    placed: list[Placed] = field(default_factory=list)
    changed: dict[str, Span] = field(default_factory=dict)  # where a thing was last changed
    gone: dict[str, Span] = field(default_factory=dict)  # names of what was removed, and where
    scope_now: Scope | None = None  # given where it is known: many blocks start from one state
    _late: list[Callable[[Scope], None]] = field(default_factory=list)  # what it must still hear
    _set: dict[tuple[str, str], Placed] = field(default_factory=dict)
    _owned: bool = False
    _keys: Keys | None = None
    _ids: dict[str, Span] | None = None
    _teams: dict[str, Team] | None = None
    metrics: dict[str | None, list[str]] | None = None  # the keys of what is stated, by name
    crews: dict[str, list[str]] | None = None  # the steps of each team

    @property
    def stream(self) -> ValueStream:
        """The state reached so far: all of it, so better ask the bench for a part."""
        return self.bench.stream

    def do(self, change: Change, span: Span) -> Pruned:
        """Note a change and carry it out; what became of links that spoke of what is gone."""
        if isinstance(change, SetField):
            self._overridden(change, span)
        if not isinstance(change, AddThing | AddElement):
            self.changed[change.target] = span
        self.placed.append(Placed(change, span))
        before = self._before(change)
        pruned = self.bench.do(change)
        self._keep_books(change, before, pruned)
        return pruned

    def _before(self, change: Change) -> Any:
        """What a change is about, where the books must know it as it was."""
        match change:
            case RemoveElement(target=target):
                return self.bench.find(target)
            case RemoveThing(collection=collection, target=target):
                return self.bench.thing(collection, target)
            case SetField(target=target, field="label" | "ends" | "team"):
                return self._speakable(target)
            case _:
                return None

    def _speakable(self, key: str) -> Any:
        found: Any = self.bench.find(key)
        if found is None:
            told = (self.bench.thing(name, key) for name in ("teams", "parties", *LINKS))
            found = next((one for one in told if one is not None), None)
        return found

    def _keep_books(self, change: Change, before: Any, pruned: Pruned) -> None:
        """Bring the names up to date: little by little, since a future may hold many changes."""
        match change:
            case AddElement(element=element):
                self._tell(lambda scope: scope.add(element))
                self.crews = None
            case RemoveElement() if before is not None:
                gone = everything_in(before)
                self.keys().taken.free(one.key for one in gone)
                self._tell(lambda scope: scope.forget(before))
                self._unlinked(pruned)
                self._free(gone)
            case RemoveThing(target=target):
                self.keys().taken.free((target,))
                if before is not None:
                    self._tell_or_forget(lambda scope: scope.forget_thing(before))
                    self._free([before])
                self._unlinked(pruned)
                self._teams = None
            case AddThing(collection=collection, thing=thing) if collection in NAMED:
                self._tell_or_forget(lambda scope: scope.add_thing(thing))
                self._teams = self._teams if collection != "teams" else None
            case SetField(target=target, field="label" | "ends") if before is not None:
                after = self._speakable(target)
                self._tell_or_forget(lambda scope: scope.call_anew(before, after))
                self._teams = None if isinstance(before, Team) else self._teams
            case SetField(field="team", value=value) if before is not None:
                self.crews = self.crews if set(value or ()) <= set(before.team) else None
            case MoveElement():
                self.crews = None
            case _:
                pass

    def _tell(self, what: Callable[[Scope], None]) -> None:
        """Let the scope hear of a change when it is next asked for, if it is."""
        if self.scope_now is not None:
            self._late.append(what)

    def _tell_or_forget(self, what: Callable[[Scope], None]) -> None:
        """The same, where a scope of few names is as quickly read anew."""
        if self.scope_now is not None and len(self.scope_now.ids) <= FEW:
            self.scope_now = None
            self._late.clear()
        self._tell(what)

    def _unlinked(self, pruned: Pruned) -> None:
        for old, new in pruned:
            self._tell_or_forget(lambda scope, old=old, new=new: scope.relink(old, new))  # type: ignore[misc]
        self._free([old for old, new in pruned if new is None])

    def _free(self, gone: Iterable[Thing]) -> None:
        """Ids of what is gone may be given anew; teams have others."""
        for one in gone if self._ids is not None else ():
            if one.id and not isinstance(one, Team):
                self._ids.pop(one.id, None)  # type: ignore[union-attr]

    def _overridden(self, change: SetField, span: Span) -> None:
        """Say that an earlier change of the same key does not count (W410)."""
        what = (change.target, change.field)
        earlier = self._set.get(what)
        self._set[what] = Placed(change, span)
        if earlier is None or earlier.span == span or not isinstance(earlier.change, SetField):
            return
        if change.value is None or earlier.change.value in (None, change.value):
            return
        name, labels = change.field.rstrip("_"), (Label(earlier.span, "it is set here first"),)
        message = f"`{name}` of `{shorten(change.target)}` is set twice; this one counts"
        hint = "take out the one that does not count"
        found = advice.CHANGE_OVERRIDDEN.at(span, message, hint=hint, labels=labels)
        self.log.add(found)

    # --- who can be spoken of

    @property
    def scope(self) -> Scope:
        """What can be spoken of now, after the changes so far."""
        if self.scope_now is None:
            self.scope_now = Scope(self.stream)
            self._owned = True
        if self._late:
            if not self._owned:  # it may be shared with other blocks until then
                self.scope_now = self.scope_now.copy()
                self._owned = True
            self.scope_now.source = lambda: self.bench.stream
            late, self._late = self._late, []
            for what in late:
                what(self.scope_now)
        return self.scope_now

    def named(self, ref: syntax.Ref | syntax.Link) -> Named | None:
        """What a change speaks of; None after a diagnostic."""
        if isinstance(ref, syntax.Link):
            return self.scope.link(ref, self.log, frozenset(("info", "shipment", "rework")))
        if not self.scope.named(ref) and ref.text in self.gone:
            labels = (Label(self.gone[ref.text], "it is removed here"),)
            message = f"`{shorten(ref.text)}` is no longer there"
            hint = "changes are carried out in the order of the file"
            found = structure.CHANGE_TO_REMOVED.at(ref.span, message, hint=hint, labels=labels)
            self.log.add(found)
            return None
        key = self.scope.find(ref, CHANGEABLE, self.log, structure.UNKNOWN_TARGET)
        return next((n for n in self.scope.named(ref) if n.thing.key == key), None) if key else None

    def keys(self) -> Keys:
        """Keys that are free in the state reached so far."""
        if self._keys is None:
            self._keys = Keys(Taken(*self.bench.taken()))
        return self._keys

    def ids(self) -> dict[str, Span]:
        """The ids that are taken in the state reached so far."""
        if self._ids is None:
            known = self.scope.ids.items()
            self._ids = {id: named.thing.span for id, named in known if named.role != "team"}
        return self._ids

    # --- builders on this state

    def site(self) -> Site:
        """Where what stands around the stream is built."""
        return Site(self.reading, self.log, self.keys(), self.ids(), self.scope)

    def elements(self) -> Elements:
        """The builder of new elements."""
        if self._teams is None:
            self._teams = {team.key: team for team in self.bench.all_of("teams")}
        return Elements(
            self.reading,
            self.log,
            self.keys(),
            self.ids(),
            self._teams,
            self.teams_declared,
            structure.STEP_AGAIN,
        )

    def add_teams(self, builder: Elements) -> None:
        """Declare the teams that new elements were the first to name."""
        for team in builder.new_teams:
            if self.bench.thing("teams", team.key) is None:
                self.do(AddThing("teams", team), team.span)
        self._teams = builder.teams


def refs(statement: syntax.Statement) -> list[syntax.Ref | syntax.Link]:
    """The names and links that a statement lists, in order."""
    kinds = syntax.Word | syntax.Text | syntax.Link
    return [one for one in statement.items if isinstance(one, kinds)]
