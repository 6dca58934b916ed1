"""The stages of `resolve` in their order; each takes what the one before has found."""

from __future__ import annotations

import re
from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import quantities, structure
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.model.includes import Samples
from vsmdsl.model.resolve import around
from vsmdsl.model.resolve.advising import advise
from vsmdsl.model.resolve.changing import Changing, Promises
from vsmdsl.model.resolve.checks import senseless
from vsmdsl.model.resolve.clock import read_clock
from vsmdsl.model.resolve.elements import Elements
from vsmdsl.model.resolve.futures import promised
from vsmdsl.model.resolve.gather import Gathered
from vsmdsl.model.resolve.goals import check_goals, check_metrics
from vsmdsl.model.resolve.keys import Keys
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.names import Scope
from vsmdsl.model.resolve.plan import Future, Plan, read_drafts
from vsmdsl.model.resolve.reading import Reading
from vsmdsl.model.resolve.schema import CHANGE_WORDS, STREAM_WORDS
from vsmdsl.model.resolve.site import Site
from vsmdsl.model.resolve.values import Values
from vsmdsl.model.stream import Kaizen, Metric, Party, Settings, Team, Thing, ValueStream
from vsmdsl.record import replace
from vsmdsl.steering import BREAKING, CONTROLS, TURNING

WHERE = {"branch": "a `parallel` or a `choice`", "apply": "a `future`"}


