"""The report as a PDF: tagged, with bookmarks, and the same bytes for the same map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from vsmdsl.drawing.svg import paint
from vsmdsl.record import replace
from vsmdsl.report.filling import drawing, style_sheet
from vsmdsl.report.house import PLAIN, House
from vsmdsl.report.html import Chosen, fill, marks, signed, styles, titled
from vsmdsl.report.map_pdf import links
from vsmdsl.report.paging import FOOT, MARGIN, Sheet, sheets
from vsmdsl.report.press import (
    IMAGE_SCHEME,
    Attached,
    Pressed,
    Printer,
    faces,
    paper,
    press_all,
)
from vsmdsl.report.subject import Subject
from vsmdsl.report.view import view

HEAD = 11.0  # millimetres for the heading above the first sheet of a map
COMPARED = 12.0 + 14.0  # above and below a comparison
# Paper that lies is low: the answer and its figures still stand on the first page.
LOW = """.tiles { grid-template-columns: repeat(5, minmax(0, 1fr)) }
.marks { margin-bottom: 2mm } .answer { margin: 4mm 0 9mm }
nav { margin-top: 3mm; padding-top: 2mm; font-size: 8pt; line-height: 1.3 }
nav li { margin-bottom: 0 }
"""
LOGO = "logo"
PHONE = re.compile(r'<div class="at-phone">.*?</div>', re.DOTALL)


def render_pdf(
    *subjects: Subject,
    title: str | None = None,
    page: str = "a4",
    house: House = PLAIN,
    attached: Sequence[Attached] = (),
) -> bytes:
    """Write the report as a PDF/UA on this kind of paper (see `press.PAGE_NAMES`)."""
    return pressed(*subjects, title=title, page=page, house=house, attached=attached).data


def pressed(
    *subjects: Subject,
    title: str | None = None,
    page: str = "a4",
    house: House = PLAIN,
    attached: Sequence[Attached] = (),
    printer: Printer = press_all,
) -> Pressed:
    """The same, with what the printer has to say. With sources attached it is a PDF/A-3 as well."""
    whole = replace(house, title=title or house.title)
    subjects = signed(subjects, house)
    chosen, lying = [], []
    for mark, one in zip(marks(subjects), subjects, strict=True):
        parts = _sheets(one, page)
        chosen.append(
            Chosen(
                mark=mark,
                view=view(one, titled(subjects, whole.title)),
                picture=drawing(one.picture),
                sheets=[_filled(one, part) for part in parts],
                subject=one,
            )
        )
        lying.append((mark, parts[0]))
    css = styles(subjects, house) + _paper(page, house)
    logo = f"{IMAGE_SCHEME}{LOGO}" if house.logo else ""
    html = still(fill(chosen, house=whole, css=css, sizes=_maps(lying), logo=logo, paper=True))
    say = subjects[0].say
    told = [replace(one, about=say(one.about)) for one in attached]
    return printer(html, images={LOGO: house.logo}, attached=told, ours=house.folder is None)


def still(html: str) -> str:
    """The page without what only a screen can use: pictures for a phone."""
    return PHONE.sub("", html)


def _sheets(one: Subject, page: str) -> list[Sheet]:
    """The map on as many pages as it needs, at one scale; the first has room for its heading."""
    if one.drawn is None:
        raise ValueError("a report on paper needs the map as it is drawn for paper")
    first, *rest = sheets(one.drawn, page)
    room = first.height - 2 * MARGIN - FOOT - HEAD
    scale = min(first.scale, room / first.scene.height)
    return [replace(sheet, scale=min(sheet.scale, scale)) for sheet in (first, *rest)]


def _filled(one: Subject, part: Sheet) -> dict[str, Any]:
    width, height = (f"{side * part.scale:.3f}" for side in (part.scene.width, part.scene.height))
    picture = paint(part.scene, theme="light", colours=one.colours)
    head, bracket, rest = picture.partition(">")
    plain = re.sub(r' (?:width|height)="[\d.]+"', "", head)
    return {
        "width": width,
        "height": height,
        "drawing": drawing(f'{plain} width="{width}mm" height="{height}mm"{bracket}{rest}'),
        "links": list(links(part.scene)),
    }


def _paper(page: str, house: House) -> str:
    name, _, side = page.partition("-")
    sizes = f"@page {{ size: {name} {side} }}\n{LOW if side == 'landscape' else ''}"
    for kind, lies, across in (("compared", "landscape", 0), ("upright", "portrait", 1)):
        tall = paper(page)[across] - COMPARED - 2  # today above a future: a page of its own
        sizes += f"@page {kind} {{ size: {name} {lies}; margin: 12mm 12mm 14mm }}\n"
        sizes += f".{kind} img {{ max-height: {tall:g}mm }}\n"
    return f"\n{faces()}\n{style_sheet('pdf.css', house.folder)}\n{sizes}"


def _maps(lying: Sequence[tuple[str, Sheet]]) -> str:
    """A map's pages lie as suits it."""
    rules = ""
    for mark, sheet in lying:
        kind = "lying" if sheet.width > sheet.height else "standing"
        rules += (
            f"@page {kind} {{ size: {sheet.width:g}mm {sheet.height:g}mm;"
            f" margin: {MARGIN:g}mm {MARGIN:g}mm {MARGIN + FOOT:g}mm }}\n"
            f"#{mark}map {{ page: {kind} }}\n"
        )
    return rules
