"""What can only be asked of a whole stream: do loops lead back, do spans lie on one line?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from vsmdsl.language.codes import quantities, structure
from vsmdsl.language.diagnostics import Label
from vsmdsl.language.source import Span
from vsmdsl.model.quantity import Percent
from vsmdsl.model.resolve.log import Log
from vsmdsl.model.resolve.shares import decimal
from vsmdsl.model.stream import (
    FORKS,
    Element,
    Rework,
    Stretch,
    Thing,
    ValueStream,
)

Path = tuple[tuple[str, int], ...]  # where an element stands: branch key and place, outermost first
Places = Mapping[str, Span]  # where a change has set something, by the key of what it changed


def senseless(stream: ValueStream, log: Log, changed: Places | None = None) -> list[Rework]:
    """The loops that lead nowhere, after saying so; spans and shares are looked at as well."""
    check = _Check(stream, log, changed or {})
    lost = [rework for rework in stream.reworks if not check.leads_back(rework)]
    check.returns([rework for rework in stream.reworks if rework not in lost])
    for stretch in stream.stretches:
        check.one_line(stretch)
    return lost


def positions(stream: ValueStream) -> dict[str, Path]:
    """For every element, the branches around it and the places on the way in."""
    found: dict[str, Path] = {}

    def descend(elements: tuple[Element, ...], owner: str, above: Path) -> None:
        for place, element in enumerate(elements):
            here = (*above, (owner, place))
            found[element.key] = here
            if isinstance(element, FORKS):
                for branch in element.branches:
                    descend(branch.elements, branch.key, here)

    descend(stream.elements, "", ())
    return found


class _Check:
    def __init__(self, stream: ValueStream, log: Log, changed: Places) -> None:
        self.stream = stream
        self.log = log
        self.changed = changed
        self.paths = positions(stream)
        self.names = {one.key: one.id or f'"{one.label}"' for one in stream.everything}

    def _place(self, *things: str, thing: Thing) -> Span:
        """Where to point: at the change that brought it about, else where it was written."""
        return next((self.changed[key] for key in things if key in self.changed), thing.span)

    def leads_back(self, rework: Rework) -> bool:
        """Whether a loop goes back on its own line, or out of the fork around it."""
        start, end = self.paths.get(rework.start), self.paths.get(rework.end)
        if start is None or end is None:
            return False
        for (owner_a, place_a), (owner_b, place_b) in zip(start, end, strict=False):
            if owner_a != owner_b:
                return self._across(rework)
            if place_a != place_b:
                return place_b < place_a or self._forward(rework)
        return True

    def _across(self, rework: Rework) -> bool:
        start, end = self.names[rework.start], self.names[rework.end]
        message = f"`{start}` and `{end}` lie in sister branches; no work passes between them"
        hint = "send it back to a step before the fork, or to one in its own branch"
        place = self._place(rework.key, rework.start, rework.end, thing=rework)
        self.log.add(structure.REWORK_ACROSS.at(place, message, hint=hint))
        return False

    def _forward(self, rework: Rework) -> bool:
        start, end = self.names[rework.start], self.names[rework.end]
        message = f"`{end}` comes after `{start}`; rework leads back"
        hint = f"did you mean `rework {end} -> {start}`?"
        place = self._place(rework.key, rework.start, rework.end, thing=rework)
        self.log.add(structure.REWORK_FORWARD.at(place, message, hint=hint))
        return False

    def returns(self, reworks: list[Rework]) -> None:
        """All that leaves a step backwards is less than all that it does."""
        by_start: dict[str, list[Rework]] = defaultdict(list)
        for rework in reworks:
            by_start[rework.start].append(rework)
        for loops in by_start.values():
            shares = [loop.share.ratio for loop in loops if isinstance(loop.share, Percent)]
            total = sum(shares, Fraction(0))
            if total >= 1:
                labels = tuple(Label(loop.span, "together with this one") for loop in loops[:-1])
                name = self.names[loops[0].start]
                message = (
                    f"{decimal(total * 100)} % of what `{name}` does comes back; 100 % never ends"
                )
                hint = "the returns out of one step stay below 100% together"
                place = self._place(*(loop.key for loop in loops), thing=loops[-1])
                found = quantities.RETURNS_TOO_HIGH.at(place, message, hint=hint, labels=labels[:3])
                self.log.add(found)

    def one_line(self, stretch: Stretch) -> None:
        """Both ends of a span lie on the main line, or both in one branch."""
        start, end = self.paths.get(stretch.start), self.paths.get(stretch.end)
        if start is None or end is None:
            return  # an end that a future removed: the span has no figures there
        first, last = self.names[stretch.start], self.names[stretch.end]
        place = self._place(stretch.key, stretch.start, stretch.end, thing=stretch)
        if start[:-1] != end[:-1] or start[-1][0] != end[-1][0]:
            message = f"`{first}` and `{last}` do not lie on one line of the stream"
            hint = "both on the main line, or both in one branch; a fork has a name, too"
            self.log.add(structure.SPAN_BROKEN.at(place, message, hint=hint))
        elif end[-1][1] < start[-1][1]:
            message = f"`{last}` comes before `{first}`"
            hint = f"did you mean `from {last} to {first}`?"
            self.log.add(structure.SPAN_BACKWARD.at(place, message, hint=hint))
