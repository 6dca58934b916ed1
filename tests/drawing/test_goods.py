"""Goods, cards and schedules around the stream: what turns where, and what is said once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import vsmdsl
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Scene, Text, shapes
from vsmdsl.drawing.scene import Path as Line

SAMPLES = Path(__file__).parents[2] / "samples"
PULL = vsmdsl.compile_file(SAMPLES / "reference" / "6-specimen.vsm")
ACME = vsmdsl.compile_file(SAMPLES / "acme.vsm")
CHECKOUT = vsmdsl.compile_file(SAMPLES / "checkout.vsm")


def groups(items: Items) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from groups(item.items)


def texts(scene: Scene) -> list[str]:
    return [one.text for one in shapes(scene.items) if isinstance(one, Text)]


def of_kind(scene: Scene, kind: str) -> list[Item]:
    return [one for one in shapes(scene.items) if isinstance(one, Rect | Line) and one.kind == kind]


def test_a_levelled_schedule_passes_its_box() -> None:
    scene = vsmdsl.scene(PULL.current)
    (box,) = (
        item
        for group in groups(scene.items)
        if group.kind == "info"
        for item in group.items
        if isinstance(item, Rect) and item.kind == "heijunka"
    )
    step = next(one for one in groups(scene.items) if one.name == "step-shipping")
    outline = next(item for item in step.items if isinstance(item, Rect))
    assert box.x + box.width / 2 == outline.x + outline.width / 2
    assert box.y + box.height < outline.y
    assert "Load levelling" in texts(scene)
    assert "Load levelling" not in texts(vsmdsl.scene(PULL.current, width=800))


def test_goods_turn_into_the_shelves_that_begin_a_map() -> None:
    scene = vsmdsl.scene(PULL.current)
    shelf = of_kind(scene, "supermarket")[0]
    arrow = of_kind(scene, "shipment")[0]
    assert isinstance(shelf, Line)
    assert isinstance(arrow, Line)
    reach = max(float(one) for one in arrow.steps[1::3] if not isinstance(one, str))
    left = min(float(one) for one in shelf.steps[1:3] if not isinstance(one, str))
    assert 0 < left - reach < 12


def test_loops_run_right_under_the_band() -> None:
    scene = vsmdsl.scene(PULL.current)
    band = next(one for one in groups(scene.items) if one.kind == "band information")
    ground = next(item for item in band.items if isinstance(item, Rect))
    words = next(one for one in shapes(scene.items) if isinstance(one, Text) and one.text == "Make")
    assert 0 < words.y - (ground.y + ground.height) < 30


def test_two_stocks_side_by_side_have_their_own_words() -> None:
    words = {
        one.text: one.x for one in shapes(vsmdsl.scene(PULL.current).items) if isinstance(one, Text)
    }
    assert words["Safety"] - words["Finished"] > 40
    assert "2 d" in words


def test_the_takt_stands_once() -> None:
    told = texts(vsmdsl.scene(CHECKOUT.current))
    assert "Takt time" not in told
    assert any(one.startswith("takt ") for one in told)
    bare = texts(vsmdsl.scene(CHECKOUT.current, bands=("title", "tiles")))
    assert "Takt time" in bare
    figures = texts(vsmdsl.scene(ACME.current))
    assert "Takt time" in figures
    assert not any(one.startswith("takt ") for one in figures)


def test_a_future_is_drawn_with_its_name() -> None:
    assert any("Future state, levelled" in one for one in texts(vsmdsl.scene(ACME.futures[0])))


def test_how_often_reads_as_people_say_it() -> None:
    told = texts(vsmdsl.scene(ACME.current))
    assert "Weekly fax" in told
    assert "daily" in told
    assert "1 × daily" in texts(vsmdsl.scene(PULL.current))
    assert "feature requests, weekly" in texts(vsmdsl.scene(CHECKOUT.current))


def test_one_row_on_a_page_goes_up_to_its_customer() -> None:
    wide, wrapped = (vsmdsl.scene(ACME.current, width=width) for width in (1500, 1000))
    assert "Lead time" in texts(wide)
    assert not any(one.startswith("to ") for one in texts(wide))
    assert any(one.startswith("to ") for one in texts(wrapped))
