"""WeasyPrint's shortcuts: the same bytes, with lines shaped and pages laid out fewer times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from tests.drawing.look import needs_printer
from vsmdsl.report import press, shortcuts
from vsmdsl.report.pdf import render_pdf
from vsmdsl.report.subject import Subject

WORDS = "Incomprehensibilities of a\u00a0queue, <b>told</b> again and again: office, 2 × 3 h. " * 9
EACH = ("even", "cut", "wide", "line", "one", "own")
TEXTS = f"""<style>{press.faces()}
@page {{ size: a6; @bottom-right {{ content: counter(page) "/" counter(pages) }} }}
body {{ font-family: Inter }} h2 {{ break-before: page }} .narrow {{ width: 2em }}
.even {{ text-align: justify }} .cut {{ hyphens: auto; width: 6em }} .wide {{ word-spacing: 1em }}
.own {{ color: inherit; margin: initial; width: calc(9em + 1px); padding-inline-end: 2em;
  float: left; --wide: 3em; border-inline-start: var(--wide) solid; font-size: 80% }}
.any {{ overflow-wrap: anywhere; width: 1em }} .line {{ text-decoration: underline }}
.one {{ white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 9em }}
a.page::after {{ content: target-counter(attr(href), page) }}
a.both::after {{ content: target-counter(attr(href), page) " " target-counter("#two", page) }}
</style>
<p><a class="page" href="#one">One</a> <a class="page" href="#two">Two</a></p>
<p><a class="both" href="#one">One and two</a></p>
{"".join(f'<p class="{name}">{WORDS}</p>' for name in EACH)}
<div class="own"><p style="margin-left: inherit; color: currentcolor">Own</p></div>
<p class="narrow">Incomprehensible</p><p class="any">abcd</p><pre>one\n\ttwo\n\n\u2029three</pre>
<h2 id="one">One</h2><p lang="ar" dir="rtl">Lead 12 time</p><h2 id="two">Two</h2>"""


def printed(words: str) -> bytes:
    head = '<!doctype html><html lang="en"><head><title>t</title></head>'
    return press.press(f"{head}<body>{words}</body></html>")


def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "shortcuts", lambda *_, **__: nullcontext())


@needs_printer
def test_texts_of_every_kind_come_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = printed(TEXTS)
    monkeypatch.setattr(shortcuts, "LINES", 3)
    few = printed(TEXTS)
    without(monkeypatch)
    assert ours == few == printed(TEXTS)


@needs_printer
def test_words_are_told_apart_by_all_that_their_width_depends_on() -> None:
    """What the code that breaks lines asks of a style."""
    weasyprint = press._weasyprint()
    asked: set[str] = set()
    for module in (weasyprint.text.line_break, weasyprint.text.fonts):
        asked |= set(re.findall(r"""style\[['"](\w+)['"]\]""", Path(module.__file__).read_text()))
    assert len(asked) > 20
    assert asked <= set(shortcuts.OF_A_LINE)


@needs_printer
def test_a_report_comes_out_the_same(
    about: Callable[..., Subject], monkeypatch: pytest.MonkeyPatch
) -> None:
    subjects = about(page="a4"), about(future="q1", page="a4")
    ours = render_pdf(*subjects)
    without(monkeypatch)
    assert ours == render_pdf(*subjects)


@needs_printer
def test_lines_are_set_up_once_and_contents_laid_out_twice(
    about: Callable[..., Subject], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is saved is counted, so that a change in WeasyPrint that takes it away is noticed."""
    ours = counted(monkeypatch, about(page="a4"))
    without(monkeypatch)
    theirs = counted(monkeypatch, about(page="a4"))
    assert (ours["page 1"], theirs["page 1"]) == (2, 3)
    assert ours["set up"] < 0.7 * theirs["set up"]


def counted(monkeypatch: pytest.MonkeyPatch, subject: Subject) -> Counter[str]:
    """How often lines are set up, and pages laid out."""
    from weasyprint.layout import page
    from weasyprint.text.line_break import Layout

    seen: Counter[str] = Counter()
    made, set_up = page.make_page, Layout.setup

    def make_page(*given: Any) -> Any:
        seen[f"page {given[4]}"] += 1
        return made(*given)

    def setup(layout: Any, style: Any) -> None:
        seen["set up"] += 1
        set_up(layout, style)

    with monkeypatch.context() as watched:
        watched.setattr(page, "make_page", make_page)
        watched.setattr(Layout, "setup", setup)
        render_pdf(subject)
    return seen
