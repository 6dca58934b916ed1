"""Which lanes are met anywhere in a stretch: sets of small numbers, asked for by ranges."""

from __future__ import annotations

from collections.abc import Sequence


class Crowd:
    """A set of small numbers at each of some places; a set is an int with a bit for each."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.sets = [0] * (2 * places)  # a tree: above every two sets stands what is in either

    def add(self, place: int, number: int) -> None:
        """Put a number to a place."""
        at, bit = place + self.places, 1 << number
        while at:
            self.sets[at] |= bit
            at >>= 1

    def between(self, first: int, last: int) -> int:
        """What is at any of the places from the first to the last."""
        left, right, found = first + self.places, last + self.places + 1, 0
        while left < right:
            if left & 1:
                found |= self.sets[left]
                left += 1
            if right & 1:
                right -= 1
                found |= self.sets[right]
            left, right = left >> 1, right >> 1
        return found


def first_missing(found: int) -> int:
    """The smallest number that is not in a set."""
    return (~found & (found + 1)).bit_length() - 1


def lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """The first lane that is free for each of some spans of columns, the shortest first."""
    columns = sorted({column for span in spans for column in span})
    places = {column: at for at, column in enumerate(columns)}
    taken, found = Crowd(len(columns)), []
    for left, right in spans:
        first, last = places[left], places[right]
        # What is in the way is no longer than this one, so one of its ends lies within.
        lane = first_missing(taken.between(first, last))
        taken.add(first, lane)
        taken.add(last, lane)
        found.append(lane)
    return found
