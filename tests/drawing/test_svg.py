"""The SVG is strict XML of a small safe kind, whatever a user wrote into it."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vsmdsl.drawing.scene import Group, Item, Rect, Scene, Text
from vsmdsl.drawing.specimen import specimen
from vsmdsl.drawing.svg import number, paint
from vsmdsl.drawing.theme import STANDARD

ELEMENTS = {
    "svg", "rect", "circle", "ellipse", "path", "text", "g", "title", "desc", "style", "a"
}  # fmt: skip
ATTRIBUTES = {
    "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "d", "points", "class", "id",
    "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap",
    "font-size", "font-weight", "font-family", "text-anchor", "letter-spacing", "viewBox", "role",
    "aria-labelledby", "data-theme", "href"
}  # fmt: skip


def scene(*items: Item, title: str = "Map") -> Scene:
    return Scene(100, 50, title, "A map.", items)


def elements(svg: str) -> Iterator[ElementTree.Element]:
    return ElementTree.fromstring(svg).iter()


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_only_what_all_renderers_understand_is_written(theme: str) -> None:
    svg = paint(specimen(), theme=theme)  # type: ignore[arg-type]
    for element in elements(svg):
        assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get("font-weight", "700") in {"500", "600", "700"}
    assert not re.search(r"-0[^.\d]|\.\d{3}|\.\d*0[\"\s,LMHVQAZ]", svg.split("</style>")[1])


def test_every_class_of_colour_has_its_attribute() -> None:
    for element in elements(paint(specimen())):
        for word in element.get("class", "").split():
            if word.startswith("vf-"):
                assert element.get("fill") == STANDARD.colour(word[3:])
            if word.startswith("vs-"):
                assert element.get("stroke") == STANDARD.colour(word[3:])


def test_a_forced_dark_picture_is_dark_without_a_screen() -> None:
    svg = paint(scene(Rect(0, 0, 9, 9, fill="paper")), theme="dark")
    assert 'data-theme="dark"' in svg
    assert 'class="vf-paper" fill="#0E141B"' in svg


def test_the_same_scene_gives_the_same_bytes() -> None:
    assert paint(specimen()) == paint(specimen())


def test_two_maps_on_a_page_have_their_own_ids() -> None:
    one, other = (
        {element.get("id") for element in elements(paint(scene(title=title))) if element.get("id")}
        for title in ("Orders", "Returns")
    )
    assert len(one) == len(other) == 2
    assert not one & other


@given(st.text(st.characters()))
def test_any_text_is_shown_as_text(text: str) -> None:
    svg = paint(scene(Group("step", (Text(0, 0, text, 10),), text, text, text), title=text))
    svg.encode()
    assert {element.tag.split("}")[1] for element in elements(svg)} <= ELEMENTS
    assert "<script" not in svg


def test_a_control_character_is_made_visible() -> None:
    assert "a\\u{1}b\\u{202e}c" in paint(scene(Text(0, 0, "a\x01b\u202ec", 10)))


@pytest.mark.parametrize(
    ("href", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("mailto:lean@example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
        ("https://a b", False),
    ],
)
def test_a_link_leads_to_a_page_or_a_person(href: str, linked: bool) -> None:
    svg = paint(scene(Group("step", (), href=href)))
    links = [element.get("href") for element in elements(svg) if element.tag.endswith("}a")]
    assert links == ([href] if linked else [])


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.0, "1"), (1.5, "1.5"), (1.239, "1.24"), (-0.001, "0"), (100, "100"), (0.1 + 0.2, "0.3")],
)
def test_numbers_are_short(value: float, text: str) -> None:
    assert number(value) == text
