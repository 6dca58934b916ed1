"""Style sheets that were understood before: the same pages, and nobody reads them again."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from tests.drawing.look import needs_printer
from vsmdsl.report import press, shortcuts, styling, understood
from vsmdsl.report.pdf import render_pdf
from vsmdsl.report.subject import Subject

LONG = f"/* {'a' * styling.SHORT} */"
STYLES = f"""{press.faces()}
@page {{ size: a6; @top-right {{ content: "page " counter(page) }} }}
@page :first {{ margin: 3cm }}
@media print {{ p {{ color: red }} }} @media screen {{ p {{ display: none }} }}
body {{ font: 9pt Inter; --far: 2em }} p.a, #b:not(.c) > i {{ margin: calc(var(--far) + 1px) }}
ul li:nth-child(2n + 1)::before {{ content: attr(data-x) "\\2014" }} q {{ font-style: italic }}
[lang|=de] b, a:link {{ text-decoration: underline }} :is(h1, h2) + p {{ width: 50% !important }}
p {{ unknown: 3; colour: red; }} @unknown {{ }}
"""
WORDS = """<h1>One</h1><p class="a">a <b lang="de">b</b> <q>c</q></p><p id="b"><i>d</i></p>
<ul><li data-x="1">e</li><li data-x="2"><a href="https://example.org">f</a></li></ul>
<ol style="list-style: armenian"><li>g</li></ol>"""
# Styles that depend on more than their own text.
APART = (
    '@import "other.css"; p { color: blue }',
    "@layer one { p { color: blue } }",
    "@Counter-Style ours { system: cyclic; symbols: x; suffix: ' ' } ol { list-style: ours }",
    "@lay\\65r one { p { color: blue } }",
)
# Another process, which loads WeasyPrint: how many style sheets it reads, and what it prints.
OTHER = """
import sys
from pathlib import Path
from vsmdsl.cli.stored import Stored
from vsmdsl.report import press, styling, understood
understood.keep_in(Stored(Path(sys.argv[1])) if sys.argv[1:] else None)
usual, texts = styling._read, []
styling._read = lambda weasyprint, text: texts.append(text) or usual(weasyprint, text)
html = press._weasyprint().html
from tests.report.test_styling import orders  # which loads it as well
print(len(texts), *orders(html))
print(press.press("<ol><li>a <q>b</q></ol><table><tr><td>c</table>").hex())
"""
PLAIN = """
import weasyprint.html as html
from tests.report.test_styling import orders
print(*orders(html))
"""


class Kept(dict[str, bytes]):
    """A store that lasts as long as a test."""

    def put(self, name: str, data: bytes) -> None:
        self[name] = data


@pytest.fixture
def store() -> Iterator[Kept]:
    kept = Kept()
    understood.keep_in(kept)
    yield kept
    understood.keep_in(None)


@contextmanager
def reading() -> Iterator[list[str]]:
    """Which style sheets are read meanwhile, letter by letter."""
    import tinycss2

    usual, texts = tinycss2.parse_stylesheet, list[str]()

    def noted(text: str) -> object:
        texts.append(text)
        return usual(text)

    tinycss2.parse_stylesheet = noted
    try:
        yield texts
    finally:
        tinycss2.parse_stylesheet = usual


def printed(styles: str) -> bytes:
    head = f'<!doctype html><html lang="en"><head><title>t</title><style>{styles}</style></head>'
    return press.press(f"{head}<body>{WORDS}</body></html>")


def without(monkeypatch: pytest.MonkeyPatch, styles: str) -> bytes:
    """The page of those who know no styles from before."""
    with monkeypatch.context() as usual:
        usual.setattr(shortcuts, "known", lambda weasyprint: weasyprint.css.CSS)
        return printed(styles)


@needs_printer
def test_a_page_whose_styles_are_known_is_the_same(
    store: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = without(monkeypatch, STYLES + LONG)
    assert printed(STYLES + LONG) == usual
    assert len(store) == 1
    with reading() as texts:
        assert printed(STYLES + LONG) == usual
    assert texts == []


@needs_printer
def test_other_styles_are_other_pages(store: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    other = STYLES.replace("9pt", "12pt") + LONG
    assert printed(STYLES + LONG) != printed(other) == without(monkeypatch, other)
    assert len(store) == 2


@needs_printer
@pytest.mark.parametrize("rule", APART)
def test_what_depends_on_others_is_read_each_time(
    store: Kept, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    styles = f"{rule}\n{LONG}"
    assert printed(styles) == without(monkeypatch, styles)
    assert not store


@needs_printer
def test_short_styles_are_not_kept(store: Kept) -> None:
    printed(STYLES)
    assert not store


@needs_printer
@pytest.mark.parametrize("data", [b"", b"no sheet", pickle.dumps(3)])
def test_what_is_no_sheet_is_read_anew(
    store: Kept, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    printed(STYLES + LONG)
    store.update(dict.fromkeys(store, data))
    assert printed(STYLES + LONG) == without(monkeypatch, STYLES + LONG)


@needs_printer
def test_styles_of_reports_are_read_once_for_all_maps(
    store: Kept, about: Callable[..., Subject]
) -> None:
    render_pdf(about(page="a4"))
    with reading() as texts:
        render_pdf(about("step Develop 3d/5d", page="a4"))
    assert max(map(len, texts)) < styling.SHORT


@needs_printer
@pytest.mark.skipif(sys.platform == "win32", reason="nothing is kept there")
def test_what_weasyprint_says_of_every_page_is_read_once(tmp_path: Path) -> None:
    first, again, never = (told(OTHER, *folder) for folder in ([tmp_path / "a"],) * 2 + ([],))
    assert (first[0], again[0], never[0]) == ("3", "0", "3")
    assert first[1:] == again[1:] == never[1:]
    assert first[1:5] == told(PLAIN)


def orders(html: ModuleType) -> tuple[int, ...]:
    """How much WeasyPrint knows: the selectors of its style sheets, and its styles of counters."""
    sheets = (html.UA_STYLESHEET, html.UA_FORM_STYLESHEET, html.PH_STYLESHEET)
    return *(sheet.matcher.order for sheet in sheets), len(html.UA_COUNTER_STYLE)


def told(program: str, *given: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, given)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return done.stdout.split()
