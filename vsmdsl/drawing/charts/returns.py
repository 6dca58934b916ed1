"""What improvements bring over what they cost: gain upwards, effort to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, hypot

from vsmdsl.drawing.charts.frame import framed
from vsmdsl.drawing.extent import Box, text_box
from vsmdsl.drawing.fonts import wrap
from vsmdsl.drawing.scene import Group, Item, Rect, Scene, Text
from vsmdsl.drawing.shapes import label, line
from vsmdsl.drawing.symbols.marks import kaizen
from vsmdsl.record import record

LEFT, TOP, BOTTOM = 46.0, 34.0, 46.0  # the words of the axes
TALL, SQUARE = 300.0, 290.0  # the height of the plot on a page and on a phone
BURST = 14.0
PAD = BURST + 2  # a burst at nothing still stands inside the axes
TICKS = 5  # about so many on an axis
STEPS = (1.0, 2.0, 5.0, 10.0)
PHONE = 480.0
NAME = 11.0
ASIDE = sorted(
    ((BURST * right, BURST * up) for right in range(-24, 25) for up in range(-18, 19)),
    key=lambda way: hypot(*way),
)


@record
class Return:
    """One improvement: its number in the plan, effort and gain (days), its name, a tooltip."""

    number: int
    effort: float
    gain: float
    name: str
    tip: str


@record
class _Plot:
    left: float
    top: float
    right: float
    bottom: float
    most: tuple[float, float]

    def at(self, effort: float, gain: float) -> tuple[float, float]:
        left, bottom = self.left + PAD, self.bottom - PAD
        wide, tall = self.right - left, bottom - self.top
        return left + wide * effort / self.most[0], bottom - tall * gain / self.most[1]


def returns(
    found: Sequence[Return],
    width: float,
    axes: tuple[str, str],
    *,
    title: str,
    said: str,
    name: str,
    decimal: str = ".",
) -> Scene:
    """Draw a burst for each; `axes` are the words on effort and gain. High and left is best."""
    height = SQUARE if width < PHONE else TALL
    ticks = (
        _ticks(max(one.effort for one in found)),
        _ticks(max(one.gain for one in found)),
    )
    most = ticks[0][-1], ticks[1][-1]
    plot = _Plot(LEFT, TOP, width - BURST, height - BOTTOM, most)
    items = (*_axes(plot, ticks, axes, decimal), *_bursts(found, plot, width))
    return framed(items, width, height, title=title, said=said, name=f"{name} returns")


def _ticks(most: float) -> tuple[float, ...]:
    """Round numbers from 0 to beyond the largest value."""
    raw = (most or 1.0) * 1.08 / TICKS
    power = 10.0 ** (len(f"{int(raw)}") - 1) if raw >= 1 else 10.0 ** -_places(raw)
    step = next(power * one for one in STEPS if power * one >= raw)
    return tuple(step * number for number in range(ceil(most * 1.08 / step) + 1))


def _places(raw: float) -> int:
    places = 0
    while raw * 10**places < 1:
        places += 1
    return places


def _axes(
    plot: _Plot,
    ticks: tuple[tuple[float, ...], ...],
    axes: tuple[str, str],
    decimal: str,
) -> Iterator[Item]:
    for gain in ticks[1]:
        _, y = plot.at(0, gain)
        yield line(plot.left, y, plot.right, y, stroke="line")
        yield label(
            plot.left - 8, y, f"{gain:g}".replace(".", decimal), 10.5, fill="ink3", anchor="end"
        )
    yield line(plot.left, plot.bottom, plot.right, plot.bottom, stroke="rule")
    for effort in ticks[0]:
        x, _ = plot.at(effort, 0)
        yield line(x, plot.bottom, x, plot.bottom + 5, stroke="rule")
        yield label(x, plot.bottom + 15, f"{effort:g}".replace(".", decimal), 10.5, fill="ink3")
    yield Text(0, 12, axes[1], 10.5, 600, "ink2")
    yield Text(plot.right, plot.bottom + 38, axes[0], 10.5, 600, "ink2", "end")


def _bursts(found: Sequence[Return], plot: _Plot, width: float) -> Iterator[Item]:
    middles = _apart([plot.at(one.effort, one.gain) for one in found], plot)
    taken = [Box(x - BURST, y - BURST, x + BURST, y + BURST) for x, y in middles]
    for one, (x, y) in zip(found, middles, strict=True):
        burst = kaizen(x, y, number=str(one.number), r=BURST, title=one.tip)
        words = _named(one.name, x, y, width, taken)
        taken += [text_box(word) for word in words]
        yield Group("kaizen", (*_cleared(words), *burst, *words), one.tip)


def _apart(middles: list[tuple[float, float]], plot: _Plot) -> list[tuple[float, float]]:
    """Bursts that would hide each other step aside, to the nearest place that is free."""
    placed: list[tuple[float, float]] = []
    for x, y in middles:
        near = ((x + dx, y + dy) for dx, dy in ASIDE)
        free = (place for place in near if _free(place, placed) and _inside(place, plot))
        placed.append(next(free, (x, y)))
    return placed


def _free(place: tuple[float, float], placed: Sequence[tuple[float, float]]) -> bool:
    return all(hypot(place[0] - x, place[1] - y) >= 1.9 * BURST for x, y in placed)


def _inside(place: tuple[float, float], plot: _Plot) -> bool:
    x, y = place
    return plot.left + PAD <= x <= plot.right and plot.top <= y <= plot.bottom - PAD


def _named(name: str, x: float, y: float, width: float, taken: Sequence[Box]) -> tuple[Text, ...]:
    """The name in one or two lines beside its burst, where it touches nothing; else nowhere."""
    for long in (230.0, 150.0, 110.0):
        lines = wrap(name, long, NAME, 500)
        if len(lines) > 2:
            continue
        for anchor, at in (("start", x + BURST + 6), ("end", x - BURST - 6)):
            words = tuple(
                label(at, y + (row - (len(lines) - 1) / 2) * 14, text, NAME, 500,
                      anchor="start" if anchor == "start" else "end")
                for row, text in enumerate(lines)
            )  # fmt: skip
            boxes = [text_box(word) for word in words]
            inside = all(box.left >= LEFT + 4 and box.right <= width for box in boxes)
            if inside and not any(_touch(box, other) for box in boxes for other in taken):
                return words
    return ()


def _cleared(words: tuple[Text, ...]) -> Iterator[Rect]:
    """Paper behind a name, so that no line of the grid goes through it."""
    for box in map(text_box, words):
        wide, tall = box.right - box.left, box.bottom - box.top
        yield Rect(box.left - 3, box.top, wide + 6, tall, fill="paper", kind="paper")


def _touch(one: Box, other: Box) -> bool:
    return (
        one.left < other.right + 2
        and other.left < one.right + 2
        and one.top < other.bottom + 2
        and other.top < one.bottom + 2
    )
