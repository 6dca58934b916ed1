"""How long one map takes, in milliseconds, in a process that has drawn it before (an editor's)."""

import gc
import statistics
import sys
import time
from pathlib import Path

from vsmdsl import pipeline
from vsmdsl.cli import SELDOM

TIMES, PATIENCE = 100, 2.0  # so often, but no longer than so many seconds


def main(path: str) -> None:
    """Draw the map again and again, from its text to its SVG, and print the median time."""
    text = Path(path).read_text(encoding="utf-8")
    gc.set_threshold(SELDOM)  # as `vsm` does
    pipeline.render(pipeline.compile(text))
    times: list[float] = []
    while len(times) < TIMES and sum(times) < PATIENCE * 1000:
        times.append(_drawn(text))
    print(statistics.median(times))


def _drawn(text: str) -> float:
    start = time.perf_counter()
    pipeline.render(pipeline.compile(text))
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
