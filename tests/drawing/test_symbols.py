"""Every symbol can be drawn, stays in its room and looks the same in SVG and PNG."""

import pytest

from vsmdsl.drawing.extent import extent
from vsmdsl.drawing.raster import scene_to_png
from vsmdsl.drawing.scene import KINDS, Group, Items, Text
from vsmdsl.drawing.scene import shapes as all_shapes
from vsmdsl.drawing.specimen import specimen
from vsmdsl.drawing.symbols import SYMBOLS
from vsmdsl.drawing.symbols.keys import KEY_HEIGHT, KEY_WIDTH

NAMES = pytest.mark.parametrize("name", SYMBOLS)


def test_the_set_is_complete() -> None:
    assert len(SYMBOLS) == 48


@NAMES
def test_a_symbol_stays_in_its_size(name: str) -> None:
    symbol = SYMBOLS[name]
    _inside(symbol.draw(100, 50), *symbol.size)


@NAMES
def test_a_legend_drawing_stays_in_its_row(name: str) -> None:
    _inside(SYMBOLS[name].key(100, 50), KEY_WIDTH, KEY_HEIGHT)


def _inside(items: Items, width: float, height: float) -> None:
    box = extent(items)
    assert 100 - width / 2 <= box.left < box.right <= 100 + width / 2
    assert 50 - height / 2 <= box.top < box.bottom <= 50 + height / 2


def test_heat_and_words_can_be_given() -> None:
    for name in ("inventory", "queue_tray"):
        fills = {shape.fill for shape in all_shapes(SYMBOLS[name].draw(0, 0, heat=4))}
        assert "h4" in fills
    words = all_shapes(SYMBOLS["kaizen"].draw(0, 0, number="7"))
    assert any(isinstance(word, Text) and word.text == "7" for word in words)


def test_only_known_kinds_are_used() -> None:
    def kinds(items: Items) -> set[str]:
        groups = [item for item in items if isinstance(item, Group)]
        inner = set[str]().union(*(kinds(group.items) for group in groups))
        return inner | {word for group in groups for word in group.kind.split()}

    scene = specimen()
    shapes = {word for shape in all_shapes(scene.items) for word in shape.kind.split()}
    assert shapes | kinds(scene.items) <= KINDS


def test_the_specimen_becomes_a_picture() -> None:
    light, dark = (scene_to_png(specimen(), scale=0.5, theme=mode) for mode in ("light", "dark"))
    assert light.startswith(b"\x89PNG")
    assert light != dark
