"""What a future state changes: steps that go, steps that come, values before and after."""

from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.scene import Items, Rect
from vsmdsl.drawing.shapes import label, pill, struck

WIDER = 1.13  # so much wider another font may be


def removed_step(
    x: float, y: float, *, width: float = 72, height: float = 44, name: str = "Step"
) -> Items:
    """Draw the ghost of a step that is no longer there."""
    words = struck(x, y, name, 11.5, 600, anchor="middle") if name else ()
    return removed_box(x - width / 2, y - height / 2, width, height), *words


def removed_box(x: float, y: float, width: float, height: float) -> Rect:
    """Draw the dashed outline of a removed step, by its upper left corner."""
    return Rect(x, y, width, height, 2, "", "ghostln", 1.4, (5, 4), "removed")


def new_step(
    x: float, y: float, *, width: float = 72, height: float = 44, name: str = "Step"
) -> Items:
    """Draw a step that the future state adds."""
    top = y - height / 2
    return (
        Rect(x - width / 2, top, width, height, 2, "goodsoft", "goodln", 2),
        *new_tab(x, top),
        label(x, y + 3, name, 11.5, 700),
    )


def new_tab(x: float, y: float, *, text: str = "NEW") -> Items:
    """Draw the green tab on the upper edge of a new step."""
    return pill(x, y, text, 9.5, 700, fill="good", ink="paper", height=16, pad=5, spacing=0.3)


def changed_value(
    x: float, y: float, *, old: str, new: str, sizes: tuple[float, float] = (10, 11.5)
) -> Items:
    """Write a value before, struck, and after, in green; `x` is their right end."""
    width = WIDER * text_width(new, sizes[1], 700)
    return (
        *struck(x - width - 6, y, old, sizes[0]),
        label(x, y, new, sizes[1], 700, fill="good", anchor="end"),
    )


def changed_width(old: str, new: str, sizes: tuple[float, float] = (10, 11.5)) -> float:
    """Say how wide a changed value is."""
    return WIDER * (text_width(old, sizes[0]) + text_width(new, sizes[1], 700)) + 8


def delta(x: float, y: float, *, text: str) -> Items:
    """Draw the green pill that says how much better a figure is."""
    return pill(x, y, text, 11.5, 700, fill="goodsoft", ink="good", height=21, pad=8)
