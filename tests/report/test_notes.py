"""Notes in Markdown: what they may, and what stays text."""

from __future__ import annotations

import pytest

from vsmdsl.report.story.notes import markup, plain


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("**now**", "<strong>now</strong>"),
        ("- a\n- b", "<li>a</li>"),
        ("`x < y`", "<code>x &lt; y</code>"),
        ("[log](https://example.org/a?b=1&c=2)", '<a href="https://example.org/a?b=1&amp;c=2">'),
        ("[Ann](mailto:ann@example.org)", '<a href="mailto:ann@example.org">'),
        ("# Heading", "<h4>Heading</h4>"),
        ("###### deep", "<h6>deep</h6>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ("![a chart](https://example.org/x.png)", "a chart"),
    ],
)
def test_markdown_is_rendered(text: str, there: str) -> None:
    assert there in markup(text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/x.png)",
        "![x](data:image/png;base64,AAAA)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](file:///etc/passwd)",
        "[x](vbscript:x)",
        "[x](//example.org)",
        "[x](../secret)",
        "<javascript:alert(1)>",
        "[x][1]\n\n[1]: javascript:alert(1)",
        '[x](https://example.org/ "a\\" onmouseover=alert(1) x=\\"")',
    ],
)
def test_nothing_else_becomes_markup(text: str) -> None:
    made = str(markup(text)).lower()
    assert "<script" not in made
    assert "<img" not in made
    assert "src=" not in made.replace("&lt;img src=", "")
    assert " onmouseover=alert(1) x=" not in made.replace("&quot;", "") or "title=" in made
    for scheme in ("javascript:", "data:", "file:", "vbscript:", "//example", "../"):
        assert f'href="{scheme}' not in made


def test_a_note_as_plain_words() -> None:
    text = "**Seen** by [Ann](mailto:a@b.c)\non `Monday` ![x](https://a.b/y.png)\n\n- one\n- two"
    assert plain(text) == "Seen by Ann on Monday x; one; two"
