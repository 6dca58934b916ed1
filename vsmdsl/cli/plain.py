"""A command line with nothing to be said about it, read without `click`.

Only what leaves no doubt is read here: flags as they are declared, each with its value in the next
word, words that stand by themselves, values that are what they say. All else is left to `click`,
which knows more ways to say it, and knows what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vsmdsl.cli.declared import Argument, Choice, FileName, Option, Text, Verb


def read(verb: Verb, words: Sequence[str]) -> dict[str, Any] | None:
    """What these words say to a verb, by the names of its parameters; None if `click` is to say."""
    flags = {flag: one for one in verb.said if isinstance(one, Option) for flag in one.flags}
    found: dict[str, Any] = {}
    alone: list[str] = []
    left = iter(words)
    for word in left:
        if word == "-" or not word.startswith("-"):
            alone.append(word)
            continue
        option = flags.get(word)
        value = _value(option, left) if option else None
        if option is None or value is None or option.name in found:
            return None
        found[option.name] = value
    arguments = [one for one in verb.said if isinstance(one, Argument)]
    placed = _placed(arguments, alone)
    return None if placed is None else {**_unsaid(verb), **found, **placed}


def _value(option: Option, left: Iterator[str]) -> Any:
    if option.flag is not None:
        return option.flag
    word = next(left, None)
    if word is None or option.many or (word.startswith("-") and word != "-"):
        return None
    return _taken(option, word)


def _taken(said: Option | Argument, word: str) -> str | None:
    """The word, where the kind takes it as it is; None where that is to be looked at."""
    kind = said.kind
    if isinstance(kind, Choice):
        return word if word in kind.words else None
    return word if isinstance(kind, Text | FileName) else None


def _placed(arguments: Sequence[Argument], words: list[str]) -> dict[str, Any] | None:
    if len(arguments) != 1:
        return None if words or arguments else {}
    argument = arguments[0]
    if not words:
        return None if argument.required else {argument.name: argument.default}
    taken = [_taken(argument, word) for word in words]
    if None in taken or not (argument.many or len(taken) == 1):
        return None
    return {argument.name: tuple(taken) if argument.many else taken[0]}


def _unsaid(verb: Verb) -> dict[str, Any]:
    return {one.name: one.default for one in verb.said}
