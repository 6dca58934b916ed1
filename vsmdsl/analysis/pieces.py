"""What each element of the stream takes: its waiting, its work, and what nobody knows of it.

A piece is the element on its own: what one pass costs, whatever branch it lies in. Ranges enter by
their mean; the other ends of a figure are found by measuring the map again at its `Corner`s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import ClassVar

from vsmdsl.model.quantity import Count, Duration, Gap, Time
from vsmdsl.model.stream import Element, Handoff, Queue, Step, ValueStream
from vsmdsl.named import Named
from vsmdsl.record import record, replace

ZERO = Fraction(0)
ONE = Fraction(1)
UNITS = ("s", "min", "h", "d", "w", "mo", "y")
_SAME_UNIT = {"ms": "s", "cd": "d", "cw": "w", "cmo": "mo"}
_SIZES = {unit: at for at, unit in enumerate(UNITS)}
_SIZES |= {unit: _SIZES[same] for unit, same in _SAME_UNIT.items()}


class Corner(Named):
    """A way to read all ranges at once: which end of the work, which end of the waiting."""

    MEAN: ClassVar[Corner]
    LEAST: ClassVar[Corner]
    MOST: ClassVar[Corner]
    IDLE: ClassVar[Corner]  # work least and waiting most: the worst efficiency
    BUSY: ClassVar[Corner]
    SHORT: ClassVar[Corner]  # the least waiting that can be, whatever work that takes in each step
    LONG: ClassVar[Corner]

    def __init__(self, work: str, waiting: str) -> None:
        self.work = work  # the end at which process times are read
        self.waiting = waiting  # and that of waits and lead times


Corner.define(
    MEAN=Corner("mean", "mean"),
    LEAST=Corner("low", "low"),
    MOST=Corner("high", "high"),
    IDLE=Corner("low", "high"),
    BUSY=Corner("high", "low"),
    SHORT=Corner("high", "low"),
    LONG=Corner("low", "high"),
)


@record
class Ends:
    """One pass through an element, in seconds.

    `own` is the wait in front, `inner` the waiting inside (`lt - pt`, never below zero), `work`
    the process time, `taken` what the timeline takes of it (less where several work at once), and
    `lead` all behind the wait in front: `inner + taken`.
    """

    own: Fraction = ZERO
    inner: Fraction = ZERO
    work: Fraction = ZERO
    taken: Fraction = ZERO
    lead: Fraction = ZERO


@record
class Unknown:
    """What nobody knows of an element, told apart by what it can do to a figure."""

    work: bool = False  # the process time
    lead: bool = False  # the process time of a step that has no lead time either
    own: bool = False  # the wait in front
    inner: bool = False  # the lead time of a step whose process time is known
    less: bool = False  # a process time that would take away from a known lead time


KNOWN = Unknown()


@record
class Units:
    """The largest units that its durations were written in."""

    work: str = "s"
    own: str = "s"
    lead: str = "s"
    inner: str = "s"


@record
class Piece:
    """All that the timeline needs of one step, queue or handoff."""

    element: Step | Queue | Handoff
    ends: Mapping[Corner, Ends]
    unknown: Unknown
    units: Units
    ranged: bool

    @property
    def key(self) -> str:
        """The key of the element."""
        return self.element.key

    def at(self, corner: Corner) -> Ends:
        """One pass at this corner of the ranges."""
        return self.ends[corner if self.ranged else Corner.MEAN]

    def spread(self, amount: Callable[[Ends], Fraction]) -> tuple[Fraction, Fraction, Fraction]:
        """An amount at its least, its mean and its most: one and the same if there is no range."""
        mean = amount(self.ends[Corner.MEAN])
        if not self.ranged:
            return mean, mean, mean
        return amount(self.ends[Corner.LEAST]), mean, amount(self.ends[Corner.MOST])

    def without_wait(self) -> Piece:
        """The same, but without the wait in front."""
        ends = {corner: replace(one, own=ZERO) for corner, one in self.ends.items()}
        return replace(self, ends=ends, unknown=replace(self.unknown, own=False))

    @property
    def value_adding(self) -> bool:
        """Whether the customer would pay for the work."""
        return isinstance(self.element, Step) and self.element.value == "va"

    @property
    def waits_unknown(self) -> bool:
        """Whether some waiting is missing."""
        return self.unknown.own or self.unknown.inner

    @property
    def lead_unknown(self) -> bool:
        """Whether part of its lead time is missing."""
        return self.unknown.lead or self.waits_unknown


def pieces(stream: ValueStream, weights: Mapping[str, Fraction]) -> dict[str, Piece]:
    """Every step, queue and handoff as a piece; `weights` are the shares of the branches."""
    rate = demand(stream)
    return {
        element.key: _piece(element, portion(rate, weights[element.key]))
        for element in stream.everything
        if isinstance(element, Step | Queue | Handoff)
    }


def demand(stream: ValueStream) -> Count | None:
    """Demand in things a second of the map's clock: the map's, else the customer's."""
    customer = stream.party("customer")
    rate = stream.settings.demand or (customer.demand if customer else None)
    if rate is None or rate.count.amount <= 0 or rate.period <= 0:
        return None
    low, high = rate.count.low / rate.period, rate.count.high / rate.period
    return Count(rate.per_second, low or rate.per_second, high, rate.count.unit)


