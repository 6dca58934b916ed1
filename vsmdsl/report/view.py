"""From a subject to what the templates fill in: every figure as text, every part that has data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vsmdsl.analysis.show import show_rate
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.record import record
from vsmdsl.report import tables, words
from vsmdsl.report.answer import answer, tiles
from vsmdsl.report.futures import futures
from vsmdsl.report.goals import promises
from vsmdsl.report.kaizens import kaizens
from vsmdsl.report.method import method
from vsmdsl.report.sheet import Fact, Finding, Part, Promise, Table, Tile
from vsmdsl.report.subject import Subject


@record(kw_only=True)
class View:
    """What the templates see, and all they see."""

    title: str
    language: str
    generator: str
    author: str
    date: str
    state: str
    marks: tuple[str, ...]
    scope: str
    answer: str
    headline: str  # the answer, with numbers and units that stay together
    tiles: tuple[Tile, ...]
    tables: Mapping[str, tuple[Table, ...]]
    findings: tuple[Finding, ...]
    goals: tuple[Promise, ...]
    method: tuple[Fact, ...]
    source: tuple[Fact, ...]
    parts: tuple[Part, ...]


def view(subject: Subject, title: str | None = None) -> View:
    """Word everything, and list the parts that have something to say."""
    settings = subject.shown.stream.settings
    found = _tables(subject)
    said, kept = _findings(subject), promises(subject)
    return View(
        title=title or words.one_line(settings.title) or subject.name,
        language=settings.language or "en",
        generator=f"vsmdsl {subject.version}".strip(),
        author=settings.author,
        date=settings.date.isoformat() if settings.date else "",
        state=_state(subject),
        marks=tuple(_marks(subject)),
        scope=words.sentence(settings.scope) if settings.scope else "",
        answer=answer(subject),
        headline=words.glued(answer(subject)),
        tiles=tiles(subject),
        tables=found,
        findings=said,
        goals=kept,
        method=method(subject),
        source=tuple(_source(subject)),
        parts=tuple(_parts(subject, found, bool(said), bool(kept))),
    )


def _tables(subject: Subject) -> dict[str, tuple[Table, ...]]:
    side = subject.shown
    return {
        "waits": tables.waits(side),
        "futures": futures(subject),
        "kaizens": kaizens(subject.current),
        "rework": tables.rework(side),
        "steps": tables.steps(side),
        "spans": tables.spans(side),
    }


def _parts(
    subject: Subject, found: Mapping[str, tuple[Table, ...]], findings: bool, goals: bool
) -> Iterator[Part]:
    yield Part("map", "The map")
    for part, present in (
        (Part("waits", "Where the value gets stuck", _stuck(subject)), found["waits"]),
        (
            Part(
                "findings", "What today's map shows" if subject.is_future else "What the data shows"
            ),
            findings,
        ),
        (Part("rework", "Quality and rework", _first_time(subject)), found["rework"]),
        (Part("futures", "The future", _ahead(subject)), found["futures"]),
        (Part("kaizens", "Improvements"), found["kaizens"]),
        (Part("goals", "Goals"), goals),
        (Part("steps", "The steps"), found["steps"]),
        (Part("spans", "Further figures"), found["spans"]),
    ):
        if present:
            yield part
    yield Part("method", "How these numbers were made")
    yield Part("source", "Source")


def _state(subject: Subject) -> str:
    if subject.is_future:
        return words.one_line(subject.shown.label) or subject.shown.key
    return f"{subject.shown.stream.settings.state} state"


def _marks(subject: Subject) -> Iterator[str]:
    settings = subject.shown.stream.settings
    if settings.date:
        yield f"{settings.date.day} {settings.date:%B %Y}"
    yield from filter(None, (settings.author, settings.version and f"version {settings.version}"))


def _stuck(subject: Subject) -> str:
    side = subject.shown
    waiting, lead = (words.figure(side, name) for name in ("wait_time", "lead_time"))
    if not waiting or waiting == lead:
        return ""
    return f"{waiting} of the {lead} are waiting. The longest waits come first."


def _first_time(subject: Subject) -> str:
    ca = subject.shown.analysis.metrics.get("rolled_ca")
    if ca is None or not ca.complete:
        return ""
    return f"{words.whole(ca.value)} of the items pass every step right the first time."


def _ahead(subject: Subject) -> str:
    applied = [side for side in subject.futures if side.analysis.metrics.get("lead_time")]
    if len(applied) != 1:
        return ""
    side = applied[0]
    before, after = words.figure(subject.current, "lead_time"), words.figure(side, "lead_time")
    return f"{words.one_line(side.label) or side.key}: lead time from {before} to {after}."


def _findings(subject: Subject) -> tuple[Finding, ...]:
    return tuple(
        Finding(_spelled(one), words.sentence(_plain(one.message)), _plain(one.hint))
        for one in subject.messages
        if one.severity == "finding"
    )


def _spelled(one: Diagnostic) -> str:
    return one.code.name.replace("-", " ").capitalize()


def _plain(text: str) -> str:
    return text.replace("`", "")  # marks for the terminal, where code is meant


def _source(subject: Subject) -> Iterator[Fact]:
    settings = subject.shown.stream.settings
    for label, text in (
        ("Map", subject.name),
        ("Date of the map", settings.date.isoformat() if settings.date else ""),
        ("Version", settings.version),
        ("Author", settings.author),
        ("Item", settings.item),
        ("Demand", show_rate(settings.demand) if settings.demand else ""),
        ("Source of the data", settings.source),
        ("Address", settings.url),
        ("Made with", f"vsmdsl {subject.version}".strip()),
    ):
        if text:
            yield Fact(label, text)
