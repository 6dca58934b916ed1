"""The map itself: its picture is drawn elsewhere; here is how to read it."""

from __future__ import annotations

from vsmdsl.record import record
from vsmdsl.report.subject import Subject


@record
class Map:
    """How to read the map."""

    lead: str


def the_map(subject: Subject) -> Map:
    """One line for those who see such a map for the first time."""
    return Map(
        subject.say(
            "Read it from left to right. Blue is work; amber to rust is waiting, the stronger "
            "the longer."
        )
    )
