"""The improvements: who, until when, at what effort, what each saves, and which comes first."""

from __future__ import annotations

from vsmdsl.analysis.plan import Action, plan, ranked
from vsmdsl.report import words
from vsmdsl.report.sheet import Cell, Column, Row, Table, table
from vsmdsl.report.subject import Side


def kaizens(side: Side) -> tuple[Table, ...]:
    """The improvements in the order of their return, each on top of those before it."""
    columns = (
        Column("Improvement"), Column("Owner"), Column("Status"), Column("Due", number=True),
        Column("Effort", number=True), Column("Saves, alone", number=True),
        Column("Saved a day of effort", number=True), Column("Saves, in this order", number=True),
    )  # fmt: skip
    found = ranked(plan(side.stream, side.analysis))
    return (table("Improvements", columns, [_row(one) for one in found]),) if found else ()


def _row(one: Action) -> Row:
    notes = (f"on {one.on}" if one.on else "", one.also)
    return Row(
        (
            Cell(f"{one.rank}. {one.name}" if one.rank else one.name, _joined(notes)),
            Cell(words.one_line(one.kaizen.owner)),
            Cell(one.kaizen.status),
            Cell(one.kaizen.due.isoformat() if one.kaizen.due else ""),
            Cell(one.effort),
            Cell(one.saves),
            Cell(one.returns),
            Cell(one.then_saves),
        )
    )


def _joined(notes: tuple[str, ...]) -> str:
    return " · ".join(note for note in notes if note)
