"""What changed in some maps as one HTML page: the sentence, the picture, figures and changes."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256

from vsmdsl import resources
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD, Mode, Theme
from vsmdsl.record import record
from vsmdsl.report.filling import coded, drawing, style, templates

ROLES = ("paper", "band", "ink", "ink2", "ink3", "line", "va", "good", "goodsoft", "h4", "rew")
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
SIGNS = {"new": "+", "gone": "−", "moved": "↕", "changed": "→", "renamed": "→"}


@record
class FigureRow:
    """A headline figure; `better` is None where the change is neither better nor worse."""

    label: str
    before: str
    after: str
    change: str
    better: bool | None


@record
class ChangedMap:
    """One map of the page. `changes` are pairs: what happened (`new`, `gone` …), and a sentence."""

    title: str
    before: str  # what the earlier state is called
    after: str
    summary: str
    clock: str
    figures: tuple[FigureRow, ...]
    changes: tuple[tuple[str, str], ...]
    scene: Scene


def render_changes_html(
    maps: Sequence[ChangedMap],
    *,
    title: str,
    generator: str,
    language: str = "en",
    colours: Theme = STANDARD,
) -> str:
    """Write the page. It needs nothing but itself, and follows the reader's screen."""
    pictures = [paint(one.scene, colours=colours) for one in maps]
    css = _css(colours)
    styles = [css, *(rules for picture in pictures for rules in STYLE.findall(picture))]
    page = templates("map").get_template("changes.html.j2")
    return page.render(
        title=title,
        generator=generator,
        language=language,
        css=style(css),
        policy=f"default-src 'none'; style-src {' '.join(dict.fromkeys(map(_hash, styles)))}; "
        "base-uri 'none'; form-action 'none'",
        maps=list(zip(maps, map(drawing, pictures), strict=True)),
        signs=SIGNS,
        said=coded,
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _css(colours: Theme) -> str:
    light, dark = (_colours(colours, mode) for mode in MODES)
    return (
        f"\n:root{{{light};color-scheme:light}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark};color-scheme:dark}}}}\n"
        f"{resources.read_template('map/changes.css')}"
    )


MODES: tuple[Mode, Mode] = ("light", "dark")


def _colours(theme: Theme, mode: Mode) -> str:
    return ";".join(f"--{role}:{theme.colour(role, mode)}" for role in ROLES)
