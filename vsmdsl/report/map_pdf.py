"""The map alone as a PDF: vectors and text, its links alive, on a page of its size or on paper."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence

from vsmdsl import resources
from vsmdsl.drawing.extent import extent
from vsmdsl.drawing.scene import Group, Item, Scene, shapes
from vsmdsl.drawing.svg import SAFE_LINK
from vsmdsl.record import record
from vsmdsl.report.filling import drawing, style, templates
from vsmdsl.report.paging import FOOT, Sheet, sheets
from vsmdsl.report.plate import Plate
from vsmdsl.report.press import faces, press_all


@record
class Link:
    """Where a link lies over the picture, in parts of its width and height."""

    address: str
    words: str
    left: float
    top: float
    width: float
    height: float


def render_map_pdf(plate: Plate, *, page: str | None = None) -> bytes:
    """Write a PDF: without `page` as large as the picture, else on `a4`, `a3`, `letter` paper.

    `…-landscape` lays the paper on its side; without, it lies as suits the picture. A map that
    could not be read on one page takes several.
    """
    pressed = press_all(page_of(plate, sheets(plate.scene, page)), ours=True)
    for one in pressed.said:
        logging.getLogger("vsmdsl").warning(one)
    return pressed.data


def page_of(plate: Plate, parts: Sequence[Sheet]) -> str:
    """The HTML that is printed."""
    template = templates("map").get_template("print.html.j2")
    return template.render(
        plate=plate,
        css=style(f"{faces()}{_paper(plate, parts)}\n{resources.read_template('map/print.css')}"),
        sheets=[_filled(plate, part) for part in parts],
    )


def links(scene: Scene) -> Iterator[Link]:
    """Every element with an address: WeasyPrint makes no link of an `a` inside an SVG."""
    for group in _linked(scene.items):
        box = extent(group.items)
        yield Link(
            group.href,
            group.title or group.href,
            box.left / scene.width,
            (box.top - scene.top) / scene.height,
            (box.right - box.left) / scene.width,
            (box.bottom - box.top) / scene.height,
        )


def _linked(items: Sequence[Item]) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            if re.fullmatch(SAFE_LINK, item.href) and any(shapes(item.items)):
                yield item
            yield from _linked(item.items)


def _filled(plate: Plate, part: Sheet) -> dict[str, object]:
    width, height = (f"{side * part.scale:.3f}" for side in (part.scene.width, part.scene.height))
    head, bracket, rest = plate.still(part.scene).partition(">")
    size = f' width="{width}mm" height="{height}mm"'
    plain = head.replace(_size(head), size, 1)
    return {
        "width": width,
        "height": height,
        "drawing": drawing(f"{plain}{bracket}{rest}"),
        "links": list(links(part.scene)),
    }


def _size(head: str) -> str:
    start = head.index(' width="')
    return head[start : head.index('"', head.index(' height="') + len(' height="')) + 1]


def _paper(plate: Plate, parts: Sequence[Sheet]) -> str:
    first = parts[0]
    ground = plate.colours.colour("paper", "dark" if plate.theme == "dark" else "light")
    foot = first.margin + FOOT if first.margin else 0
    margin = f"{first.margin}mm {first.margin}mm {foot}mm"
    size = f"size: {first.width:.3f}mm {first.height:.3f}mm; margin: {margin}"
    numbers = _NUMBERS if len(parts) > 1 else ""
    return f"@page {{ {size}; background: {ground}; {numbers} }}"


_NUMBERS = (
    "@bottom-left { content: string(title); width: 75% } "
    '@bottom-right { content: counter(page) " / " counter(pages) }'
)
