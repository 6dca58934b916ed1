"""The report as a PDF: tagged, with bookmarks, and the same bytes for the same map."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from vsmdsl import resources
from vsmdsl.report.html import fill
from vsmdsl.report.subject import Subject

if TYPE_CHECKING:
    from types import ModuleType

# Width and height of the paper in millimetres.
PAGES = {
    "a4": (210.0, 297.0),
    "a3": (297.0, 420.0),
    "letter": (215.9, 279.4),
}
PAGE_NAMES = (*PAGES, *(f"{name}-landscape" for name in PAGES))
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
MAP_MARGIN = (12.0 * 2, 12.0 + 14.0)  # beside; above and below (`pdf.css`, `@page map`)
MAP_HEAD = 14.0  # the heading above the map
FONT_SCHEME = "vsm-font:"
FACE = '@font-face { font-family: Inter; font-weight: %d; src: url("%s") }\n'

MISSING_PANGO = (
    "a PDF needs the Pango library: `apt install libpango-1.0-0 libpangoft2-1.0-0` "
    "(SVG, PNG and HTML work without)"
)


class PdfUnavailableError(Exception):
    """A library that a PDF needs is not on this machine; the message says which."""


def render_pdf(subject: Subject, *, title: str | None = None, page: str = "a4") -> bytes:
    """Write the report as a PDF/UA on this kind of paper (see `PAGE_NAMES`)."""
    weasyprint = _weasyprint()
    picture, side = fitted(subject.picture, page)
    css = resources.read_template("report/report.css") + _sheet(page, side)
    html = fill(subject, title=title, css=css, picture=picture)
    fonts = weasyprint.text.fonts.FontConfiguration()
    document = weasyprint.HTML(string=html, url_fetcher=_closed(weasyprint), base_url=None)
    data = document.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
    assert isinstance(data, bytes)
    return data


def problem() -> str:
    """What keeps this machine from making PDFs, in one line; empty if nothing does."""
    try:
        _weasyprint()
    except PdfUnavailableError as error:
        return str(error)
    return ""


def fitted(picture: str, page: str) -> tuple[str, str]:
    """The picture as large as a page of its own allows, and how that page lies."""
    head, bracket, rest = picture.partition(">")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    if box is None:
        return picture, "landscape"
    width, height, side = _largest(float(box[1]), float(box[2]), page)
    plain = re.sub(r' (?:width|height)="[\d.]+"', "", head)
    return f'{plain} width="{width:.2f}mm" height="{height:.2f}mm"{bracket}{rest}', side


def _largest(width: float, height: float, page: str) -> tuple[float, float, str]:
    short, long = PAGES[page.removesuffix("-landscape")]
    across = _scale(width, height, long, short)
    upright = _scale(width, height, short, long)
    scale = max(across, upright)
    return width * scale, height * scale, "landscape" if across >= upright else "portrait"


def _scale(width: float, height: float, page_width: float, page_height: float) -> float:
    room = (page_width - MAP_MARGIN[0], page_height - MAP_MARGIN[1] - MAP_HEAD)
    return min(room[0] / width, room[1] / height)


def _sheet(page: str, map_side: str) -> str:
    name, _, side = page.partition("-")
    faces = "".join(FACE % (weight, FONT_SCHEME + cut) for cut, weight in WEIGHTS.items())
    sizes = f"@page {{ size: {name} {side} }}\n@page map {{ size: {name} {map_side} }}\n"
    return f"{faces}\n{resources.read_template('report/pdf.css')}\n{sizes}"


def _closed(weasyprint: ModuleType) -> Any:
    """A fetcher that knows our own fonts and nothing else: no file, no network."""

    class Closed(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            cut = url.removeprefix(FONT_SCHEME)
            if not url.startswith(FONT_SCHEME) or cut not in WEIGHTS:
                raise ValueError(f"nothing is fetched for a report: {url}")
            data = resources.data_path("templates", "fonts", f"Inter-{cut}.ttf").read_bytes()
            return weasyprint.urls.URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})

    return Closed(allowed_protocols=(), allow_redirects=False)


def _weasyprint() -> ModuleType:
    # Only here and only now: it takes as long to load as everything else together.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    try:
        import weasyprint
        import weasyprint.text.fonts
        import weasyprint.urls
    except OSError:
        raise PdfUnavailableError(MISSING_PANGO) from None
    except ImportError:
        raise PdfUnavailableError("a PDF needs WeasyPrint: `pip install weasyprint`") from None
    module: ModuleType = weasyprint
    return module
