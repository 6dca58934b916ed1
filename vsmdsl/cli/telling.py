"""One report of one map or several: compiled, told, and what there is to say beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from vsmdsl.cli import console, houses, language, maps, patience, settings, subjects, work
from vsmdsl.cli.files import Input
from vsmdsl.cli.kept import Made
from vsmdsl.cli.pictures import environment
from vsmdsl.cli.refusals import Misuse
from vsmdsl.pipeline import Compiled
from vsmdsl.record import record, replace
from vsmdsl.report.subject import Subject
from vsmdsl.wording import Wording

if TYPE_CHECKING:
    from vsmdsl.cli.report import Task
    from vsmdsl.report.press import Printer


@record
class Told:
    """What became of some maps: their report if it could be written, and what there is to say.

    `included` are the texts of the files that they include; `lasting` says whether the same maps
    give the same report, and as few words, on any day and machine.
    """

    report: Made | None
    messages: tuple[str, ...]
    included: dict[Path, str]
    lasting: bool = False


def tell(task: Task, data: Sequence[bytes], printer: Printer) -> Told:
    """Write a report, unless a map of it has mistakes. `data` are its maps where they are known.

    What is to be printed is given to the printer.
    """
    begun = monotonic()
    messages: list[str] = []
    broken: list[str] = []
    told: list[Subject] = []
    included: dict[Path, str] = {}
    sources: list[tuple[str, bytes]] = []
    words: Wording | None = None  # one report speaks one language
    for at, one in enumerate(task.inputs):
        map_ = maps.compiled(one, data[at] if data else None, maps.noting(one, included))
        messages += maps.drawing_messages(map_, everything=task.all_messages)
        if map_.ok:
            with environment():
                words = words or _words(task, one, map_)
                told.append(_subject(task, one, map_, words))
            sources.append((Path(map_.source.name).name, console.encoded(map_.source.text)))
        else:
            broken.append(one.name)
        work.progress(f"{at + 1} of {len(task.inputs)} maps read", len(task.inputs))
    if broken:
        return Told(None, (*messages, f"{', '.join(broken)}: no report written"), included)
    limits = settings.config(task.inputs[0]).limits
    spent = monotonic() - begun
    theirs = task.house.folder is not None  # templates that may ask for anything
    patience.begin("the report", limits, len(task.inputs), spent, wary=theirs)
    with environment(), houses.templates():
        report, said, lasting = _report(task, told, sources, printer)
    said = (*messages, *said)
    return Told(Made(report), said, included, lasting and not said)


def _words(task: Task, one: Input, map_: Compiled) -> Wording:
    own = map_.stream.settings.language
    return language.words(one, own, task.language, task.catalogue)


def _subject(task: Task, one: Input, map_: Compiled, words: Wording) -> Subject:
    found = subjects.subject(
        map_,
        maps.state(map_, task.future),
        today=task.today,
        history=subjects.history(one.path, task.future) if task.trend and one.path else (),
        colors=settings.colours(one),
        engine=settings.config(one).engine,  # type: ignore[arg-type]  # checked where it is read
        page=task.page if task.format == "pdf" else None,
        words=words,
    )
    # In a report on several maps, two files may be called the same.
    return replace(found, name=one.name) if len(task.inputs) > 1 else found


def _report(
    task: Task, told: Sequence[Subject], sources: Sequence[tuple[str, bytes]], printer: Printer
) -> tuple[bytes, tuple[str, ...], bool]:
    """The file, what there is to say, and whether any machine would write the same."""
    if task.format == "html":
        from vsmdsl.report.html import render_html

        return console.encoded(render_html(*told, house=task.house)), (), True
    if task.format == "xlsx":
        from vsmdsl.report.spreadsheet import render_xlsx

        return render_xlsx(*told, house=task.house, when=_moment()), (), True
    from vsmdsl.report.pdf import pressed
    from vsmdsl.report.press import Attached

    attached = [Attached(name, data, _moment()) for name, data in sources if task.attach]
    found = pressed(*told, page=task.page, house=task.house, attached=attached, printer=printer)
    return found.data, found.said, not found.borrowed


def _moment() -> datetime:
    """The moment that files carry: that of the build, else always the same."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime(1980, 1, 1, tzinfo=UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        said = "SOURCE_DATE_EPOCH is a number of seconds, such as 1767225600"
        raise Misuse(said) from None
