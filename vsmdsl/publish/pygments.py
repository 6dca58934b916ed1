"""A Pygments lexer for maps. Its words are those of the language's own tables.

It is found by the name `vsm` and by files that end in `.vsm`; it needs Pygments alone, none of
our parser: text that is not finished yet is coloured as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from pygments.lexer import RegexLexer, bygroups, include, words
from pygments.token import (
    Comment,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    Whitespace,
)  # fmt: skip

from vsmdsl.publish.vocabulary import CLAUSES, DATE, ID, KEY, NUMBER, STATEMENTS, VALUES

__all__ = ["VsmLexer"]

_groups: Callable[..., Any] = bygroups  # has no types of its own


class VsmLexer(RegexLexer):
    """Value stream maps."""

    name = "VSM"
    url = ""
    aliases: ClassVar = ["vsm", "vsm-source"]  # the second where `vsm` is drawn
    filenames: ClassVar = ["*.vsm"]
    mimetypes: ClassVar = ["text/x-vsm"]
    version_added = ""

    tokens: ClassVar = {
        "root": [
            (r"(\s*)(#\s*vsm:[^\n]*)", _groups(Whitespace, Comment.Special)),
            (r"[ \t]*(?:#|//(?=\s)|%%)[^\n]*", Comment.Single),
            (r"[\s;]+", Whitespace),
            (r"[{}]", Punctuation),
            (rf"(metric)([ \t]+)({KEY})", _groups(Keyword.Declaration, Whitespace, Name.Attribute),
             "rest"),
            (words(STATEMENTS, prefix=r"(?i:", suffix=r")(?=[^\w=:-]|$)(?![ \t]*[=:](?![=>/]))"),
             Keyword.Declaration, "rest"),
            (r"", Text, "rest"),
        ],
        # after the first word of a statement, up to its end
        "rest": [
            (r"(?=[\n;}])", Text, "#pop"),
            (r"\{", Punctuation, "#pop"),
            (r"[ \t]+", Whitespace),
            (r"#[^\n]*", Comment.Single),
            include("values"),
        ],
        "values": [
            (r'"""(?:.|\n)*?"""', String.Double),
            (r'("(?:[^"\\\n]|\\.)*")([ \t]*)([=:](?![=>/]))',
             _groups(Name.Attribute, Whitespace, Operator)),
            (r'"', String.Double, "string"),
            (r"https?://[^\s\"<>{}]*[^\s\"<>{},;.]", Literal.String.Other),
            (rf"({KEY})([ \t]*)([=:](?![=>/]))", _groups(Name.Attribute, Whitespace, Operator)),
            (DATE, Literal.Date),
            (NUMBER, Number),
            (r"->|→", Operator),
            (r"\.\.|<=|>=|[<>≤≥=~≈+/-]", Operator),
            (r"\?", Keyword.Constant),
            (words(CLAUSES, prefix=r"\b", suffix=r"\b(?![.-]\w)"), Keyword),
            (words(VALUES, prefix=r"\b", suffix=r"\b(?![.-]\w)"), Keyword.Constant),
            (rf"({ID})(\()", _groups(Name.Function, Punctuation)),
            (ID, Name),
            (r"[(),:]", Punctuation),
            (r".", Text),
        ],
        "string": [
            (r'[^"\\\n]+', String.Double),
            (r"\\.", String.Escape),
            (r'"', String.Double, "#pop"),
            (r"(?=\n)", Text, "#pop"),
        ],
    }  # fmt: skip
