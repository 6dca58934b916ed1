"""`vsm check`: mistakes, advice and findings, without writing any output."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vsmdsl.cli import checking, console, declared, files, maps, options, settings, work
from vsmdsl.cli.checking import Rules
from vsmdsl.cli.declared import Choice
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.work import Outcome
from vsmdsl.language.codes import CODES, find_code
from vsmdsl.publish.checks import FORMATS, written
from vsmdsl.publish.checks.result import Checked
from vsmdsl.record import record, replace


@record
class Task:
    """One file to check."""

    input: Input
    rules: Rules


@declared.verb(
    "check",
    epilog=options.examples(
        "vsm check maps/",
        "vsm check checkout.vsm --strict --goals     # for a pipeline",
        "vsm check checkout.vsm --ignore F501,W4",
        "vsm check checkout.vsm --fix",
        "vsm check README.md docs/                   # the maps in documents as well",
        "vsm check . --format sarif > vsm.sarif",
    ),
)
@options.files
@declared.option(
    "--format", kind=Choice(("text", *FORMATS)), default="text", help="How to show them."
)
@declared.option("--strict", flag=True, help="Advice (W4xx) fails as well.")
@declared.option("--goals", flag=True, help="A goal that is not met for certain fails too.")
@declared.option("--select", default="", metavar="CODES", help="Only these, e.g. F5,W403.")
@declared.option("--ignore", default="", metavar="CODES", help="Not these.")
@declared.option("--fix", flag=True, help="Mend in the file what is certain.")
@options.all_messages
def command(
    files: tuple[str, ...],
    format: str,
    strict: bool,
    goals: bool,
    select: str,
    ignore: str,
    fix: bool,
    all_messages: bool,
) -> int:
    """Show mistakes (E), advice (W) and findings about the stream (F).

    FILE is a .vsm file, a folder, - for standard input, or a document that holds maps: fences of
    Markdown and MyST, directives of reStructuredText, cells of notebooks.

    Messages go to standard error, other formats than text to standard output. The exit code is 1
    if there are mistakes, with --strict advice, with --goals a goal that is not met for certain.
    """
    rules = Rules(_codes(select), _codes(ignore), strict, goals, fix, format, all_messages)
    return checked(files, rules)


def checked(paths: tuple[str, ...], rules: Rules) -> int:
    """Check all files and return the exit code."""
    inputs = files.collect(paths, checking.folder_endings)
    outcomes = list(work.run(examined, [Task(one, rules) for one in inputs]))
    results = [outcome.result for outcome in outcomes if outcome.result]
    if rules.format != "text":
        told = [one for one in results if one.maps]
        console.put(console.encoded(written(rules.format, told, Path.cwd())))
    elif len(results) == len(inputs) and not any(one.maps for one in results):
        count = len(inputs)
        console.say(f"no map in {'this document' if count == 1 else f'these {count} documents'}")
    return work.worst(outcomes)


def examined(task: Task) -> Outcome[Checked]:
    """Check one file."""
    rules = _with_config(task)
    result, mended = checking.checked(task.input, rules)
    code = 1 if not result.ok or result.failed or checking.missed(result, rules) else 0
    said: Sequence[str] = (mended,)
    if rules.format == "text":
        texts = maps.in_full(result.found, everything=rules.all_messages)
        said = (mended, *texts, checking.summary(result))
    return Outcome(code, tuple(filter(None, said)), result)


def _with_config(task: Task) -> Rules:
    rules, config = task.rules, settings.config(task.input)
    return replace(
        rules,
        select=rules.select or _codes(" ".join(config.select)),
        ignore=rules.ignore or _codes(" ".join(config.ignore)),
    )


def _codes(text: str) -> tuple[str, ...]:
    """Codes, names or beginnings of codes (`F5`), as beginnings of codes."""
    return tuple(_code(word) for word in text.replace(",", " ").split())


def _code(word: str) -> str:
    if row := find_code(word):
        return row.code
    if any(code.startswith(word.upper()) for code in CODES):
        return word.upper()
    near = files.nearest(word, [*CODES, *(row.name for row in CODES.values())])
    raise Misuse(f"no message has the code or name {word}{near}")
