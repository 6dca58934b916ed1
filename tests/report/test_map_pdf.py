"""The map alone as PDF: its text and links are there, on a page of its size or on paper."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import vsmdsl
from vsmdsl.drawing.scene import Text, shapes
from vsmdsl.drawing.theme import STANDARD
from vsmdsl.report import press
from vsmdsl.report.joined import laid, parted
from vsmdsl.report.map_pdf import page_of
from vsmdsl.report.paging import MM_PER_POINT, NAME, SMALLEST, sheets
from vsmdsl.report.plate import Plate

pytestmark = pytest.mark.skipif(bool(press.problem()), reason=press.problem())

SAMPLES = Path(__file__).parents[2] / "samples"
CHECKOUT = vsmdsl.compile_file(SAMPLES / "checkout.vsm")
LONG = vsmdsl.compile(
    "map { calendar = 8h/day }\n"
    + "".join(f'queue q{n} wait={n}d\nstep s{n} "Step {n}" pt={n}h\n' for n in range(1, 31))
)
LINKED = vsmdsl.compile(
    "map { calendar = 8h/day }\n"
    'step a "First" pt=1h url="https://example.org/first"\n'
    'queue q "Between" wait=1d url="mailto:lean@example.org"\n'
    'step b "Second" pt=1h url="https://example.org/second"\n'
)


def pdf(map_: vsmdsl.Compiled, **look: Any) -> PdfReader:
    data = vsmdsl.render(map_, "pdf", **look)
    assert isinstance(data, bytes)
    return PdfReader(io.BytesIO(data))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_without_paper_the_page_is_the_picture() -> None:
    reader = pdf(CHECKOUT)
    scene = vsmdsl.scene(CHECKOUT.current)
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert float(box.width) == pytest.approx(scene.width * 0.75, abs=0.01)
    assert float(box.height) == pytest.approx(scene.height * 0.75, abs=0.01)


def test_every_step_can_be_read_and_found() -> None:
    reader = pdf(CHECKOUT)
    text = words(reader)
    for step in CHECKOUT.stream.steps():
        assert step.label in text
    assert reader.metadata is not None
    assert reader.metadata.title == "Checkout feature delivery – current state"
    assert "Biggest wait: 12 d" in str(reader.metadata.subject)
    root: Any = reader.root_object
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_it_is_drawn_in_our_fonts_and_holds_no_pixels() -> None:
    for page in pdf(CHECKOUT).pages:
        resources: Any = page["/Resources"]
        fonts = [str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()]
        assert fonts
        assert all("Inter" in font for font in fonts)
        images = [
            one
            for one in resources.get("/XObject", {}).values()
            if one.get_object().get("/Subtype") == "/Image"
        ]
        assert images == []


def test_links_are_alive_and_lie_where_the_elements_are() -> None:
    for look in ({}, {"page": "a4"}):
        reader = pdf(LINKED, **look)
        page: Any = reader.pages[0]
        found = [one.get_object() for one in page["/Annots"]]
        assert [str(one["/A"]["/URI"]) for one in found] == [
            "https://example.org/first",
            "mailto:lean@example.org",
            "https://example.org/second",
        ]
        lefts = [float(one["/Rect"][0]) for one in found]
        assert lefts == sorted(lefts)
        for one in found:
            left, right = sorted(map(float, one["/Rect"][::2]))
            assert right - left > 20
            assert 0 <= left < right <= float(page.mediabox.width)


def test_two_runs_are_the_same_bytes() -> None:
    for page in (None, "a4"):
        assert vsmdsl.render(LONG, "pdf", page=page) == vsmdsl.render(LONG, "pdf", page=page)


@pytest.mark.parametrize(
    ("page", "sides"),
    [
        ("a4-landscape", (841.89, 595.28)),
        ("A3-landscape", (1190.55, 841.89)),
        ("letter-landscape", (792, 612)),
    ],
)
def test_paper(page: str, sides: tuple[float, float]) -> None:
    for one in pdf(LONG, page=page).pages:
        assert float(one.mediabox.width) == pytest.approx(sides[0], abs=0.1)
        assert float(one.mediabox.height) == pytest.approx(sides[1], abs=0.1)


@pytest.mark.parametrize("page", ["a4", "a3", "letter"])
def test_thirty_steps_can_be_read_on_paper(page: str) -> None:
    scene = vsmdsl.scene(LONG.current, page=page)
    parts = sheets(scene, page)
    assert len(parts) <= 3
    for part in parts[:-1]:  # what has the rows
        assert part.scale * NAME / MM_PER_POINT >= SMALLEST[page] - 0.01
    kinds = [{getattr(item, "kind", "") for item in part.scene.items} for part in parts]
    if len(parts) > 1:
        assert {"strip", "legend"} <= kinds[-1]
        assert not any({"strip", "legend"} & some for some in kinds[:-1])


def test_nothing_is_lost_and_nothing_is_torn() -> None:
    scene = vsmdsl.scene(LONG.current, page="a4")
    parts = sheets(scene, "a4")
    assert len(parts) > 1
    drawn = [item for part in parts for item in part.scene.items[1:]]
    assert len(drawn) == len(scene.items) - 1  # each has paper of its own
    assert set(map(id, drawn)) == set(map(id, scene.items[1:]))
    text = words(pdf(LONG, page="a4"))
    for step in LONG.stream.steps():
        assert step.label in text
    assert f"1 / {len(parts)}" in text


def test_a_future_and_a_theme_can_be_printed() -> None:
    future = pdf(CHECKOUT, future="q1").metadata
    assert future is not None
    assert future.title == "Checkout feature delivery – future state"
    assert vsmdsl.render(CHECKOUT, "pdf", theme="dark") != vsmdsl.render(CHECKOUT, "pdf")


def test_an_unknown_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no page is called 'a5'"):
        vsmdsl.render(CHECKOUT, "pdf", page="a5")


def test_letters_that_join_are_set_as_text_over_the_picture() -> None:
    map_ = vsmdsl.compile('step a "مراجعة" pt=1h\nqueue q "בדיקה" wait=2h\nstep b "Plain" pt=1h')
    scene = vsmdsl.scene(map_.current)
    picture, over = parted(scene)
    texts = {one.text for one in shapes(picture.items) if isinstance(one, Text)}
    assert "Plain" in texts
    assert not {"مراجعة", "בדיקה"} & texts
    assert {"مراجعة", "בדיקה"} <= {one.text for one in over}
    (word,) = (one for one in laid(over, scene, 0.25, STANDARD) if one.text == "مراجعة")
    (text,) = (one for one in over if one.text == "مراجعة")
    assert word.align == "center"
    assert (word.left + 0.5) * scene.width == pytest.approx(text.x)
    assert word.size == text.size / 4
    html = page_of(Plate(scene=scene), sheets(scene))
    assert '<span class="word"' in html
    assert ">مراجعة</text>" not in html
    assert parted(vsmdsl.scene(CHECKOUT.current))[1] == ()
