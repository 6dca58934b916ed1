"""The long maps of the races, and the same elements as D2 diagrams: made up, always the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"

HEAD = 'map "Long" { calendar = 8h/day, 5d/week; demand = 20/month }'
MANY = 100  # maps in one call
THIRTY = 30  # maps of a portfolio


def write(folder: Path) -> None:
    """Write `500.vsm` (steps), `500.d2`, `5000.vsm`, `lines.vsm`, and folders of many maps."""
    _write(folder / "500.vsm", [HEAD, *stream(500)])
    _write(folder / "500.d2", diagram(500))
    _write(folder / "5000.vsm", [HEAD, *stream(5000)])
    _write(folder / "lines.vsm", list(stream(7000))[:10_000])
    (folder / "many").mkdir()
    for number in range(MANY):
        _write(folder / "many" / f"{number}.vsm", [HEAD, *stream(8, number)])
        _write(folder / "many" / f"{number}.d2", diagram(8, number))
    (folder / "thirty").mkdir()
    for number in range(THIRTY):
        _write(folder / "thirty" / f"{number:02}.vsm", sample(number))


def stream(steps: int, seed: int = 0) -> Iterator[str]:
    """Steps with a queue before every other one, and rework from every 25th."""
    for at in range(steps):
        n = at + seed
        if at % 2:
            yield f'queue q{at} "Waiting {n}" wait={1 + n % 7}d wip={1 + n % 9}'
        yield f'step s{at} "Step number {n}" pt={1 + n % 5}h lt={1 + n % 4}d ca={80 + n % 20}%'
    for at in range(6, steps, 25):
        yield f"rework s{at} -> s{at - 4} 10%"


def sample(number: int) -> list[str]:
    """One of the samples that stand alone, under a title of its own."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.vsm")))
    alone = [text for text in texts if re.search(r'^map "', text, re.MULTILINE)]
    text = alone[number % len(alone)]
    return [re.sub(r'^map "([^"]*)"', rf'map "\1, {number}"', text, count=1, flags=re.MULTILINE)]


def diagram(steps: int, seed: int = 0) -> Iterator[str]:
    """The boxes and arrows of such a stream in the language of D2."""
    yield "direction: right"
    for at in range(steps):
        n = at + seed
        if at % 2:
            yield f'q{at}: "Waiting {n}\\n{1 + n % 7} d · {1 + n % 9} items"'
        figures = f"PT {1 + n % 5} h · LT {1 + n % 4} d · {80 + n % 20} %"
        yield f's{at}: "Step number {n}\\n{figures}"'
    for at in range(1, steps):
        yield f"s{at - 1} -> q{at} -> s{at}" if at % 2 else f"s{at - 1} -> s{at}"
    for at in range(6, steps, 25):
        yield f's{at} -> s{at - 4}: "10 %"'


def _write(path: Path, lines: Iterator[str] | list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
