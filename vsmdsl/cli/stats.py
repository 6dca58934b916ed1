"""`vsm stats`: the headline figures and the ranked waits, as a table or as data."""

from __future__ import annotations

from datetime import date, datetime

import click

from vsmdsl import pipeline
from vsmdsl.cli import console, figures, files, maps, options, whatif, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.whatif import WhatIf
from vsmdsl.cli.work import Outcome
from vsmdsl.json_text import json_text
from vsmdsl.pipeline import Compiled
from vsmdsl.record import record


@record
class Task:
    """One map to tell about."""

    input: Input
    future: str
    all_messages: bool
    what: WhatIf


@click.command(
    "stats",
    epilog=options.examples(
        "vsm stats checkout.vsm",
        "vsm stats checkout.vsm --future q1",
        "vsm stats checkout.vsm --set review.wait=2h --apply slo     # what if?",
        "vsm stats maps/ --json | jq '.maps[].metrics.lead_time.text'",
    ),
)
@options.files
@click.option("--json", "as_json", is_flag=True, help="Print JSON (schema version 1).")
@click.option("--csv", "as_csv", is_flag=True, help="Print one figure a line, for a spreadsheet.")
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
        raise click.UsageError("`--json` and `--csv` do not go together")
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
    tasks = [Task(one, future, all_messages, what) for one in files.collect(paths)]
    future = whatif.KEY if what else future
    outcomes = list(work.run(measured, tasks))
    found = [outcome.result for outcome in outcomes if outcome.result]
    states = [(map_, maps.state(map_, future)) for map_ in found]
    match form:
        case "json":
            document = json_text(pipeline.stats(*found, today=today))
            console.put(console.encoded(f"{document}\n"))
        case "csv":
            console.put(console.encoded(figures.csv_text(states)))
        case _:
            console.put("\n".join(figures.text(map_, state, today) for map_, state in states))
    return work.worst(outcomes)


def measured(task: Task) -> Outcome[Compiled]:
    """Compile one map; it has no figures while it has mistakes."""
    map_ = _compiled(task)
    messages = maps.drawing_messages(map_, everything=task.all_messages)
    if not map_.ok:
        return Outcome(1, messages)
    maps.state(map_, task.future)  # refuses one that is not there
    return Outcome(0, messages, map_)


def _compiled(task: Task) -> Compiled:
    return (
        whatif.supposed(task.input, task.what, task.future)
        if task.what
        else maps.compiled(task.input)
    )
