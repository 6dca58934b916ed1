"""`vsm init`: a starter map to make one's own."""

from __future__ import annotations

from pathlib import Path

from vsmdsl import resources
from vsmdsl.cli import console, declared, options
from vsmdsl.cli.declared import Choice
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.writing import write_new

KINDS = ("software", "service", "manufacturing")


@declared.verb(
    "init",
    epilog=options.examples(
        "vsm init                                # software.vsm",
        "vsm init manufacturing -o line3.vsm",
        "vsm init --catalogue fr                 # fr.po, to be translated",
    ),
)
@declared.argument("kind", kind=Choice(KINDS), default="software")
@declared.option(
    "--catalogue", metavar="TAG", help="An empty catalogue of words for this language instead."
)
@options.output("Write to this file, or into this folder (default: KIND.vsm here).")
def command(kind: str, catalogue: str | None, output: str | None) -> int:
    """Write a starter map: software (the default), service or manufacturing.

    With --catalogue, a file of every sentence that maps and reports say, to be translated. A file
    that is there already is never overwritten.
    """
    name = f"{catalogue}.po" if catalogue else f"{kind}.vsm"
    text = _catalogue(catalogue) if catalogue else resources.read_template(f"starters/{name}")
    if output == "-":
        console.put(console.encoded(text))
        return 0
    path = _target(name, output)
    _write_new(path, text)
    if catalogue:
        console.say(f"wrote {path}: fill in what you like, the rest stays English\n")
        console.say(f"  vsm report FILE --catalogue {path}")
    else:
        _invite(path)
    return 0


def _catalogue(language: str) -> str:
    from vsmdsl.wording.catalogue import empty  # only for those who translate

    try:
        return empty(language)
    except ValueError as error:
        raise Misuse(str(error)) from None


def _target(name: str, output: str | None) -> Path:
    path = Path(output or ".")
    return path / name if path.is_dir() else path


def _write_new(path: Path, text: str) -> None:
    try:
        write_new(path, text.encode())
    except FileExistsError:
        there = f"{path} is there already and is left as it is"
        other = f"`-o NAME{path.suffix}` writes another one"
        raise Misuse(f"{there}; {other}") from None
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
