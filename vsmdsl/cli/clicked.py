"""The command line as `click` reads it: all ways to say something, help pages, and what is wrong.

No verb knows `click`, and none of its exceptions leaves this room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from vsmdsl.cli import console
from vsmdsl.cli.declared import (
    Argument,
    Choice,
    Day,
    FileName,
    Kind,
    Number,
    Option,
    Text,
    Verb,
    Whole,
)
from vsmdsl.cli.refusals import Misuse, Refusal
from vsmdsl.cli.verbs import VERBS, declared


def run(words: Sequence[str]) -> int:
    """Do what these words say, and return the exit code. Raises Refusal."""
    try:
        with vsm.make_context("vsm", list(words)) as context:
            code: int = vsm.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        console.say(error.format_message())
        return error.exit_code
    except click.UsageError as error:
        raise _misuse(error) from None
    except click.ClickException as error:
        raise Refusal(error.format_message()) from None
    return code


def usage(verb: Verb) -> tuple[str, ...]:
    """How a verb is used, for those who used it otherwise."""
    whole = click.Context(vsm, info_name="vsm")
    return _usage(click.Context(command(verb), parent=whole, info_name=verb.name))


def command(verb: Verb) -> click.Command:
    """A verb as `click` has it."""
    return click.Command(
        verb.name,
        callback=verb.run,
        params=[_parameter(one) for one in verb.said],
        help=verb.help,
        epilog=verb.epilog,
    )


def _misuse(error: click.UsageError) -> Misuse:
    refusal = Misuse(error.format_message())
    if error.ctx is not None:
        refusal.usage = _usage(error.ctx)
    return refusal


def _usage(context: click.Context) -> tuple[str, ...]:
    return context.get_usage(), f"Try '{context.command_path} --help' for help.\n"


def _parameter(said: Option | Argument) -> click.Parameter:
    # `None` is a default like any other, as `click` sees it.
    usual: dict[str, Any] = {"default": said.default} if said.default not in (None, ()) else {}
    usual |= {"type": KINDS[type(said.kind)](said.kind), "metavar": said.metavar}
    if isinstance(said, Argument):
        number = -1 if said.many else 1
        return click.Argument([said.name], nargs=number, required=said.required, **usual)
    names = [said.name, *said.flags]
    if said.flag is None:
        return click.Option(names, help=said.help, multiple=said.many, **usual)
    if said.flag is True:
        return click.Option(names, help=said.help, is_flag=True)
    return click.Option(names, help=said.help, flag_value=said.flag)


class _Number(click.FloatRange):
    """A number between two others; `nan` is none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number = float(super().convert(value, param, ctx))
        if number != number:
            self.fail(f"{value!r} is not a valid float.", param, ctx)
        return number


KINDS: dict[type[Kind], Callable[[Any], click.ParamType[Any]]] = {
    Text: lambda _: click.STRING,
    Choice: lambda kind: click.Choice(kind.words, case_sensitive=kind.case_sensitive),
    Whole: lambda kind: click.IntRange(kind.lowest, kind.highest),
    Number: lambda kind: _Number(kind.lowest, kind.highest),
    Day: lambda _: click.DateTime(["%Y-%m-%d"]),
    FileName: lambda _: click.Path(),
}


class Verbs(click.Group):
    """A group that loads a verb's module when that verb is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return command(declared(cmd_name)) if cmd_name in VERBS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in VERBS or args[0].startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        raise click.NoSuchCommand(args[0], possibilities=VERBS, ctx=ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        console.put(f"vsm {console.version()}\n")
        ctx.exit()


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Value stream maps as code: text in, exact figures, maps and reports out.",
    epilog="Example: vsm init software; vsm render software.vsm",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version and exit.",
)
def vsm() -> None:
    """Find the verb."""
