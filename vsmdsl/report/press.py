"""The one door to WeasyPrint: a page becomes a PDF with our fonts, and nothing is fetched."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from vsmdsl.resources import data_path

if TYPE_CHECKING:
    from types import ModuleType

# Width and height of the paper in millimetres.
PAPERS = {
    "a4": (210.0, 297.0),
    "a3": (297.0, 420.0),
    "letter": (215.9, 279.4),
}
PAGE_NAMES = (*PAPERS, *(f"{name}-landscape" for name in PAPERS))
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700}
FONT_SCHEME = "vsm-font:"
FACE = '@font-face { font-family: Inter; font-weight: %d; src: url("%s") }\n'

MISSING_PANGO = (
    "a PDF needs the Pango library: `apt install libpango-1.0-0 libpangoft2-1.0-0` "
    "(SVG, PNG and HTML work without)"
)


class PdfUnavailableError(Exception):
    """A library that a PDF needs is not on this machine; the message says which."""


def press(html: str) -> bytes:
    """Print a page as PDF/UA, the same bytes for the same page; its styles may name `faces`."""
    weasyprint = _weasyprint()
    fonts = weasyprint.text.fonts.FontConfiguration()
    document = weasyprint.HTML(string=html, url_fetcher=_closed(weasyprint), base_url=None)
    data = document.write_pdf(font_config=fonts, pdf_variant="pdf/ua-1")
    assert isinstance(data, bytes)
    return data


def faces() -> str:
    """The style rules that make the shipped fonts known to a page."""
    return "".join(FACE % (weight, FONT_SCHEME + cut) for cut, weight in WEIGHTS.items())


def paper(page: str) -> tuple[float, float]:
    """The short and the long side of a kind of paper. Raises ValueError for an unknown one."""
    name = page.casefold().removesuffix("-landscape")
    if name not in PAPERS:
        raise ValueError(f"no paper is called {page!r}; there is {', '.join(PAGE_NAMES)}")
    return PAPERS[name]


def problem() -> str:
    """What keeps this machine from making PDFs, in one line; empty if nothing does."""
    try:
        _weasyprint()
    except PdfUnavailableError as error:
        return str(error)
    return ""


def _closed(weasyprint: ModuleType) -> Any:
    """A fetcher that knows our own fonts and nothing else: no file, no network."""

    class Closed(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            cut = url.removeprefix(FONT_SCHEME)
            if not url.startswith(FONT_SCHEME) or cut not in WEIGHTS:
                raise ValueError(f"nothing is fetched for a PDF: {url}")
            data = data_path("templates", "fonts", f"Inter-{cut}.ttf").read_bytes()
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
