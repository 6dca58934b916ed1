"""Notebooks: cells that begin with `%%vsm`, and the fences of Markdown cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from vsmdsl.publish.hosts import markdown
from vsmdsl.publish.hosts.fence import Fence, made, words
from vsmdsl.publish.hosts.letters_of_json import Items, Text, read
from vsmdsl.publish.hosts.line_ends import Change, Lines
from vsmdsl.record import record, replace
from vsmdsl.steering import HALVES

_MAGIC = re.compile(r"\s*%%vsm\b([^\n]*)(?:\n|$)")
_LETTER = re.compile(r"\r\n|.", re.DOTALL)
_HALF = re.compile(f"[{HALVES}]")
_OPTION = re.compile(r"--([\w-]+)(?:[ \t=]+(?!--)(\"[^\"]*\"|'[^']*'|\S+))?")


@record
class Cell:
    """The text of a cell as one text, with the place of each letter, and where it is written.

    `raw` has the ends of lines that the cell has, `whole` plain ones.
    """

    kind: str
    raw: str
    whole: Fence
    place: tuple[int, int]
    listed: bool  # a list with a string for each line, as most programs write it


def fences(file: str) -> list[Fence]:
    """All maps of a notebook, in order; nothing where the file is no notebook."""
    return [fence for cell in cells(file) for fence in _in_cell(cell)]


def rewritten(file: str, fence: Fence, text: str) -> Change:
    """Another text in the place of a map of a notebook; the other cells stay as they are."""
    from vsmdsl.publish.hosts.rewrite import in_lines

    cell = next(one for one in cells(file) if one.whole.named == fence.named)
    inner = next(one for one in _local(cell) if one.lifted(cell.whole) == fence)
    lines = Lines(cell.raw)
    lines.make(in_lines(cell.whole.text, inner, text))
    return Change(*cell.place, _written(lines.raw(), file, cell))


def cells(file: str) -> Iterator[Cell]:
    """The cells of a notebook that have a text."""
    try:
        document = read(file)
    except ValueError:
        return
    found = document.get("cells") if isinstance(document, Items) else None
    listed = found.all() if isinstance(found, Items) else ()
    for number, cell in enumerate((one for one in listed if isinstance(one, Items)), 1):
        kind, source = cell.get("cell_type"), cell.get("source")
        if isinstance(kind, Text) and isinstance(source, Text | Items):
            yield _cell(kind.value, source, number, file)


def _cell(kind: str, source: Text | Items, number: int, file: str) -> Cell:
    lines = source.all() if isinstance(source, Items) else [source]
    parts = [one for one in lines if isinstance(one, Text)]
    letters = [place for part in parts for place in part.letters(file)]
    raw, place = "".join(part.value for part in parts), (source.start, source.end)
    if "\r\n" in raw:  # which is one letter of the map
        pairs = (one.span() for one in _LETTER.finditer(raw))
        letters = [(letters[start][0], letters[end - 1][1]) for start, end in pairs]
    whole = Fence(
        raw.replace("\r\n", "\n").replace("\r", "\n"),
        (*(start for start, _ in letters), source.end - 1),
        tuple(end for _, end in letters),
        place,
        named=f"cell {number}",
    )
    return Cell(kind, raw, whole, place, isinstance(source, Items))


def _in_cell(cell: Cell) -> Iterator[Fence]:
    for fence in _local(cell):
        yield fence.lifted(cell.whole)


def _local(cell: Cell) -> list[Fence]:
    """The maps of a cell, in places of the cell's own text."""
    text = cell.whole.text
    if cell.kind == "markdown":
        return markdown.fences(text)
    magic = _MAGIC.match(text)
    if cell.kind != "code" or not magic:
        return []
    places, at = [], magic.end()
    for line in text[at:].split("\n"):
        places.append((at, at + len(line)))
        at += len(line) + 1
    if text.endswith("\n") and len(places) > 1:
        places.pop()
    fence = made(text, places, magic.span(), magic_options(magic[1]))
    if fence.text and not text.endswith("\n"):  # nothing stands behind the last line of a cell
        fence = replace(fence, text=fence.text[:-1], starts=fence.starts[:-1], ends=fence.ends[:-1])
    return [fence]


def magic_options(line: str) -> dict[str, str]:
    """The options of `%%vsm --future q1 file=a.vsm`."""
    dashed = {one[1]: (one[2] or "").strip("\"'") for one in _OPTION.finditer(line)}
    return {**dashed, **words(_OPTION.sub("", line))}


def _written(text: str, file: str, cell: Cell) -> str:
    """A text as JSON, in the manner of the cell."""
    before = file[cell.place[0] : cell.place[1]]
    spelled = "\\u" in before and before.isascii()
    if not cell.listed:
        return _string(text, spelled)
    lines = [_string(line, spelled) for line in text.splitlines(keepends=True)]  # as Jupyter does
    indent = re.match(r"\[(\s*)", before)
    blank = indent[1] if indent else ""
    close = re.search(r"(\s*)\]$", before)
    return f"[{blank}{f',{blank or chr(32)}'.join(lines)}{close[1] if close else ''}]"


def _string(text: str, spelled: bool) -> str:
    """A text as a string of JSON; half of a pair is no letter that a file could hold."""
    written = json.dumps(text, ensure_ascii=spelled)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", written)
