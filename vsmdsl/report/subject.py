"""What a report is about: one state of a map, its picture, and the other states beside it."""

from __future__ import annotations

from datetime import date

from vsmdsl.analysis.goals import GoalResult
from vsmdsl.analysis.result import Analysis
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.theme import STANDARD, Theme
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record
from vsmdsl.wording import ENGLISH, Wording, language_tag


@record
class Side:
    """One state of the stream with its figures; `key` is empty for the current one."""

    key: str
    label: str
    stream: ValueStream
    analysis: Analysis

    @property
    def calendar(self) -> Calendar:
        """The clock of this state."""
        return self.stream.calendar


NOW = "now"


@record
class Revision:
    """The map as it stood at a revision of its file: the day, what was said then, the state.

    The day of what was not committed yet is `NOW`.
    """

    day: str
    note: str
    side: Side


@record(kw_only=True)
class Subject:
    """Everything a report says comes from here.

    `shown` is the state that the report is about and `picture` its map as SVG; `current` is the
    state of today and `futures` are all states to come. `comparisons` are pictures of today above
    a future, by the key of the future. `history` is the past, oldest first. Improvements that are
    due before `today` and not done are overdue; without it nothing is.
    """

    name: str  # of the file
    shown: Side
    picture: str
    current: Side
    futures: tuple[Side, ...] = ()
    comparisons: tuple[tuple[str, str], ...] = ()
    history: tuple[Revision, ...] = ()
    goals: tuple[GoalResult, ...] = ()
    messages: tuple[Diagnostic, ...] = ()
    version: str = ""  # of vsmdsl
    today: date | None = None
    colours: Theme = STANDARD
    drawn: Scene | None = None  # the map as it is drawn for paper
    wording: Wording = ENGLISH  # in which words all this is said
    signed: str = ""  # who answers for the report, where that is not the author of the map

    def say(self, english: str, /, **values: object) -> str:
        """A sentence in the words of the reader, with its places filled in."""
        return self.wording.say(english, **values)

    def some(self, one: str, many: str, count: int, /, **values: object) -> str:
        """A sentence about a number of things, which stands at `{count}`."""
        return self.wording.some(one, many, count, **values)

    @property
    def author(self) -> str:
        """Who answers for the report: the one who is named for it, else the author of the map."""
        return self.signed or self.shown.stream.settings.author

    @property
    def language(self) -> str:
        """The language of the report: that of its words, else the one that the map names."""
        return language_tag(self.wording, self.shown.stream.settings.language)

    @property
    def is_future(self) -> bool:
        """Whether the report is about a state to come."""
        return self.shown.key != self.current.key
