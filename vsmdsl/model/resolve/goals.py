"""Whether goals and metrics speak of figures that there are, and in their own kind."""

from __future__ import annotations

from collections.abc import Mapping

from vsmdsl.language.codes import quantities, structure
from vsmdsl.language.source import Span
from vsmdsl.model.figures import FIGURES, SPAN_FIGURES, STEP_FIGURES
from vsmdsl.model.quantity import Count, Duration, Percent, Rate
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.schema import SHAPES
from vsmdsl.model.resolve.spelling import nearest
from vsmdsl.model.stream import Goal, Metric, Thing, ValueStream, walk
from vsmdsl.record import record, replace

ANY = "any"  # a kind that nobody knows before it is computed
KINDS = {"duration": Duration, "ratio": Percent, "count": Count, "rate": Rate}
EXAMPLES = {"duration": "24d", "ratio": "15%", "count": "3", "rate": "2/week"}
OF_READER = {
    "time": "duration", "duration": "duration", "wait": "duration", "share": "ratio",
    "percent": "ratio", "count": "count", "known_count": "count", "rate": "rate",
}  # fmt: skip


def check_goals(
    stream: ValueStream, futures: Mapping[str, tuple[str, ValueStream]], log: Log
) -> tuple[Goal, ...]:
    """The goals that speak of something, each with the key of its future.

    `futures` gives, for each name of a future, its key and its stream.
    """
    kept = []
    for goal in stream.goals:
        if goal.future and goal.future not in futures:
            names = ", ".join(f"`{name}`" for name in futures)
            hint = nearest(goal.future, futures, f"there is {names}" if names else "")
            message = f"no future is called `{goal.future}`"
            log.add(structure.UNKNOWN_FUTURE.at(goal.span, message, hint=hint))
            continue
        key, after = futures.get(goal.future, ("", stream))
        kind = _Names(stream, after).kind(goal.metric)
        if kind is None:
            _unknown(goal.metric, goal.span, _Names(stream, after), log)
        elif _alike(goal, kind, log):
            kept.append(replace(goal, future=key))
    return tuple(kept)


def check_metrics(stream: ValueStream, log: Log) -> None:
    """Metrics whose value is the name of a figure name one that there is."""
    names = _Names(stream, stream)
    for metric in stream.metrics:
        if metric.figure and names.kind(metric.figure) is None:
            _unknown(metric.figure, metric.span, names, log)


def _unknown(name: str, span: Span, names: _Names, log: Log) -> None:
    message = f"no figure is called `{name}`"
    hint = nearest(name, names.all(), "such as " + ", ".join(f"`{n}`" for n in list(FIGURES)[:6]))
    log.add(structure.UNKNOWN_METRIC.at(span, message, hint=hint))


def _alike(goal: Goal, kind: str, log: Log) -> bool:
    wanted = KINDS.get(kind)
    if wanted is None or isinstance(goal.value, wanted):
        return True
    message = f"`{goal.metric}` cannot be compared with `{goal.value.text}`"
    hint = f"compare it with a value such as `{EXAMPLES[kind]}`"
    log.add(quantities.UNLIKE_QUANTITIES.at(goal.span, message, hint=hint))
    return False


@record
class _Names:
    """All names that a goal can use. What a future removed is still a name: the goal fails."""

    before: ValueStream
    after: ValueStream

    def kind(self, name: str) -> str | None:
        """What kind of quantity a name stands for; None where it stands for nothing."""
        if name in FIGURES:
            return FIGURES[name]
        if metric := self._metric(name):
            return self._of_metric(metric)
        owner, _, figure = name.rpartition(".")
        if not owner:
            return None
        if any(owner in (one.id, one.key) for one in self.after.stretches):
            return FIGURES[figure] if figure in SPAN_FIGURES else None
        return next((kind for one in self._things(owner) if (kind := _of_key(one, figure))), None)

    def _metric(self, name: str) -> Metric | None:
        metrics = (*self.after.metrics, *self.before.metrics)
        return next((one for one in metrics if name in (one.id, one.label)), None)

    def _of_metric(self, metric: Metric) -> str:
        if metric.figure:
            return FIGURES.get(metric.figure, ANY)
        return next((k for k, kind in KINDS.items() if isinstance(metric.value, kind)), ANY)

    def _things(self, name: str) -> list[Thing]:
        return [
            one
            for stream in (self.after, self.before)
            for one in (*walk(stream.elements), *stream.reworks, *stream.teams, *stream.parties)
            if name in (one.id, one.key)
        ]

    def all(self) -> list[str]:
        """Every name, for the one that was meant."""
        metrics = [one.id or "" for one in self.after.metrics]
        spans = [f"{one.key}.{n}" for one in self.after.stretches for n in SPAN_FIGURES]
        elements = [
            f"{one.key}.{key}"
            for one in walk(self.after.elements)
            for key, kind in SHAPES[word_of(one)].keys.items()
            if kind.reads in OF_READER
        ]
        return [*FIGURES, *metrics, *spans, *elements]


def word_of(one: Thing) -> str:
    """The statement word that a thing is written with: its keys are looked up by it."""
    return getattr(one, "kind", "") if type(one).__name__ == "Party" else type(one).__name__.lower()


def _of_key(one: Thing, key: str) -> str | None:
    word = word_of(one)
    if word == "step" and key in STEP_FIGURES:
        return STEP_FIGURES[key]
    kind = SHAPES[word].keys.get(key)
    return OF_READER.get(kind.reads) if kind else None
