"""Style sheets that WeasyPrint understood before: its own for every page, and those of reports.

It reads each of them letter by letter and tries each value, which takes a tenth of all its time.
What comes of it is the same for the same text, so it can be kept (see `understood`).
"""

from __future__ import annotations

import io
import marshal
import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType, ModuleType
from typing import Any
from urllib.parse import urlparse

from vsmdsl.record import record
from vsmdsl.report import understood

SHORT = 4000  # letters: what is shorter is read as soon as it is found, and seldom comes again
# Rules that depend on the sheets before them, or on other files.
APART = re.compile(r"(?i)@(?:import|layer|counter-style|color-profile|namespace|charset|[\w-]*\\)")
MEDIA = "print"


@record
class Sheet:
    """What a style sheet says: its selectors with what they declare, and its pages."""

    matcher: Any
    page_rules: list[Any]
    counters: dict[str, Any]
    faces: list[dict[str, Any]]  # the fonts that it brings


def begin(weasyprint: ModuleType) -> None:
    """Give WeasyPrint its own style sheets, where it was loaded without (see `unread`)."""
    html = weasyprint.html
    if html.UA_STYLESHEET.matcher.order:
        return
    for name in ("UA", "UA_FORM", "PH"):
        sheet, known = getattr(html, f"{name}_STYLESHEET"), _known(weasyprint, getattr(html, name))
        sheet.matcher = known.matcher
        sheet.page_rules[:] = known.page_rules
        html.UA_COUNTER_STYLE.update(known.counters)


@contextmanager
def unread() -> Iterator[None]:
    """Within this, WeasyPrint is loaded without reading its style sheets; `begin` comes after."""
    import tinycss2

    usual = tinycss2.parse_stylesheet
    tinycss2.parse_stylesheet = lambda *_, **__: []
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = usual


def known(weasyprint: ModuleType) -> type:
    """Style sheets that take what was understood before, where their text is the same."""
    usual: Any = weasyprint.css.CSS

    class Known(usual):  # type: ignore[misc]
        def __init__(
            self,
            *,
            string: str = "",
            base_url: str | None = None,
            media_type: str = MEDIA,
            page_rules: list[Any] | None = None,
            font_config: Any = None,
            url_fetcher: Any = None,
            **more: Any,
        ) -> None:
            lasting = len(string) >= SHORT and base_url is None and media_type == MEDIA
            if not lasting or page_rules is None or APART.search(string):
                more |= {"font_config": font_config, "url_fetcher": url_fetcher}
                more |= {"page_rules": page_rules, "media_type": media_type}
                super().__init__(string=string, base_url=base_url, **more)
                return
            sheet = _known(weasyprint, string)
            self.base_url, self.matcher, self.page_rules = None, sheet.matcher, page_rules
            self.layers = more.get("layers") or []
            page_rules += sheet.page_rules
            for face in sheet.faces if font_config else ():
                font_config.add_font_face(face, url_fetcher)

    return Known


def _known(weasyprint: ModuleType, text: str) -> Sheet:
    import cssselect2
    import tinycss2

    about = " ".join(one.__version__ for one in (weasyprint, tinycss2, cssselect2))
    name = f"style sheet, WeasyPrint {about}\n{text}"
    found = understood.taken(name, _unpacked)
    if found is not None:
        return found
    sheet = _read(weasyprint, text)
    understood.keep(name, lambda: _packed(sheet))
    return sheet


def _read(weasyprint: ModuleType, text: str) -> Sheet:
    """Read a style sheet, and note what it does beside telling its own rules."""
    counters = weasyprint.css.counters.CounterStyle()
    rules: list[Any] = []
    fonts = _Faces()
    sheet = weasyprint.CSS(
        string=text, page_rules=rules, counter_style=counters, font_config=fonts, media_type=MEDIA
    )
    rules = [(None, *said) for _, *said in rules]  # where a rule stood is asked by nobody
    return Sheet(sheet.matcher, rules, dict(counters), fonts.faces)


class _Faces:
    """Stands for the fonts of a page."""

    def __init__(self) -> None:
        self.faces: list[dict[str, Any]] = []

    def add_font_face(self, face: dict[str, Any], _fetcher: Any) -> None:
        self.faces.append(face)


# --- as bytes


def _packed(sheet: Sheet) -> bytes:
    file = io.BytesIO()
    _Pickler(file, pickle.HIGHEST_PROTOCOL).dump(sheet)
    return file.getvalue()


def _unpacked(data: bytes) -> Sheet:
    sheet = pickle.loads(data)
    if not isinstance(sheet, Sheet):
        raise TypeError
    return sheet


class _Pickler(pickle.Pickler):
    """Selectors are functions that cssselect2 writes."""

    def reducer_override(self, one: Any) -> Any:
        if isinstance(one, FunctionType) and _around().keys() <= one.__globals__.keys():
            return _selector, (marshal.dumps(one.__code__),)
        return NotImplemented


def _selector(code: bytes) -> FunctionType:
    return FunctionType(marshal.loads(code), _around())


def _around() -> dict[str, Any]:
    """What such a function may call."""
    from cssselect2.compiler import ascii_lower, split_whitespace

    return {"split_whitespace": split_whitespace, "ascii_lower": ascii_lower, "urlparse": urlparse}
