"""Options and arguments that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

files = click.argument("files", nargs=-1, required=True, metavar="FILE…")
future = click.option("--future", default="", metavar="ID", help="Take this future state.")
jobs = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Work on N at once (default: by the processors, for 40 maps and more).",
)
PAGES = ("a4", "a3", "letter", "a4-landscape", "a3-landscape", "letter-landscape")
all_messages = click.option(
    "--all-messages", is_flag=True, help="Show more than 20 messages a file."
)
today = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Mark the improvements that are overdue on this day.",
)


language = click.option(
    "--language", metavar="TAG", help="Captions and reports in this language: en, de."
)
catalogue = click.option(
    "--catalogue",
    type=click.Path(),
    metavar="FILE.po",
    help="The words of another language, or other words than ours.",
)


class Size(click.FloatRange):
    """A number between two others; `nan` is none."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        number = float(super().convert(value, param, ctx))
        if number != number:
            self.fail(f"{value!r} is not a valid float.", param, ctx)
        return number


def day(moment: datetime | None) -> date | None:
    """The day of a `--today`; None where none was given: nothing depends on the clock."""
    return moment.date() if moment else None


def output(help: str) -> Callable[[Function], Function]:
    """`-o PATH`, with what it means for this verb."""
    return click.option("-o", "--output", metavar="PATH", help=help)


def examples(*lines: str) -> str:
    """The end of a `--help` page: what to type."""
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)])
