"""From a subject to what the templates fill in: every figure as text, every part that has data."""

from __future__ import annotations

from vsmdsl.record import record
from vsmdsl.report import words
from vsmdsl.report.story.answer import answer, state
from vsmdsl.report.story.table import Part, story
from vsmdsl.report.subject import Subject
from vsmdsl.wording import Say


@record(kw_only=True)
class View:
    """What the templates see, and all they see."""

    title: str
    language: str
    generator: str
    author: str
    date: str
    state: str
    answer: str
    opening: tuple[Part, ...]
    parts: tuple[Part, ...]
    say: Say


def view(subject: Subject, title: str | None = None) -> View:
    """Word everything, and list the parts that have something to say."""
    settings = subject.shown.stream.settings
    return View(
        title=title or words.one_line(settings.title) or subject.name,
        language=subject.language,
        generator=f"vsmdsl {subject.version}".strip(),
        author=subject.author,
        date=settings.date.isoformat() if settings.date else "",
        state=state(subject),
        answer=answer(subject),
        opening=tuple(story(subject, "opening")),
        parts=tuple(story(subject, "body")),
        say=subject.say,
    )
