"""Charts: texts fit at both widths, whatever they say; what is drawn is to scale."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdsl.drawing.charts.cascade import Stage, cascade
from vsmdsl.drawing.charts.frame import PAGE, PHONE
from vsmdsl.drawing.charts.load import Load, load
from vsmdsl.drawing.charts.returns import Return, returns
from vsmdsl.drawing.charts.waits import Wait, heat, waits
from vsmdsl.drawing.geometry import faults
from vsmdsl.drawing.scene import Path, Rect, Scene, Text, shapes
from vsmdsl.drawing.svg import paint

WIDTHS = (PAGE, PHONE)
LONG = "The extraordinarily long name of a queue that nobody has ever shortened, seen twice"
names = st.sampled_from(["a", "Idea backlog", LONG, "Wareneingangskontrolle Nord", "検査待ち"])
shares = st.fractions(min_value=Fraction(1, 1000), max_value=1, max_denominator=1000)
SAID = {"title": "Chart", "said": "What it shows.", "name": "m"}


def rects(scene: Scene, fill: str) -> list[Rect]:
    return [one for one in shapes(scene.items) if isinstance(one, Rect) and one.fill == fill]


def texts(scene: Scene) -> list[str]:
    return [one.text for one in shapes(scene.items) if isinstance(one, Text)]


@pytest.mark.parametrize("width", WIDTHS)
@given(rows=st.lists(st.tuples(names, names, shares), min_size=1, max_size=10))
def test_waits_fit(width: float, rows: list[tuple[str, str, Fraction]]) -> None:
    found = [Wait(name, team, share, "12.5 d · 39.2 %") for name, team, share in rows]
    assert faults(waits(found, width, **SAID)) == ()


@pytest.mark.parametrize("width", WIDTHS)
@given(rows=st.lists(st.tuples(names, shares), min_size=1, max_size=10))
def test_cascades_fit(width: float, rows: list[tuple[str, Fraction]]) -> None:
    before, found = Fraction(1), []
    for name, share in rows:
        found.append(Stage(name, before, before * share, "85 % right here", "59.5 %"))
        before *= share
    scene = cascade(found, width, **SAID, keys=("still right after this step", "lost here"))
    assert faults(scene) == ()


@pytest.mark.parametrize("width", WIDTHS)
@given(rows=st.lists(st.tuples(names, shares), min_size=1, max_size=10))
def test_loads_fit(width: float, rows: list[tuple[str, Fraction]]) -> None:
    found = [Load(name, "one every 6 h", 3 * share, "86.5 %") for name, share in rows]
    assert faults(load(found, width, "all that it can do", **SAID)) == ()


days = st.floats(min_value=0.01, max_value=400)


@pytest.mark.parametrize("width", WIDTHS)
@given(rows=st.lists(st.tuples(days, days, names), min_size=1, max_size=12))
def test_returns_fit(width: float, rows: list[tuple[float, float, str]]) -> None:
    found = [Return(k, *row, "tip") for k, row in enumerate(rows, 1)]
    scene = returns(found, width, ("days of effort", "days of lead time saved"), **SAID)
    assert faults(scene) == ()
    for number in range(1, len(rows) + 1):
        assert str(number) in texts(scene)


def test_bursts_at_one_place_step_aside() -> None:
    found = [Return(k, 5.0, 5.0, f"Burst {k}", "tip") for k in range(1, 13)]
    for width in WIDTHS:
        scene = returns(found, width, ("effort", "gain"), **SAID)
        assert faults(scene) == ()
        stars = [it for it in shapes(scene.items) if isinstance(it, Path) and it.fill == "burst"]
        assert len({it.steps[1:3] for it in stars}) == 12


def test_waits_are_to_scale_and_as_hot_as_on_the_map() -> None:
    found = [Wait(f"w{k}", "", Fraction(k, 10), f"{k} d") for k in (4, 2, 1)]
    scene = waits(found, PAGE, **SAID)
    wide = [rects(scene, f"h{heat(one.share, Fraction(4, 10))}")[0].width for one in found]
    assert wide[1] == pytest.approx(wide[0] / 2)
    assert wide[2] == pytest.approx(wide[0] / 4)
    assert heat(Fraction(4, 10), Fraction(4, 10)) == 4


def test_a_cascade_falls() -> None:
    one, half = Fraction(1), Fraction(1, 2)
    found = [Stage("a", one, half, "", ""), Stage("b", half, half / 2, "", "")]
    scene = cascade(found, PAGE, **SAID, keys=("left", "lost"))
    left = [rect.width for rect in rects(scene, "va") if rect.height > 12]
    lost = [rect for rect in rects(scene, "rewsoft") if rect.height > 12]
    assert left[0] == pytest.approx(2 * left[1])
    assert lost[1].x + lost[1].width == pytest.approx(lost[0].x)


def test_what_is_beyond_the_mark_is_told_apart() -> None:
    found = [Load("a", "", Fraction(1, 2), "50 %"), Load("b", "", Fraction(3, 2), "150 %")]
    scene = load(found, PAGE, "all", **SAID)
    blue = [rect.width for rect in rects(scene, "va")]
    over = rects(scene, "rew")
    assert len(over) == 1
    assert blue[1] == pytest.approx(2 * blue[0])
    assert over[0].width == pytest.approx(blue[0])


def test_a_chart_says_what_it_is() -> None:
    scene = waits([Wait("a", "", Fraction(1), "1 d")], PAGE, **SAID)
    root = ET.fromstring(paint(scene))
    assert root.get("role") == "img"
    ids = (root.get("aria-labelledby") or "").split()
    spoken = {one.get("id"): one.text for one in root if one.get("id")}
    assert [spoken[it] for it in ids] == ["Chart", "What it shows."]


def test_the_two_widths_have_ids_of_their_own() -> None:
    rows = [Wait("a", "", Fraction(1), "1 d")]
    page, phone = (paint(waits(rows, width, **SAID)) for width in WIDTHS)
    assert page.split('aria-labelledby="')[1][:12] != phone.split('aria-labelledby="')[1][:12]
