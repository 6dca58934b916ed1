"""One text through everything that reads it: it must come out at the end, whatever it says."""

from __future__ import annotations

from unicodedata import category
from xml.etree import ElementTree

from vsmdsl.language.excerpt import excerpt
from vsmdsl.language.source import Source
from vsmdsl.pipeline import compile_source, format_text, render, stats

UNSEEN = {"Cc", "Cs", "Zl", "Zp"}  # what steers a terminal, or cannot be shown at all


def whole(text: str, *, picture: bool = True) -> None:
    """Compile, tell, format, measure and (unless it has mistakes) draw a text.

    Raises what is wrong with vsmdsl; nothing is wrong with the text.
    """
    compiled = compile_source(Source("x.vsm", text))
    for one in compiled.diagnostics:
        shown = excerpt(one, color=False)
        assert not any(category(sign) in UNSEEN for sign in shown.replace("\n", "")), repr(shown)
        assert 0 <= one.span.start <= one.span.end <= len(compiled.source.text)
    once = format_text(text)
    assert format_text(once) == once
    if compiled.ok:
        stats(compiled)
        for key in ("", *(future.key for future in compiled.futures)) if picture else ():
            drawn = render(compiled, "svg", future=key, width=800)
            assert isinstance(drawn, str)
            ElementTree.fromstring(drawn)
