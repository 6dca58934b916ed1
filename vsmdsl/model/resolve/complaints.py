"""What to say where a statement holds something that it may not hold."""

from __future__ import annotations

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.language.words import KEYS
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.schema import STREAM_WORDS, Shape
from vsmdsl.model.resolve.spelling import fix_of
from vsmdsl.model.resolve.texts import shorten
from vsmdsl.model.resolve.times import is_time

TIMES = {"time", "duration", "wait"}
SHARES = {"share", "percent"}
COUNTS = {"count", "known_count", "rate"}


def no_place(log: Log, span: Span, word: str, hint: str = "") -> None:
    """A bare value, a label or a link where none can stand."""
    message = f"`{word}` has no place for `{shorten(span.text)}`"
    log.add(structure.UNEXPECTED_VALUE.at(span, message, hint=hint))


def no_key(log: Log, value: syntax.Value, word: str, shape: Shape) -> None:
    """A bare value more than the statement takes; it may have a key of its own."""
    kinds = COUNTS
    if is_time(value):
        kinds = TIMES
    elif isinstance(value, syntax.Percent):
        kinds = SHARES
    keys = [f"`{key}=`" for key, kind in shape.keys.items() if kind.reads in kinds]
    hint = f"write it with its key: {', '.join(keys[:8])}" if keys else ""
    no_place(log, value.span, word, hint)


def extra_name(log: Log, word: syntax.Word, statement: syntax.Statement) -> None:
    """A second name."""
    message = f"`{statement.word}` has no place for the name `{word.text}`"
    hint = "a label of several words stands in double quotes"
    log.add(structure.UNEXPECTED_NAME.at(word.span, message, hint=hint))


def only_one(log: Log, ref: syntax.Ref, what: str) -> None:
    """A list of names where one is meant."""
    message = f"{what}; `{shorten(ref.text)}` is one too many"
    log.add(structure.UNEXPECTED_NAME.at(ref.span, message, hint="write a line for each"))


def unknown_key(log: Log, word: str, attr: syntax.Attr, shape: Shape) -> None:
    """A key that the statement does not have."""
    name = attr.key.text
    spellings = {spelling: key for spelling, key in KEYS.items() if key in shape.keys}
    found = log.word(name, {**spellings, **{key: key for key in shape.keys}})
    if found:
        hint = f"did you mean `{spellings.get(found, found)}`?"
    elif shape.rows:
        hint = f'a row of your own has its name in quotes: `"{name}" = …`, in a block'
    else:
        keys = ", ".join(f"`{key}`" for key in shape.keys)
        hint = f"its keys are {keys}" if keys else f"`{word}` takes no keys"
    fix = fix_of(attr.key.span, name, spellings.get(found, found)) if found else None
    message = f"`{word}` has no key `{shorten(name)}`"
    log.add(structure.UNKNOWN_KEY.at(attr.key.span, message, hint=hint, fix=fix))


def twice(log: Log, attr: syntax.Attr, first: Span) -> None:
    """A key that is there already."""
    labels = (Label(first, "it is given here already"),)
    message = f"`{shorten(attr.key.text)}` is given twice"
    hint = "keep the one that is right"
    log.add(structure.DUPLICATE_KEY.at(attr.key.span, message, hint=hint, labels=labels))


def clause(log: Log, found: syntax.Clause, statement: syntax.Statement, shape: Shape) -> None:
    """An `on`, `from`, `to` … that the statement does not take, or takes once."""
    known = sorted(shape.clauses)
    again = found.word in shape.clauses
    message = f"`{statement.word}` takes no `{found.word} …`"
    if again:
        message = f"`{statement.word}` takes `{found.word} …` once"
    hint = f"it takes {' and '.join(f'`{word} …`' for word in known)}" if known else ""
    if statement.word in STREAM_WORDS and not known:
        hint = "the order of the lines is the order of the flow"
    log.add(structure.UNEXPECTED_CLAUSE.at(found.span, message, hint="" if again else hint))


def misplaced(log: Log, around: syntax.Statement, entries: list[syntax.Statement]) -> None:
    """Statements that may not stand in the block of another: one message for all of them."""
    known = [entry for entry in entries if entry.word]  # the others are answered already
    if not known:
        return
    entry, more = known[0], len(known) - 1
    message = f"`{entry.word}` may not stand in `{around.word}`"
    if more:
        message += f", nor may {'the one' if more == 1 else f'the {more}'} after it"
    hint = _where(entry.word, around.word)
    log.add(structure.MISPLACED_STATEMENT.at(entry.keyword.span, message, hint=hint))


def _where(word: str, around: str) -> str:
    if around == "choice":
        return "put it into a `branch`"
    if around in ("future", "kaizen") and word in STREAM_WORDS:
        return "a new element stands inside `insert after … { … }` or `replace … { … }`"
    if word == "branch":
        return "a `branch` stands in `parallel` or `choice`"
    if word in ("apply", "set", "remove", "insert", "replace", "move"):
        return "changes stand in `future` and in `kaizen`"
    return "write it on a line of its own, outside of the block"
