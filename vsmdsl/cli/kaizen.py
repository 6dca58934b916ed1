"""`vsm kaizen`: the improvements of a map as an action list, for a tracker or a calendar."""

from __future__ import annotations

from datetime import date, datetime

from vsmdsl.analysis.plan import Action, as_json, plan, ranked
from vsmdsl.cli import actions, console, declared, files, maps, options, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.work import Outcome
from vsmdsl.json_text import json_text
from vsmdsl.pipeline import Compiled
from vsmdsl.record import record

FORMS = ("text", "csv", "markdown", "ics", "json")


@record
class Task:
    """One map whose improvements are wanted."""

    input: Input
    all_messages: bool
    today: date | None


@declared.verb(
    "kaizen",
    epilog=options.examples(
        "vsm kaizen checkout.vsm                     # what to do first",
        "vsm kaizen checkout.vsm --today 2027-01-15  # and what is late",
        "vsm kaizen maps/ --csv > actions.csv",
        "vsm kaizen checkout.vsm --ics > kaizen.ics",
    ),
)
@options.files
@declared.option(
    "--csv", name="form", flag="csv", help="Print CSV, for a tracker or a spreadsheet."
)
@declared.option("--markdown", name="form", flag="markdown", help="Print a Markdown table.")
@declared.option("--ics", name="form", flag="ics", help="Print an iCalendar file of to-dos.")
@declared.option("--json", name="form", flag="json", help="Print JSON (schema version 1).")
@options.today
@options.all_messages
def command(files: tuple[str, ...], form: str, today: datetime | None, all_messages: bool) -> int:
    """List the improvements: owner, due, effort, what each saves, and which comes first.

    The order is by return, the lead time saved for the effort, each on top of those before it.
    """
    return listed(files, form or "text", options.day(today), all_messages=all_messages)


def listed(paths: tuple[str, ...], form: str, today: date | None, *, all_messages: bool) -> int:
    """List the improvements of all maps in one of the forms."""
    tasks = [Task(one, all_messages, today) for one in files.collect(paths)]
    outcomes = list(work.run(measured, tasks))
    plans = [outcome.result for outcome in outcomes if outcome.result]
    text = written(plans, form, today)
    console.put(text if form == "text" else console.encoded(text))
    return work.worst(outcomes)


def written(plans: list[tuple[Compiled, tuple[Action, ...]]], form: str, today: date | None) -> str:
    """The action list as text."""
    match form:
        case "csv":
            return actions.csv_text(plans)
        case "markdown":
            return "\n".join(actions.markdown(map_, ranked(found)) for map_, found in plans)
        case "ics":
            return actions.ics(plans, today)
        case "json":
            return json_text(_document(plans)) + "\n"
        case _:
            return "\n".join(actions.text(map_, ranked(found)) for map_, found in plans)


def measured(task: Task) -> Outcome[tuple[Compiled, tuple[Action, ...]]]:
    """The improvements of one map; while it has mistakes, nothing is known of them."""
    map_ = maps.compiled(task.input)
    messages = maps.drawing_messages(map_, everything=task.all_messages)
    if not map_.ok:
        return Outcome(1, messages)
    return Outcome(0, messages, (map_, plan(map_.stream, map_.analysis, task.today)))


def _document(plans: list[tuple[Compiled, tuple[Action, ...]]]) -> dict[str, object]:
    entries = [
        {
            "file": map_.source.name,
            "title": map_.stream.settings.title,
            "kaizens": [as_json(one) for one in found],
        }
        for map_, found in plans
    ]
    return {"schema": 1, "maps": entries}
