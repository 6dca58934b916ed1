"""The parts of the report in their order, a row each. A new part is a new row and a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from vsmdsl.record import record
from vsmdsl.report.story.answer import cover
from vsmdsl.report.story.data import data
from vsmdsl.report.story.futures import futures
from vsmdsl.report.story.goals import goals
from vsmdsl.report.story.headline import headline
from vsmdsl.report.story.kaizens import kaizens
from vsmdsl.report.story.map import the_map
from vsmdsl.report.story.method import method
from vsmdsl.report.story.notes import notes
from vsmdsl.report.story.pace import pace
from vsmdsl.report.story.quality import quality
from vsmdsl.report.story.source import source
from vsmdsl.report.story.stated import stated
from vsmdsl.report.story.stuck import stuck
from vsmdsl.report.story.trend import trend
from vsmdsl.report.story.wastes import wastes
from vsmdsl.report.subject import Subject


@record
class Chapter:
    """One row: `tell` gives what the template fills in, or None where there is nothing to show."""

    key: str
    heading: str
    tell: Callable[[Subject], Any]
    place: Literal["opening", "body"] = "body"


@record
class Part:
    """A part that has something to say; `it` is what its template fills in."""

    key: str
    heading: str
    lead: str
    it: Any

    @property
    def template(self) -> str:
        """Its template, from the folder of the report."""
        return f"parts/{self.key}.html.j2"


CHAPTERS = (
    Chapter("cover", "", cover, "opening"),
    Chapter("headline", "The figures in short", headline, "opening"),
    Chapter("map", "The map", the_map),
    Chapter("stuck", "Where the value gets stuck", stuck),
    Chapter("wastes", "The wastes that were found", wastes),
    Chapter("quality", "Quality and rework", quality),
    Chapter("pace", "Capacity against demand", pace),
    Chapter("stated", "Further numbers", stated),
    Chapter("futures", "The future", futures),
    Chapter("goals", "Goals", goals),
    Chapter("kaizens", "Who does what, until when", kaizens),
    Chapter("trend", "How it went so far", trend),
    Chapter("notes", "Notes", notes),
    Chapter("data", "The full data", data),
    Chapter("method", "How these numbers were made", method),
    Chapter("source", "Source", source),
)


def story(subject: Subject, place: Literal["opening", "body"]) -> Iterator[Part]:
    """The parts of the opening or of the body that have something to say, in their order."""
    for chapter in CHAPTERS:
        if chapter.place == place and (it := chapter.tell(subject)) is not None:
            heading = subject.say(chapter.heading) if chapter.heading else ""
            yield Part(chapter.key, heading, subject.wording.glue(it.lead), it)
