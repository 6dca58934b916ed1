"""What a picture is made of: rectangles, circles, paths, texts and groups, with colours by role.

A scene knows nothing of SVG. It is the last value before painting, and the only one with floats.
A map of 500 steps has some 20,000 pieces.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from vsmdsl.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from vsmdsl.drawing.sharing import Painted

Anchor = Literal["start", "middle", "end"]
Point: TypeAlias = tuple[float, float]
Dash: TypeAlias = tuple[float, ...]

# What a part of the picture stands for; a page may style or find it by `.vsm-<kind>`.
KINDS = frozenset({
    "paper", "band", "information", "supplier", "customer", "factory", "control", "info",
    "info-electronic", "info-manual", "schedule", "team", "boundary", "step", "removed", "queue",
    "inventory", "link", "push", "flow", "pull", "supermarket", "safety", "shipment", "kanban",
    "kanban-signal", "kanban-post", "heijunka", "gate", "handoff", "handoff-cross", "kaizen",
    "kaizen-list", "waste", "rework", "hotspot", "ladder", "ladder-total", "wait", "work",
    "biggest", "strip", "lane", "critical", "fork", "join", "summary", "legend", "continue",
})  # fmt: skip


@record
class Rect:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0
    fill: str = ""
    stroke: str = ""
    thick: float = 1
    dash: Dash = ()
    kind: str = ""


@record
class Circle:
    """A circle by its centre."""

    x: float
    y: float
    r: float
    fill: str = ""
    stroke: str = ""
    thick: float = 1
    kind: str = ""


@record
class Ellipse:
    """An ellipse by its centre."""

    x: float
    y: float
    rx: float
    ry: float
    fill: str = ""
    stroke: str = ""
    thick: float = 1
    kind: str = ""


@record
class Path:
    """A line or outline: `("M", 0, 0, "L", 9, 0, "Z")`, always in absolute coordinates."""

    steps: tuple[str | float, ...]
    fill: str = ""
    stroke: str = ""
    thick: float = 1
    dash: Dash = ()
    sharp: bool = False  # mitred corners instead of round ones
    kind: str = ""


@record
class Text:
    """One line of text by its anchor and baseline."""

    x: float
    y: float
    text: str
    size: float
    weight: int = 400
    fill: str = "ink"
    anchor: Anchor = "start"
    spacing: float = 0
    kind: str = ""


@record
class Group:
    """Things that belong together, with a tooltip, a name to link to, and a link."""

    kind: str
    items: tuple["Item", ...]
    title: str = ""
    name: str = ""
    href: str = ""


class Portion:
    """A part of a long picture that another process draws and paints meanwhile (`sharing`).

    Only the painter of SVG, who asked for it, meets one.
    """

    def __init__(self, painted: "Callable[[], Painted]") -> None:
        self.painted = painted


Shape: TypeAlias = Rect | Circle | Ellipse | Path | Text
Item: TypeAlias = Shape | Group | Portion
Items: TypeAlias = tuple[Item, ...]


@record
class Scene:
    """A whole picture: `name` tells two maps on one page apart.

    `top` is where it begins, for a sheet of paper that shows a part of a map.
    """

    width: float
    height: float
    title: str
    description: str
    items: Items
    name: str = ""
    top: float = 0


def shapes(items: Sequence[Item]) -> Iterator[Shape]:
    """Walk through all shapes in the order of painting, in groups or not."""
    for item in items:
        if isinstance(item, Group):
            yield from shapes(item.items)
        elif not isinstance(item, Portion):
            yield item
