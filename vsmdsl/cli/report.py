"""`vsm report`: the map and its figures for people who never see a `.vsm` file."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Literal

from vsmdsl.cli import console, declared, files, houses, kept, options, settings, work
from vsmdsl.cli.declared import Choice, FileName
from vsmdsl.cli.files import Input
from vsmdsl.cli.kept import Made, Place
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.work import Outcome
from vsmdsl.cli.writing import write_made
from vsmdsl.project import LARGEST
from vsmdsl.publish.cache import digest
from vsmdsl.record import record
from vsmdsl.report.house import House

Format = Literal["html", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "xlsx")
MOST_TEMPLATES = 500  # files; a folder that has more is not looked through for what has changed
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
    language: str | None
    catalogue: str | None
    attach: bool
    today: date | None
    trend: bool
    cache: bool
    all_messages: bool


@declared.verb(
    "report",
    epilog=options.examples(
        "vsm report checkout.vsm                     # checkout.html beside it",
        "vsm report checkout.vsm -o board.pdf --page letter",
        "vsm report checkout.vsm --future q1 -o target.pdf",
        "vsm report maps/*.vsm -o portfolio.pdf      # one report that compares them",
        "vsm report maps/ -o reports/                # a report for each",
        "vsm report checkout.vsm -f xlsx             # the figures as a workbook",
        "vsm report checkout.vsm --language de       # in German",
        "vsm report checkout.vsm -o audit.pdf --attach-source --logo logo.svg",
    ),
)
@options.files
@options.output("A file, a folder, or - for standard output (default: beside the source).")
@declared.option(
    "-f",
    "--format",
    kind=Choice(FORMATS),
    help="What to write (default: as -o ends, else html).",
)
@options.future
@declared.option("--title", help="The title of the report (default: the map's).")
@declared.option("--author", help="Who answers for the report (default: the map's author).")
@declared.option("--confidential", metavar="TEXT", help="A line on each page.")
@declared.option("--logo", kind=FileName(), help="A PNG or SVG for the first page.")
@declared.option(
    "--template", kind=FileName(), metavar="DIR", help="Templates that win over those of vsmdsl."
)
@options.language
@options.catalogue
@declared.option("--page", kind=Choice(options.PAGES), default="a4", help="The paper of a PDF.")
@declared.option("--attach-source", flag=True, help="Put the map's text into the PDF (PDF/A-3).")
@options.today
@declared.option("--trend", flag=True, help="Tell how it went so far, from the file's git history.")
@declared.option("--no-cache", flag=True, help="Write anew what has not changed, too.")
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
    language: str | None,
    catalogue: str | None,
    page: str,
    attach_source: bool,
    today: datetime | None,
    trend: bool,
    no_cache: bool,
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
        raise Misuse("`--attach-source` puts a map into a PDF; add `-f pdf`")
    said = {"title": title, "author": author, "confidential": confidential}
    tasks = [
        Task(
            inputs=inputs,
            target=target,
            format=wanted,
            future=future,
            page=page,
            house=houses.house(inputs[0], logo=logo, template=template, **said),
            language=language,
            catalogue=catalogue,
            attach=attach_source,
            today=options.day(today),
            trend=trend,
            cache=not no_cache,
            all_messages=all_messages,
        )
        for inputs, target in planned(files, output, wanted)
    ]
    if wanted == "pdf":
        from vsmdsl.cli import apart  # only what needs a printer crashes

        apart.go_on()
    outcomes = []
    for outcome in work.run(partial(written, alone=len(tasks) == 1), tasks, jobs):
        if outcome.result is not None:
            console.put(outcome.result)
        outcomes.append(outcome)
    return work.worst(outcomes)


def chosen(format: Format | None, output: str | None) -> Format:
    """The format that is meant, by `-f` or by how the output ends."""
    ending = Path(output or "").suffix.removeprefix(".").lower()
    if ending in ("svg", "png", "dot", "json"):
        raise Misuse(f"{ending.upper()} is a map: use `vsm render FILE -o {output}`")
    known = ENDINGS.get(ending)
    if format and known and format != known:
        raise Misuse(f"`-f {format}` and `-o {output}` do not agree")
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


def written(task: Task, *, alone: bool = False) -> Outcome[bytes]:
    """Write one report, unless a map of it has mistakes; take it as it was made before if so.

    One that is alone has the printer made ready beside it, which is worth it but for the first.
    """
    where = _place(task)
    before = where and kept.find(where)
    if before:
        return _delivered(task, before, ())
    from vsmdsl.cli import stored  # not for what was written before
    from vsmdsl.cli.printer import printer
    from vsmdsl.cli.scratch import scratch

    stored.begin()
    printed = task.format == "pdf"
    with scratch() if printed else nullcontext(), printer(alone and printed) as press:
        from vsmdsl.cli import telling

        told = telling.tell(task, where.maps if where else (), press)
    if told.report is None:
        return Outcome(1, told.messages)
    if where and told.lasting:
        kept.keep(where, told.report, told.included)
    return _delivered(task, told.report, told.messages)


def _delivered(task: Task, report: Made, messages: tuple[str, ...]) -> Outcome[bytes]:
    if task.target is None:
        return Outcome(0, messages, report.data)
    write_made(task.target, report.data, task.inputs)
    return Outcome(0, (*messages, f"wrote {console.harmless(str(task.target))}"))


def _place(task: Task) -> Place | None:
    """Where a report is kept. The past of a file is asked of git each time."""
    if not task.cache or task.trend:
        return None
    house = _of_the_house(task.house)
    if house is None:
        return None
    wishes = [task.format, task.future, task.page, task.attach, str(task.today or "")]
    wishes += [task.language, task.catalogue, *house]
    return kept.place("report", task.inputs, wishes, task.catalogue)


def _of_the_house(house: House) -> list[object] | None:
    """All that a house adds, with the content of its templates; None where it is a whole disk."""
    found = list(islice(house.folder.rglob("*"), MOST_TEMPLATES + 1)) if house.folder else []
    files = sorted(path for path in found if path.is_file())
    size = sum(path.stat().st_size for path in files)
    if len(found) > MOST_TEMPLATES or size > LARGEST:
        return None
    said = [house.title, house.author, house.confidential, digest(house.logo)]
    return [*said, *((str(path), digest(path.read_bytes())) for path in files)]
