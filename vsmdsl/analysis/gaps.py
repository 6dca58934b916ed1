"""What nobody knows: which elements a figure lacks, and what that can do to it.

A figure is marked `≥` where the unknown can only raise it, `≤` where it can only lower it, and `≈`
where it can do both or could make another parallel branch the longest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from vsmdsl.analysis.path import Stop
from vsmdsl.analysis.pieces import Piece
from vsmdsl.analysis.result import Bound
from vsmdsl.model.stream import Step
from vsmdsl.record import record

if TYPE_CHECKING:
    from vsmdsl.analysis.course import Course


@record
class Effect:
    """What the gaps of one element can do to one figure."""

    up: bool = False
    down: bool = False


Rule = Callable[[Piece], Effect]


@record
class Gaps:
    """The elements (keys) that a figure lacks, and how that marks it; `parts` it is made of."""

    missing: tuple[str, ...] = ()
    bound: Bound = ""
    parts: int = 0
    parts_are: str = "steps"


WHOLE = Gaps()  # nothing is missing


def gaps(
    course: Course,
    stops: Iterable[Stop],
    rule: Rule,
    only: Callable[[str], bool] | None = None,
) -> Gaps:
    """The gaps of a figure that follows the timeline; `only` narrows it to some elements."""
    found = Found()
    for stop in stops if course.measure.lacks_any else ():
        key = stop.element.key
        if course.weights[key] and (only is None or only(key)):
            judge(found, stop, course.pieces[key], rule, course.measure.inventory)
    return found.result()


def gaps_anywhere(course: Course, rule: Rule) -> Gaps:
    """The gaps of a figure that counts every branch, dead ends included."""
    found = Found()
    for key, weight in course.weights.items() if course.measure.lacks_any else ():
        piece = course.pieces.get(key)
        if piece and weight:
            found.add(piece, rule(piece))
    return found.result()


def bound_of(up: bool, down: bool, swaps: bool = False) -> Bound:
    """The sign in front of an incomplete figure."""
    match (up, down, swaps):
        case (_, _, True) | (True, True, _):
            return "≈"
        case (True, False, _):
            return "≥"
        case (False, True, _):
            return "≤"
        case _:
            return ""


# --- rules: what a gap of one element can do to a figure -------------------------------------


def of_lead(piece: Piece) -> Effect:
    """Lead time lacks `lt` and `wait`."""
    return Effect(up=piece.lead_unknown)


def of_wait(piece: Piece) -> Effect:
    """Wait time lacks `wait`; a `pt` missing from a known `lt` would take away from it."""
    return Effect(up=piece.waits_unknown, down=piece.unknown.less)


def of_work(piece: Piece) -> Effect:
    """Process time and total effort lack `pt`."""
    return Effect(up=piece.unknown.work)


def of_flow(piece: Piece) -> Effect:
    """Flow efficiency: missing work would raise it, missing waiting lower it."""
    return Effect(up=piece.unknown.work, down=piece.waits_unknown)


def of_value(piece: Piece) -> Effect:
    """Process cycle efficiency: work without value counts only as time that passes."""
    adds = piece.value_adding
    return Effect(
        up=adds and piece.unknown.work,
        down=piece.waits_unknown or (not adds and piece.unknown.lead),
    )


def of_value_in_inventory(piece: Piece) -> Effect:
    """The same where the lead time is the waiting: work shortens it, and never lengthens it."""
    up = piece.unknown.less or (piece.value_adding and piece.unknown.work)
    return Effect(up=up, down=piece.waits_unknown)


# --- gathering --------------------------------------------------------------------------------


class Found:
    """Gaps while they are gathered."""

    def __init__(self) -> None:
        self.keys: dict[str, None] = {}  # in the order in which they were found
        self.up = self.down = self.swaps = False
        self.steps = self.others = 0
        self.only_steps = True

    def add(self, piece: Piece, effect: Effect) -> None:
        """An element that the figure is made of, and what its gaps do."""
        self._count(piece)
        if effect.up or effect.down:
            self._name(piece)
            self.up |= effect.up
            self.down |= effect.down

    def swap(self, piece: Piece) -> None:
        """An element whose gap could make another branch the longest."""
        self._name(piece)
        self.swaps = True

    def _count(self, piece: Piece) -> None:
        if isinstance(piece.element, Step):
            self.steps += 1
        else:
            self.others += 1

    def _name(self, piece: Piece) -> None:
        self.keys[piece.key] = None
        self.only_steps &= isinstance(piece.element, Step)

    def result(self) -> Gaps:
        """All of them together."""
        parts = self.steps if self.only_steps else self.steps + self.others
        kind = "steps" if self.only_steps else "parts"
        return Gaps(tuple(self.keys), bound_of(self.up, self.down, self.swaps), parts, kind)


def judge(found: Found, stop: Stop, piece: Piece, rule: Rule, inventory: bool) -> None:
    """Add what one stop lacks, by its part in the figure."""
    match stop.role:
        case "on":
            found.add(piece, rule(piece))
            if inventory and stop.forks and piece.unknown.less:
                found.swap(piece)  # less waiting here, and another branch is the longest
        case "rival":
            if _could_win(piece, inventory):
                found.add(piece, Effect())
                found.swap(piece)
        case "off":
            pass


def _could_win(piece: Piece, inventory: bool) -> bool:
    return piece.waits_unknown if inventory else piece.lead_unknown


def joined(several: Iterable[Gaps]) -> Gaps:
    """The gaps of a figure that is made of several others, all of which it grows with."""
    parts = list(several)
    names = dict.fromkeys(key for one in parts for key in one.missing)
    signs = {one.bound for one in parts if one.bound}
    bound: Bound = signs.pop() if len(signs) == 1 else "≈" if signs else ""
    total = max((one.parts for one in parts), default=0)
    kind = "parts" if any(one.parts_are == "parts" for one in parts) else "steps"
    return Gaps(tuple(names), bound, total, kind)
