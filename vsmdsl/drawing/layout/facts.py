"""Everything that a map shows of an element, looked up once by its key."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from vsmdsl.analysis.result import (
    Analysis,
    FigureKind,
    LaneFigures,
    Segment,
    StepFigures,
    WaitFigures,
)
from vsmdsl.analysis.show import show_duration, show_ratio
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.datarows import DataRow, data_rows
from vsmdsl.model.calendar import Calendar
from vsmdsl.model.quantity import Gap
from vsmdsl.model.stream import (
    FORKS,
    Element,
    Handoff,
    Info,
    Kaizen,
    Queue,
    Step,
    ValueStream,
)
from vsmdsl.record import field, record, replace
from vsmdsl.wording import ENGLISH, Wording

NOTHING: tuple[str, ...] = ()
SHORT, SHORT_WORD = 12, 6  # letters of an idea that fits into its burst
HEAT_STEPS = ((0.85, 4), (0.55, 3), (0.30, 2), (0.10, 1))
HEAT_CAPS = ((0.05, 1), (0.10, 2), (0.15, 3))


@record
class Facts:
    """A stream and its figures, indexed for drawing."""

    stream: ValueStream
    analysis: Analysis
    steps: Mapping[str, StepFigures]
    waits: Mapping[str, Sequence[WaitFigures]]
    segments: Mapping[str, Sequence[Segment]]
    lanes: Mapping[str, LaneFigures]
    tints: Mapping[str, int]
    teams: Mapping[str, str]
    wastes: Mapping[str, Sequence[tuple[str, str]]]
    bursts: Mapping[str, Sequence[int]]
    kaizens: Sequence[Kaizen]
    spoken: frozenset[int]  # bursts that carry their words themselves
    notes: Mapping[str, Sequence[str]]
    rows: Mapping[str, Sequence[DataRow]]
    memo: dict[Hashable, Any]  # what is asked for again and again while one map is drawn
    included: Mapping[str, str]  # step → the queue whose waiting its lead time includes
    biggest: WaitFigures | None
    top: float
    lead: Fraction
    old: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # rows before a change
    fresh: frozenset[str] = frozenset()  # steps that a future adds
    ghosts: frozenset[str] = frozenset()  # steps that it removes
    moved: frozenset[str] = frozenset()  # of both: steps that stand elsewhere in it
    wording: Wording = ENGLISH  # in which words the captions are
    label: str = ""  # what a future state is called

    @property
    def calendar(self) -> Calendar:
        """The clock of the map."""
        return self.stream.calendar

    @property
    def inventory(self) -> bool:
        """Whether waits alone make the lead time, as in *Learning to See*."""
        return self.stream.settings.timeline == "inventory"

    @property
    def future(self) -> bool:
        """Whether this is not the current state: no flag is raised there."""
        return self.stream.settings.state.casefold() not in ("", "current", "now", "as-is")

    @property
    def clock(self) -> str:
        """The clock in words: `1 d = 8 h, 5 d/week`."""
        return words.clock(self.calendar, self.wording)

    def say(self, english: str, /, **values: object) -> str:
        """A caption in the words of the map's language."""
        return self.wording.say(english, **values)

    def some(self, one: str, many: str, count: int, /, **values: object) -> str:
        """A caption about a number of things, which stands at `{count}`."""
        return self.wording.some(one, many, count, **values)

    def share(self, seconds: Fraction) -> Fraction:
        """The share of a time in the lead time."""
        key = ("share", seconds.numerator, seconds.denominator)
        if key not in self.memo:
            self.memo[key] = seconds / self.lead if self.lead else Fraction(0)
        return self.memo[key]  # type: ignore[no-any-return]

    def ratio(self, share: Fraction) -> str:
        """A share in words: `13.1 %`."""
        key = ("ratio", share.numerator, share.denominator)
        if key not in self.memo:
            self.memo[key] = self.wording.figure(show_ratio(share))
        return self.memo[key]  # type: ignore[no-any-return]

    def of_lead_time(self, share: str) -> str:
        """A share in words, and of what: `38 % of the lead time`."""
        return self.say("{share} of the lead time", share=share)

    def heat(self, share: float) -> int:
        """How hot a wait is, from 0 to 4, by its share of the lead time."""
        if self.top <= 0 or share <= 0:
            return 0
        if share not in self.memo:
            level = next((level for least, level in HEAT_STEPS if share / self.top >= least), 0)
            self.memo[share] = min([level, *(cap for below, cap in HEAT_CAPS if share < below)])
        return self.memo[share]  # type: ignore[no-any-return]

    def team(self, step: Step) -> str:
        """The name of the team or teams that do a step."""
        return ", ".join(self.teams.get(key, key) for key in step.team)

    def wait_name(self, key: str, kind: str) -> str:
        """Where a wait is: a queue's name, `before Develop`, `in Develop`."""
        labels = self.analysis.labels
        queue = self.included.get(key) if kind == "inside" else None
        if queue is not None:
            return labels.get(queue, queue)
        name = labels.get(key, key)
        if kind == "step":
            return self.say("before {name}", name=name)
        return self.say("in {name}", name=name) if kind == "inside" else name

    def time(self, seconds: Fraction, unit: str = "s") -> str:
        """A waiting or lead time in words."""
        return self._shown(seconds, "waiting", unit)

    def work(self, seconds: Fraction, unit: str = "s") -> str:
        """A process time in words."""
        return self._shown(seconds, "work", unit)

    def _shown(self, seconds: Fraction, kind: FigureKind, unit: str) -> str:
        key = (seconds.numerator, seconds.denominator, kind, unit)
        text = self.memo.get(key)
        if text is None:
            shown = show_duration(seconds, kind, unit, self.calendar)
            text = self.memo[key] = self.wording.figure(shown)
        return str(text)


