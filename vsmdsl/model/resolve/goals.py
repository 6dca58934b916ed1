"""Whether goals and metrics speak of figures that there are, and in their own kind."""

from __future__ import annotations

from collections.abc import Mapping

from vsmdsl.language.codes import quantities, structure
from vsmdsl.language.source import Span
from vsmdsl.model.figures import FIGURES, SPAN_FIGURES, STEP_FIGURES
from vsmdsl.model.quantity import Count, Duration, Percent, Rate
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.schema import SHAPES
from vsmdsl.model.stream import Goal, Metric, Thing, ValueStream
from vsmdsl.record import replace

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
    known: dict[str, _Names] = {}
    for goal in stream.goals:
        if goal.future and goal.future not in futures:
            hint = log.hint(goal.future, dict.fromkeys(key for key, _ in futures.values()))
            message = f"no future is called `{goal.future}`"
            log.add(structure.UNKNOWN_FUTURE.at(goal.span, message, hint=hint))
            continue
        key, after = futures.get(goal.future, ("", stream))
        if key not in known:
            known[key] = _Names(stream, after)
        names = known[key]
        kind = names.kind(goal.metric)
        if kind is None:
            _unknown(goal.metric, goal.span, names, log)
        elif _alike(goal, kind, log):
            kept.append(replace(goal, future=key))
    return tuple(kept)


def check_metrics(stream: ValueStream, log: Log) -> None:
    """Metrics whose value is the name of a figure name one that there is."""
    asked = [metric for metric in stream.metrics if metric.figure]
    if not asked:
        return
    names = _Names(stream, stream)
    for metric in asked:
        if names.kind(metric.figure) is None:
            _unknown(metric.figure, metric.span, names, log)


def _unknown(name: str, span: Span, names: _Names, log: Log) -> None:
    message = f"no figure is called `{name}`"
    found = log.near(name, lambda: names.like(name))
    such = "such as " + ", ".join(f"`{figure}`" for figure in list(FIGURES)[:6])
    hint = f"did you mean `{found}`?" if found else such
    log.add(structure.UNKNOWN_METRIC.at(span, message, hint=hint))


def _alike(goal: Goal, kind: str, log: Log) -> bool:
    wanted = KINDS.get(kind)
    if wanted is None or isinstance(goal.value, wanted):
        return True
    message = f"`{goal.metric}` cannot be compared with `{goal.value.text}`"
    hint = f"compare it with a value such as `{EXAMPLES[kind]}`"
    log.add(quantities.UNLIKE_QUANTITIES.at(goal.span, message, hint=hint))
    return False


class _Names:
    """All names that a goal can use. What a future removed is still a name: the goal fails."""

    def __init__(self, before: ValueStream, after: ValueStream) -> None:
        self.after = after
        self.things: dict[str, list[Thing]] = {}
        self.metrics: dict[str, Metric] = {}
        for stream in (after, before):
            for one in (*stream.everything, *stream.reworks, *stream.teams, *stream.parties):
                for name in {one.id or one.key, one.key}:
                    self.things.setdefault(name, []).append(one)
            for metric in stream.metrics:
                self.metrics.setdefault(metric.id or "", metric)
                self.metrics.setdefault(metric.label, metric)

    def kind(self, name: str) -> str | None:
        """What kind of quantity a name stands for; None where it stands for nothing."""
        if name in FIGURES:
            return FIGURES[name]
        if metric := self.metrics.get(name):
            return self._of_metric(metric)
        owner, _, figure = name.rpartition(".")
        if not owner:
            return None
        if any(owner in (one.id, one.key) for one in self.after.stretches):
            return FIGURES[figure] if figure in SPAN_FIGURES else None
        things = self.things.get(owner, ())
        return next((kind for one in things if (kind := _of_key(one, figure))), None)

    def _of_metric(self, metric: Metric) -> str:
        if metric.figure:
            return FIGURES.get(metric.figure, ANY)
        return next((k for k, kind in KINDS.items() if isinstance(metric.value, kind)), ANY)

    def like(self, name: str) -> list[str]:
        """Names that may have been meant: keys of the same thing, else the same key of others."""
        owner, _, figure = name.rpartition(".")
        if things := self.things.get(owner):
            return [f"{owner}.{key}" for one in things for key in _keys_of(one)]
        if any(owner in (one.id, one.key) for one in self.after.stretches):
            return [f"{owner}.{key}" for key in SPAN_FIGURES]
        spans = [f"{one.key}.{key}" for one in self.after.stretches for key in SPAN_FIGURES]
        others = [f"{other}.{figure}" for other in self.things] if owner else []
        return [*FIGURES, *self.metrics, *spans, *others]


def word_of(one: Thing) -> str:
    """The statement word that a thing is written with: its keys are looked up by it."""
    return getattr(one, "kind", "") if type(one).__name__ == "Party" else type(one).__name__.lower()


def _of_key(one: Thing, key: str) -> str | None:
    word = word_of(one)
    if word == "step" and key in STEP_FIGURES:
        return STEP_FIGURES[key]
    kind = SHAPES[word].keys.get(key)
    return OF_READER.get(kind.reads) if kind else None


def _keys_of(one: Thing) -> list[str]:
    keys = SHAPES[word_of(one)].keys.items()
    own = [key for key, kind in keys if kind.reads in OF_READER]
    return [*own, *STEP_FIGURES] if word_of(one) == "step" else own
