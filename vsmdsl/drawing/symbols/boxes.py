"""The boxes of a map: who supplies and who buys, a step with its people and data, the planners."""

from collections.abc import Sequence

from vsmdsl.drawing.scene import Dash, Items, Path, Rect
from vsmdsl.drawing.shapes import label, line, paragraph, polygon
from vsmdsl.drawing.symbols.people import operator


def outside_source(
    x: float, y: float, *, width: float = 116, height: float = 70, lines: Sequence[str] = ()
) -> Items:
    """Draw a factory with its saw-tooth roof: supplier, customer, trigger."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    eaves = top + height * 2 / 7
    roof = [
        point
        for tooth in (1, 2, 3)
        for point in ((left + width * tooth / 3, top), (left + width * tooth / 3, eaves))
    ]
    outline = ((left, bottom), (left, eaves), *roof[:-1], (right, bottom))
    return (
        polygon(outline, fill="card", stroke="rule", thick=1.6, kind="factory"),
        *paragraph(x, (eaves + bottom) / 2 - 1, lines, 12.5, 700),
    )


def box_back(
    x: float, y: float, width: float, height: float, name_height: float, *, tint: str = "head"
) -> Items:
    """Draw body, name area and its lower edge of a box, by its upper left corner.

    Paint the content next and `box_front` last, so that the outline lies on top of all edges.
    """
    top = (
        *("M", x, y + name_height, "V", y + 2, "Q", x, y, x + 2, y, "H", x + width - 2),
        *("Q", x + width, y, x + width, y + 2, "V", y + name_height, "Z"),
    )
    return (
        Rect(x, y, width, height, 2, "card"),
        Path(top, fill=tint),
        line(x, y + name_height, x + width, y + name_height, thick=1),
    )


def box_front(
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    stroke: str = "rule",
    thick: float = 1.6,
    dash: Dash = (),
) -> Rect:
    """Draw the outline of a box; a new step has a green one, a removed one is dashed."""
    return Rect(x, y, width, height, 2, "", stroke, thick, dash)


def process(
    x: float, y: float, *, width: float = 72, height: float = 48, name: str = "Step"
) -> Items:
    """Draw a small step with its name and its people, as in a legend."""
    left, top, middle = x - width / 2, y - height / 2, y - height / 2 + height * 0.52
    low = (middle + y + height / 2) / 2
    return (
        *box_back(left, top, width, height, middle - top),
        label(x, (top + middle) / 2, name, 11, 700),
        *operator(left + 16, low, scale=0.8),
        label(left + 27, low, "2", 10.5, 600, anchor="start"),
        box_front(left, top, width, height),
    )


def data_box(
    x: float,
    y: float,
    *,
    rows: Sequence[tuple[str, str]] = (("C/T", "39 s"), ("C/O", "10 min")),
    width: float = 84,
    pitch: float = 25,
) -> Items:
    """Draw a table of what was measured: keys left, values right."""
    left, top = x - width / 2, y - pitch * len(rows) / 2
    middles = [top + pitch * (row + 0.5) for row in range(len(rows))]
    return (
        Rect(left, top, width, pitch * len(rows), 2, "card"),
        *(
            line(left, top + pitch * row, left + width, top + pitch * row, stroke="line")
            for row in range(1, len(rows))
        ),
        *(
            label(left + 7, at, key, 10, fill="ink2", anchor="start")
            for at, (key, _) in zip(middles, rows, strict=True)
        ),
        *(
            label(left + width - 7, at, value, 10.5, 600, anchor="end")
            for at, (_, value) in zip(middles, rows, strict=True)
        ),
        box_front(left, top, width, pitch * len(rows), thick=1.5),
    )


def control(
    x: float,
    y: float,
    *,
    name: str = "Planning",
    lines: Sequence[str] = ("MRP",),
    width: float = 88,
    size: float = 11,
) -> Items:
    """Draw the box of those who plan and schedule: a name over lines of text, or alone."""
    header = 29 if size > 12 else 21
    body = 15 * len(lines) + (13 if size > 12 else 8)
    header, body = (header, body) if lines else (header + body, 0)
    left, top = x - width / 2, y - (header + body) / 2
    return (
        *box_back(left, top, width, header + body, header),
        label(x, top + header / 2, name, size, 700),
        *paragraph(x, top + header + body / 2, lines, min(size, 11) - 0.5, fill="ink2", pitch=15),
        box_front(left, top, width, header + body),
    )
