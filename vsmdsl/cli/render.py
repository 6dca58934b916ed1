"""`vsm render`: the map as a picture, or as data."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vsmdsl.cli import console, declared, files, kept, options, parts, settings, work
from vsmdsl.cli.declared import Choice, Number
from vsmdsl.cli.files import Input
from vsmdsl.cli.kept import Made
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.work import Outcome
from vsmdsl.cli.writing import write_made
from vsmdsl.config import NARROWEST, WIDEST
from vsmdsl.record import field_names, record

if TYPE_CHECKING:
    from vsmdsl.formats import Theme

Format = Literal["svg", "png", "pdf", "html", "dot", "json"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf", "html", "dot", "json")
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
    language: str | None
    catalogue: str | None
    cache: bool


@record
class Task:
    """One picture to make; `target` None is standard output."""

    input: Input
    target: Path | None
    look: Look
    check: bool
    all_messages: bool


@declared.verb(
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
@declared.option(
    "-f",
    "--format",
    kind=Choice(FORMATS),
    help="What to write (default: as -o ends, else svg).",
)
@options.future
@declared.option(
    "--compare",
    metavar="A:B",
    help="Two states in one picture: ids of futures; empty or `current` is the current state.",
)
@declared.option("--theme", kind=Choice(("auto", "light", "dark")), help="Colours (default: auto).")
@declared.option(
    "--width",
    kind=Number(NARROWEST, WIDEST),
    metavar="N",
    help="Wrap the stream to this many units.",
)
@declared.option(
    "--page",
    kind=Choice(options.PAGES, case_sensitive=False),
    metavar="PAPER",
    help="Wrap it for paper: a4, a3 or letter, each also as a4-landscape.",
)
@declared.option("--scale", kind=Number(0.1, 10), default=1.0, metavar="N", help="Size of a PNG.")
@declared.option("--bands", metavar="NAMES", help="Only these parts, e.g. title,ladder,strip.")
@options.language
@options.catalogue
@declared.option("--check", flag=True, help="Write nothing; exit with 1 if the file differs.")
@declared.option("--no-cache", flag=True, help="Draw anew what has not changed, too.")
@declared.option("--watch", flag=True, help="Draw anew whenever a map or what it includes changes.")
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
    language: str | None,
    catalogue: str | None,
    check: bool,
    no_cache: bool,
    watch: bool,
    jobs: int | None,
    all_messages: bool,
) -> int:
    """Draw maps as SVG, PNG, PDF, HTML, DOT or JSON.

    FILE is a .vsm file, a folder (every .vsm below it), or - for standard input.
    """
    typed = locals()
    if width and page:
        raise Misuse("`--width` and `--page` both say where rows end: give one of them")
    asked = parts.split(bands)
    parts.chosen(asked)  # refuses a name that is not known before anything is drawn
    look = Look(
        format=chosen(format, output),
        future=future,
        compare=compare,
        theme=theme,
        width=width,
        page=page,
        scale=scale,
        bands=asked,
        language=language,
        catalogue=catalogue,
        cache=not no_cache,
    )
    _refused(look, check=check, watch=watch)
    tasks = planned(files, output, look, check=check, all_messages=all_messages)
    if look.format == "pdf":
        from vsmdsl.cli import apart  # only what needs a printer crashes

        apart.go_on()
    if watch:
        from vsmdsl.cli import watching  # not for a single picture

        return watching.watch(
            [one.input for one in tasks],
            lambda changed: _redrawn(tasks, changed, jobs),
        )
    outcomes = [_handed_out(one) for one in work.run(drawn, tasks, jobs)]
    if any(message.endswith(STALE) for one in outcomes for message in one.messages):
        from vsmdsl.cli import again  # only for those who are told

        console.say(f"to draw them anew: {again.command_line(command, {**typed, 'check': False})}")
    return work.worst(outcomes)


def chosen(format: str | None, output: str | None) -> Format:
    """The format that is meant, by `-f` or by how the output ends."""
    ending = Path(output or "").suffix.removeprefix(".").lower()
    known = ending if ending in FORMATS else ""
    wanted = format or known or ("" if ending and not files.is_folder(output or "") else "svg")
    for one in FORMATS:
        if one == wanted and known in ("", one):
            return one
    raise Misuse(_other_format(wanted, ending, output))


def _refused(look: Look, *, check: bool, watch: bool) -> None:
    """Options that do not go together."""
    if look.compare is not None:
        if look.compare.count(":") != 1:
            raise Misuse("`--compare` wants two states, as `current:q1` or `q1:q2`")
        if look.future:
            raise Misuse("`--compare` names its own states: leave out `--future`")
        if look.bands:
            raise Misuse("a comparison has bands of its own: leave out `--bands`")
        if look.format == "dot":
            raise Misuse("no comparison is drawn as `dot`")
    if watch and check:
        raise Misuse("`--watch` draws and `--check` does not: give one of them")


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
        raise Misuse("`--check` compares with a file: give one with `-o`")
    return [
        Task(one, target, look, check, all_messages)
        for one, target in zip(inputs, targets, strict=True)
    ]


def _beside(target: Path, compare: str) -> Path:
    """Where a comparison goes by itself: beside the picture of the map, not over it."""
    old, _, new = compare.partition(":")
    return target.with_stem(f"{target.stem}-{old or 'current'}-{new or 'current'}")


def drawn(task: Task) -> Outcome[bytes]:
    """Draw one map and write it, unless it has mistakes; take it as it was drawn before if so."""
    look = task.look
    where = (
        kept.place("render", [task.input], _wishes(look), look.catalogue) if look.cache else None
    )
    before = where and kept.find(where)
    if before:
        return _delivered(task, before, ())
    from vsmdsl.cli import drawing  # not for what was drawn before

    data = where.maps[0] if where else None
    made = drawing.draw(task.input, task.look, data, all_messages=task.all_messages)
    if made.picture is None:
        return Outcome(1, made.messages)
    if where and made.lasting:
        kept.keep(where, made.picture, made.included)
    return _delivered(task, made.picture, made.messages)


def _wishes(look: Look) -> list[object]:
    return [getattr(look, name) for name in field_names(look)]


def _delivered(task: Task, picture: Made, messages: tuple[str, ...]) -> Outcome[bytes]:
    if task.target is None:
        return Outcome(0, messages, picture.data)
    if task.check:
        stale = _stale(task.target, picture.data)
        name = console.harmless(str(task.target))
        return Outcome(1 if stale else 0, (f"{name}: {stale}",) if stale else ())
    write_made(task.target, picture.data, [task.input])
    said = f"wrote {console.harmless(str(task.target))}{picture.headline}"
    return Outcome(0, (*messages, said))


def _stale(target: Path, data: bytes) -> str:
    """What is wrong with a picture that is kept; nothing where it is the one we would draw."""
    if not target.is_file():
        return STALE[0]
    return "" if target.read_bytes() == data else STALE[1]


def _handed_out(outcome: Outcome[bytes]) -> Outcome[bytes]:
    if outcome.result is not None:
        console.put(outcome.result)
    return outcome


def _other_format(wanted: str, ending: str, output: str | None) -> str:
    if wanted:
        return f"`-f {wanted}` and `-o {output}` do not agree"
    return f"`.{ending}` is no format; use one of {', '.join(FORMATS)}, or give `-f`"
