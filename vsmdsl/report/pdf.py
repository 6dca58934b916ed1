"""The report as a PDF: tagged, with bookmarks, and the same bytes for the same map."""

from __future__ import annotations

import re

from vsmdsl import resources
from vsmdsl.report.html import fill
from vsmdsl.report.press import faces, paper, press
from vsmdsl.report.subject import Subject

MAP_MARGIN = (12.0 * 2, 12.0 + 14.0)  # beside; above and below (`pdf.css`, `@page map`)
MAP_HEAD = 14.0  # the heading above the map


def render_pdf(subject: Subject, *, title: str | None = None, page: str = "a4") -> bytes:
    """Write the report as a PDF/UA on this kind of paper (see `press.PAGE_NAMES`)."""
    picture, side = fitted(subject.picture, page)
    css = resources.read_template("report/report.css") + _sheet(page, side)
    return press(fill(subject, title=title, css=css, picture=picture))


def fitted(picture: str, page: str) -> tuple[str, str]:
    """The picture as large as a page of its own allows, and how that page lies."""
    head, bracket, rest = picture.partition(">")
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head)
    if box is None:
        return picture, "landscape"
    width, height, side = _largest(float(box[1]), float(box[2]), page)
    plain = re.sub(r' (?:width|height)="[\d.]+"', "", head)
    return f'{plain} width="{width:.2f}mm" height="{height:.2f}mm"{bracket}{rest}', side


def _largest(width: float, height: float, page: str) -> tuple[float, float, str]:
    short, long = paper(page)
    across = _scale(width, height, long, short)
    upright = _scale(width, height, short, long)
    scale = max(across, upright)
    return width * scale, height * scale, "landscape" if across >= upright else "portrait"


def _scale(width: float, height: float, page_width: float, page_height: float) -> float:
    room = (page_width - MAP_MARGIN[0], page_height - MAP_MARGIN[1] - MAP_HEAD)
    return min(room[0] / width, room[1] / height)


def _sheet(page: str, map_side: str) -> str:
    name, _, side = page.partition("-")
    sizes = f"@page {{ size: {name} {side} }}\n@page map {{ size: {name} {map_side} }}\n"
    return f"{faces()}\n{resources.read_template('report/pdf.css')}\n{sizes}"
