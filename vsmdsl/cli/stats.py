"""`vsm stats`: the headline figures and the ranked waits, as a table or as data."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from vsmdsl import pipeline
from vsmdsl.analysis.contract import document
from vsmdsl.cli import console, declared, figures, files, maps, options, whatif, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.whatif import WhatIf
from vsmdsl.cli.work import Outcome
from vsmdsl.json_text import json_text
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import record


@record
class Task:
    """One map to tell about."""

    input: Input
    future: str
    all_messages: bool
    what: WhatIf
    form: str
    today: date | None


@declared.verb(
    "stats",
    epilog=options.examples(
        "vsm stats checkout.vsm",
        "vsm stats checkout.vsm --future q1",
        "vsm stats checkout.vsm --set review.wait=2h --apply slo     # what if?",
        "vsm stats maps/ --json | jq '.maps[].metrics.lead_time.text'",
    ),
)
@options.files
@declared.option("--json", name="as_json", flag=True, help="Print JSON (schema version 1).")
@declared.option(
    "--csv", name="as_csv", flag=True, help="Print one figure a line, for a spreadsheet."
)
@options.future
@whatif.option_set
@whatif.option_apply
@options.today
@options.all_messages
def command(
    files: tuple[str, ...],
    as_json: bool,
    as_csv: bool,
    future: str,
    sets: tuple[str, ...],
    applied: tuple[str, ...],
    today: datetime | None,
    all_messages: bool,
) -> int:
    """Show the headline figures, the ranked waits, the constraint, improvements and goals.

    With --set and --apply, show what they would become; the file stays as it is.
    """
    if as_json and as_csv:
        raise Misuse("`--json` and `--csv` do not go together")
    form = "json" if as_json else "csv" if as_csv else "text"
    what = WhatIf(sets, applied)
    return told(files, future, form, options.day(today), what, all_messages=all_messages)


def told(
    paths: tuple[str, ...],
    future: str,
    form: str,
    today: date | None,
    what: WhatIf,
    *,
    all_messages: bool,
) -> int:
    """Tell about all maps in one of the forms `text`, `json` and `csv`."""
    tasks = [Task(one, future, all_messages, what, form, today) for one in files.collect(paths)]
    outcomes = list(work.run(measured, tasks))
    found = [outcome.result for outcome in outcomes if outcome.result is not None]
    match form:
        case "json":
            console.put(console.encoded(f"{json_text(document(found))}\n"))
        case "csv":
            console.put(console.encoded(figures.csv_text(found)))
        case _:
            console.put("\n".join(found))
    return work.worst(outcomes)


def measured(task: Task) -> Outcome[Any]:
    """What is told of one map; it has no figures while it has mistakes."""
    map_ = _compiled(task)
    messages = maps.drawing_messages(map_, everything=task.all_messages)
    if not map_.ok:
        return Outcome(1, messages)
    state = maps.state(map_, whatif.KEY if task.what else task.future)
    return Outcome(0, messages, _figures(task, map_, state))


def _figures(task: Task, map_: Compiled, state: State) -> Any:
    match task.form:
        case "json":
            return pipeline.stats(map_, today=task.today)["maps"][0]
        case "csv":
            return figures.csv_rows(map_, state)
        case _:
            return figures.text(map_, state, task.today)


def _compiled(task: Task) -> Compiled:
    return (
        whatif.supposed(task.input, task.what, task.future)
        if task.what
        else maps.compiled(task.input)
    )
