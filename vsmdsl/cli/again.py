"""The command that is running, as people would type it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click
from click.core import ParameterSource


def command_line(without: str = "") -> str:
    """What was typed, in one line that a shell takes, without the option of that name."""
    context = click.get_current_context()
    words = list(_words(context, without))
    return shlex.join([*context.command_path.split(), *words])


def _words(context: click.Context, without: str) -> Iterator[str]:
    for one in context.command.params:
        value = context.params.get(one.name or "")
        if isinstance(one, click.Argument):
            yield from value if isinstance(value, tuple) else [str(value)]
        elif one.name != without and _typed(context, one):
            yield one.opts[-1]
            if not (isinstance(one, click.Option) and one.is_flag):
                yield f"{value:g}" if isinstance(value, float) else str(value)


def _typed(context: click.Context, one: click.Parameter) -> bool:
    return context.get_parameter_source(one.name or "") is ParameterSource.COMMANDLINE
