"""`vsm report`: the map and its figures for people who never see a `.vsm` file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic
from typing import Any, Literal

import click

from vsmdsl.cli import console, files, houses, maps, options, patience, settings, subjects, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.pictures import environment
from vsmdsl.cli.subjects import subject
from vsmdsl.cli.work import Outcome
from vsmdsl.record import record, replace
from vsmdsl.report.house import House
from vsmdsl.report.subject import Subject

__all__ = ["command", "subject"]

Format = Literal["html", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "xlsx")
ENDINGS = {"htm": "html", "html": "html", "pdf": "pdf", "xlsx": "xlsx"}


@record(kw_only=True)
class Task:
    """One report to write; `target` None is standard output. Several inputs are a portfolio."""

    inputs: tuple[Input, ...]
    target: Path | None
    format: Format
    future: str
    page: str
    house: House
    attach: bool
    today: date | None
    trend: bool
    all_messages: bool


@click.command(
    "report",
    epilog=options.examples(
        "vsm report checkout.vsm                     # checkout.html beside it",
        "vsm report checkout.vsm -o board.pdf --page letter",
        "vsm report checkout.vsm --future q1 -o target.pdf",
        "vsm report maps/*.vsm -o portfolio.pdf      # one report that compares them",
        "vsm report maps/ -o reports/                # a report for each",
        "vsm report checkout.vsm -f xlsx             # the figures as a workbook",
        "vsm report checkout.vsm -o audit.pdf --attach-source --logo logo.svg",
    ),
)
@options.files
@options.output("A file, a folder, or - for standard output (default: beside the source).")
@click.option(
    "-f",
    "--format",
    type=click.Choice(FORMATS),
    help="What to write (default: as -o ends, else html).",
)
@options.future
@click.option("--title", help="The title of the report (default: the map's).")
@click.option("--author", help="Who answers for the report (default: the map's author).")
@click.option("--confidential", metavar="TEXT", help="A line on each page.")
@click.option("--logo", type=click.Path(), help="A PNG or SVG for the first page.")
@click.option(
    "--template", type=click.Path(), metavar="DIR", help="Templates that win over those of vsmdsl."
)
@click.option("--page", type=click.Choice(options.PAGES), default="a4", help="The paper of a PDF.")
@click.option("--attach-source", is_flag=True, help="Put the map's text into the PDF (PDF/A-3).")
@options.today
@click.option("--trend", is_flag=True, help="Tell how it went so far, from the file's git history.")
@options.jobs
@options.all_messages
def command(
    files: tuple[str, ...],
    output: str | None,
    format: Format | None,
    future: str,
    title: str | None,
    author: str | None,
    confidential: str | None,
    logo: str | None,
    template: str | None,
    page: str,
    attach_source: bool,
    today: datetime | None,
    trend: bool,
    jobs: int | None,
    all_messages: bool,
) -> int:
    """Write an HTML or PDF report for stakeholders, or a workbook.

    The answer in one sentence, the map, where the value gets stuck, what is planned, and how the
    numbers were made, in one file that needs no network. Several maps and one output file make one
    report that compares the streams first.
    """
    wanted = chosen(format, output)
    if attach_source and wanted != "pdf":
        raise click.UsageError("`--attach-source` puts a map into a PDF; add `-f pdf`")
    said = {"title": title, "author": author, "confidential": confidential}
    tasks = [
        Task(
            inputs=inputs,
            target=target,
            format=wanted,
            future=future,
            page=page,
            house=houses.house(inputs[0], logo=logo, template=template, **said),
            attach=attach_source,
            today=options.day(today),
            trend=trend,
            all_messages=all_messages,
        )
        for inputs, target in planned(files, output, wanted)
    ]
    outcomes = []
    for outcome in work.run(written, tasks, jobs):
        if outcome.result is not None:
            console.put(outcome.result)
        outcomes.append(outcome)
    return work.worst(outcomes)


def chosen(format: Format | None, output: str | None) -> Format:
    """The format that is meant, by `-f` or by how the output ends."""
    ending = Path(output or "").suffix.removeprefix(".").lower()
    if ending in ("svg", "png", "dot", "json"):
        raise click.UsageError(f"{ending.upper()} is a map: use `vsm render FILE -o {output}`")
    known = ENDINGS.get(ending)
    if format and known and format != known:
        raise click.UsageError(f"`-f {format}` and `-o {output}` do not agree")
    return next(one for one in FORMATS if one == (format or known or "html"))


def planned(
    paths: tuple[str, ...], output: str | None, format: Format
) -> list[tuple[tuple[Input, ...], Path | None]]:
    """Every report that is meant, with where it goes: several maps and one file are one report."""
    inputs = files.collect(paths)
    if output is not None and len(inputs) > 1 and not files.is_folder(output):
        return [(tuple(inputs), None if output == "-" else Path(output))]
    targets = files.destinations(inputs, output, format, settings.output_folder)
    return [((one,), target) for one, target in zip(inputs, targets, strict=True)]


def written(task: Task) -> Outcome[bytes]:
    """Write one report, unless a map of it has mistakes."""
    begun = monotonic()
    messages: list[str] = []
    broken: list[str] = []
    told: list[Subject] = []
    sources: list[tuple[str, bytes]] = []
    for done, one in enumerate(task.inputs, start=1):
        map_ = maps.compiled(one)
        messages += maps.drawing_messages(map_, everything=task.all_messages)
        if map_.ok:
            with environment():
                told.append(_told(task, one, map_))
            sources.append((Path(map_.source.name).name, console.encoded(map_.source.text)))
        else:
            broken.append(one.name)
        work.progress(f"{done} of {len(task.inputs)} maps read", len(task.inputs))
    if broken:
        return Outcome(1, (*messages, f"{', '.join(broken)}: no report written"))
    limits = settings.config(task.inputs[0]).limits
    patience.begin("the report", limits, len(task.inputs), monotonic() - begun)
    with environment(), houses.templates():
        data, said = _report(task, told, sources)
    messages += said
    if task.target is None:
        return Outcome(0, tuple(messages), data)
    files.write_whole(task.target, data)
    return Outcome(0, (*messages, f"wrote {console.harmless(str(task.target))}"))


def _told(task: Task, one: Input, map_: Any) -> Subject:
    found = subject(
        map_,
        maps.state(map_, task.future),
        today=task.today,
        history=subjects.history(one.path, task.future) if task.trend and one.path else (),
        colors=settings.colours(one),
        engine=settings.config(one).engine,  # type: ignore[arg-type]  # checked where it is read
        page=task.page if task.format == "pdf" else None,
    )
    # In a report on several maps, two files may be called the same.
    return replace(found, name=one.name) if len(task.inputs) > 1 else found


def _report(
    task: Task, told: Sequence[Subject], sources: Sequence[tuple[str, bytes]]
) -> tuple[bytes, tuple[str, ...]]:
    if task.format == "html":
        from vsmdsl.report.html import render_html

        return console.encoded(render_html(*told, house=task.house)), ()
    if task.format == "xlsx":
        from vsmdsl.report.spreadsheet import render_xlsx

        return render_xlsx(*told, house=task.house, when=_moment()), ()
    from vsmdsl.report.pdf import pressed
    from vsmdsl.report.press import Attached

    attached = [Attached(name, data, _moment()) for name, data in sources if task.attach]
    found = pressed(*told, page=task.page, house=task.house, attached=attached)
    return found.data, found.said


def _moment() -> datetime:
    """The moment that files carry: that of the build, else always the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return datetime(1980, 1, 1, tzinfo=UTC)
    return datetime.fromtimestamp(int(epoch), UTC)
