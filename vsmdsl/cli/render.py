"""`vsm render`: the map as a picture, or as data."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast, get_args

import click

from vsmdsl import pipeline
from vsmdsl.analysis.show import show
from vsmdsl.cli import console, files, kept, maps, options, parts, settings, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.work import Outcome
from vsmdsl.config import NARROWEST, WIDEST
from vsmdsl.drawing.placement import Engine
from vsmdsl.formats import Theme
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import record

Format = Literal["svg", "png", "pdf", "html", "dot", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)
STALE = ("is not there", "would change")  # what `--check` says of a picture


@record
class Look:
    """How a picture is wanted."""

    format: Format
    future: str
    compare: str | None
    theme: Theme | None
    width: float | None
    page: str | None
    scale: float
    bands: tuple[str, ...]
    cache: bool


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
        "vsm render checkout.vsm --compare :q1       # today against the future q1",
        "vsm render checkout.vsm --watch             # draw it anew whenever it is saved",
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
    "--compare",
    metavar="A:B",
    help="Two states in one picture: ids of futures; empty or `current` is the current state.",
)
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
@click.option("--no-cache", is_flag=True, help="Make a PNG or PDF even if it was made before.")
@click.option("--watch", is_flag=True, help="Draw anew whenever a map or what it includes changes.")
@options.jobs
@options.all_messages
def command(
    files: tuple[str, ...],
    output: str | None,
    format: str | None,
    future: str,
    compare: str | None,
    theme: Theme | None,
    width: float | None,
    page: str | None,
    scale: float,
    bands: str | None,
    check: bool,
    no_cache: bool,
    watch: bool,
    jobs: int | None,
    all_messages: bool,
) -> int:
    """Draw maps as SVG, PNG, PDF, HTML, DOT or JSON.

    FILE is a .vsm file, a folder (every .vsm below it), or - for standard input.
    """
    if width and page:
        raise click.UsageError("`--width` and `--page` both say where rows end: give one of them")
    asked = parts.split(bands)
    parts.chosen(asked)  # refuses a name that is not known before anything is drawn
    look = Look(
        chosen(format, output), future, compare, theme, width, page, scale, asked, not no_cache
    )
    _refused(look, check=check, watch=watch)
    tasks = planned(files, output, look, check=check, all_messages=all_messages)
    if watch:
        from vsmdsl.cli import watching  # not for a single picture

        return watching.watch(
            [one.input for one in tasks],
            lambda changed: _redrawn(tasks, changed, jobs),
        )
    outcomes = [_handed_out(one) for one in work.run(drawn, tasks, jobs)]
    if any(message.endswith(STALE) for one in outcomes for message in one.messages):
        from vsmdsl.cli import again  # only for those who are told

        console.say(f"to draw them anew: {again.command_line(without='check')}")
    return work.worst(outcomes)


def chosen(format: str | None, output: str | None) -> Format:
    """The format that is meant, by `-f` or by how the output ends."""
    ending = Path(output or "").suffix.removeprefix(".").lower()
    known = ending if ending in FORMATS else ""
    wanted = format or known or ("" if ending and not files.is_folder(output or "") else "svg")
    for one in FORMATS:
        if one == wanted and known in ("", one):
            return one
    raise click.UsageError(_other_format(wanted, ending, output))


def _refused(look: Look, *, check: bool, watch: bool) -> None:
    """Options that do not go together."""
    if look.compare is not None:
        if look.compare.count(":") != 1:
            raise click.UsageError("`--compare` wants two states, as `current:q1` or `q1:q2`")
        if look.future:
            raise click.UsageError("`--compare` names its own states: leave out `--future`")
        if look.bands:
            raise click.UsageError("a comparison has bands of its own: leave out `--bands`")
        if look.format == "dot":
            raise click.UsageError("no comparison is drawn as `dot`")
    if watch and check:
        raise click.UsageError("`--watch` draws and `--check` does not: give one of them")


def _redrawn(tasks: list[Task], changed: Collection[Input], jobs: int | None) -> None:
    """Draw those maps that have changed."""
    wanted = [one for one in tasks if one.input in changed]
    for outcome in work.run(drawn, wanted, jobs):
        _handed_out(outcome)


def planned(
    paths: tuple[str, ...], output: str | None, look: Look, *, check: bool, all_messages: bool
) -> list[Task]:
    """One task for every map that is meant."""
    inputs = files.collect(paths)
    targets = files.destinations(inputs, output, look.format, settings.output_folder)
    if look.compare is not None and output is None:
        targets = [one and _beside(one, look.compare) for one in targets]
    if check and None in targets:
        raise click.UsageError("`--check` compares with a file: give one with `-o`")
    return [
        Task(one, target, look, check, all_messages)
        for one, target in zip(inputs, targets, strict=True)
    ]


def _beside(target: Path, compare: str) -> Path:
    """Where a comparison goes by itself: beside the picture of the map, not over it."""
    old, _, new = compare.partition(":")
    return target.with_stem(f"{target.stem}-{old or 'current'}-{new or 'current'}")


def drawn(task: Task) -> Outcome[bytes]:
    """Draw one map and write it, unless it has mistakes."""
    map_ = maps.compiled(task.input)
    messages = maps.drawing_messages(map_, everything=task.all_messages)
    if not map_.ok:
        return Outcome(1, (*messages, f"{task.input.name}: not drawn"))
    if task.look.compare is None:
        state = maps.state(map_, task.look.future)
        data, headline = _picture(map_, state, task.look, task.input), _headline(state)
    else:
        before, after = (_state(map_, key) for key in task.look.compare.split(":"))
        data = _comparison(before, after, task.look, task.input)
        headline = _change(before, after)
    return _delivered(task, data, messages, headline)


def _state(map_: Compiled, key: str) -> State:
    return maps.state(map_, "" if key.casefold() == "current" else key)


def _picture(map_: Compiled, state: State, look: Look, one: Input) -> bytes:
    bands = parts.chosen(look.bands or settings.config(one).bands)
    asked = _options(look, one)
    render = partial(pipeline.render, map_, look.format, future=state.key, bands=bands, **asked)
    return kept.picture(render, look.format, (state,), bands, asked, cache=look.cache)


def _comparison(before: State, after: State, look: Look, one: Input) -> bytes:
    from vsmdsl.beside import render_comparison

    asked = _options(look, one)
    render = partial(render_comparison, before, after, look.format, **asked)
    return kept.picture(render, look.format, (before, after), asked, cache=look.cache)


def _options(look: Look, one: Input) -> dict[str, Any]:
    """What a flag says, else the project."""
    own = settings.config(one)
    return {
        "theme": look.theme or cast("Theme", own.theme),
        "width": None if look.page else look.width or own.width,
        "page": look.page,
        "scale": look.scale,
        "colors": settings.colours(one),
        "engine": cast("Engine", own.engine),
    }


def _delivered(task: Task, data: bytes, messages: tuple[str, ...], headline: str) -> Outcome[bytes]:
    if task.target is None:
        return Outcome(0, messages, data)
    if task.check:
        stale = _stale(task.target, data)
        name = console.harmless(str(task.target))
        return Outcome(1 if stale else 0, (f"{name}: {stale}",) if stale else ())
    files.write_whole(task.target, data)
    return Outcome(0, (*messages, f"wrote {console.harmless(str(task.target))}{headline}"))


def _stale(target: Path, data: bytes) -> str:
    """What is wrong with a picture that is kept; nothing where it is the one we would draw."""
    if not target.is_file():
        return STALE[0]
    return "" if target.read_bytes() == data else STALE[1]


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


def _change(before: State, after: State) -> str:
    figures = [one.analysis.metrics.get("lead_time") for one in (before, after)]
    texts = [
        show(figure, one.stream.calendar) if figure else "?"
        for figure, one in zip(figures, (before, after), strict=True)
    ]
    return f" (lead time {texts[0]} → {texts[1]})" if any(figures) else ""


def _other_format(wanted: str, ending: str, output: str | None) -> str:
    if wanted:
        return f"`-f {wanted}` and `-o {output}` do not agree"
    return f"`.{ending}` is no format; use one of {', '.join(FORMATS)}, or give `-f`"
