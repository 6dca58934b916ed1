"""The report as one HTML file that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vsmdsl import resources
from vsmdsl.drawing.theme import TOKENS
from vsmdsl.record import record, replace
from vsmdsl.report import filling, sealed
from vsmdsl.report.filling import drawing, filled, template
from vsmdsl.report.house import PLAIN, House
from vsmdsl.report.logo import data_uri
from vsmdsl.report.portfolio import Portfolio, portfolio
from vsmdsl.report.subject import Subject
from vsmdsl.report.twin import twin
from vsmdsl.report.view import View, view

POLICY = "@policy@"  # where the hashes of all styles go, once they are known
# Words of other languages are longer than those that columns and tiles were made for.
LONGER = """
thead th, .means { hyphens: auto }
@media screen and (min-width: 641px) {
  .tiles { grid-template-columns: repeat(auto-fill, minmax(215px, 1fr)) }
}
"""
LEAST_WIDE = 900.0  # units: a wide map is shrunk to this and then scrolls
ROLES = tuple(role for role in TOKENS if role[0] not in "ot" or not role[1:].isdigit())


@record(kw_only=True)
class Chosen:
    """One map of a report: what is said of it, and its picture; `mark` begins its ids."""

    mark: str
    view: View
    picture: str  # what came through the door `drawing`
    sheets: Sequence[dict[str, Any]] = ()
    subject: Subject


def render_html(*subjects: Subject, title: str | None = None, house: House = PLAIN) -> str:
    """Write the report: self-contained, readable without a network and without scripts.

    Several subjects make one report that compares them first. Raises ValueError where a template
    of the house cannot be filled in.
    """
    subjects = signed(subjects, house)
    chosen = [
        Chosen(
            mark=mark,
            view=view(one, titled(subjects, title or house.title)),
            picture=drawing(one.picture),
            subject=one,
        )
        for mark, one in zip(marks(subjects), subjects, strict=True)
    ]
    script = "\n" + "".join(map(resources.read_template, ("map/viewer.js", "report/report.js")))
    page = fill(
        chosen,
        house=replace(house, title=title or house.title),
        css=styles(subjects, house) + _natural(chosen),
        logo=data_uri(house.logo),
        script=script,
    )
    policy = sealed.policy(sealed.styles_in(page), script, pictures=bool(house.logo))
    return page.replace(POLICY, policy, 1)


def styles(subjects: Sequence[Subject], house: House = PLAIN) -> str:
    """The colours, and the style of the page and of its parts."""
    sheets = (filling.style_sheet(name, house.folder) for name in ("report.css", "parts.css"))
    longer = LONGER if subjects[0].wording.texts else ""
    return "\n".join((sealed.colours(subjects[0].colours, ROLES), *sheets)) + longer


def marks(subjects: Sequence[Subject]) -> list[str]:
    """What begins the ids of each map: nothing where it is alone."""
    return [""] if len(subjects) == 1 else [f"m{number}-" for number in range(1, len(subjects) + 1)]


def signed(subjects: Sequence[Subject], house: House) -> tuple[Subject, ...]:
    """The same, in the name of the one whom the house names."""
    return tuple(replace(one, signed=house.author or one.signed) for one in subjects)


def titled(subjects: Sequence[Subject], title: str) -> str:
    """The title of each map: that of the report where there is but one."""
    return title if len(subjects) == 1 else ""


def fill(
    chosen: Sequence[Chosen],
    *,
    house: House,
    css: str,
    sizes: str = "",
    logo: str = "",
    script: str = "",
    paper: bool = False,
) -> str:
    """Fill in the templates. Everything is text and gets escaped but styles and pictures.

    `sizes` are the styles of these maps alone; `css` is the same for others, and read but once.
    """
    subjects = [one.subject for one in chosen]
    over: Portfolio | None = portfolio(subjects, house.title) if len(chosen) > 1 else None
    first = chosen[0].view
    page = template("report", "report.html.j2", house.folder)
    return filled(
        page,
        house.folder,
        reports=chosen,
        portfolio=over,
        house=house,
        title=over.title if over else first.title,
        description=over.answer if over else first.answer,
        author=house.author or ("" if over else first.author),
        date="" if over else first.date,
        language=first.language,
        generator=first.generator,
        say=subjects[0].say,
        policy=POLICY,
        css=filling.style(css),
        sizes=filling.style(sizes),
        script=filling.script(script),
        logo=logo,
        paper=paper,
        drawing=drawing,
        twin=lambda one: twin(one.subject),
    )


def _natural(chosen: Sequence[Chosen]) -> str:
    """A map is never drawn larger than it is, and never smaller than can be read."""
    return "".join(
        f"#{one.mark}map .stage svg {{ min-width: {min(LEAST_WIDE, width):g}px }}\n"
        for one in chosen
        if (width := _width(one.picture))
    )


def _width(picture: str) -> float:
    _, _, rest = picture.partition('viewBox="')
    return float(rest.split(None, 3)[2]) if rest else 0.0  # no further: it may be megabytes
