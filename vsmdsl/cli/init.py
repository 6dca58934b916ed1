"""`vsm init`: a starter map to make one's own."""

from __future__ import annotations

from pathlib import Path

import click

from vsmdsl import resources
from vsmdsl.cli import console, options

KINDS = ("software", "service", "manufacturing")


@click.command(
    "init",
    epilog=options.examples(
        "vsm init                                # software.vsm",
        "vsm init manufacturing -o line3.vsm",
    ),
)
@click.argument("kind", type=click.Choice(KINDS), default="software")
@options.output("Write to this file, or into this folder (default: KIND.vsm here).")
def command(kind: str, output: str | None) -> int:
    """Write a starter map: software (the default), service or manufacturing.

    A file that is there already is never overwritten.
    """
    text = resources.read_template(f"starters/{kind}.vsm")
    if output == "-":
        console.put(text)
        return 0
    path = _target(kind, output)
    _write_new(path, text)
    _invite(path)
    return 0


def _target(kind: str, output: str | None) -> Path:
    path = Path(output or ".")
    return path / f"{kind}.vsm" if path.is_dir() else path


def _write_new(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        message = f"{path} is there already and is left as it is; `-o NAME.vsm` writes another one"
        raise click.UsageError(message) from None
    except OSError as error:
        raise console.trouble(error, path) from None


def _invite(path: Path) -> None:
    width = len(f"vsm render {path}")
    console.say(f"wrote {path}: a map that is complete and meant to be changed\n")
    for verb, purpose in (
        ("render", f"draw {path.with_suffix('.svg').name}"),
        ("stats", "see where the time waits"),
        ("check", "see what is missing or worth a look"),
    ):
        console.say(f"  {f'vsm {verb} {path}':<{width}}   {purpose}")
