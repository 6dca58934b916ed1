"""The specimen sheet: every symbol drawn once with its name, to look at and to compare."""

from collections.abc import Mapping

from vsmdsl.drawing.scene import Group, Item, Items, Rect, Scene, Text
from vsmdsl.drawing.shapes import label
from vsmdsl.drawing.symbols import SYMBOLS, Symbol

MARGIN, GUTTER = 28.0, 12.0
CELL_WIDTH, CELL_HEIGHT = 177.5, 124.0
COLUMNS = 8
KEY_COLUMNS, KEY_PITCH, KEY_CELL = 6, 30.0, 252.0

# Small icons are shown larger than on a map, so that one can judge them.
LARGER: Mapping[str, Mapping[str, object]] = {
    "operator": {"scale": 2},
    "automated": {"scale": 2},
    "inventory": {"width": 46, "height": 40},
    "queue_tray": {"width": 50},
    "outside_source": {"width": 64, "height": 46},
    "fifo": {"maximum": "max 20"},
    "truck": {"scale": 1.2, "text": "2×"},
    "milk_run": {"scale": 1.2},
    "go_see": {"scale": 1.4},
    "withdrawal": {"r": 17},
    "kanban_post": {"scale": 1.2},
    "production_kanban": {"width": 32, "height": 42},
    "withdrawal_kanban": {"width": 32, "height": 42},
    "signal_kanban": {"width": 44, "height": 36},
    "load_levelling": {"width": 100, "height": 32},
    "sequenced_pull": {"r": 17},
    "gate": {"r": 21},
    "kaizen": {"r": 23},
    "changed_value": {"sizes": (13, 14)},
}
# Where the drawing hangs below or beside its point, move the point, so that it sits in the middle.
SHIFTED: Mapping[str, tuple[float, float]] = {
    "kaizen_text": (0, -2),
    "fifo": (0, -6),
    "pull": (0, 7),
    "biggest_wait": (0, 10),
    "changed_value": (46, 0),
}


def specimen(name: str = "The icon set") -> Scene:
    """Draw the sheet: the symbols at work above, their legend versions below."""
    rows = -(-len(SYMBOLS) // COLUMNS)
    below = 60 + rows * (CELL_HEIGHT + GUTTER) + 34
    width = 2 * MARGIN + COLUMNS * (CELL_WIDTH + GUTTER) - GUTTER
    height = below + -(-len(SYMBOLS) // KEY_COLUMNS) * KEY_PITCH + MARGIN
    items: Items = (
        Rect(0, 0, width, height, fill="paper", kind="paper"),
        _caption(41, "THE ICON SET"),
        *(_cell(symbol, *_place(index)) for index, symbol in enumerate(SYMBOLS.values())),
        _caption(below - 14, "LEGEND"),
        *(
            item
            for index, symbol in enumerate(SYMBOLS.values())
            for item in _key(symbol, index, below)
        ),
    )
    return Scene(width, height, name, f"All {len(SYMBOLS)} symbols of a map.", items, name)


def _caption(y: float, text: str) -> Text:
    return Text(MARGIN, y, text, 9.5, 700, "ink3", spacing=0.8)


def _place(index: int) -> tuple[float, float]:
    row, column = divmod(index, COLUMNS)
    return MARGIN + column * (CELL_WIDTH + GUTTER), 52 + row * (CELL_HEIGHT + GUTTER)


def _cell(symbol: Symbol, left: float, top: float) -> Group:
    centre = left + CELL_WIDTH / 2
    dx, dy = SHIFTED.get(symbol.name, (0, 0))
    drawn = symbol.draw(centre + dx, top + 44 + dy, **LARGER.get(symbol.name, {}))
    items: tuple[Item, ...] = (
        Rect(left, top, CELL_WIDTH, CELL_HEIGHT, 8, "band"),
        *drawn,
        Text(centre, top + 95, symbol.label, 12, 700, "ink", "middle"),
        Text(centre, top + 111, symbol.hint, 10.5, 400, "ink2", "middle"),
    )
    return Group("legend", items, symbol.label)


def _key(symbol: Symbol, index: int, top: float) -> Items:
    row, column = divmod(index, KEY_COLUMNS)
    x, y = MARGIN + 23 + column * KEY_CELL, top + 10 + row * KEY_PITCH
    return (
        *symbol.key(x, y),
        label(x + 29, y, symbol.key_label, 10.5, fill="ink2", anchor="start"),
    )
