"""The PDF report: read back with another program, tagged, closed, the same bytes twice."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from vsmdsl.analysis.show import show
from vsmdsl.report import pdf, press
from vsmdsl.report.subject import Subject

About = Callable[..., Subject]

pytestmark = [
    pytest.mark.skipif(bool(press.problem()), reason=press.problem()),
    pytest.mark.xdist_group("pdf"),  # one process pays for loading WeasyPrint
]


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    """PDFs that several tests look at."""
    return {}


def made(about: About, pages: dict[str, bytes], page: str = "a4") -> bytes:
    if page not in pages:
        pages[page] = pdf.render_pdf(about(page=page), page=page)
    return pages[page]


def test_every_label_and_figure_can_be_read(about: About, pages: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(made(about, pages)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    side = about().shown
    for step in side.analysis.steps:
        assert step.label in text
    for wait in side.analysis.waits:
        assert wait.label in text
    for name in ("lead_time", "process_time", "flow_efficiency", "rolled_ca", "takt_time"):
        figure = side.analysis.metrics[name]
        assert figure is not None
        assert show(figure, side.calendar) in text


def test_two_runs_are_the_same_bytes(about: About, pages: dict[str, bytes]) -> None:
    assert pdf.render_pdf(about(page="a4")) == made(about, pages)


def test_it_is_tagged_and_titled(about: About, pages: dict[str, bytes]) -> None:
    data = made(about, pages)
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == "Checkout feature delivery"
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    found = [item for item in reader.outline if not isinstance(item, list)]
    assert [item.title for item in found] == ["Checkout feature delivery"]


def test_the_map_has_a_page_of_its_own(about: About, pages: dict[str, bytes]) -> None:
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(made(about, pages))).pages]
    lying = [index for index, box in enumerate(boxes) if box.width > box.height]
    assert lying[0] == 1
    assert len(lying) == 2  # the second one compares today with the state to come


@pytest.mark.parametrize(
    ("page", "width"), [("letter", 612.0), ("a3", 841.89), ("a4-landscape", 841.89)]
)
def test_paper(about: About, pages: dict[str, bytes], page: str, width: float) -> None:
    reader = PdfReader(io.BytesIO(made(about, pages, page)))
    assert float(reader.pages[0].mediabox.width) == pytest.approx(width, abs=0.5)


def test_our_fonts_are_in_it(about: About, pages: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(made(about, pages)))
    resources: list[Any] = [page["/Resources"].get_object() for page in reader.pages]
    names = {
        str(font.get_object()["/BaseFont"])
        for one in resources
        for font in one.get("/Font", {}).values()
    }
    assert names
    assert all("Inter" in name for name in names)


def test_nothing_is_fetched(about: About) -> None:
    fetch = press._closed(press._weasyprint())
    for address in (
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "data:text/plain,x",
        "vsm-font:../x",
    ):
        with pytest.raises(ValueError, match="nothing is fetched"):
            fetch(address)


def test_without_pango_there_is_one_line(monkeypatch: pytest.MonkeyPatch, about: About) -> None:
    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(press.PdfUnavailableError, match="apt install libpango"):
        pdf.render_pdf(about(page="a4"))
    assert "\n" not in press.problem()


HALF = """
import builtins, sys
from vsmdsl.report import press
real = builtins.__import__
def lacks(name, *more, **named):
    if name == "document" and more[0]["__name__"] == "weasyprint":
        raise {error}
    return real(name, *more, **named)
builtins.__import__ = lacks
try:
    press.get_ready()
except (MemoryError, KeyboardInterrupt):
    assert "weasyprint.text" in sys.modules
builtins.__import__ = real
assert press.press("<p>a").startswith(b"%PDF")
"""


@pytest.mark.parametrize(
    "error", ["ImportError('x.so: failed to map segment')", "KeyboardInterrupt", "MemoryError"]
)
def test_a_printer_that_was_loaded_by_half_is_loaded_anew(error: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", HALF.format(error=error)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
