"""The style of the house: its templates, its logo, its lines."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from vsmdsl.drawing import raster
from vsmdsl.drawing.theme import brand
from vsmdsl.record import replace
from vsmdsl.report import pdf, press
from vsmdsl.report.filling import TemplateError
from vsmdsl.report.house import House
from vsmdsl.report.html import render_html
from vsmdsl.report.logo import logo_png
from vsmdsl.report.press import Attached
from vsmdsl.report.subject import Subject

About = Callable[..., Subject]
needs_pango = pytest.mark.skipif(bool(press.problem()), reason=press.problem())
CLOCK = "map { calendar = 8h/day }\n"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40">'
    '<rect width="120" height="40" fill="#004499"/></svg>'
)


def own(folder: Path, name: str, text: str) -> House:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return House(folder=folder)


def test_a_part_of_the_house_wins_and_the_rest_stays(tmp_path: Path, about: About) -> None:
    house = own(tmp_path, "parts/source.html.j2", "<p>Ask {{ view.title }} & co.</p>\n")
    page = render_html(about(), house=house)
    assert "<p>Ask Checkout feature delivery & co.</p>" in page
    assert "Made with" not in page
    assert "Where the value gets stuck" in page
    assert "Made with" in render_html(about())


def test_a_style_of_the_house_wins(tmp_path: Path, about: About) -> None:
    house = own(tmp_path, "parts.css", ".note { color: teal }\n")
    page = render_html(about(), house=house)
    assert ".note { color: teal }" in page
    assert ".waste-list" not in page.split("</style>")[0]


def test_what_a_map_says_is_escaped_in_a_template_of_the_house(
    tmp_path: Path, about: About
) -> None:
    house = own(tmp_path, "parts/source.html.j2", "<p>{{ view.title }}</p>\n")
    page = render_html(about('map "<b>x</b>" { calendar = 8h/day }\nstep Do pt=1h\n'), house=house)
    assert "<p>&lt;b&gt;x&lt;/b&gt;</p>" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ nothing.here }}", "'nothing' is undefined"),
        ("{{ view.title | safe }}", "safe"),
        ("{% if %}", "Expected an expression"),
        ("{{ range(10000000) | list }}", "Range too big"),
    ],
)
def test_a_template_that_fails_says_where(
    tmp_path: Path, about: About, text: str, said: str
) -> None:
    house = own(tmp_path, "parts/source.html.j2", f"<p>one</p>\n{text}\n")
    with pytest.raises(TemplateError, match=said) as caught:
        render_html(about(), house=house)
    assert "source.html.j2:2" in str(caught.value)


def test_a_logo_has_less_time_than_a_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "SECONDS_OF_OTHERS", 1)
    noise = '<feTurbulence numOctaves="1000000"/>' * 50
    slow = LOGO.replace("</svg>", f'<filter id="f">{noise}</filter>'
                        '<path d="M0 0h99v99z" filter="url(#f)"/></svg>')  # fmt: skip
    with pytest.raises(ValueError, match="took more than 1 s"):
        logo_png(slow.encode())


def test_a_logo_becomes_pixels_inside_the_page(about: About) -> None:
    png = logo_png(LOGO.encode())
    with Image.open(io.BytesIO(png)) as image:
        assert image.size == (576, 192)
    assert logo_png(png) == png
    page = render_html(about(), house=House(logo=png))
    assert '<img class="logo" src="data:image/png;base64,' in page
    assert "img-src data:;" in page
    assert "img-src" not in render_html(about())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"GIF89a", "a PNG or an SVG"),
        (b"\xff\xd8\xff", "a PNG or an SVG"),
        (LOGO.replace("<rect", '<image href="x.png"/><rect').encode(), "`<image`"),
        (LOGO.replace("<rect", "<script>x</script><rect").encode(), "`<script`"),
        (LOGO.replace("#004499", "url(http://a/b)").encode(), "url"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + LOGO.encode(), "DOCTYPE"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "how large"),
        (b"x" * 2_000_001, "at most 2 MB"),
    ],
)
def test_a_logo_that_could_do_harm_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        logo_png(data)


@pytest.mark.parametrize(
    "sides",
    ["width='120' height='40'", "viewBox='0 0 120 40'", 'height = " 40px" viewBox="0,0,12,4"'],
)
def test_the_size_of_a_logo_is_found_however_it_is_written(sides: str) -> None:
    logo = LOGO.replace('width="120" height="40"', sides, 1)
    with Image.open(io.BytesIO(logo_png(logo.encode()))) as image:
        assert image.height > 100


@pytest.mark.parametrize("sides", ['width="9" height="1.2.3"', 'viewBox="0 0 x y"', 'height="3em"'])
def test_a_logo_whose_size_is_no_number_says_so(sides: str) -> None:
    with pytest.raises(ValueError, match="how large"):
        logo_png(LOGO.replace('width="120" height="40"', sides, 1).encode())


@pytest.mark.parametrize("part", ["<svg ", '<svg height="', "<svg viewBox='1 "])
def test_a_logo_of_any_shape_is_looked_at_once(part: str) -> None:
    begun = time.monotonic()
    with pytest.raises(ValueError, match="logo"):
        logo_png((part * (1_900_000 // len(part))).encode())
    assert time.monotonic() - begun < 10  # else for minutes


def png(width: int = 9, height: int = 9) -> bytes:
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (png()[:8], "ends too early"),
        (png()[:8] + b"a text that is none", "ends too early"),
        (png()[:40], "ends too early"),
        (png()[:-1], "ends too early"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (png()[:33] + png()[-12:], "no pixels"),
        (png()[:8] + png()[-12:], "how large"),
        (png(12_000, 12_000), "at most 16,000,000 pixels; this PNG has 12,000 × 12,000"),
    ],
)
def test_a_png_that_is_not_whole_or_far_too_large_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        logo_png(data)


@pytest.mark.parametrize("name", ["report.css", "parts.css", "report.html.j2"])
def test_a_file_of_the_house_that_is_not_utf_8_says_which(
    tmp_path: Path, about: About, name: str
) -> None:
    (tmp_path / name).write_bytes(b".note { content: '\xe4' }")
    with pytest.raises(TemplateError, match=re.escape(str(tmp_path / name))):
        render_html(about(), house=House(folder=tmp_path))


def test_the_colours_are_those_of_the_house(about: About) -> None:
    page = render_html(replace(about(), colours=brand({"va": ("#004499", "#77BBFF")})))
    style = page.split("</style>")[0]
    assert "--va:#004499" in style
    assert "--va:#77BBFF" in style


@needs_pango
def test_each_page_of_paper_is_confidential(about: About) -> None:
    house = House(confidential="For the board <only>", author="The lean office", title="Q1 & Q2")
    reader = PdfReader(
        io.BytesIO(pdf.render_pdf(about(CLOCK + "step Do pt=1h\n", page="a4"), house=house))
    )
    assert all("For the board <only>" in page.extract_text() for page in reader.pages)
    assert reader.metadata is not None
    assert reader.metadata.author == "The lean office"
    assert reader.metadata.title == "Q1 & Q2"


@needs_pango
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # WeasyPrint's ICC
def test_the_source_is_in_the_pdf(about: About) -> None:
    source = Attached("checkout.vsm", b"step Do pt=1h\n", datetime(2026, 11, 12, tzinfo=UTC))
    subject = about(CLOCK + "step Do pt=1h\n", page="a4")
    data = pdf.render_pdf(subject, attached=[source])
    reader = PdfReader(io.BytesIO(data))
    assert reader.attachments["checkout.vsm"] == [b"step Do pt=1h\n"]
    assert b"/AFRelationship /Source" in data or "/AF" in reader.root_object
    root: Any = reader.root_object
    said = root["/Metadata"].get_object().get_data()
    assert b'pdfaid:part="3"' in said
    assert b"<pdfuaid:part>1</pdfuaid:part>" in said
    assert "/StructTreeRoot" in reader.root_object
    assert pdf.render_pdf(subject, attached=[source]) == data


@needs_pango
def test_links_lie_over_the_map(about: About) -> None:
    text = CLOCK + 'step Do pt=1h url="https://example.org/do"\nstep Then pt=1h\n'
    reader = PdfReader(io.BytesIO(pdf.render_pdf(about(text, page="a4"))))
    found = [
        (number, note.get_object()["/A"]["/URI"], note.get_object()["/Rect"])
        for number, page in enumerate(reader.pages)
        for note in page.get("/Annots") or []
        if "/URI" in note.get_object().get("/A", {})
    ]
    assert [(number, address) for number, address, _ in found] == [(1, "https://example.org/do")]
    left, low, right, high = map(float, found[0][2])
    assert right - left > 30
    assert abs(high - low) > 20


@needs_pango
def test_a_sign_that_no_font_has_is_said(about: About) -> None:
    private = pdf.pressed(about(CLOCK + 'step "Do \U0010fffd" pt=1h\n', page="a4"))
    plain = pdf.pressed(about(CLOCK + "step Do pt=1h\n", page="a4"))
    assert plain.said == ()
    assert [line.partition(" has ")[0] for line in private.said] == ["no font on this machine"]
    assert "U+10FFFD" in private.said[0]
