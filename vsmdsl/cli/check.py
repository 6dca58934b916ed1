"""`vsm check`: mistakes, advice and findings, without writing any output."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from vsmdsl.analysis.reaching import way_out
from vsmdsl.cli import console, files, maps, options, settings, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.fixes import mended
from vsmdsl.cli.work import Outcome
from vsmdsl.language.codes import CODES, find_code
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.source import Span
from vsmdsl.pipeline import Compiled
from vsmdsl.record import record, replace

Entry = dict[str, object]


@record
class Rules:
    """What to show and what to fail on."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    goals: bool
    fix: bool
    json: bool
    all_messages: bool

    def shows(self, one: Diagnostic) -> bool:
        """Whether a message is wanted. A mistake always is: it cannot be wished away."""
        if self.goals and one.code.name in ("goal-missed", "goal-undecided"):
            return True
        chosen = not self.select or one.code.code.startswith(self.select)
        dropped = bool(self.ignore) and one.code.code.startswith(self.ignore)
        return one.is_error or (chosen and not dropped)


@record
class Task:
    """One map to check."""

    input: Input
    rules: Rules


@click.command(
    "check",
    epilog=options.examples(
        "vsm check maps/",
        "vsm check checkout.vsm --strict --goals     # for a pipeline",
        "vsm check checkout.vsm --ignore F501,W4",
        "vsm check checkout.vsm --fix",
    ),
)
@options.files
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", help="How to show them."
)
@click.option("--strict", is_flag=True, help="Advice (W4xx) fails as well.")
@click.option("--goals", is_flag=True, help="A goal that is not met for certain fails too.")
@click.option("--select", default="", metavar="CODES", help="Only these, e.g. F5,W403.")
@click.option("--ignore", default="", metavar="CODES", help="Not these.")
@click.option("--fix", is_flag=True, help="Mend in the file what is certain.")
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

    Messages go to standard error, JSON to standard output. The exit code is 1 if there are
    mistakes, with --strict advice, with --goals a goal that is not met for certain.
    """
    as_json = format == "json"
    rules = Rules(_codes(select), _codes(ignore), strict, goals, fix, as_json, all_messages)
    return checked(files, rules)


def checked(paths: tuple[str, ...], rules: Rules) -> int:
    """Check all files and return the exit code."""
    tasks = [Task(one, rules) for one in files.collect(paths)]
    outcomes = list(work.run(examined, tasks))
    if rules.json:
        entries = [outcome.result for outcome in outcomes if outcome.result]
        text = json.dumps({"schema": 1, "files": entries}, ensure_ascii=False, indent=2)
        console.put(text.encode() + b"\n")
    return work.worst(outcomes)


def examined(task: Task) -> Outcome[Entry]:
    """Check one map."""
    rules = _with_config(task)
    map_ = maps.compiled(task.input)
    mending = mended(task.input, map_) if rules.fix else None
    map_ = mending.after if mending else map_
    found = [one for one in map_.diagnostics if rules.shows(one)]
    found = with_ways_out(map_, found) if rules.goals else found
    code = 1 if _fails(map_, found, rules) else 0
    said = (mending.message,) if mending and mending.message else ()
    if rules.json:
        return Outcome(code, said, _entry(task.input, map_, found))
    texts = maps.in_full(found, everything=rules.all_messages)
    return Outcome(code, (*said, *texts, _summary(task.input, found)))


def _with_config(task: Task) -> Rules:
    rules, config = task.rules, settings.config(task.input)
    return replace(
        rules,
        select=rules.select or _codes(" ".join(config.select)),
        ignore=rules.ignore or _codes(" ".join(config.ignore)),
    )


def with_ways_out(map_: Compiled, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The same messages; those about missed goals say what would reach them."""
    ways = {
        goal.goal.span: way_out(goal, (state.stream, state.analysis), map_.stream.kaizens)
        for goal in map_.goals
        if not goal.met and (state := map_.state(goal.goal.future))
    }
    return [
        one.hinted(ways[one.span]) if one.code.name == "goal-missed" and ways.get(one.span) else one
        for one in found
    ]


def _fails(map_: Compiled, found: Sequence[Diagnostic], rules: Rules) -> bool:
    advice = rules.strict and any(one.severity == "warning" for one in found)
    missed = rules.goals and any(not goal.met for goal in map_.goals)
    return not map_.ok or advice or missed


def _summary(one: Input, found: Sequence[Diagnostic]) -> str:
    name = console.harmless(one.name)
    return f"{name}: {maps.tally(found)}" if found else f"{name}: nothing to report"


def _codes(text: str) -> tuple[str, ...]:
    """Codes, names or beginnings of codes (`F5`), as beginnings of codes."""
    return tuple(_code(word) for word in text.replace(",", " ").split())


def _code(word: str) -> str:
    if row := find_code(word):
        return row.code
    if any(code.startswith(word.upper()) for code in CODES):
        return word.upper()
    near = files.nearest(word, [*CODES, *(row.name for row in CODES.values())])
    raise click.UsageError(f"no message has the code or name {word}{near}")


def _entry(one: Input, map_: Compiled, found: Sequence[Diagnostic]) -> Entry:
    goals = [{"text": goal.goal.text, "met": goal.met} for goal in map_.goals]
    messages = [_message(diagnostic) for diagnostic in found]
    return {"file": one.name, "ok": map_.ok, "diagnostics": messages, "goals": goals}


def _message(one: Diagnostic) -> Entry:
    return {
        "code": one.code.code,
        "name": one.code.name,
        "severity": one.severity,
        "message": one.message,
        "hint": one.hint or None,
        "on": list(one.on),
        **_place(one.span),
        "related": [{"message": label.text, **_place(label.span)} for label in one.labels],
        "fix": one.fix and one.fix.title,
    }


def _place(span: Span) -> Entry:
    end = span.source.position(span.end)
    start = {"file": span.source.name, "line": span.line, "column": span.column}
    return {**start, "end_line": end[0], "end_column": end[1]}
