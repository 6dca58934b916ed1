"""From a word that does not fit to a message that helps: guesses first, then the plain truth."""

from __future__ import annotations

from vsmdsl.language.codes import writing
from vsmdsl.language.diagnostics import Diagnostic, Edit, Fix, replacing
from vsmdsl.language.guesses import parts, statements, values
from vsmdsl.language.guesses.trouble import Trouble
from vsmdsl.language.slips import is_slip
from vsmdsl.language.source import Span
from vsmdsl.language.words import KEYS, WORDS


def explain(trouble: Trouble) -> Diagnostic:
    """The message about a word that does not fit."""
    for row in (*statements.ROWS, *values.ROWS, *parts.ROWS):
        found = row.answer(trouble)
        if found:
            return found
    if trouble.at == trouble.begun:
        return _first_word(trouble)
    if trouble.previous and trouble.previous[0] in ("KEY", "QUOTED_KEY"):
        return _missing_value(trouble)
    if trouble.kind == "SEP":
        return _unfinished(trouble)
    return _unexpected(trouble)


# What can follow, in words, for the kinds of words that the grammar knows.
_WANTED = {
    "NAME": "a name", "STRING": 'a label in quotes, "…"', "ARROW": "`->`",
    "KEY": "a key, `key=value`", "COMPARE": "`<=`, `<`, `>=` or `>`",
    "MEASURE": "a value", "LBRACE": "a block, `{ … }`",
    "CLAUSE_WORD": "`on`, `from`, `to`, `of`, `in`, `after` or `before`", "RPAR": "`)`",
    "COMMA": "`,`", "PLUS": "`+`", "SEP": "the end of the line",
}  # fmt: skip

_SHAPES = {
    "info": 'info customer -> planning "orders"',
    "shipment": "shipment supplier -> stamping every=1w",
    "rework": 'rework test -> dev 20% "defects"',
    "metric": "metric change_fail_rate = 15%",
    "goal": "goal lead_time <= 24d",
    "apply": "apply slo, auto",
    "remove": "remove approve",
    "include": 'include "teams.vsm"',
    "stream": "stream Refine 2h -> 3d -> Develop 3d/5d 85%",
}


def _first_word(trouble: Trouble) -> Diagnostic:
    if trouble.kind == "LBRACE":
        message = "this block belongs to no statement"
        return writing.UNEXPECTED.at(
            trouble.place, message, hint="a block stands behind the head of a statement"
        )
    if trouble.kind not in ("NAME", "STRING", "MEASURE", "DOTTED", "NUMBER"):
        message = f"no statement begins with `{_short(trouble.place.text)}`"
        hint = 'a line begins with its word, as in `step dev "Develop" pt=3d`'
        return writing.UNKNOWN_STATEMENT.at(trouble.place, message, hint=hint)
    near = _nearest(trouble.first) if trouble.kind == "NAME" else ""
    if near:
        message = f"no statement begins with `{trouble.first}`"
        fix = replacing(trouble.place, near) if is_slip(trouble.first, near) else None
        return writing.UNKNOWN_STATEMENT.at(
            trouble.place, message, hint=f"did you mean `{near}`?", fix=fix
        )
    return _without_word(trouble)


def _without_word(trouble: Trouble) -> Diagnostic:
    rest = {kind for kind, _, _ in trouble.tokens[trouble.begun + 1 : _end(trouble)]}
    known = {
        KEYS.get(trouble.text[start : end - 1].strip().lower(), "")
        for kind, start, end in trouble.tokens[trouble.begun + 1 : _end(trouble)]
        if kind == "KEY"
    }
    only_words = rest <= {"NAME", "CLAUSE_WORD", "NONE", "COMMA", "BAD"} and trouble.kind == "NAME"
    if only_words and len(trouble.first) > 1:
        message = f"no statement begins with `{_short(trouble.first)}`"
        hint = "a remark begins with `#`, a step with `step`"
        return writing.UNKNOWN_STATEMENT.at(trouble.place, message, hint=hint)
    fix = None
    if known & {"pt", "lt", "ca", "team", "ct"}:
        here = Span(trouble.source, trouble.place.start, trouble.place.start)
        fix = Fix("write `step` in front", (Edit(here, "step "),))
    message = "the line lacks its statement word"
    hint = "write `step` before what is done, `queue` before what waits"
    return writing.MISSING_WORD.at(trouble.place, message, hint=hint, fix=fix)


def _end(trouble: Trouble) -> int:
    at = trouble.begun
    while at < len(trouble.tokens) and trouble.tokens[at][0] not in ("SEP", "LBRACE"):
        at += 1
    return at


def _missing_value(trouble: Trouble) -> Diagnostic:
    assert trouble.previous
    _, start, end = trouble.previous
    key = trouble.text[start : end - 1].strip()
    sign = Span(trouble.source, end - 1, end)
    if trouble.kind in ("SEP", "KEY", "QUOTED_KEY", "LBRACE", "CLAUSE_WORD", "RPAR", "COMMA"):
        hint = f"write `{key}=?` if nobody knows it yet"
        return writing.MISSING_VALUE.at(sign, f"`{key}` has no value", hint=hint)
    message = f"`{_short(trouble.place.text)}` is no value for `{key}`"
    return writing.UNEXPECTED.at(trouble.place, message, hint=_values())


def _values() -> str:
    return 'a value is `3d`, `85%`, `20/month`, `2h..8h`, a word, or a text in quotes: "…"'


def _unfinished(trouble: Trouble) -> Diagnostic:
    what = f"`{trouble.word}`" if trouble.word else "the line"
    message = f"{what} ends before it is complete: {_wanted(trouble)} is missing"
    shape = _SHAPES.get(trouble.word, "")
    return writing.UNFINISHED.at(trouble.place, message, hint=f"as in `{shape}`" if shape else "")


def _unexpected(trouble: Trouble) -> Diagnostic:
    where = f"in this `{trouble.word}`" if trouble.word else "here"
    message = f"`{_short(trouble.place.text)}` has no place {where}"
    wanted = _wanted(trouble)
    return writing.UNEXPECTED.at(trouble.place, message, hint=f"what can stand here: {wanted}")


def _wanted(trouble: Trouble) -> str:
    found = [words for kind, words in _WANTED.items() if trouble.accepts(kind)]
    if not found:
        return "nothing"
    if len(found) > 4:
        return "word, id, label, bare values, keys and clauses, block: in this order"
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} or {found[-1]}"


def _nearest(word: str) -> str:
    from difflib import get_close_matches  # only a mistake needs it

    found = get_close_matches(word.lower(), WORDS, n=1, cutoff=0.7)
    return WORDS[found[0]] if found and len(word) > 2 else ""


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "…"
