"""Where everything on a map lies: from the stream and its figures to a scene, band by band."""

from __future__ import annotations

from vsmdsl.drawing.layout.compose import PAGES, layout

__all__ = ["PAGES", "layout"]
