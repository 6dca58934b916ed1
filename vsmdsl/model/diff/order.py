"""Two lines of things, laid beside each other: what stays in order, what stands for what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
Score = Callable[[T, T], float]

MOST = 40_000  # pairs to weigh: beyond, only those in the same place are


def staying(numbers: Sequence[int]) -> set[int]:
    """The longest rising part of a line of different numbers: what need not be moved."""
    tails: list[int] = []  # the last number of the best line of each length
    ends: list[int] = []  # where it stands
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [at]
    found = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(numbers[at])
        at = before[at]
    return found


def paired(before: Sequence[T], after: Sequence[T], score: Score[T]) -> Iterator[tuple[T, T]]:
    """Who stands for whom, in order, so that they are alike as a whole. A score of 0 is nobody."""
    if len(before) * len(after) > MOST:
        pairs = zip(before, after, strict=False)
        yield from ((one, other) for one, other in pairs if score(one, other))
        return
    scores = [[score(one, other) for other in after] for one in before]
    best = _best(scores, len(after))
    row, column = 0, 0
    while row < len(before) and column < len(after):
        here = best[row][column]
        if scores[row][column] and here == scores[row][column] + best[row + 1][column + 1]:
            yield before[row], after[column]
            row, column = row + 1, column + 1
        elif here == best[row + 1][column]:
            row += 1
        else:
            column += 1


def _best(scores: list[list[float]], width: int) -> list[list[float]]:
    """For each pair of tails, how alike they are at best."""
    best = [[0.0] * (width + 1) for _ in range(len(scores) + 1)]
    for row in range(len(scores) - 1, -1, -1):
        for column in range(width - 1, -1, -1):
            both = scores[row][column] and scores[row][column] + best[row + 1][column + 1]
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    return best


def gaps(
    before: Sequence[T], after: Sequence[T], partner: Callable[[T], int | None]
) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
    """The stretches between those who know each other; `partner` gives the place in `after`."""
    known = {at: other for at, one in enumerate(before) if (other := partner(one)) is not None}
    fixed = staying(list(known.values()))
    start, begin = 0, 0
    for at, other in known.items():
        if other in fixed:
            yield before[start:at], after[begin:other]
            start, begin = at + 1, other + 1
    yield before[start:], after[begin:]
