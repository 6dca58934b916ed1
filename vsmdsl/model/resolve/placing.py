"""`insert`, `replace` and `move`: where elements stand in the stream."""

from __future__ import annotations

from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.language.source import Span
from vsmdsl.model.changes import LINKS, AddElement, AddThing, MoveElement, Place, RemoveElement
from vsmdsl.model.resolve import complaints
from vsmdsl.model.resolve.changing import Changing, refs
from vsmdsl.model.resolve.fields import head
from vsmdsl.model.resolve.names import ELEMENTS, Named
from vsmdsl.model.resolve.removing import note_gone, warn
from vsmdsl.model.resolve.schema import STREAM_WORDS
from vsmdsl.model.stream import FORKS, Branch, Choice, Parallel

Lost = list[tuple[str, Any]]  # links, each with the collection that it stood in


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
    grove = to.bench.grove
    if not isinstance(grove.things[place.key], Branch if beside else FORKS):
        return None
    fork = grove.things[grove.owner[place.key] or "" if beside else place.key]
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
    grove = to.bench.grove
    keys = grove.run(first.thing.key, last.thing.key)
    span = head(statement)
    if not keys:
        names = (one.thing.id or one.thing.label for one in (first, last))
        message = "from `{}` to `{}` is no run of neighbours".format(*names)
        hint = "both stand in one line of the stream, the earlier one first"
        to.log.add(structure.REPLACE_BACKWARD.at(span, message, hint=hint))
        return
    place, lost = grove.in_front_of(keys[0]), _taken_out(to, keys, span)
    _put(to, statement, place)
    _keep_links(to, lost)
    gone = [link for name, link in lost if to.bench.thing(name, link.key) is None]
    warn(to, gone, first.thing, span)


def _taken_out(to: Changing, keys: list[str], span: Span) -> Lost:
    """Remove elements; the links that went with them, in their order."""
    before = {name: to.bench.all_of(name) for name in LINKS if len(keys) > 1}
    pruned: dict[tuple[str, str], Any] = {}  # as they were before the first of the elements went
    for key in keys:
        if (one := to.bench.find(key)) is not None:
            note_gone(to, one, span)
        for old, _ in to.do(RemoveElement(key), span):
            pruned.setdefault((room_of(old), old.key), old)
    told = [(name, link) for (name, _), link in pruned.items()]
    lost = [(name, link) for name, link in told if to.bench.thing(name, link.key) is None]
    if len(lost) > 1 and before:
        there = {name: {one.key: at for at, one in enumerate(before[name])} for name in LINKS}
        lost.sort(key=lambda one: (LINKS.index(one[0]), there[one[0]][one[1].key]))
    return lost


def room_of(link: Any) -> str:
    """The collection that a link stands in."""
    return f"{type(link).__name__.lower()}s"


def _keep_links(to: Changing, lost: Lost) -> None:
    """Bring back the links whose ends were replaced by elements of the same name."""
    for collection, link in lost:
        ends = (link.start, *(getattr(link, "ends", ()) or (link.end,)))
        if all(to.bench.find(end) or to.bench.thing("parties", end) for end in ends):
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
    if to.bench.grove.within(place.key, named.thing.key):
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