def facts(
    stream: ValueStream, analysis: Analysis, wording: Wording = ENGLISH, label: str = ""
) -> Facts:
    """Index a stream and its figures."""
    shares = [float(wait.share) for wait in analysis.waits if wait.share and wait.rank]
    lead = analysis.metrics.get("lead_time")
    kaizens = [one for one in stream.kaizens if one.status != "dropped"]
    if wording.texts:
        stream = replace(stream, infos=tuple(_spelled(one, wording) for one in stream.infos))
    return Facts(
        stream=stream,
        analysis=analysis,
        steps={step.key: step for step in analysis.steps},
        waits=_by_key(analysis.waits),
        segments=_by_key(analysis.segments),
        lanes={lane.key: lane for lane in analysis.lanes},
        tints=_tints(stream),
        teams={team.key: team.label or team.key for team in stream.teams},
        wastes=_wastes(stream),
        bursts=_bursts(kaizens),
        kaizens=kaizens,
        spoken=frozenset() if _tints(stream) else _spoken(kaizens),
        notes=_notes(stream),
        rows={
            step.key: data_rows(step, stream.settings.show, stream.calendar, wording)
            for step in stream.steps()
        },
        memo={},
        included=_included(stream.elements),
        biggest=next((wait for wait in analysis.waits if wait.rank == 1 and wait.time.value), None),
        top=max(shares, default=0.0),
        lead=lead.value if lead else Fraction(0),
        wording=wording,
        label=label,
    )


def _spelled(info: Info, wording: Wording) -> Info:
    """How often something is told, in words: `1d` is `every 1 d`."""
    every = info.every
    if not every or not every[0].isdigit() or "/" in every:
        return info
    period = wording.figure(re.sub(r"(?<=\d)(?=[a-z])", " ", every))
    return replace(info, every=wording.say("every {period}", period=period))


def _included(elements: Sequence[Element]) -> dict[str, str]:
    """Step → the queue with `wait=included` right before it, in each line of elements."""
    found: dict[str, str] = {}
    queue = ""
    for element in elements:
        if isinstance(element, Queue):
            queue = element.key if element.wait is Gap.INCLUDED else queue
        elif not isinstance(element, Handoff):
            if isinstance(element, Step) and queue:
                found[element.key] = queue
            queue = ""
        if isinstance(element, FORKS):
            for branch in element.branches:
                found.update(_included(branch.elements))
    return found


_Keyed = TypeVar("_Keyed", WaitFigures, Segment)


def _by_key(figures: Sequence[_Keyed]) -> Mapping[str, Sequence[_Keyed]]:
    found: dict[str, list[_Keyed]] = defaultdict(list)
    for one in figures:
        found[one.key].append(one)
    return found


def _tints(stream: ValueStream) -> Mapping[str, int]:
    teams = dict.fromkeys(key for step in stream.steps() for key in step.team)
    return {key: index for index, key in enumerate(teams)}


def _wastes(stream: ValueStream) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Kind and reason by element: those on the element itself, then the waste statements."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for step in stream.steps():
        for kind in step.waste:
            found[step.key][kind] = ""
    for waste in stream.wastes:
        for key in waste.on:
            found[key][waste.kind] = found[key].get(waste.kind) or waste.label
    return {key: tuple(kinds.items()) for key, kinds in found.items()}


def _bursts(kaizens: Sequence[Kaizen]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, kaizen in enumerate(kaizens, 1):
        for key in kaizen.on:
            found[key].append(number)
    return found


def _spoken(kaizens: Sequence[Kaizen]) -> frozenset[int]:
    """Where all ideas are a word or two, each burst says its own and no list is needed."""
    short = [bool(one.label) and not one.owner and _brief(one.label) for one in kaizens]
    return frozenset(range(1, len(kaizens) + 1)) if short and all(short) else frozenset()


def _brief(text: str) -> bool:
    return len(text) <= SHORT and all(len(word) <= SHORT_WORD for word in text.split())


def _notes(stream: ValueStream) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for note in stream.notes:
        for key in note.on:
            found[key].append(note.label)
    return found
