"""The command that is running, as people would type it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from vsmdsl.cli.declared import Argument, Verb


def command_line(verb: Verb, said: Mapping[str, Any]) -> str:
    """What says all that to a verb, in one line that a shell takes, the usual left out.

    `said` is by the names of the verb's parameters.
    """
    return shlex.join(["vsm", verb.name, *_words(verb, said)])


def _words(verb: Verb, said: Mapping[str, Any]) -> Iterator[str]:
    for one in verb.said:
        value = said.get(one.name, one.default)
        if isinstance(one, Argument):
            yield from value if isinstance(value, tuple) else [str(value)]
        elif value != one.default:
            yield one.flags[-1]
            if one.flag is None:
                yield f"{value:g}" if isinstance(value, float) else str(value)
