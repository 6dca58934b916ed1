"""`vsm render`: the map as a picture, or as data."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast, get_args

import click

from vsmdsl import pipeline
from vsmdsl.analysis.show import show
from vsmdsl.cli import console, files, maps, options, parts, settings, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.pictures import environment
from vsmdsl.cli.work import Outcome
from vsmdsl.config import NARROWEST, WIDEST
from vsmdsl.drawing.placement import Engine
from vsmdsl.formats import Theme
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import record

Format = Literal["svg", "png", "pdf", "html", "dot", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


@record
class Look:
    """How a picture is wanted."""

    format: Format
    future: str
    theme: Theme | None
    width: float | None
    page: str | None
    scale: float
    bands: tuple[str, ...]


@record
class Task:
    """One picture to make; `target` None is standard output."""

    input: Input
    target: Path | None
    look: Look
    check: bool
    all_messages: bool


@click.command(
    "render",
    epilog=options.examples(
        "vsm render checkout.vsm                     # checkout.svg beside it",
        "vsm render checkout.vsm -o map.png --scale 2",
        "vsm render checkout.vsm -o map.pdf --page a4",
        "vsm render maps/ -o build/ -j 2",
        "vsm render - -o - < checkout.vsm > map.svg",
    ),
)
@options.files
@options.output("A file, a folder, or - for standard output (default: beside the source).")
@click.option(
    "-f",
    "--format",
    type=click.Choice(FORMATS),
    help="What to write (default: as -o ends, else svg).",
)
@options.future
@click.option(
    "--theme", type=click.Choice(["auto", "light", "dark"]), help="Colours (default: auto)."
)
@click.option(
    "--width",
    type=click.FloatRange(NARROWEST, WIDEST),
    metavar="N",
    help="Wrap the stream to this many units.",
)
@click.option(
    "--page",
    type=click.Choice(options.PAGES, case_sensitive=False),
    metavar="PAPER",
    help="Wrap it for paper: a4, a3 or letter, each also as a4-landscape.",
)
@click.option(
    "--scale", type=click.FloatRange(0.1, 10), default=1.0, metavar="N", help="Size of a PNG."
)
@click.option("--bands", metavar="NAMES", help="Only these parts, e.g. title,ladder,strip.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if the file differs.")
@options.jobs
@options.all_messages
def command(
    files: tuple[str, ...],
    output: str | None,
    format: str | None,
    future: str,
    theme: Theme | None,
    width: float | None,
    page: str | None,
    scale: float,
    bands: str | None,
    check: bool,
    jobs: int,
    all_messages: bool,
) -> int:
    """Draw maps as SVG, PNG, PDF, HTML, DOT or JSON.

    FILE is a .vsm file, a folder (every .vsm below it), or - for standard input.
    """
    if width and page:
        raise click.UsageError("`--width` and `--page` both say where rows end: give one of them")
    asked = parts.split(bands)
    parts.chosen(asked)  # refuses a name that is not known before anything is drawn
    look = Look(chosen(format, output), future, theme, width, page, scale, asked)
    tasks = planned(files, output, look, check=check, all_messages=all_messages)
    return work.worst([_handed_out(one) for one in work.run(drawn, tasks, jobs)])


def chosen(format: str | None, output: str | None) -> Format:
    """The format that is meant, by `-f` or by how the output ends."""
    ending = Path(output or "").suffix.removeprefix(".").lower()
    known = ending if ending in FORMATS else ""
    wanted = format or known or ("" if ending and not files.is_folder(output or "") else "svg")
    for one in FORMATS:
        if one == wanted and known in ("", one):
            return one
    raise click.UsageError(_other_format(wanted, ending, output))


def planned(
    paths: tuple[str, ...], output: str | None, look: Look, *, check: bool, all_messages: bool
) -> list[Task]:
    """One task for every map that is meant."""
    inputs = files.collect(paths)
    targets = files.destinations(inputs, output, look.format, settings.output_folder)
    if check and None in targets:
        raise click.UsageError("`--check` compares with a file: give one with `-o`")
    return [
        Task(one, target, look, check, all_messages)
        for one, target in zip(inputs, targets, strict=True)
    ]


def drawn(task: Task) -> Outcome[bytes]:
    """Draw one map and write it, unless it has mistakes."""
    map_ = maps.compiled(task.input)
    messages = maps.drawing_messages(map_, everything=task.all_messages)
    if not map_.ok:
        return Outcome(1, (*messages, f"{task.input.name}: not drawn"))
    state = maps.state(map_, task.look.future)
    data = _picture(map_, state, task.look, task.input)
    return _delivered(task, data, messages, _headline(state))


def _picture(map_: Compiled, state: State, look: Look, one: Input) -> bytes:
    own = settings.config(one)
    with environment():
        picture = pipeline.render(
            map_,
            look.format,
            future=state.key,
            theme=look.theme or cast("Theme", own.theme),
            width=None if look.page else look.width or own.width,
            page=look.page,
            scale=look.scale,
            bands=parts.chosen(look.bands or own.bands),
            colors=settings.colours(one),
            engine=cast("Engine", own.engine),
        )
    return picture.encode() if isinstance(picture, str) else picture


def _delivered(task: Task, data: bytes, messages: tuple[str, ...], headline: str) -> Outcome[bytes]:
    if task.target is None:
        return Outcome(0, messages, data)
    if task.check:
        same = task.target.is_file() and task.target.read_bytes() == data
        return Outcome(0 if same else 1, () if same else (f"{task.target}: would change",))
    files.write_whole(task.target, data)
    return Outcome(0, (*messages, f"wrote {console.harmless(str(task.target))}{headline}"))


def _handed_out(outcome: Outcome[bytes]) -> Outcome[bytes]:
    if outcome.result is not None:
        console.put(outcome.result)
    return outcome


def _headline(state: State) -> str:
    figure = state.analysis.metrics.get("lead_time")
    if figure is None:
        return ""
    where = f", {state.label}" if state.key else ""
    return f" (lead time {show(figure, state.stream.calendar)}{where})"


def _other_format(wanted: str, ending: str, output: str | None) -> str:
    if wanted:
        return f"`-f {wanted}` and `-o {output}` do not agree"
    return f"`.{ending}` is no format; use one of {', '.join(FORMATS)}, or give `-f`"
