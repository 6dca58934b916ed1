"""`vsm fmt`: maps in their canonical form."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import StringIO

from vsmdsl.cli import console, declared, files, fixes, maps, options, patience, settings, work
from vsmdsl.cli.checking import folder_endings
from vsmdsl.cli.files import Input
from vsmdsl.cli.work import Outcome
from vsmdsl.cli.writing import write_whole
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.formatter import format_parsed
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source, normalise
from vsmdsl.limits import Limits
from vsmdsl.publish.hosts import Fence, fences, host_of, in_host
from vsmdsl.record import record


@record
class Task:
    """One map to format."""

    input: Input
    check: bool
    diff: bool
    expand: bool
    all_messages: bool


@declared.verb(
    "fmt",
    epilog=options.examples(
        "vsm fmt maps/",
        "vsm fmt --check --diff maps/                # for a pipeline",
        "vsm fmt - < sketch.vsm",
    ),
)
@options.files
@declared.option("--check", flag=True, help="Write nothing; exit with 1 if something would change.")
@declared.option("--diff", flag=True, help="Write nothing; show what would change.")
@declared.option("--expand", flag=True, help="Write `stream` lines out as steps and queues.")
@options.all_messages
def command(
    files: tuple[str, ...], check: bool, diff: bool, expand: bool, all_messages: bool
) -> int:
    """Write maps in their canonical form, in place, those in documents inside their fences.

    With -, read standard input and write standard output. A statement with a mistake in it is
    left as it is.
    """
    return formatted(files, check=check, diff=diff, expand=expand, all_messages=all_messages)


def formatted(
    paths: tuple[str, ...], *, check: bool, diff: bool, expand: bool, all_messages: bool
) -> int:
    """Format all files and return the exit code."""
    tasks = [
        Task(one, check, diff, expand, all_messages) for one in files.collect(paths, folder_endings)
    ]
    outcomes = []
    for outcome in work.run(one_formatted, tasks):
        console.put(_for_people(outcome.result) if diff else console.encoded(outcome.result or ""))
        outcomes.append(outcome)
    return work.worst(outcomes)


def _for_people(text: str | None) -> str | bytes:
    """A difference: what a terminal cannot show is spelled there, and nowhere else."""
    return text or "" if console.terminal(sys.stdout) else console.encoded(text or "")


def one_formatted(task: Task) -> Outcome[str]:
    """Format one file; its result is what goes to standard output."""
    limits = settings.config(task.input).limits
    patience.begin(task.input.name, limits)
    if task.input.path and host_of(task.input.name):
        before = maps.page_text(task.input)
        after, mistakes = _document(task, before, limits)
    else:
        before = files.read_text(task.input)
        after, mistakes = _map(task, before, limits)
    said = maps.in_full(mistakes, everything=task.all_messages)
    code, words, result = _delivered(task, before, after)
    return Outcome(max(code, 1 if mistakes else 0), (*said, *words), result)


def _map(task: Task, before: str, limits: Limits) -> tuple[str, Sequence[Diagnostic]]:
    return _formatted(Source(task.input.name, normalise(before)), task, limits)


def _formatted(source: Source, task: Task, limits: Limits) -> tuple[str, Sequence[Diagnostic]]:
    parsed = parse(source, limits)
    mistakes = tuple(one for one in parsed.diagnostics if one.is_error)
    if mistakes:
        from vsmdsl.language.limits import capped  # only for those who made some

        mistakes = capped(mistakes, limits)
    return format_parsed(parsed, expand=task.expand), mistakes


def _document(task: Task, before: str, limits: Limits) -> tuple[str, Sequence[Diagnostic]]:
    """A document, each of its maps in canonical form."""
    host = Source(task.input.name, normalise(before))
    mistakes: list[Diagnostic] = []
    new = []
    for fence in fences(host.name, host.text):
        inner = Source(host.name, fence.text)
        text, errors = _formatted(inner, task, limits)
        mistakes += (in_host(one, fence, inner, host) for one in errors)
        new.append((fence, _fitting(fence, text)))
    return fixes.in_document(task.input, before, new), mistakes


def _fitting(fence: Fence, text: str) -> str:
    """The text, without a last newline where the fence has none."""
    return text if fence.text.endswith("\n") else text.removesuffix("\n")


def _delivered(task: Task, before: str, after: str) -> tuple[int, tuple[str, ...], str]:
    name, changed = console.harmless(task.input.name), before != after
    if task.check or task.diff:
        result = _difference(task.input.name, before, after) if task.diff else ""
        said = (f"{name}: would change",) if changed and task.check else ()
        return int(task.check and changed), said, result
    if task.input.path is None:
        return 0, (), after
    if changed:
        write_whole(task.input.path, after.encode())
    return 0, (f"{name}: formatted",) if changed else (), ""


def _difference(name: str, before: str, after: str) -> str:
    """What would change; most often it is looked at in a terminal, and the name is not ours."""
    shown = console.harmless(name)
    from difflib import unified_diff  # only for those who ask for it

    lines = unified_diff(_lines(before), _lines(after), shown, f"{shown} formatted")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines as files have them; `splitlines` knows more ends of lines than that."""
    return [console.harmless(line) for line in StringIO(text)]
