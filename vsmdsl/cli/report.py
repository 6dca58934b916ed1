"""`vsm report`: the map and its figures for people who never see a `.vsm` file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from vsmdsl import pipeline
from vsmdsl.cli import console, files, maps, options, settings, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.pictures import environment
from vsmdsl.cli.work import Outcome
from vsmdsl.drawing import layout
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import record
from vsmdsl.report.subject import Side, Subject

Format = Literal["html", "pdf"]
# The report has the headline figures on its cover: the map need not repeat them.
BANDS = tuple(band for band in layout.BANDS if band != "tiles")


@record
class Task:
    """One report to write; `target` None is standard output."""

    input: Input
    target: Path | None
    format: Format
    future: str
    title: str | None
    page: str
    all_messages: bool


@click.command(
    "report",
    epilog=options.examples(
        "vsm report checkout.vsm                     # checkout.html beside it",
        "vsm report checkout.vsm -o board.pdf --page a4",
        "vsm report checkout.vsm --future q1 -o target.pdf",
    ),
)
@options.files
@options.output("A file, a folder, or - for standard output (default: beside the source).")
@click.option(
    "-f",
    "--format",
    type=click.Choice(["html", "pdf"]),
    help="What to write (default: as -o ends, else html).",
)
@options.future
@click.option("--title", help="The title of the report (default: the map's).")
@click.option("--page", type=click.Choice(options.PAGES), default="a4", help="The paper of a PDF.")
@options.jobs
@options.all_messages
def command(
    files: tuple[str, ...],
    output: str | None,
    format: str | None,
    future: str,
    title: str | None,
    page: str,
    jobs: int,
    all_messages: bool,
) -> int:
    """Write an HTML or PDF report for stakeholders.

    The map, where the value gets stuck, the steps, the states to come, and how the numbers were
    made, in one file that needs no network.
    """
    wanted = chosen(format, output)
    outcomes = []
    for outcome in work.run(
        written,
        [
            Task(one, target, wanted, future, title, page, all_messages)
            for one, target in planned(files, output, wanted)
        ],
        jobs,
    ):
        if outcome.result is not None:
            console.put(outcome.result)
        outcomes.append(outcome)
    return work.worst(outcomes)


def chosen(format: str | None, output: str | None) -> Format:
    """The format that is meant, by `-f` or by how the output ends."""
    ending = Path(output or "").suffix.removeprefix(".").lower()
    if ending in ("svg", "png", "dot", "json"):
        raise click.UsageError(f"{ending.upper()} is a map: use `vsm render FILE -o {output}`")
    known = {"htm": "html"}.get(ending, ending) if ending in ("html", "htm", "pdf") else ""
    if format and known and format != known:
        raise click.UsageError(f"`-f {format}` and `-o {output}` do not agree")
    return "pdf" if "pdf" in (format, known) else "html"


def planned(
    paths: tuple[str, ...], output: str | None, format: Format
) -> list[tuple[Input, Path | None]]:
    """Every map that is meant, with where its report goes."""
    inputs = files.collect(paths)
    return list(
        zip(inputs, files.destinations(inputs, output, format, settings.output_folder), strict=True)
    )


def written(task: Task) -> Outcome[bytes]:
    """Write one report, unless its map has mistakes."""
    map_ = maps.compiled(task.input)
    messages = maps.drawing_messages(map_, everything=task.all_messages)
    if not map_.ok:
        return Outcome(1, (*messages, f"{task.input.name}: no report written"))
    with environment():
        about = subject(map_, maps.state(map_, task.future), **_look(task.input))
        data = _report(task, about)
    if task.target is None:
        return Outcome(0, messages, data)
    files.write_whole(task.target, data)
    return Outcome(0, (*messages, f"wrote {console.harmless(str(task.target))}"))


def subject(map_: Compiled, state: State, **look: Any) -> Subject:
    """What a report on this state of a map is about; `look` is that of `pipeline.render`."""
    picture = pipeline.render(map_, "svg", future=state.key, bands=BANDS, **look)
    assert isinstance(picture, str)
    return Subject(
        name=Path(map_.source.name).name,
        shown=_side(state),
        picture=picture,
        current=_side(map_.current),
        futures=tuple(_side(one) for one in map_.futures),
        goals=map_.goals,
        messages=map_.diagnostics,
        version=console.version(),
    )


def _look(one: Input) -> dict[str, Any]:
    return {"colors": settings.colours(one), "engine": settings.config(one).engine}


def _side(state: State) -> Side:
    return Side(state.key, state.label, state.stream, state.analysis)


def _report(task: Task, about: Subject) -> bytes:
    if task.format == "html":
        from vsmdsl.report.html import render_html

        return render_html(about, title=task.title).encode()
    from vsmdsl.report.pdf import render_pdf

    return render_pdf(about, title=task.title, page=task.page)
