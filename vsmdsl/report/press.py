"""The one door to WeasyPrint: a page becomes a PDF with our fonts, and nothing is fetched."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from vsmdsl.drawing.glyphs import said
from vsmdsl.memory import lacking
from vsmdsl.record import record
from vsmdsl.report import styling
from vsmdsl.report.ink import Inked, taken_out
from vsmdsl.report.letters import Letters
from vsmdsl.report.lightly import lightly, quietly
from vsmdsl.report.shortcuts import shortcuts
from vsmdsl.resources import data_path
from vsmdsl.threads import room

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
IMAGE_SCHEME = "vsm-image:"
OURS = "Inter"
FACE = '@font-face { font-family: Inter; font-weight: %d; src: url("%s") }\n'

MISSING_PANGO = (
    "a PDF needs the Pango library: `apt install libpango-1.0-0 libpangoft2-1.0-0` "
    "(SVG, PNG and HTML work without)"
)
NO_THREADS = (
    "a PDF needs a few threads, and this process may have no more (`ulimit -u`, `ulimit -v`)"
)
PANGO = 4  # threads that Pango begins to look for fonts, and some room
MISSING_WEASYPRINT = "a PDF needs WeasyPrint: `pip install weasyprint`"


UA = b"""<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_NONE: Mapping[str, bytes] = {}


class PdfUnavailableError(Exception):
    """Something that a PDF needs is not on this machine; the message says what."""


@record
class Attached:
    """A file inside a PDF: the source of what the PDF shows."""

    name: str
    data: bytes
    when: datetime = datetime(1980, 1, 1, tzinfo=UTC)
    about: str = "The value stream map that this report was made from"


@record
class Pressed:
    """A PDF, and what the printer has to say about it, a line each.

    `borrowed` says whether it has letters from the fonts of the machine.
    """

    data: bytes
    said: tuple[str, ...] = ()
    borrowed: bool = False


# What prints a page, with the arguments of `press_all`.
Printer = Callable[..., Pressed]


def get_ready() -> None:
    """Load what the first page would else wait for."""
    _weasyprint()


def press(html: str) -> bytes:
    """Print a page as PDF/UA, the same bytes for the same page; its styles may name `faces`."""
    return press_all(html).data


def press_all(
    html: str,
    *,
    images: Mapping[str, bytes] = _NONE,
    attached: Sequence[Attached] = (),
    ours: bool = False,
) -> Pressed:
    """Print a page that may show `images` (PNG, as `vsm-image:NAME`) and carry files.

    A page that is `ours` was written by our own templates, which close whatever they open.
    """
    weasyprint = _weasyprint()
    if not room(PANGO):
        raise PdfUnavailableError(NO_THREADS)
    fonts = weasyprint.text.fonts.FontConfiguration()
    fetcher = _closed(weasyprint, images)
    page, pictures = taken_out(html)
    write = Letters(weasyprint, fonts).write
    missing: set[str] = set()
    families: set[str] = set()

    def finish(document: Any, pdf: Any) -> None:
        for font in document.fonts.values():
            missing.update(map(chr, font.missing))
            families.add(font.family)
        if attached:
            _declare_accessible(pdf)

    with shortcuts(weasyprint, ours=ours):
        document = weasyprint.HTML(string=page, url_fetcher=fetcher, base_url=None)
        data = document.write_pdf(
            font_config=fonts,
            pdf_variant="pdf/a-3a" if attached else "pdf/ua-1",
            attachments=[_attachment(weasyprint, one) for one in attached],
            finisher=finish,
            cache={address: Inked(svg, write) for address, svg in pictures.items()},
        )
    assert isinstance(data, bytes)
    return Pressed(data, said(missing), bool(families - {OURS}))


def _attachment(weasyprint: ModuleType, one: Attached) -> Any:
    return weasyprint.Attachment(
        file_obj=BytesIO(one.data),
        name=one.name,
        description=one.about,
        created=one.when,
        modified=one.when,
        relationship="Source",
        url_fetcher=_closed(weasyprint),
    )


def _declare_accessible(pdf: Any) -> None:
    """A PDF/A-3 that is tagged as PDF/UA wants says that it is one as well (ISO 19005-3, 6.6)."""
    for one in pdf.objects:
        if getattr(one, "extra", None) and one.extra.get("Type") == "/Metadata":
            one.stream = [part.replace(b"</rdf:RDF>", UA + b"</rdf:RDF>") for part in one.stream]


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


def _closed(weasyprint: ModuleType, images: Mapping[str, bytes] = _NONE) -> Any:
    """A fetcher that knows our own fonts and pictures and nothing else: no file, no network."""

    class Closed(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            if url.startswith(IMAGE_SCHEME) and (picture := images.get(url[len(IMAGE_SCHEME) :])):
                kind = {"Content-Type": "image/png"}
                return weasyprint.urls.URLFetcherResponse(url, picture, kind)
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
        weasyprint = _loaded()
    except (ImportError, OSError) as error:
        if lacking(error):
            raise MemoryError from error
        missing = MISSING_PANGO if isinstance(error, OSError) else MISSING_WEASYPRINT
        raise PdfUnavailableError(missing) from None
    styling.begin(weasyprint)
    return weasyprint


def _loaded() -> ModuleType:
    try:
        with lightly():
            return _imported()
    except OSError:  # there are systems where libraries lie in no usual place
        with quietly():
            return _imported()


def _imported() -> ModuleType:
    _forget_half()
    import weasyprint
    import weasyprint.text.fonts
    import weasyprint.urls

    module: ModuleType = weasyprint
    return module


def _forget_half() -> None:
    """Load all of it anew where that was broken off, for want of memory or time.

    Python keeps the inner modules that were whole, and the next one of the outer lacks them.
    """
    found = [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]
    if not all(_is_within(*name.rpartition(".")) for name in found):
        for name in found:
            del sys.modules[name]


def _is_within(outer: str, dot: str, name: str) -> bool:
    return not dot or hasattr(sys.modules.get(outer), name)