def portion(rate: Count | None, share: Fraction) -> Count | None:
    """The demand that comes by a branch: demand × share; None where nothing comes by."""
    if rate is None or share == 1:
        return rate
    return Count(rate.amount * share, rate.low * share, rate.high * share) if share else None


def process_time(step: Step) -> Time | None:
    """`pt`; a step that has `ct` and no `pt` works for its `ct` (one piece, one cycle)."""
    return step.pt if step.pt is not None else step.ct


def queue_wait(queue: Queue, rate: Count | None) -> Time | None:
    """Its `wait`; where that is missing, Little's law: things there ÷ things needed a second."""
    if queue.wait is not None:
        return queue.wait
    amount = counted(queue)
    if amount is None:
        return Gap.NONE if Gap.NONE in (queue.qty, queue.wip) else None
    return None if rate is None else little(amount, rate)


def counted(queue: Queue) -> Count | None:
    """How many things stand there: the count if there is one, else the level."""
    return next((one for one in (queue.qty, queue.wip) if isinstance(one, Count)), None)


def little(amount: Count, rate: Count) -> Duration:
    """Waiting by Little's law (J. D. C. Little, 1961): W = L ÷ λ, in seconds."""
    mean = amount.amount / rate.amount
    return Duration(mean, amount.low / rate.high, amount.high / rate.low)


def larger(*units: str) -> str:
    """The largest of these units of time."""
    found = max(units, key=_SIZES.__getitem__, default="s")
    return _SAME_UNIT.get(found, found)


def seconds(time: Time | None, end: str = "mean") -> Fraction:
    """The seconds at one end; nothing where it is not known or does not apply."""
    if not isinstance(time, Duration):
        return ZERO
    return time.seconds if end == "mean" else time.low if end == "low" else time.high


def _piece(element: Element, rate: Count | None) -> Piece:
    match element:
        case Step():
            return _step(element)
        case Queue():
            wait = queue_wait(element, rate)
            return _only_wait(element, wait, unknown=wait is None or wait is Gap.UNKNOWN)
        case Handoff():
            return _only_wait(element, element.wait, unknown=element.wait is Gap.UNKNOWN)
        case _:
            raise TypeError(f"a fork has no wait of its own: {element.key}")


def _only_wait(element: Queue | Handoff, wait: Time | None, *, unknown: bool) -> Piece:
    ranged, unit = _ranged(wait), _unit(wait)
    ends = {corner: Ends(own=seconds(wait, corner.waiting)) for corner in _corners(ranged)}
    lacks = Unknown(own=True) if unknown else KNOWN
    return Piece(element, ends, lacks, Units("s", unit, unit, "s"), ranged)


def _corners(ranged: bool) -> tuple[Corner, ...]:
    return Corner.ALL if ranged else (Corner.MEAN,)


def _step(step: Step) -> Piece:
    pt, transfer = process_time(step), step.transfer
    ranged = _ranged(pt) or _ranged(step.lt) or _ranged(step.wait)
    ranged = ranged or bool(transfer and transfer.low < transfer.high)
    ends = {corner: _step_ends(step, corner) for corner in _corners(ranged)}
    return Piece(step, ends, _step_unknown(step), _step_units(step), ranged)


def _step_ends(step: Step, corner: Corner) -> Ends:
    """Waiting inside is least where work is most, unless it grows with the work (`transfer`)."""
    if corner is Corner.SHORT:
        return min((_ends_at(step, one) for one in (Corner.BUSY, Corner.LEAST)), key=_inner)
    if corner is Corner.LONG:
        return max((_ends_at(step, one) for one in (Corner.IDLE, Corner.MOST)), key=_inner)
    return _ends_at(step, corner)


def _inner(ends: Ends) -> Fraction:
    return ends.inner


def _ends_at(step: Step, corner: Corner) -> Ends:
    work = seconds(process_time(step), corner.work)
    match step.lt:
        case Duration() | Gap.NONE:
            lead = seconds(step.lt, corner.waiting)
        case _:
            lead = work * _transfer(step.transfer, corner) if step.transfer else work
    own = seconds(step.wait, corner.waiting)
    inner = ZERO if lead is work else lead - work
    if inner.numerator < 0:
        return Ends(own, ZERO, work, lead, lead)
    return Ends(own, inner, work, work, lead)


def _transfer(transfer: Count, corner: Corner) -> Fraction:
    return {"mean": transfer.amount, "low": transfer.low, "high": transfer.high}[corner.work]


def _step_unknown(step: Step) -> Unknown:
    pt = process_time(step)
    no_work = pt is None or pt is Gap.UNKNOWN
    if not no_work and step.wait is not Gap.UNKNOWN and step.lt is not Gap.UNKNOWN:
        return KNOWN
    has_lead = isinstance(step.lt, Duration) or step.lt is Gap.NONE
    return Unknown(
        work=no_work,
        lead=no_work and not has_lead,
        own=step.wait is Gap.UNKNOWN,
        inner=step.lt is Gap.UNKNOWN and not no_work,
        less=no_work and seconds(step.lt, "high") > 0,
    )


def _step_units(step: Step) -> Units:
    work, own, lead = _unit(process_time(step)), _unit(step.wait), _unit(step.lt)
    if isinstance(step.lt, Duration):
        return Units(work, own, larger(own, lead), lead)
    return Units(work, own, larger(own, work), work if step.transfer else "s")


def _unit(time: Time | None) -> str:
    return time.unit if isinstance(time, Duration) else "s"


def _ranged(time: Time | None) -> bool:
    return isinstance(time, Duration) and time.is_range
