"""Changes as they are written, in order: what kaizens promise and what futures set."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from vsmdsl.language import syntax
from vsmdsl.language.codes import advice, structure
from vsmdsl.language.diagnostics import Label, replacing
from vsmdsl.model.changes import AddThing, RemoveThing
from vsmdsl.model.resolve import complaints
from vsmdsl.model.resolve.around import COLLECTION_OF, build
from vsmdsl.model.resolve.changing import Changing, Promise, refs
from vsmdsl.model.resolve.fields import block_statements
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.names import Named
from vsmdsl.model.resolve.schema import CHANGE_WORDS, STREAM_WORDS
from vsmdsl.model.resolve.settling import settle
from vsmdsl.model.resolve.texts import shorten
from vsmdsl.model.stream import Kaizen, Team, Thing
from vsmdsl.record import replace

Reader = Callable[[Changing, syntax.Statement], None]

PROMISED = CHANGE_WORDS - {"apply"} | STREAM_WORDS


def read_changes(to: Changing, statements: Iterable[syntax.Statement]) -> None:
    """All changes of a block, in order; teams first, since steps may name them."""
    for statement in sorted(statements, key=lambda one: one.word != "team"):
        _reader(statement.word)(to, statement)


def _read_other(to: Changing, statement: syntax.Statement) -> None:
    if statement.word in STREAM_WORDS:
        _read_loose(to, statement)
    elif statement.word != "goal":  # goals are read when the future is complete
        _read_added(to, statement)


def promised(kaizen: Kaizen, statement: syntax.Statement, start: Callable[[], Changing]) -> Promise:
    """A kaizen with the changes that it would make by itself."""
    inner = tuple(one for one in block_statements(statement) if one.word in PROMISED)
    to = start()
    read_changes(to, inner)
    to.log = Log()  # whether all fits together is asked of futures, where all is applied
    settle(to)
    return Promise(replace(kaizen, changes=tuple(one.change for one in to.placed)), inner)


# --- apply


def read_apply(to: Changing, statement: syntax.Statement) -> None:
    """`apply slo, auto`: what the kaizens promise, read where it is applied."""
    found = refs(statement)
    to.reading.rest(statement, found)
    for ref in found:
        if isinstance(ref, syntax.Link):
            complaints.no_place(to.log, ref.span, "apply", "it takes the ids of kaizens")
        elif promise := _promise(to, ref):
            _warn_dropped(to, promise.kaizen, ref)
            read_changes(to, promise.statements)


def _promise(to: Changing, ref: syntax.Ref) -> Promise | None:
    by_label = (one for one in to.promises.values() if one.kaizen.label == ref.text)
    found = to.promises.get(ref.text) or next(by_label, None)
    if found is None:
        hint = to.log.hint(ref.text, to.promises)
        message = f"no kaizen is called `{shorten(ref.text)}`"
        to.log.add(structure.UNKNOWN_KAIZEN.at(ref.span, message, hint=hint))
    return found


def _warn_dropped(to: Changing, kaizen: Kaizen, ref: syntax.Ref) -> None:
    if kaizen.status == "dropped":
        message = f"the kaizen `{ref.text}` was dropped, and is applied here"
        labels = (Label(kaizen.span, "its status says so"),)
        hint = "take it out of the future, or change its `status`"
        to.log.add(advice.DROPPED_KAIZEN.at(ref.span, message, hint=hint, labels=labels))


# --- what a future adds


def _read_added(to: Changing, statement: syntax.Statement) -> None:
    thing = build(to.site(), statement)
    if thing is None or (isinstance(thing, Team) and _is_there(to, thing)):
        return
    if isinstance(thing, Kaizen):
        promise = promised(thing, statement, lambda: _from_here(to))
        to.promises = to.promises | {thing.id or thing.key: promise}
        thing = promise.kaizen
    collection = COLLECTION_OF[statement.word]
    if collection == "metrics":
        thing = _stated_anew(to, thing)
    to.do(AddThing(collection, thing), thing.span)


def _stated_anew(to: Changing, metric: Thing) -> Thing:
    """A metric takes the place of that with its name."""
    if to.metrics is None:
        to.metrics = {}
        for one in to.bench.all_of("metrics"):
            to.metrics.setdefault(one.id, []).append(one.key)
    olds = to.metrics.get(metric.id, ())
    for old in olds:
        to.do(RemoveThing("metrics", old), metric.span)
        metric = replace(metric, key=old)
    to.metrics[metric.id] = [metric.key]
    return metric


def _is_there(to: Changing, team: Team) -> bool:
    old = to.bench.thing("teams", team.key)
    if old is not None:
        labels = (Label(old.span, "it is taken here"),)
        message = f"the team `{team.key}` is there already"
        hint = f"to change it, write `set {team.key} …`"
        found = structure.DUPLICATE_ID.at(team.span, message, hint=hint, labels=labels)
        to.log.add(found)
    return old is not None


def _from_here(to: Changing) -> Changing:
    """Another block of changes that starts from the state reached here."""
    from vsmdsl.model.bench import Bench  # hardly ever needed

    return Changing(Bench(to.stream), to.reading, to.log, {}, to.teams_declared, scope_now=to.scope)


def _read_loose(to: Changing, statement: syntax.Statement) -> None:
    """A stream statement outside of `insert`: a new element, or one that is there already."""
    words = statement.of_kind(syntax.Word)
    known = to.scope.ids.get(words[0].text) if words else None
    if known is not None:
        _again(to, statement, words[0], known)
        return
    message = f"`{statement.word}` may not stand here by itself"
    hint = "a new element stands inside `insert after … { … }` or `replace … { … }`"
    place = statement.keyword.span
    to.log.add(structure.MISPLACED_STATEMENT.at(place, message, hint=hint))


def _again(to: Changing, statement: syntax.Statement, word: syntax.Word, known: Named) -> None:
    message = f"`{word.text}` is in the stream already"
    labels = (Label(known.thing.span, "it is written here"),)
    hint = f"to change it, write `set {word.text} …`"
    kinds = syntax.Word | syntax.Text | syntax.Attr
    plain = all(isinstance(item, kinds) for item in statement.items)
    fix = replacing(statement.keyword.span, "set") if plain else None
    to.log.add(structure.STEP_AGAIN.at(word.span, message, hint=hint, labels=labels, fix=fix))


def _reader(word: str) -> Reader:
    """What reads a change: loaded with the first of its kind, since many maps have none."""
    match word:
        case "apply":
            return read_apply
        case "set":
            from vsmdsl.model.resolve.setting import read_set

            return read_set
        case "remove":
            from vsmdsl.model.resolve.removing import read_remove

            return read_remove
        case "insert" | "replace" | "move":
            from vsmdsl.model.resolve import placing

            return {
                "insert": placing.read_insert,
                "replace": placing.read_replace,
                "move": placing.read_move,
            }[word]
        case _:
            return _read_other
