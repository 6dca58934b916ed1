"""Our own pictures in a PDF: painted as WeasyPrint would, from our SVG, and with whole words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from math import atan2, cos, hypot, pi, sin
from typing import Any

import pytest
from pypdf import PdfReader

from tests.drawing.look import by_poppler, difference, needs_poppler, needs_printer
from vsmdsl.drawing.scene import Circle, Ellipse, Group, Path, Rect, Scene, Text
from vsmdsl.drawing.specimen import specimen
from vsmdsl.drawing.svg import paint
from vsmdsl.report import press
from vsmdsl.report.ink import taken_out
from vsmdsl.report.routes import circle, ellipse, path, rect

SHAPES = Scene(
    300, 200, "All “shapes” & <more>", "Every kind",
    (
        Rect(0, 0, 300, 200, fill="paper", kind="paper"),
        Rect(10, 10, 60, 40, radius=8, fill="band", stroke="line", thick=2),
        Rect(80, 10, 60, 40, stroke="ink", dash=(4, 2)),
        Circle(180, 30, 20, fill="h4", stroke="ink", thick=3),
        Ellipse(250, 30, 40, 15, fill="va"),
        Path(("M", 20, 150, "A", 30, 30, 0, 1, 1, 80, 150, "Z"), fill="h2", stroke="ink"),
        Path(("M", 100, 100, "H", 140, "V", 140, "Q", 140, 160, 120, 160), stroke="rew", thick=4),
        Path(("M", 160, 160, "L", 180, 100, "L", 200, 160), stroke="ink", thick=6, sharp=True),
        Path(("M", 210, 150, "A", 40, 15, 0, 0, 0, 290, 150, "V", 110), fill="band", stroke="ink"),
        Text(150, 90, "minimum", 20, weight=700, anchor="middle"),
        Text(290, 190, "at the end", 10, anchor="end", spacing=1.5),
        Group("step", (Text(10, 190, "a < b & c", 10),), href="https://example.org/"),
    ),
)  # fmt: skip


def printed(svg: str, width: float, height: float) -> bytes:
    """The picture alone on a page; its class is what tells ours from others."""
    css = f"@page{{size:{width}px {height}px;margin:0}}body{{margin:0}}svg,img{{display:block}}"
    head = f"<title>t</title><style>{press.faces()}{css}</style>"
    return press.press(f'<!doctype html><html lang="en"><head>{head}</head><body>{svg}</body>')


@pytest.mark.parametrize("scene", [SHAPES, specimen()], ids=["shapes", "specimen"])
@needs_printer
@needs_poppler
def test_it_is_painted_as_weasyprint_would(scene: Scene) -> None:
    svg = paint(scene, theme="light")
    theirs = svg.replace(' class="vsm"', "", 1)
    assert taken_out(theirs)[1] == {}
    one, other = (by_poppler(printed(it, scene.width, scene.height)) for it in (svg, theirs))
    assert one.size == other.size
    assert difference(one, other) < 0.4


@needs_printer
def test_the_words_can_be_read_and_the_picture_is_described() -> None:
    reader = PdfReader(io.BytesIO(printed(paint(SHAPES), 300, 200)))
    text = reader.pages[0].extract_text()
    for item in ("minimum", "at the end", "a < b & c"):
        assert item in text
    root: Any = reader.root_object
    figures = [one for one in tagged(root["/StructTreeRoot"]) if one.get("/S") == "/Figure"]
    assert [str(one["/Alt"]) for one in figures] == ["All “shapes” & <more>"]


def tagged(parent: Any) -> Iterator[Any]:
    """Every element of the tree of tags."""
    kids = parent.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object()
        if isinstance(one, dict):
            yield one
            yield from tagged(one)


def test_what_is_no_picture_of_ours_stays() -> None:
    html = '<p>A</p><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'
    assert taken_out(html) == (html, {})


def test_each_picture_has_an_address_of_its_own() -> None:
    html, pictures = taken_out(paint(SHAPES) + "<p>between</p>" + paint(specimen()))
    assert list(pictures) == ["vsm-picture:0", "vsm-picture:1"]
    assert all(f'src="{address}"' in html for address in pictures)
    assert 'alt="All “shapes” &amp; &lt;more&gt;"' in html


def points(route: bytes) -> list[tuple[float, float]]:
    """Points along a route in the words of a PDF."""
    found: list[tuple[float, float]] = []
    for line in route.decode().splitlines():
        *numbers, command = line.split()
        at = [float(number) for number in numbers]
        if command in ("m", "l"):
            found.append((at[0], at[1]))
        elif command == "c":
            found += [_bezier(found[-1], at, t / 8) for t in range(1, 9)]
    return found


def _bezier(start: tuple[float, float], at: list[float], t: float) -> tuple[float, float]:
    u = 1 - t
    parts = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    xs, ys = (start[0], *at[::2]), (start[1], *at[1::2])
    x, y = (sum(p * v for p, v in zip(parts, side, strict=True)) for side in (xs, ys))
    return x, y


@pytest.mark.parametrize("large", [0, 1])
@pytest.mark.parametrize("sweep", [0, 1])
@pytest.mark.parametrize("turn", [0.3, 1.4, 3.0])
def test_an_arc_goes_around_its_centre(large: int, sweep: int, turn: float) -> None:
    r, (cx, cy) = 40.0, (100.0, 90.0)
    wide = 2 * pi - turn if large else turn
    way = 1 if sweep else -1
    first, last = 0.7, 0.7 + way * wide
    start, end = ((cx + r * cos(a), cy + r * sin(a)) for a in (first, last))
    steps = f"M{start[0]} {start[1]}A{r} {r} 0 {large} {sweep} {end[0]} {end[1]}"
    found = points(path(steps))
    assert all(hypot(x - cx, y - cy) == pytest.approx(r, abs=0.05) for x, y in found)
    assert found[-1] == pytest.approx(end, abs=0.02)
    middle = found[len(found) // 2]
    passed = (way * (atan2(middle[1] - cy, middle[0] - cx) - first)) % (2 * pi)
    assert 0 < passed < wide


def test_round_shapes_are_round() -> None:
    look = {"cx": "50", "cy": "40", "r": "30"}
    assert all(
        hypot(x - 50, y - 40) == pytest.approx(30, abs=0.02) for x, y in points(circle(look))
    )
    look = {"cx": "50", "cy": "40", "rx": "30", "ry": "10"}
    around = (hypot((x - 50) / 30, (y - 40) / 10) for x, y in points(ellipse(look)))
    assert all(one == pytest.approx(1, abs=0.002) for one in around)


def test_a_rectangle_is_no_rounder_than_it_can_be() -> None:
    look = {"x": "1", "y": "2", "width": "30", "height": "40"}
    assert rect(look) == b"1 2 30 40 re"
    found = points(rect({**look, "rx": "99"}))
    assert all(1 <= x <= 31 and 2 <= y <= 42 for x, y in found)


def test_numbers_stay_numbers_of_a_pdf() -> None:
    """A map of thousands of steps is wider than what `%g` writes without an exponent."""
    assert path("M1234567.25 0H0.00001") == b"1234567.25 0 m\n0 0 l"
