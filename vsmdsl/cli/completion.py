"""`vsm completion`: the script that lets a shell complete verbs, options and files."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from vsmdsl.cli import console, options

SHELLS = ("bash", "zsh", "fish", "powershell")


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
    console.put(script(ctx.find_root().command, {}, "vsm", "_VSM_COMPLETE").source())
    return 0
