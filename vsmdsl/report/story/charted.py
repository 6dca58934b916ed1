"""A chart for a page and for a phone, in the colours of the map."""

from __future__ import annotations

from collections.abc import Callable

from vsmdsl.drawing.charts.frame import PAGE, PHONE
from vsmdsl.drawing.scene import Scene
from vsmdsl.drawing.svg import paint
from vsmdsl.report.sheet import Chart
from vsmdsl.report.subject import Subject


def charted(subject: Subject, caption: str, draw: Callable[[float], Scene]) -> Chart:
    """Draw a chart in both widths; the name of the state keeps ids on one page apart."""
    wide, narrow = (paint(draw(width), colours=subject.colours) for width in (PAGE, PHONE))
    return Chart(caption, wide, narrow)


def name(subject: Subject) -> str:
    """What tells the charts of one map from those of another on the same page."""
    return f"{subject.name}\n{subject.shown.stream.settings.title}\n{subject.shown.key}"
