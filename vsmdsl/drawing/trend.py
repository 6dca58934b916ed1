"""The lead time of a map over its revisions: a bar each, work below and waiting above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from vsmdsl.drawing.fonts import ellipsize, text_width
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Scene, Text
from vsmdsl.drawing.shapes import label, line, pill, pill_width
from vsmdsl.record import record
from vsmdsl.wording import ENGLISH, Wording

WIDTH, HEIGHT, MARGIN = 920.0, 330.0, 30.0
TOP, FLOOR = 108.0, 262.0
WIDEST, GAP = 64.0, 0.3
LEAST = 1.6  # a work too short to be seen is drawn all the same
ROOMY = 46.0  # a column that has room for its figure


@record
class Point:
    """One revision: its day, its lead time and the work in it (seconds), both as people read it."""

    day: str
    lead: Fraction
    work: Fraction
    text: str
    efficiency: str
    sure: bool = True
    note: str = ""  # what its tooltip says: the first line of the commit


def trend(
    title: str,
    points: Sequence[Point],
    change: str,
    *,
    better: bool | None = None,
    wording: Wording = ENGLISH,
) -> Scene:
    """Draw the bars; `change` is said in a pill beside the title: `−7.7 d (−25 %)`."""
    text = "Lead time at the {count} revisions that changed it"
    said = wording.say(text, count=len(points))
    items = (
        Rect(0, 0, WIDTH, HEIGHT, fill="paper"),
        *_head(title, said, change, better),
        line(MARGIN, FLOOR, WIDTH - MARGIN, FLOOR, stroke="rule"),
        *_bars(points),
        *_legend(wording),
    )
    return Scene(
        WIDTH,
        HEIGHT,
        wording.say("{title}: trend", title=title),
        said,
        items,
        name=f"{title} trend",
    )


def _head(title: str, said: str, change: str, better: bool | None) -> Iterator[Item]:
    room = WIDTH - 2 * MARGIN - 220
    yield Text(MARGIN, 44, ellipsize(title, room, 20, 700), 20, 700)
    yield Text(MARGIN, 65, said, 11.5, 400, "ink2")
    if change:
        fill, ink = (
            ("goodsoft", "good")
            if better
            else ("rewsoft", "rew")
            if better is False
            else ("band", "ink")
        )
        half = pill_width(change, 13, 700) / 2
        yield from pill(WIDTH - MARGIN - half, 42, change, 13, 700, fill=fill, ink=ink, height=28)


def _bars(points: Sequence[Point]) -> Iterator[Item]:
    most = max((point.lead for point in points), default=Fraction(0)) or Fraction(1)
    column = (WIDTH - 2 * MARGIN) / max(len(points), 6)
    for number, point in enumerate(points):
        left = MARGIN + column * number
        tall = (FLOOR - TOP) * float(point.lead / most)
        yield Group(
            "strip",
            (*_bar(point, left, column, tall), *_words(points, number, left, column, tall)),
            _tip(point),
        )


def _bar(point: Point, left: float, column: float, tall: float) -> Items:
    wide = min(column * (1 - GAP), WIDEST)
    x = left + (column - wide) / 2
    share = float(min(point.work / point.lead, Fraction(1))) if point.lead else 0.0
    work = max(tall * share, LEAST) if point.work else 0.0
    dash = () if point.sure else (4.0, 3.0)
    wait = Rect(x, FLOOR - tall, wide, max(tall - work, 0), fill="h3", kind="wait")
    frame = Rect(x, FLOOR - tall, wide, tall, stroke="" if point.sure else "rule", dash=dash)
    return wait, Rect(x, FLOOR - work, wide, work, fill="va", kind="work"), frame


def _words(
    points: Sequence[Point], number: int, left: float, column: float, tall: float
) -> Iterator[Item]:
    """Figures and days where there is room; else those of the first, the last, and each turn."""
    point, middle = points[number], left + column / 2
    if column < ROOMY and not _telling(points, number, column):
        return
    yield label(middle, FLOOR - tall - 10, point.text, 11, 700)
    yield label(middle, FLOOR + 14, point.day, 10, 400, fill="ink2")
    if point.efficiency:
        yield label(middle, FLOOR + 29, point.efficiency, 10, 400, fill="va")


def _telling(points: Sequence[Point], number: int, column: float) -> bool:
    """Whether a narrow bar gets words: so many that they do not touch, and always the last."""
    every = int(ROOMY * 1.4 / column) + 1
    last = len(points) - 1
    return number == last or (number % every == 0 and last - number >= every)


def _tip(point: Point) -> str:
    return " · ".join(
        part for part in (point.day, point.text, point.efficiency, point.note) if part
    )


def _legend(wording: Wording) -> Iterator[Item]:
    y = HEIGHT - 14
    x = MARGIN
    work = wording.say("working, and its share (flow efficiency)")
    for fill, words in (("h3", wording.say("waiting")), ("va", work)):
        yield Rect(x, y - 9, 10, 10, fill=fill)
        yield Text(x + 15, y, words, 10.5, 400, "ink2")
        x += 15 + text_width(words, 10.5) + 24
