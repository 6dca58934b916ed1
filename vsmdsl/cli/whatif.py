"""What if? Options that change a map without touching its file, read like lines of a future."""

from __future__ import annotations

import re

from vsmdsl import pipeline
from vsmdsl.cli import declared, files
from vsmdsl.cli.declared import Function
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.language.source import Source, normalise
from vsmdsl.pipeline import Compiled
from vsmdsl.project import project_loader
from vsmdsl.record import record

KEY = "what-if"
LABEL = "What if"
NAMED = re.compile(r'([^"=]*[^"=\s.])\.([A-Za-z_%&/]+)(\s*=.*)', re.DOTALL)
PLAIN = re.compile(r"[\w.-]+")
LINES = re.compile(r"[\n\r{};#]")


@record
class WhatIf:
    """What `--set` and `--apply` say, in the order they were given, for each kind."""

    sets: tuple[str, ...] = ()
    applied: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sets or self.applied)


def option_set(function: Function) -> Function:
    """`--set TARGET.KEY=VALUE`."""
    return declared.option(
        "--set", name="sets", many=True, metavar="TARGET.KEY=VALUE",
        help="What if? Change this, in memory only (repeatable).",
    )(function)  # fmt: skip


def option_apply(function: Function) -> Function:
    """`--apply KAIZEN`."""
    return declared.option(
        "--apply", name="applied", many=True, metavar="KAIZEN",
        help="What if this improvement were made? (repeatable)",
    )(function)  # fmt: skip


def supposed(one: Input, what: WhatIf, future: str) -> Compiled:
    """The map with one future more: what is supposed, on top of today or of another future."""
    text = normalise(files.read_text(one))
    load = None if one.path is None else project_loader(one.path)
    return pipeline.compile_source(
        Source(one.name, text), load, Source("--set", lines(what, future))
    )


def lines(what: WhatIf, future: str) -> str:
    """The options as a future, so that a mistake in them is told like one in a file."""
    start = f'future {KEY} "{LABEL}"' + (f" from {_name(future)}" if future else "")
    body = [*(f"apply {_name(one)}" for one in what.applied), *(_set(one) for one in what.sets)]
    return "\n".join((start + " {", *body, "}"))


def _set(text: str) -> str:
    """`review.wait=2h`, `Code review.wait=2h` or any line that `set` takes."""
    found = NAMED.fullmatch(_one_line(text))
    if found and not PLAIN.fullmatch(found[1]):
        return f'set "{found[1].strip()}" {found[2]}{found[3]}'
    return f"set {_one_line(text)}"


def _name(text: str) -> str:
    return (
        _one_line(text) if re.fullmatch(r"[\w-]+(\s*,\s*[\w-]+)*", text) else f'"{_one_line(text)}"'
    )


def _one_line(text: str) -> str:
    if LINES.search(text):
        raise Misuse(f"`{text}` is more than one thing; give the option once for each")
    return text.strip()
