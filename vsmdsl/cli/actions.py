"""Action lists: as a table for people, as CSV and iCalendar for the tools they plan with."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from zlib import crc32

from vsmdsl.analysis.plan import Action
from vsmdsl.cli import console
from vsmdsl.cli.cells import safe
from vsmdsl.cli.marked import unmarked
from vsmdsl.cli.table import aligned, shortened
from vsmdsl.pipeline import Compiled

Plans = Sequence[tuple[Compiled, tuple[Action, ...]]]
HEAD = (
    "file", "id", "kaizen", "on", "owner", "due", "status", "overdue", "effort", "saves lead time",
    "saved a day of effort", "order", "still saves in that order",
)  # fmt: skip
STATUS = {"done": "COMPLETED", "dropped": "CANCELLED", "doing": "IN-PROCESS"}
FOLD = 75  # octets of a line of iCalendar (RFC 5545, 3.1)


# --- for people


def text(map_: Compiled, found: Sequence[Action]) -> str:
    """For a terminal, in the order in which to do them."""
    title = console.paint(_line(map_.stream.settings.title), "bold", sys.stdout)
    return "\n".join((title, "", *(table(found) or ["No improvements are planned."]))) + "\n"


def table(found: Sequence[Action]) -> list[str]:
    """The lines of the table; empty without improvements."""
    if not found:
        return []
    head = ("", "", "owner", "due", "status", "effort", "saves", "per day of effort", "then saves")
    rows = [head, *(_row(one) for one in found)]
    kept = [n for n in range(len(head)) if n < 2 or any(row[n] for row in rows[1:])]
    right = tuple(at for at, n in enumerate(kept) if n in (0, 5, 6, 7, 8))
    lines = aligned([tuple(row[n] for n in kept) for row in rows], right=right)
    return [f"  {line}" for line in lines]


def _row(one: Action) -> tuple[str, ...]:
    late = f"{one.kaizen.due} late" if one.overdue else str(one.kaizen.due or "")
    rank = f"{one.rank}." if one.rank else ""
    name = shortened(_line(one.name), 40)
    known = _line(one.kaizen.owner), late, one.kaizen.status, one.effort
    return (rank, name, *known, one.saves, one.returns, one.then_saves)


def markdown(map_: Compiled, found: Sequence[Action]) -> str:
    """For a wiki or an issue."""
    head = ("#", "Improvement", "Owner", "Due", "Status", "Effort", "Saves", "Then saves")
    lines = [
        f"### {unmarked(map_.stream.settings.title)}",
        "",
        f"| {' | '.join(head)} |",
        "|--:|:--|:--|:--|:--|--:|--:|--:|",
    ]
    for one in found:
        due = f"**{one.kaizen.due}, late**" if one.overdue else str(one.kaizen.due or "–")
        cells = (
            str(one.rank or "–"), unmarked(one.name), unmarked(one.kaizen.owner) or "–", due,
            one.kaizen.status or "–", one.effort or "–", one.saves or "–", one.then_saves or "–",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    note = "*Saves*: lead time, alone. *Then saves*: when those above are done."
    return "\n".join((*lines, "", note)) + "\n"


# --- for a spreadsheet or a tracker


def csv_text(plans: Plans) -> str:
    """One improvement a line; no cell is run as a formula."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEAD)
    for map_, found in plans:
        for one in found:
            kaizen = one.kaizen
            cells = (
                map_.source.name, kaizen.id or "", one.name, one.on, kaizen.owner,
                str(kaizen.due or ""), kaizen.status, "yes" if one.overdue else "", one.effort,
                one.saves, one.returns, str(one.rank or ""), one.then_saves,
            )  # fmt: skip
            writer.writerow([safe(cell) for cell in cells])
    return file.getvalue()


# --- for a calendar


def ics(plans: Plans, today: date | None) -> str:
    """To-dos with a day (RFC 5545). Nothing depends on the clock: the same map, the same file."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vsmdsl//kaizen//EN", "CALSCALE:GREGORIAN"]
    for map_, found in plans:
        stamp = today or map_.stream.settings.date or date(2000, 1, 1)
        for one in found:
            lines += _todo(map_, one, stamp)
    return (
        "\r\n".join(part for line in (*lines, "END:VCALENDAR") for part in _folded(line)) + "\r\n"
    )


def _todo(map_: Compiled, one: Action, stamp: date) -> Iterator[str]:
    kaizen = one.kaizen
    yield "BEGIN:VTODO"
    yield f"UID:{_uid(map_, one)}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"SUMMARY:{_quoted(one.name)}"
    yield f"DESCRIPTION:{_quoted(_about(map_, one))}"
    if kaizen.due:
        yield f"DUE;VALUE=DATE:{kaizen.due:%Y%m%d}"
    if kaizen.owner:
        yield f"CONTACT:{_quoted(kaizen.owner)}"
    yield f"STATUS:{STATUS.get(kaizen.status, 'NEEDS-ACTION')}"
    if kaizen.status == "done":
        yield "PERCENT-COMPLETE:100"
    if kaizen.url:
        yield f"URL:{kaizen.url}"
    yield "END:VTODO"


def _about(map_: Compiled, one: Action) -> str:
    known = (
        _line(map_.stream.settings.title),
        one.on and f"On: {one.on}",
        one.kaizen.owner and f"Owner: {one.kaizen.owner}",
        one.effort and f"Effort: {one.effort}",
        one.saves and f"Saves: {one.saves} of lead time",
    )
    return "\n".join(part for part in known if part)


def _uid(map_: Compiled, one: Action) -> str:
    """The same for as long as the map and the improvement keep their names."""
    file = map_.source.name.replace("\\", "/").rsplit("/", 1)[-1]
    return f"{crc32(f'{file} {one.kaizen.key}'.encode(errors='replace')):08x}-kaizen@vsmdsl"


def _quoted(words: str) -> str:
    text = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(sign for sign in text.replace("\n", "\\n") if sign >= " " and sign != "\x7f")


def _folded(line: str) -> Iterable[str]:
    """A line in pieces of at most 75 octets; no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for sign in line:
        octets = len(sign.encode(errors="replace"))
        if size + octets > FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    return (*pieces, piece)


def _line(words: str) -> str:
    return console.harmless(" ".join(words.split()))
