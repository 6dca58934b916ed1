"""Options and arguments that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vsmdsl.cli import declared
from vsmdsl.cli.declared import Day, FileName, Function, Whole

if TYPE_CHECKING:
    from datetime import date, datetime

files = declared.argument("files", many=True, metavar="FILE…")
future = declared.option("--future", default="", metavar="ID", help="Take this future state.")
jobs = declared.option(
    "-j",
    "--jobs",
    kind=Whole(1, 256),
    metavar="N",
    help="Work on N at once (default: by the processors, for 40 maps and more).",
)
PAGES = ("a4", "a3", "letter", "a4-landscape", "a3-landscape", "letter-landscape")
all_messages = declared.option(
    "--all-messages", flag=True, help="Show more than 20 messages a file."
)
today = declared.option(
    "--today",
    kind=Day(),
    metavar="DATE",
    help="Mark the improvements that are overdue on this day.",
)


language = declared.option(
    "--language", metavar="TAG", help="Captions and reports in this language: en, de."
)
catalogue = declared.option(
    "--catalogue",
    kind=FileName(),
    metavar="FILE.po",
    help="The words of another language, or other words than ours.",
)


def day(moment: datetime | None) -> date | None:
    """The day of a `--today`; None where none was given: nothing depends on the clock."""
    return moment.date() if moment else None


def output(help: str) -> Callable[[Function], Function]:
    """`-o PATH`, with what it means for this verb."""
    return declared.option("-o", "--output", metavar="PATH", help=help)


def examples(*lines: str) -> str:
    """The end of a `--help` page: what to type."""
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)])
