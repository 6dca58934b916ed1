"""The plain shapes that the templates fill in: text that is already worded, nothing to compute."""

from __future__ import annotations

from vsmdsl.record import record


@record
class Column:
    """The head of a column; numbers stand at the right."""

    label: str
    number: bool = False


@record
class Cell:
    """One cell: its text, a smaller note below, and the exact number by which rows are sorted."""

    text: str = ""
    note: str = ""
    tone: str = ""  # good | bad
    sort: str = ""


@record
class Row:
    """One row of a table; `on` is the key of the element of the map that it speaks of."""

    cells: tuple[Cell, ...]
    strong: bool = False
    on: str = ""


@record
class Table:
    """A table with a caption for those who cannot see it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@record
class Tile:
    """A headline figure: what it is made of, and what is normal for the field."""

    label: str
    value: str
    note: str = ""
    normal: str = ""
    hot: bool = False
    on: str = ""


@record
class Fact:
    """A name and what is to be said under it."""

    label: str
    text: str


@record
class Chart:
    """A chart as SVG, once for a page and once for a phone, and what it shows in a few words."""

    caption: str
    wide: str
    narrow: str


@record
class Finding:
    """A finding: its name in words, what was found, what could be done."""

    name: str
    text: str
    hint: str = ""


@record
class Promise:
    """A goal, its verdict in a word, and the figure as it is."""

    text: str
    verdict: str
    actual: str
    tone: str


def table(caption: str, columns: tuple[Column, ...], rows: list[Row]) -> Table:
    """A table without the columns that are empty in every row (the first one always stays)."""
    kept = [
        index
        for index in range(len(columns))
        if index == 0 or any(row.cells[index] != Cell() for row in rows)
    ]
    thinned = tuple(
        Row(tuple(row.cells[index] for index in kept), row.strong, row.on) for row in rows
    )
    return Table(caption, tuple(columns[index] for index in kept), thinned)
