"""What is called how, found once: a map may have thousands of goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from vsmdsl.analysis.flow import places, share_scale, weights
from vsmdsl.model.stream import Metric, Thing, ValueStream
from vsmdsl.record import record

if TYPE_CHECKING:
    from vsmdsl.analysis.result import SpanFigures

One = TypeVar("One")


@record
class Called:
    """The things of a map by each of their names; of several, the first."""

    stream: ValueStream
    stretches: tuple[SpanFigures, ...]

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """The numbers that the author states."""
        return _first((name, one) for one in self.stream.metrics for name in _names(one))

    @cached_property
    def spans(self) -> Mapping[str, SpanFigures]:
        """The figures of the spans."""
        return _first((name, one) for one in self.stretches for name in (one.key, one.label))

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """Elements, links, and what stands around the stream."""
        stream = self.stream
        around = (stream.reworks, stream.teams, stream.parties, stream.infos, stream.kaizens)
        everything = chain(stream.everything, *around)
        return _first((name, one) for one in everything for name in _names(one))

    @cached_property
    def weights(self) -> Mapping[str, Fraction]:
        """The share of the items that comes by each element."""
        elements = self.stream.elements
        return weights(elements, share_scale(places(elements).values()))


def _names(one: Thing) -> tuple[str, ...]:
    return tuple(name for name in (one.key, one.id, one.label) if name)


def _first(pairs: Iterable[tuple[str, One]]) -> dict[str, One]:
    found: dict[str, One] = {}
    for name, one in pairs:
        found.setdefault(name, one)
    return found
