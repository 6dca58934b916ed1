"""The map alone, with what a file says about itself."""

from __future__ import annotations

from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.drawing.theme import STANDARD, Theme
from vsmdsl.record import record
from vsmdsl.wording import ENGLISH, Wording


@record(kw_only=True)
class Plate:
    """A picture that becomes a file of its own."""

    scene: Scene
    theme: str = "auto"  # auto | light | dark
    colours: Theme = STANDARD
    language: str = "en"
    words: Wording = ENGLISH  # those of the captions
    author: str = ""
    date: str = ""
    generator: str = ""

    def still(self, scene: Scene) -> str:
        """A scene as SVG for a medium without a screen: light, unless dark was asked for."""
        return paint(scene, theme="dark" if self.theme == "dark" else "light", colours=self.colours)
