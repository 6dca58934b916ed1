"""A state of the map in the making: what was changed so far, and who can be spoken of now."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.language.codes import advice, structure
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.model import changes
from vsmdsl.model.changes import (
    AddElement,
    AddThing,
    Change,
    RemoveElement,
    RemoveThing,
    SetField,
    keys_in,
)
from vsmdsl.model.resolve.elements import Elements
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.names import CHANGEABLE, Keys, Named, Scope
from vsmdsl.model.resolve.reading import Reading
from vsmdsl.model.resolve.site import Site
from vsmdsl.model.resolve.texts import shorten
from vsmdsl.model.stream import Kaizen, Team, ValueStream
from vsmdsl.record import field, record

LINKS = ("infos", "shipments", "reworks")
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
    """Carries out changes on `stream`, one by one, and keeps the books."""

    stream: ValueStream
    reading: Reading
    log: Log
    promises: Promises
    teams_declared: bool
    placed: list[Placed] = field(default_factory=list)
    changed: dict[str, Span] = field(default_factory=dict)  # where a thing was last changed
    gone: dict[str, Span] = field(default_factory=dict)  # names of what was removed, and where
    scope_now: Scope | None = None  # given where it is known: many blocks start from one state
    _set: dict[tuple[str, str], Placed] = field(default_factory=dict)
    _owned: bool = False
    _keys: Keys | None = None
    _ids: dict[str, Span] | None = None

    def do(self, change: Change, span: Span) -> None:
        """Note a change and carry it out."""
        before = self.stream
        if isinstance(change, SetField):
            self._overridden(change, span)
        if not isinstance(change, AddThing | AddElement):
            self.changed[change.target] = span
        self.placed.append(Placed(change, span))
        self.stream = changes.apply(before, (change,))
        self._keep_books(change, before)

    def _keep_books(self, change: Change, before: ValueStream) -> None:
        """Bring the names up to date: little by little, since a future may hold many changes."""
        match change:
            case AddElement(element=element) if self.scope_now:
                self._own_scope().add(element)
            case RemoveElement(target=target) if found := before.find(target):
                gone = keys_in(found)
                self.keys().taken.difference_update(gone)
                if self.scope_now:
                    self._own_scope().forget(found)
                if any(getattr(before, name) != getattr(self.stream, name) for name in LINKS):
                    self.scope_now = None
                self._ids = None
            case RemoveThing(target=target):
                self.keys().taken.discard(target)
                self.scope_now = self._ids = None
            case AddThing(collection=collection) if collection in NAMED:
                self.scope_now = None
            case SetField(field="label" | "ends"):
                self.scope_now = None
            case _:
                pass

    def _own_scope(self) -> Scope:
        """The scope, before it is changed; it may be shared with other blocks until then."""
        if not self._owned:
            self.scope_now = self.scope.copy()
            self._owned = True
        return self.scope

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
            taken = {one.key for one in self.stream.everything}
            for collection in changes.COLLECTIONS:
                if collection != "teams":  # a room of their own
                    taken |= {one.key for one in getattr(self.stream, collection)}
            self._keys = Keys(taken)
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
        teams: dict[str, Team] = {team.key: team for team in self.stream.teams}
        return Elements(
            self.reading,
            self.log,
            self.keys(),
            self.ids(),
            teams,
            self.teams_declared,
            structure.STEP_AGAIN,
        )

    def add_teams(self, builder: Elements) -> None:
        """Declare the teams that new elements were the first to name."""
        for team in builder.teams.values():
            if self.stream.team(team.key) is None:
                self.do(AddThing("teams", team), team.span)


def refs(statement: syntax.Statement) -> list[syntax.Ref | syntax.Link]:
    """The names and links that a statement lists, in order."""
    kinds = syntax.Word | syntax.Text | syntax.Link
    return [one for one in statement.items if isinstance(one, kinds)]
