"""How time is shown: the ladder, the heat of a wait, the flag of the biggest one, the strip."""

from vsmdsl.drawing.scene import Items, Path, Rect
from vsmdsl.drawing.shapes import label, pill, pill_width, polygon

LEVELS = 5


def ladder(
    x: float,
    y: float,
    *,
    wait: float = 36,
    work: float = 32,
    height: float = 28,
    heat: int = 2,
    texts: tuple[str, str, str] = ("", "", ""),
) -> Items:
    """Draw one wait between two pieces of work: waiting is high, working is low."""
    left, right, top, floor = x - wait / 2, x + wait / 2, y - height / 2, y + height / 2
    bars = (left - work, right)
    way = ("M", left - work, floor, "H", left, "V", top, "H", right, "V", floor, "H", right + work)
    words = ((x, y, f"o{heat}", 11.5), *((at + work / 2, floor + 12, "va", 10.5) for at in bars))
    return (
        Rect(left, top, wait, height, fill=f"h{heat}"),
        *(Rect(at, floor, work, 5, fill="va", kind="work") for at in bars),
        Path(way, stroke="rule", thick=2, sharp=True, kind="ladder"),
        *(
            label(at, level, text, size, 700, fill=fill)
            for (at, level, fill, size), text in zip(
                words, (texts[1], texts[0], texts[2]), strict=True
            )
            if text
        ),
    )


def heat_scale(
    x: float, y: float, *, cell: float = 22, height: float = 26, numbered: bool = True
) -> Items:
    """Draw the five levels of heat, from a small to the largest share of the lead time."""
    left, top = x - cell * LEVELS / 2, y - height / 2
    cells = tuple(
        Rect(left + cell * level, top, cell, height, fill=f"h{level}") for level in range(LEVELS)
    )
    numbers = tuple(
        label(left + cell * (level + 0.5), y, str(level), 11, 700, fill=f"o{level}")
        for level in range(LEVELS)
    )
    edge = Rect(left, top, cell * LEVELS, height, stroke="line", kind="legend")
    return (*cells, edge, *(numbers * numbered))


def biggest_wait(x: float, y: float, *, text: str = "BIGGEST WAIT") -> Items:
    """Draw the flag over the biggest wait; its tip points down at `y`."""
    return (
        *pill(
            x,
            y - 13,
            text,
            9.5,
            700,
            fill="h4",
            ink="o4",
            height=16,
            pad=7.5,
            spacing=0.5,
            kind="biggest",
        ),
        polygon(((x - 5, y - 5.5), (x + 5, y - 5.5), (x, y)), fill="h4"),
    )


def biggest_wait_width(text: str = "BIGGEST WAIT") -> float:
    """Say how wide the flag is."""
    return pill_width(text, 9.5, 700, pad=7.5, spacing=0.5)


def time_strip(x: float, y: float, *, scale: float = 1) -> Items:
    """Draw a piece of the strip: time to scale, work taller than waiting."""
    left, low, high = x - 58 * scale, 11 * min(1, 2 * scale), 16 * min(1, 2 * scale)
    waits = ((0, 29.2, 2), (34, 51.2, 4), (94, 22, 1))
    works = ((30, 4), (86, 8))
    return (
        *(
            Rect(left + at * scale, y - low, width * scale, 2 * low, fill=f"h{heat}")
            for at, width, heat in waits
        ),
        *(
            Rect(left + at * scale, y - high, width * scale, 2 * high, fill="va", kind="work")
            for at, width in works
        ),
    )
