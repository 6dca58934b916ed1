"""A page of ours as a tree of elements, read by Python's parser of XML, which is written in C.

WeasyPrint reads HTML with a parser in Python that mends whatever is wrong with a page. Ours says
all of its elements, with their ends; but for the ends of those that are always empty it is XML.
Whatever is not, such as a page with a sign that XML has no place for, is read as usual.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KIND = "<!doctype html>"
EMPTY = re.compile(r"<((?:area|base|br|col|embed|hr|img|input|link|meta|source|wbr)\b[^<>]*?)/?>")
STYLE = re.compile(r"<style>[^&<]*</style>")
# What HTML and XML each understand in their own way: other marks, foreign elements, texts whose
# first line is left out, and breaks within a mark, where they may stand in an attribute.
APART = re.compile(
    r"<[!?]|<(?:svg|math|pre|textarea|listing|plaintext|xmp|script)\b|<[^<>]*[\t\n\r]"
)


def reader(usual: Callable[..., Element]) -> Callable[..., Element]:
    """What reads a page: by the parser of XML where that gives the same tree, else as usual."""

    def read(file: IO[str], **more: Any) -> Element:
        tree = _tree(file.read())
        if tree is None:
            file.seek(0)
            return usual(file, **more)
        return tree

    return read


def _tree(page: str) -> Element | None:
    from xml.etree.ElementTree import ParseError, fromstring

    head, _, rest = page.lstrip().partition(KIND)
    plain = not head and page.count("<style") == len(STYLE.findall(page)) and not APART.search(rest)
    try:
        return _as_html(fromstring(EMPTY.sub(r"<\1/>", rest)), rest) if plain else None
    except (ParseError, ValueError):  # a sign that XML lacks, half of a sign
        return None


def _as_html(tree: Element, page: str) -> Element | None:
    """The same, with the blanks outside of head and body where HTML puts them."""
    if tree.tag != "html" or [one.tag for one in tree] != ["head", "body"]:
        return None
    body = tree[1]
    after = (body.tail or "") + page[page.rindex(">") + 1 :]
    tree.text = body.tail = None
    if len(body):
        body[-1].tail = (body[-1].tail or "") + after
    else:
        body.text = (body.text or "") + after
    return tree
