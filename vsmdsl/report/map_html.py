"""The map alone as one HTML file: to move about in and to come closer, without a network.

Nothing runs and nothing is styled that is not in the file as written: see `sealed`.
"""

from __future__ import annotations

from vsmdsl import resources
from vsmdsl.drawing.svg import paint
from vsmdsl.report import filling, sealed
from vsmdsl.report.filling import drawing, templates
from vsmdsl.report.plate import Plate

ROLES = ("paper", "band", "ink", "ink2", "line", "va")  # the colours that the page itself uses


def render_map_html(plate: Plate) -> str:
    """Write the page. It follows the reader's screen, and can be printed; paper is light."""
    picture = paint(plate.scene, colours=plate.colours)
    css = _css(plate)
    script = "\n" + "".join(map(resources.read_template, ("map/viewer.js", "map/alone.js")))
    page = templates("map").get_template("viewer.html.j2")
    return page.render(
        plate=plate,
        say=plate.words.say,
        theme="" if plate.theme == "auto" else plate.theme,
        policy=sealed.policy((css, *sealed.styles_in(picture)), script),
        css=filling.style(css),
        script=filling.script(script),
        drawing=drawing(picture),
    )


def _css(plate: Plate) -> str:
    side = "landscape" if plate.scene.width > plate.scene.height else "portrait"
    return (
        f"\n{sealed.colours(plate.colours, ROLES)}"
        f"@page{{size:{side};margin:8mm}}\n{resources.read_template('map/viewer.css')}"
    )
