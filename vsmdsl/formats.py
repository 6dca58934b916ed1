"""A picture in the formats that people ask for; what makes each is imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from vsmdsl import __version__
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD
from vsmdsl.drawing.theme import Theme as Colours
from vsmdsl.model.stream import Settings
from vsmdsl.record import record
from vsmdsl.wording import ENGLISH, Wording, language_tag

if TYPE_CHECKING:
    from vsmdsl.report.plate import Plate

Theme = Literal["auto", "light", "dark"]
GENERATOR = f"vsmdsl {__version__}"


@record(kw_only=True)
class Look:
    """How a picture is to look; `scale` is for pixels, `page` for paper."""

    theme: Theme = "auto"
    colours: Colours = STANDARD
    scale: float = 1.0
    page: str | None = None
    generator: str = ""
    words: Wording = ENGLISH  # those of the captions


def svg(scene: Scene, look: Look, settings: Settings) -> str:  # noqa: ARG001
    """The scene as SVG."""
    return paint(scene, theme=look.theme, colours=look.colours)


def png(scene: Scene, look: Look, settings: Settings) -> bytes:  # noqa: ARG001
    """The scene in pixels; a PNG follows no screen, so `auto` is light."""
    from vsmdsl.drawing.raster import scene_to_png

    still: Literal["light", "dark"] = "dark" if look.theme == "dark" else "light"
    return scene_to_png(scene, scale=look.scale, theme=still, colours=look.colours)


def html(scene: Scene, look: Look, settings: Settings) -> str:
    """The scene in a page of its own, to move about in."""
    from vsmdsl.report.map_html import render_map_html

    return render_map_html(_plate(scene, look, settings))


def pdf(scene: Scene, look: Look, settings: Settings) -> bytes:
    """The scene on paper, or on a page of its own size."""
    from vsmdsl.report.map_pdf import render_map_pdf

    return render_map_pdf(_plate(scene, look, settings), page=look.page)


def json(scene: Scene, look: Look, settings: Settings) -> str:  # noqa: ARG001
    """The scene as data, `templates/schema/scene-1.schema.json`."""
    from vsmdsl.drawing.data import to_json

    return to_json(scene)


FORMATS: Mapping[str, Callable[[Scene, Look, Settings], str | bytes]] = MappingProxyType(
    {"svg": svg, "png": png, "pdf": pdf, "html": html, "json": json}
)


def _plate(scene: Scene, look: Look, settings: Settings) -> Plate:
    from vsmdsl.report.plate import Plate as Made

    return Made(
        scene=scene,
        theme=look.theme,
        colours=look.colours,
        language=language_tag(look.words, settings.language),
        words=look.words,
        author=settings.author,
        date=settings.date.isoformat() if settings.date else "",
        generator=look.generator,
    )
