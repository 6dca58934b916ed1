"""`vsm completion`: the script that lets a shell complete verbs, options and files."""

from __future__ import annotations

from vsmdsl.cli import console, declared, lightly, options
from vsmdsl.cli.declared import Choice

SHELLS = ("bash", "zsh", "fish", "powershell")


@declared.verb(
    "completion",
    epilog=options.examples(
        'eval "$(vsm completion bash)"                                  # in ~/.bashrc',
        "vsm completion fish > ~/.config/fish/completions/vsm.fish",
    ),
)
@declared.argument("shell", kind=Choice(SHELLS))
def command(shell: str) -> int:
    """Print the completion script of a shell."""
    lightly.import_click()
    from vsmdsl.cli import asked

    console.put(asked.script(shell))
    return 0
