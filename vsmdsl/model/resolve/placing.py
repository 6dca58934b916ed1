"""`insert`, `replace` and `move`: where elements stand in the stream."""

from __future__ import annotations

from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.model.changes import AddElement, AddThing, MoveElement, Place, RemoveElement, keys_in
from vsmdsl.model.resolve import complaints
from vsmdsl.model.resolve.changing import LINKS, Changing, refs
from vsmdsl.model.resolve.fields import head
from vsmdsl.model.resolve.names import ELEMENTS, Named
from vsmdsl.model.resolve.removing import lost_links, note_gone, warn
from vsmdsl.model.resolve.schema import STREAM_WORDS
from vsmdsl.model.stream import FORKS, Branch, Choice, Parallel, ValueStream

Siblings = tuple[str, tuple[Any, ...]]  # the key of the branch or fork around, and all in it


def read_insert(to: Changing, statement: syntax.Statement) -> None:
    """`insert after dev { … }`."""
    for extra in refs(statement):
        complaints.no_place(to.log, extra.span, "insert", "as in `insert after dev { … }`")
    to.reading.rest(statement, refs(statement))
    place = _place(to, statement)
    if not statement.block or not statement.block.entries:
        message = "what shall be inserted?"
        hint = 'as in `insert after dev { step pair "Pair review" pt=1h }`'
        missing = structure.MISSING_PART.at(head(statement), message, hint=hint)
        to.log.lacking(statement, missing)
    elif place is not None:
        _put(to, statement, place)


def _put(to: Changing, statement: syntax.Statement, place: Place) -> None:
    builder = to.elements()
    group: tuple[Any, ...]
    fork = _fork_around(to, place)
    if fork is None:
        group = builder.build(builder.fitting(statement, STREAM_WORDS))
    else:
        group = tuple(builder.lanes(statement, type(fork).__name__.lower()))
    for element in group:
        to.do(AddElement(element, place), element.span)
        place = Place("after", element.key)
    to.add_teams(builder)


def _fork_around(to: Changing, place: Place) -> Parallel | Choice | None:
    """The fork whose branches stand at a place, if branches stand there."""
    beside = place.side in ("after", "before")
    found = to.stream.find(place.key)
    if not isinstance(found, Branch if beside else FORKS):
        return None
    owner, _ = siblings(to.stream, place.key) if beside else (place.key, ())
    fork = to.stream.find(owner)
    return fork if isinstance(fork, FORKS) else None


# --- replace


def read_replace(to: Changing, statement: syntax.Statement) -> None:
    """`replace review to test { … }`: what points at an element that stays is kept."""
    found = refs(statement)
    to.reading.rest(statement, found[:1])
    clause = next((c for c in statement.of_kind(syntax.Clause) if c.word == "to"), None)
    if not found:
        message = "what shall be replaced?"
        hint = "as in `replace review to test { … }`"
        to.log.lacking(statement, structure.MISSING_PART.at(head(statement), message, hint=hint))
        return
    first = _element(to, found[0])
    last = _element(to, clause.refs[0]) if clause and clause.refs else first
    if first is not None and last is not None:
        _replace(to, statement, first, last)


def _replace(to: Changing, statement: syntax.Statement, first: Named, last: Named) -> None:
    owner, group = siblings(to.stream, first.thing.key)
    keys = [one.key for one in group]
    start = keys.index(first.thing.key)
    end = keys.index(last.thing.key) if last.thing.key in keys else -1
    span = head(statement)
    if end < start:
        names = (one.thing.id or one.thing.label for one in (first, last))
        message = "from `{}` to `{}` is no run of neighbours".format(*names)
        hint = "both stand in one line of the stream, the earlier one first"
        to.log.add(structure.REPLACE_BACKWARD.at(span, message, hint=hint))
        return
    before = to.stream
    for one in group[start : end + 1]:
        note_gone(to, one, span)
        to.do(RemoveElement(one.key), span)
    _put(to, statement, Place("after", keys[start - 1]) if start else Place("first", owner))
    _keep_links(to, before)
    warn(to, lost_links(before, to.stream, ""), first.thing, span)


def _keep_links(to: Changing, before: ValueStream) -> None:
    """Bring back the links whose ends were replaced by elements of the same name."""
    known = {one.key for one in to.stream.everything} | {p.key for p in to.stream.parties}
    for collection in LINKS:
        there = {one.key for one in getattr(to.stream, collection)}
        for link in getattr(before, collection):
            ends = (link.start, *(getattr(link, "ends", ()) or (link.end,)))
            if link.key not in there and known.issuperset(ends):
                to.do(AddThing(collection, link), link.span)


# --- move


def read_move(to: Changing, statement: syntax.Statement) -> None:
    """`move review before test`."""
    found = refs(statement)
    to.reading.rest(statement, found[:1])
    named = _element(to, found[0]) if found else None
    place = _place(to, statement)
    if named is None or place is None:
        return
    moved = to.stream.find(named.thing.key)
    if moved is not None and place.key in keys_in(moved):
        message = f"`{named.thing.label or named.thing.key}` cannot be moved beside itself"
        hint = "name an element that stands outside of it"
        to.log.add(structure.MOVE_INTO_ITSELF.at(head(statement), message, hint=hint))
    elif isinstance(named.thing, Branch) is not (_fork_around(to, place) is not None):
        message = "branches stand beside branches, and steps beside steps"
        hint = "a branch is moved beside a branch; a step beside an element of the stream"
        to.log.add(structure.MISPLACED_STATEMENT.at(head(statement), message, hint=hint))
    else:
        to.do(MoveElement(named.thing.key, place), head(statement))


# --- places


def _element(to: Changing, ref: syntax.Ref | syntax.Link) -> Named | None:
    """An element or a branch; anything else is answered."""
    named = to.named(ref)
    if named is None or named.role in ELEMENTS:
        return named
    message = f"`{ref.span.text}` is a {named.role}; it has no place in the stream"
    hint = "name a step, a queue, a handoff or a fork"
    to.log.add(structure.UNKNOWN_TARGET.at(ref.span, message, hint=hint))
    return None


def _place(to: Changing, statement: syntax.Statement) -> Place | None:
    for clause in statement.of_kind(syntax.Clause):
        if clause.word in ("after", "before") and clause.refs:
            named = _element(to, clause.refs[0])
            return Place(clause.word, named.thing.key) if named else None  # type: ignore[arg-type]
    message = f"`{statement.word}` does not say where"
    hint = f"as in `{statement.word}{' review' if statement.word == 'move' else ''} after dev`"
    to.log.lacking(statement, structure.MISSING_PART.at(head(statement), message, hint=hint))
    return None


def siblings(stream: ValueStream, key: str) -> Siblings:
    """The key of the branch or fork around an element (empty: the stream), and all in it."""
    groups: list[Siblings] = [("", stream.elements)]
    for one in stream.everything:
        if isinstance(one, Branch):
            groups.append((one.key, one.elements))
        elif isinstance(one, FORKS):
            groups.append((one.key, one.branches))
    return next(((o, g) for o, g in groups if any(e.key == key for e in g)), ("", ()))
