"""`vsm completion`: the script that lets a shell complete verbs, options and files."""

from __future__ import annotations

import os

import click
from click.shell_completion import get_completion_class

from vsmdsl.cli import console, options

SHELLS = ("bash", "zsh", "fish", "powershell")
ASKED = "_VSM_COMPLETE"  # what a shell sets to ask what may come next


@click.command(
    "completion",
    epilog=options.examples(
        'eval "$(vsm completion bash)"                                  # in ~/.bashrc',
        "vsm completion fish > ~/.config/fish/completions/vsm.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> int:
    """Print the completion script of a shell."""
    script = get_completion_class(shell)
    if script is None:
        raise console.Trouble(f"this version of click cannot complete in {shell}")
    console.put(script(ctx.find_root().command, {}, "vsm", ASKED).source())
    return 0


def refuse_half_a_question() -> None:
    """Raise UsageError where nobody says what was typed so far; click takes it for granted."""
    shell, _, wish = os.environ[ASKED].partition("_")
    asked = get_completion_class(shell)
    if asked is None or wish != "complete":
        return
    try:
        asked(click.Group(), {}, "vsm", ASKED).get_completion_args()
    except (KeyError, ValueError, IndexError):
        said = f"`{ASKED}` asks for words, and `COMP_WORDS` and `COMP_CWORD` do not say after which"
        raise click.UsageError(
            f"{said}; `vsm completion {shell}` is the script that does"
        ) from None
