"""The map alone as one HTML file: to move about in and to come closer, without a network.

Nothing runs and nothing is styled that is not in the file as written: the page's own policy names
the hash of each style and of the one script.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from vsmdsl import resources
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import Mode, Theme
from vsmdsl.report.filling import drawing, templates
from vsmdsl.report.plate import Plate

ROLES = ("paper", "band", "ink", "ink2", "line", "va")  # the colours that the page itself uses
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def render_map_html(plate: Plate) -> str:
    """Write the page. It follows the reader's screen, and can be printed; paper is light."""
    picture = paint(plate.scene, colours=plate.colours)
    css, script = _css(plate), f"\n{resources.read_template('map/viewer.js')}"
    page = templates("map").get_template("viewer.html.j2")
    return page.render(
        plate=plate,
        theme="" if plate.theme == "auto" else plate.theme,
        policy=_policy((css, *STYLE.findall(picture)), script),
        css=Markup(css),
        script=Markup(script),
        drawing=drawing(picture),
    )


def _policy(styles: tuple[str, ...], script: str) -> str:
    style = " ".join(map(_hash, styles))
    rest = "base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; style-src {style}; script-src {_hash(script)}; {rest}"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _css(plate: Plate) -> str:
    light, dark = (_colours(plate.colours, mode) for mode in _MODES)
    side = "landscape" if plate.scene.width > plate.scene.height else "portrait"
    return (
        f"\n:root{{{light};color-scheme:light}}\n"
        f"@media screen{{@media (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{{dark};color-scheme:dark}}}}:root[data-theme=dark]{{{dark};color-scheme:dark}}}}\n"
        f"@page{{size:{side};margin:8mm}}\n{resources.read_template('map/viewer.css')}"
    )


_MODES: tuple[Mode, Mode] = ("light", "dark")


def _colours(theme: Theme, mode: Mode) -> str:
    return ";".join(f"--{role}:{theme.colour(role, mode)}" for role in ROLES)
