"""The door of the command line: finds the verb, runs it, and turns every ending into an exit code.

0 fine · 1 the input has errors · 2 wrong usage · 3 the environment · 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from vsmdsl.cli import console, patience

# A verb is `command` in the module of its name, loaded only when it is asked for: start-up is a
# feature. The sentences stand here so that `vsm --help` need not load them either.
VERBS = {
    "render": "Draw maps as SVG, PNG, PDF, HTML, DOT or JSON.",
    "report": "Write an HTML or PDF report for stakeholders.",
    "check": "Show mistakes, advice and findings.",
    "stats": "Show the headline figures and the ranked waits.",
    "diff": "Tell what changed between two states of a map.",
    "trend": "Show the figures of a map over the history of its file.",
    "kaizen": "List the improvements: who, until when, for what gain.",
    "fmt": "Write maps in their canonical form.",
    "init": "Write a starter map.",
    "explain": "Tell what a message means and how to mend it.",
    "doctor": "Tell which parts are installed.",
    "completion": "Print the completion script of a shell.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `vsm` with these arguments (else those of the process) and return its exit code."""
    console.prepare()
    if arguments is None:
        patience.listen()
    try:
        code = _outcome(list(arguments) if arguments is not None else sys.argv[1:])
    finally:
        patience.end()
    return max(code, console.finish())


def _outcome(arguments: list[str]) -> int:
    try:
        if os.environ.get("_VSM_COMPLETE"):
            import_module("vsmdsl.cli.completion").refuse_half_a_question()
        return _exit_code(vsm.main(arguments, prog_name="vsm", standalone_mode=False))
    except click.ClickException as error:
        console.show(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        if isinstance(error.__cause__, EOFError):  # click takes it for the end of a typed input
            return cut_short(error.__cause__)
        return _interrupted(error)
    except (MemoryError, SystemError) as error:  # the other is how Python fails where it gets none
        return _out_of_memory(error)
    except RecursionError:
        console.show(console.too_deep())
        return 1
    except OSError as error:
        console.show(console.trouble(error))
        return 3
    except ImportError as error:
        return _not_loaded(error)
    except Exception as error:
        return _our_mistake(error)


def cut_short(error: EOFError) -> int:
    """A file of the installation ends too early: mend what can be mended, and begin again."""
    from vsmdsl.cli.bytecode import mend  # hardly ever needed

    console.show(console.Trouble(mend(error)))
    return 3


def _interrupted(error: BaseException) -> int:
    who = next((one for one in (error, error.__cause__) if isinstance(one, patience.Ended)), None)
    return _ended(error, who.code if who else 130, "ended" if who else "interrupted")


def _ended(error: BaseException, code: int, otherwise: str) -> int:
    ours = patience.said(error)
    console.say(ours or otherwise)
    return patience.code() if ours else code


def _out_of_memory(error: BaseException) -> int:
    return _ended(error, 3, console.refusal(console.Trouble("out of memory")))


def _not_loaded(error: ImportError) -> int:
    from vsmdsl.memory import lacking  # hardly ever needed

    return _out_of_memory(error) if lacking(error) else _our_mistake(error)


def _exit_code(result: object) -> int:
    return result if isinstance(result, int) else 0


def _our_mistake(error: Exception) -> int:
    if os.environ.get("VSM_TRACEBACK"):
        raise error
    what = f"{type(error).__name__}: {error}"
    console.say(f"vsm: this is a mistake in vsmdsl, not in your map ({what})")
    console.say("     set VSM_TRACEBACK=1 to see where it happens, and please report it")
    return 3


class Verbs(click.Group):
    """A group that loads a verb's module when that verb is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in VERBS:
            return None
        command = import_module(f"vsmdsl.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

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
    """Value stream maps as code: text in, exact figures, maps and reports out."""
