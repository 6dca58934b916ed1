"""Which lanes are met anywhere in a stretch: sets of small numbers, asked for by ranges."""

from __future__ import annotations


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
