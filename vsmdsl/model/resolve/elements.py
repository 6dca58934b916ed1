"""The stream itself: from statements in their order to steps, queues, handoffs and forks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vsmdsl.language import syntax
from vsmdsl.language.codes import structure
from vsmdsl.language.diagnostics import Code
from vsmdsl.language.source import Span
from vsmdsl.model.resolve import complaints
from vsmdsl.model.resolve.fields import Fields, block_attributes, block_statements
from vsmdsl.model.resolve.forks import shared, stray_keys
from vsmdsl.model.resolve.keys import Keys, claim
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.reading import Reading
from vsmdsl.model.resolve.schema import SHAPES
from vsmdsl.model.resolve.spelling import fix_of
from vsmdsl.model.resolve.texts import as_text, pretty
from vsmdsl.model.stream import Branch, Choice, Element, Handoff, Parallel, Queue, Step, Team
from vsmdsl.record import field, record


@record(frozen=False)
class Elements:
    """Builds elements; keeps the keys and ids that are taken, and the teams met on the way."""

    reading: Reading
    log: Log
    keys: Keys
    ids: dict[str, Span]
    teams: dict[str, Team]
    declared: bool = False  # whether the file declares any team
    taken: Code | None = None  # what to call it when an id is taken
    new_teams: list[Team] = field(default_factory=list)  # met on the way, and declared nowhere
    _by_label: dict[str, str] | None = None

    def build(self, statements: Iterable[syntax.Statement]) -> tuple[Element, ...]:
        """The elements of some statements, in order."""
        found: list[Element] = []
        for statement in statements:
            found.extend(self.element(statement))
        return tuple(found)

    def element(self, statement: syntax.Statement) -> tuple[Element, ...]:
        """The elements that one statement stands for: a `stream` line stands for several."""
        match statement.word:
            case "stream":
                return self._stream(statement)
            case "step":
                return self._step(self.reading.fields(statement))
            case "handoff":
                return (self._handoff(self.reading.fields(statement)),)
            case "parallel" | "choice":
                return self._fork(self.reading.fields(statement))
            case _:
                return (self._queue(self.reading.fields(statement)),)

    # --- one element each

    def _step(self, fields: Fields) -> tuple[Element, ...]:
        if self._nameless(fields):
            return ()
        values = dict(fields.values)
        team = self.teams_of(values.pop("team", ()))
        if "yield" in values:
            values["yield_"] = values.pop("yield")
        thing = self._thing(fields, "step") | values
        return (Step(**thing, team=team, rows=fields.rows),)

    def _nameless(self, fields: Fields) -> bool:
        if fields.label or fields.id:
            return False
        word = fields.statement.word
        message = f"the {word} has no name"
        hint = 'as in `step review "Code review"`' if word == "step" else 'as in `branch "Fast"`'
        found = structure.MISSING_NAME.at(fields.span, message, hint=hint)
        self.log.lacking(fields.statement, found)
        return True

    def _queue(self, fields: Fields) -> Queue:
        values = self._thing(fields, "queue") | fields.values
        values.setdefault("kind", fields.statement.word)
        return Queue(**values, rows=fields.rows)

    def _handoff(self, fields: Fields) -> Handoff:
        return Handoff(**self._thing(fields, "handoff") | fields.values, rows=fields.rows)

    def _thing(self, fields: Fields, word: str) -> dict[str, Any]:
        free = claim(self.ids, fields.id, fields.name_span, self.log, self.taken)
        id = fields.id if free else None
        key = self.keys.take(id, fields.label, word)
        return {"key": key, "id": id, "label": fields.label, "span": fields.span}

    def teams_of(self, nodes: tuple[syntax.Value, ...]) -> tuple[str, ...]:
        """The keys of the teams that a value names; a team in quotes is declared by its use."""
        found = (self._team(node) for node in nodes)
        return tuple(dict.fromkeys(key for key in found if key))

    def _team(self, node: syntax.Value) -> str | None:
        name = as_text(node)
        if name in self.teams:
            return name
        if known := self._labels().get(name):
            return known
        if self.declared and isinstance(node, syntax.Word):
            found = self.log.near(name, lambda: self.teams)
            declare = f'declare it, as in `team {name} "{pretty(name)}"`'
            hint = f"did you mean `{found}`?" if found else declare
            message = f"no team is called `{name}`"
            fix = fix_of(node.span, name, found)
            self.log.add(structure.UNKNOWN_TEAM.at(node.span, message, hint=hint, fix=fix))
            return None
        label = pretty(name) if isinstance(node, syntax.Word) else name
        team = self.teams[name] = Team(key=name, label=label, span=node.span)
        self._labels().setdefault(label, name)
        self.new_teams.append(team)
        return name

    def _labels(self) -> dict[str, str]:
        """The teams by their labels; of several, the first."""
        if self._by_label is None:
            self._by_label = {}
            for team in self.teams.values():
                self._by_label.setdefault(team.label, team.key)
        return self._by_label

    # --- a line of several

    def _stream(self, statement: syntax.Statement) -> tuple[Element, ...]:
        segments = statement.of_kind(syntax.Segment)
        self.reading.rest(statement, segments)
        found: list[Element] = []
        for segment in segments:
            word = "step" if segment.name is not None else "queue"
            named = (segment.name,) if segment.name is not None else ()
            items = (*named, *segment.values, *segment.attrs)
            keyword = syntax.Word(word, segment.span)
            line = syntax.Statement(word, keyword, items, None, segment.span, statement.broken)
            found.extend(self.element(line))
        return tuple(found)

    # --- forks

    def _fork(self, fields: Fields) -> tuple[Element, ...]:
        word = fields.statement.word
        thing = self._thing(fields, word) | fields.values
        lanes = [self.lane(entry, word) for entry in fields.entries]
        branches = [branch for branch, _ in lanes]
        if not branches:
            message = f"the `{word}` has no branch"
            hint = 'as in `branch "Fast" { … }`, inside its block'
            found = structure.FORK_WITHOUT_BRANCH.at(fields.span, message, hint=hint)
            self.log.lacking(fields.statement, found)
            return ()
        if word == "parallel":
            return (Parallel(**thing, branches=tuple(branches)),)
        all_read = all(read for _, read in lanes)
        return (Choice(**thing, branches=shared(branches, self.log if all_read else None, fields)),)

    def lane(self, statement: syntax.Statement, fork: str) -> tuple[Branch, bool]:
        """A branch, and whether its share could be read.

        A stream statement directly in a fork is a branch of its own.
        """
        if statement.word != "branch":
            key = self.keys.take(None, "", "branch")
            elements = self.element(statement)
            return Branch(key=key, elements=elements, span=statement.span), True
        fields = self.reading.fields(statement)
        self._nameless(fields)
        stray_keys(fields, fork, self.log)
        elements_of = self._thing(fields, "branch") | fields.values
        read = "share" in fields.values or "share" not in fields.places
        return Branch(**elements_of, elements=self.build(fields.entries)), read

    def lanes(self, statement: syntax.Statement, fork: str) -> list[Branch]:
        """The branches that a change puts into a fork."""
        entries = self.fitting(statement, SHAPES[fork].holds)
        return [self.lane(entry, fork)[0] for entry in entries]

    def fitting(self, statement: syntax.Statement, words: frozenset[str]) -> list[syntax.Statement]:
        """The statements in a block that may stand there; the others are answered."""
        for attr in block_attributes(statement):
            complaints.unknown_key(self.log, statement.word, attr, SHAPES[statement.word])
        entries = block_statements(statement)
        strays = [entry for entry in entries if entry.word not in words]
        complaints.misplaced(self.log, statement, strays)
        return [entry for entry in entries if entry.word in words]