class Stages:
    """One map on its way from statements to a stream and its futures."""

    def __init__(self, gathered: Gathered, samples: Samples | None, log: Log) -> None:
        self.gathered = gathered
        self.log = log
        self.said = {one.word for one in gathered.statements}
        maps = self._of("map")
        self.calendar = read_clock(maps[0] if maps else None, log)
        self.reading = Reading(Values(self.calendar, log, samples), log)
        self.keys = Keys()
        self.ids: dict[str, Span] = {}
        self.promises: Promises = {}
        self.teams_declared = bool(self._of("team"))
        self.scope: tuple[ValueStream, Scope] | None = None

    def run(self) -> tuple[ValueStream, tuple[Future, ...]]:
        """The current stream and its futures."""
        self._misplaced()
        stream = self._elements(self._settings())
        stream = self._parties(stream)
        stream = self._around(stream)
        check_metrics(stream, self.log)
        drafts = read_drafts(self._of("future"), self.reading, self.gathered.borrowed, self.log)
        plan = Plan(stream, drafts, self._changing, self.keys, self.log)
        futures = plan.futures()
        stream = replace(stream, goals=(*stream.goals, *plan.goals))
        states = {f.label: (f.key, f.stream) for f in futures} | {
            f.key: (f.key, f.stream) for f in futures
        }
        goals = check_goals(stream, states, self.log)
        futures = tuple(replace(f, stream=replace(f.stream, goals=goals)) for f in futures)
        broken = any(one.broken for one in self.gathered.statements)
        advise(stream, (future.stream for future in futures), broken, self.log)
        return replace(stream, goals=goals), futures

    def _of(self, *words: str) -> list[syntax.Statement]:
        if self.said.isdisjoint(words):
            return []
        return [one for one in self.gathered.statements if one.word in words]

    def _misplaced(self) -> None:
        for statement in self._of("branch", *CHANGE_WORDS):
            where = WHERE.get(statement.word, "a `future` or a `kaizen`")
            message = f"`{statement.word}` stands only in the block of {where}"
            hint = "put it between the braces" if statement.word == "branch" else ""
            hint = hint or f"as in `future q1 {{ {statement.word} … }}`"
            place = statement.keyword.span
            self.log.add(structure.MISPLACED_STATEMENT.at(place, message, hint=hint))

    # --- the map statement

    def _settings(self) -> ValueStream:
        maps = self._of("map")
        for second in maps[1:]:
            labels = (Label(maps[0].keyword.span, "the first one"),)
            message = "a file has at most one `map`"
            hint = "move what it says into the first one"
            found = structure.SECOND_MAP.at(second.keyword.span, message, hint=hint, labels=labels)
            self.log.add(found)
        source = self.gathered.source
        title = title_of(source.file or source.name)
        if not maps:
            first = next(iter(self.gathered.statements), None)
            place = first.keyword.span if first else Span(self.gathered.source, 0, 0)
            return ValueStream(settings=Settings(title=title), calendar=self.calendar, span=place)
        fields = self.reading.fields(maps[0])
        said = {key: value for key, value in fields.values.items() if key != "calendar"}
        settings = Settings(title=fields.label or title, **said)
        return ValueStream(settings=settings, calendar=self.calendar, span=fields.span)

    # --- the stream

    def _elements(self, stream: ValueStream) -> ValueStream:
        teams = self._teams()
        builder = Elements(self.reading, self.log, self.keys, self.ids, teams, bool(teams))
        elements = builder.build(self._of(*STREAM_WORDS))
        return replace(stream, elements=elements, teams=tuple(builder.teams.values()))

    def _teams(self) -> dict[str, Team]:
        teams: dict[str, Team] = {}
        for statement in self._of("team"):
            team = around.team(self._site(None), statement)
            if team is None:
                continue
            if team.key in teams:
                self._again(f"the team `{team.key}` is declared twice", team, teams[team.key])
            teams.setdefault(team.key, team)
        return teams

    def _again(self, message: str, second: Thing, first: Thing) -> None:
        labels = (Label(first.span, "it is taken here"),)
        hint = "give one of them another id"
        found = structure.DUPLICATE_ID.at(second.span, message, hint=hint, labels=labels)
        self.log.add(found)

    def _site(self, stream: ValueStream | None) -> Site:
        nobody = ValueStream(
            settings=Settings(), calendar=self.calendar, span=Span(self.gathered.source, 0, 0)
        )
        return Site(self.reading, self.log, self.keys, self.ids, Scope(stream or nobody))

    # --- what stands around it

    def _parties(self, stream: ValueStream) -> ValueStream:
        site = self._site(None)
        found = self._of("supplier", "customer", "control")
        parties = tuple(around.party(site, statement) for statement in found)
        stream = replace(stream, parties=parties)
        asked = [one for one in parties if one.kind == "customer" and one.demand]
        return self._demand(stream, asked[0]) if asked else stream

    def _demand(self, stream: ValueStream, customer: Party) -> ValueStream:
        """The customer's demand is the map's where the map has none."""
        told, asked = stream.settings.demand, customer.demand
        if told is None or asked is None:
            return replace(stream, settings=replace(stream.settings, demand=asked))
        if told.per_second != asked.per_second:
            labels = (Label(stream.span, f"the map says {told.text}"),)
            message = f"the customer asks for {asked.text}, the map for {told.text}"
            hint = "say the demand once"
            found = quantities.DEMAND_SAID_TWICE.at(
                customer.span, message, hint=hint, labels=labels
            )
            self.log.add(found)
        return stream

    def _around(self, stream: ValueStream) -> ValueStream:
        """Links first, since remarks may speak of them; changes when all else is known."""
        stream = self._with_things(stream, "info", "shipment", "rework")
        stream = self._with_things(stream, "waste", "note", "metric", "span", "goal")
        lost = senseless(stream, self.log)
        kept = tuple(rework for rework in stream.reworks if rework not in lost)
        self._stated_twice(stream.metrics)
        return self._with_kaizens(replace(stream, reworks=kept))

    def _with_things(self, stream: ValueStream, *words: str) -> ValueStream:
        statements = self._of(*words)
        if not statements:
            return stream
        site = self._site(stream)
        found: dict[str, Any] = {around.COLLECTION_OF[word]: () for word in words}
        for statement in statements:
            thing = around.build(site, statement)
            if thing is not None:
                found[around.COLLECTION_OF[statement.word]] += (thing,)
        return replace(stream, **found)

    def _stated_twice(self, metrics: tuple[Metric, ...]) -> None:
        first: dict[str | None, Metric] = {}
        for metric in metrics:
            if metric.id in first:
                self._again(f"the metric `{metric.id}` is stated twice", metric, first[metric.id])
            first.setdefault(metric.id, metric)

    # --- kaizens and what they promise

    def _with_kaizens(self, stream: ValueStream) -> ValueStream:
        statements = self._of("kaizen")
        if not statements:
            return stream
        site = self._site(stream)
        pairs = [(around.build(site, one), one) for one in statements]
        known = [(one, statement) for one, statement in pairs if isinstance(one, Kaizen)]
        first: dict[str, Kaizen] = {}
        for kaizen, _ in known:
            if kaizen.id and kaizen.id in first:
                self._again(f"the kaizen `{kaizen.id}` is there twice", kaizen, first[kaizen.id])
            first.setdefault(kaizen.id or kaizen.key, kaizen)
        for kaizen, statement in known:
            promise = promised(kaizen, statement, lambda: self._changing(stream))
            self.promises.setdefault(kaizen.id or kaizen.key, promise)
        kaizens = tuple(promise.kaizen for promise in self.promises.values())
        return replace(stream, kaizens=kaizens)

    def _changing(self, stream: ValueStream) -> Changing:
        """A block of changes; those that start from the current state share its scope."""
        if self.scope is None or self.scope[0].elements is not stream.elements:
            self.scope = (stream, Scope(stream))
        from vsmdsl.model.bench import Bench  # many maps have no changes

        return Changing(
            Bench(stream),
            self.reading,
            self.log,
            self.promises,
            self.teams_declared,
            scope_now=self.scope[1],
        )


def title_of(name: str) -> str:
    """The title of a map that has none: the name of its file.

    A text may hold no sign that steers a terminal, but a name of a file may.
    """
    stem = name.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".vsm")
    words = stem.replace("_", " ").replace("-", " ").strip()
    if not words.isprintable():
        words = re.sub(rf"[\t\n{CONTROLS}{TURNING}{BREAKING}]", _number, words)
    return words[:1].upper() + words[1:] if words else "Value stream"


def _number(found: re.Match[str]) -> str:
    return rf"\u{{{ord(found[0]):x}}}"
