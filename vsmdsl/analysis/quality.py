"""Complete and accurate: what passes each element, and who does not say."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod

from vsmdsl.analysis.pieces import ONE
from vsmdsl.model.quantity import Gap, Percent
from vsmdsl.model.stream import Choice, Element, Handoff, Parallel, Step, walk
from vsmdsl.record import record


@record
class Quality:
    """How many say their %C&A, how many of these a range, and who lacks it, of so many steps."""

    known: int
    ranged: int
    steps: int
    lacking: tuple[str, ...]


def quality(elements: tuple[Element, ...], weights: Mapping[str, Fraction]) -> Quality:
    """What is known of the %C&A of some elements."""
    asked = [one for one in walk(elements) if isinstance(one, Step | Handoff)]
    known = [one.ca for one in asked if isinstance(one.ca, Percent)]
    return Quality(
        len(known),
        sum(one.is_range for one in known),
        sum(isinstance(one, Step) for one in asked),
        tuple(one.key for one in asked if _lacks_ca(one) and weights[one.key]),
    )


def rolled(elements: tuple[Element, ...], end: str) -> Fraction:
    """The %C&A of some elements together."""
    # Numerators and denominators apart: one reduction at the end instead of one a step.
    found = [factor(element, end) for element in elements]
    return Fraction(prod(x.numerator for x in found), prod(x.denominator for x in found))


def factor(element: Element, end: str) -> Fraction:
    """What passes an element, complete and accurate."""
    match element:
        case Step() | Handoff():
            return getattr(element.ca, end) if isinstance(element.ca, Percent) else ONE
        case Parallel():
            return prod((rolled(branch.elements, end) for branch in element.branches), start=ONE)
        case Choice():
            shares = ((one.share.ratio if one.share else ONE, one) for one in element.branches)
            return sum((share * rolled(one.elements, end) for share, one in shares), Fraction(0))
        case _:
            return ONE


def _lacks_ca(element: Step | Handoff) -> bool:
    return element.ca is Gap.UNKNOWN or (element.ca is None and isinstance(element, Step))
