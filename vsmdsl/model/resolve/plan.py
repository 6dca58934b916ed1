"""The futures of a map: each is the state it starts from plus its changes, never a second copy."""

from __future__ import annotations

from collections.abc import Callable

from vsmdsl.language import syntax
from vsmdsl.language.codes import advice, structure
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.model.changes import Change
from vsmdsl.model.resolve.aims import goal as read_goal
from vsmdsl.model.resolve.changing import Changing
from vsmdsl.model.resolve.fields import Fields
from vsmdsl.model.resolve.futures import read_changes
from vsmdsl.model.resolve.keys import Keys
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.reading import Reading
from vsmdsl.model.resolve.settling import settle
from vsmdsl.model.resolve.texts import shorten
from vsmdsl.model.stream import Goal, ValueStream
from vsmdsl.record import field, record, replace

UNNAMED = "Future state"  # what a future is called that has no label

Start = Callable[[ValueStream], Changing]


@record
class Future:
    """A state to aim for: `changes` lead from the state `base` (empty: the current) to `stream`.

    `borrowed`: it belongs to the file that this one is a future of.
    """

    key: str
    label: str
    base: str
    changes: tuple[Change, ...]
    stream: ValueStream
    borrowed: bool = False
    span: Span = field(compare=False, repr=False, kw_only=True)


@record
class Draft:
    """A future that is read, and not yet carried out."""

    key: str
    fields: Fields
    borrowed: bool


def read_drafts(
    statements: list[syntax.Statement], reading: Reading, borrowed: frozenset[int], log: Log
) -> dict[str, Draft]:
    """The futures of a map by key, in the order of the file."""
    drafts: dict[str, Draft] = {}
    keys = Keys()
    for statement in statements:
        fields = reading.fields(statement)
        if fields.id in drafts:
            labels = (Label(drafts[fields.id].fields.span, "it is taken here"),)
            message = f"the future `{fields.id}` is written twice"
            hint = "give one of them another id"
            found = structure.DUPLICATE_ID.at(fields.span, message, hint=hint, labels=labels)
            log.add(found)
            continue
        key = keys.take(fields.id, fields.label or "future", "future")
        drafts[key] = Draft(key, fields, id(statement) in borrowed)
    return drafts


@record(frozen=False)
class Plan:
    """Carries futures out, each after the one that it starts from."""

    current: ValueStream
    drafts: dict[str, Draft]
    start: Start
    keys: Keys  # of the current map: goals that futures state are added to it
    log: Log
    built: dict[str, Future] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    by_label: dict[str, Draft] = field(default_factory=dict)

    def futures(self) -> tuple[Future, ...]:
        """All futures in the order of the file."""
        for draft in self.drafts.values():
            for one, base in reversed(self._way_down(draft)):
                self.built[one.key] = self._carried_out(one, base)
        return tuple(self.built[key] for key in self.drafts)

    def _way_down(self, draft: Draft) -> list[tuple[Draft, str]]:
        """The futures that this one builds on and that are not yet built, itself first."""
        way: list[tuple[Draft, str]] = []
        below: Draft | None = draft
        above: dict[str, None] = {}
        while below is not None and below.key not in self.built:
            if below.key in above:
                keys = list(above)
                self._circle(below, keys[keys.index(below.key) :])
                way[-1] = (way[-1][0], "")
                break
            under = self._base(below)
            way.append((below, under.key if under else ""))
            above[below.key] = None
            below = under
        return way

    def _base(self, draft: Draft) -> Draft | None:
        clause = draft.fields.clauses.get("from")
        return self._by_name(clause.refs[0]) if clause and clause.refs else None

    def _circle(self, draft: Draft, keys: list[str]) -> None:
        way = " → ".join(f"`{key}`" for key in (*keys, draft.key))
        message = f"futures start from each other: {way}"
        hint = "one of them starts from the current map, without `from`"
        self.log.add(structure.FUTURE_CIRCLE.at(draft.fields.span, message, hint=hint))

    def _by_name(self, ref: syntax.Ref) -> Draft | None:
        found = self.drafts.get(ref.text) or self._labels().get(ref.text)
        if found is None and ref.text.lower() != "current":
            hint = self.log.hint(ref.text, self.drafts)
            message = f"no future is called `{shorten(ref.text)}`"
            self.log.add(structure.UNKNOWN_FUTURE.at(ref.span, message, hint=hint))
        return found

    def _labels(self) -> dict[str, Draft]:
        """The drafts by their labels; of several, the first."""
        if not self.by_label:
            self.by_label = {one.fields.label: one for one in reversed(self.drafts.values())}
        return self.by_label

    def _carried_out(self, draft: Draft, base: str) -> Future:
        stream = self.built[base].stream if base else self.current
        changing = self.start(stream)
        read_changes(changing, draft.fields.entries)
        settle(changing)
        self._goals(draft, changing)
        made = tuple(one.change for one in changing.placed)
        self._warn_same(draft, made)
        label = draft.fields.label or UNNAMED
        settings = replace(changing.stream.settings, state="future")
        after = replace(changing.stream, settings=settings)
        from vsmdsl.model.grove import inherit  # it is loaded with the first change

        inherit(after, changing.stream)  # others may start from it
        return Future(draft.key, label, base, made, after, draft.borrowed, span=draft.fields.span)

    def _warn_same(self, draft: Draft, made: tuple[Change, ...]) -> None:
        block = draft.fields.statement.block
        if not made and not (block and block.entries):
            message = f"the future `{draft.key}` changes nothing"
            hint = "as in `future q1 { apply slo }`"
            found = advice.NOTHING_CHANGES.at(draft.fields.span, message, hint=hint)
            self.log.lacking(draft.fields.statement, found)

    def _goals(self, draft: Draft, changing: Changing) -> None:
        for statement in draft.fields.entries:
            if statement.word != "goal":
                continue
            site = replace(changing.site(), keys=self.keys)
            goal = read_goal(site, statement)
            if goal is not None:
                text = goal.text if goal.future else f"{goal.text} in {draft.key}"
                self.goals.append(replace(goal, future=goal.future or draft.key, text=text))
