"""What a shell asks: the script that teaches it to, and what may come next on a command line."""

from __future__ import annotations

import os

import click
from click.shell_completion import get_completion_class, shell_complete

from vsmdsl.cli import clicked
from vsmdsl.cli.refusals import Misuse, Trouble
from vsmdsl.cli.verbs import ASKED


def script(shell: str) -> str:
    """What the shell is to run when it starts. Raises Trouble where `click` has none for it."""
    made = get_completion_class(shell)
    if made is None:
        raise Trouble(f"this version of click cannot complete in {shell}")
    return made(clicked.vsm, {}, "vsm", ASKED).source()


def answer() -> int:
    """Tell what may come next. Raises Misuse where nobody says what was typed so far."""
    wish = os.environ[ASKED]
    _refuse_half_a_question(wish)
    return shell_complete(clicked.vsm, {}, "vsm", ASKED, wish)


def _refuse_half_a_question(wish: str) -> None:
    # `click` takes it for granted that somebody says it.
    shell, _, what = wish.partition("_")
    asked = get_completion_class(shell)
    if asked is None or what != "complete":
        return
    try:
        asked(click.Group(), {}, "vsm", ASKED).get_completion_args()
    except (KeyError, ValueError, IndexError):
        said = f"`{ASKED}` asks for words, and `COMP_WORDS` and `COMP_CWORD` do not say after which"
        hint = f"`vsm completion {shell}` is the script that does"
        raise Misuse(f"{said}; {hint}") from None
