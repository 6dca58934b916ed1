"""The %C&A cascade: the share of items that is still right after each step."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from vsmdsl.model.quantity import Percent
from vsmdsl.model.stream import Choice, Element, Handoff, Parallel, Step, ValueStream
from vsmdsl.record import record

ONE = Fraction(1)


@record
class Stage:
    """One step, handoff or choice (`key`): its own %C&A and the product of all up to here."""

    key: str
    own: Fraction
    before: Fraction
    after: Fraction


def cascade(stream: ValueStream) -> tuple[Stage, ...]:
    """Rolled %C&A step by step (Karen Martin & Mike Osterling, Value Stream Mapping, 2013).

    What has no %C&A is left out. All branches of parallel work count, one after the other; a
    choice counts as one, with the mean of its branches by their shares. The last `after` is the
    rolled %C&A of the whole stream.
    """
    found: list[Stage] = []
    before = ONE
    for key, own in _factors(stream.elements):
        found.append(Stage(key, own, before, before * own))
        before *= own
    return tuple(found)


def _factors(elements: tuple[Element, ...]) -> Iterator[tuple[str, Fraction]]:
    for element in elements:
        match element:
            case Step() | Handoff():
                if isinstance(element.ca, Percent):
                    yield element.key, element.ca.ratio
            case Parallel():
                for branch in element.branches:
                    yield from _factors(branch.elements)
            case Choice():
                if any(True for branch in element.branches for _ in _factors(branch.elements)):
                    yield element.key, _mean(element)
            case _:
                pass


def _mean(choice: Choice) -> Fraction:
    shares = ((one.share.ratio if one.share else ONE, one) for one in choice.branches)
    return sum((share * _product(branch.elements) for share, branch in shares), Fraction(0))


def _product(elements: tuple[Element, ...]) -> Fraction:
    product = ONE
    for _, own in _factors(elements):
        product *= own
    return product
