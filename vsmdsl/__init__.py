"""Value stream maps as code: from a `.vsm` text to exact figures and a picture.

>>> import vsmdsl
>>> compiled = vsmdsl.compile('''
... map "Sketch" { calendar = 8h/day, 5d/week }
... queue Ideas wait=12d
... step Develop pt=3d lt=5d ca=85%
... queue Approval wait=6d
... step Release pt=1h
... ''')
>>> compiled.metric("lead_time"), compiled.metric("flow_efficiency")
('23.1 d', '13.5 %')
>>> vsmdsl.render(compiled).startswith("<svg")
True
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing `typing` takes as long as reading a small map

__version__ = "0.1.0"

# Where each public name lives; it is imported when it is first asked for, since start-up counts.
_ROOMS = {
    "Analysis": "vsmdsl.analysis.result",
    "Compiled": "vsmdsl.compiled",
    "Delta": "vsmdsl.analysis.compare",
    "Diagnostic": "vsmdsl.language.diagnostics",
    "Figure": "vsmdsl.analysis.result",
    "GoalResult": "vsmdsl.analysis.goals",
    "Scene": "vsmdsl.drawing.scene",
    "Source": "vsmdsl.language.source",
    "Span": "vsmdsl.language.source",
    "State": "vsmdsl.states",
    "ValueStream": "vsmdsl.model.stream",
    "compare": "vsmdsl.analysis.compare",
    "comparison_scene": "vsmdsl.beside",
    "compile": "vsmdsl.pipeline",
    "compile_file": "vsmdsl.pipeline",
    "diff": "vsmdsl.beside",
    "format_text": "vsmdsl.pipeline",
    "load_ipython_extension": "vsmdsl.publish.jupyter",  # what `%load_ext vsmdsl` asks for
    "render": "vsmdsl.pipeline",
    "render_comparison": "vsmdsl.beside",
    "scene": "vsmdsl.rendering",
    "stats": "vsmdsl.pipeline",
}

if TYPE_CHECKING:
    from typing import Any

    from vsmdsl.analysis.compare import Delta, compare
    from vsmdsl.analysis.goals import GoalResult
    from vsmdsl.analysis.result import Analysis, Figure
    from vsmdsl.beside import comparison_scene, diff, render_comparison
    from vsmdsl.compiled import Compiled
    from vsmdsl.drawing.scene import Scene
    from vsmdsl.language.diagnostics import Diagnostic
    from vsmdsl.language.source import Source, Span
    from vsmdsl.model.stream import ValueStream
    from vsmdsl.pipeline import compile, compile_file, format_text, render, stats
    from vsmdsl.rendering import scene
    from vsmdsl.states import State

__all__ = [
    "Analysis",
    "Compiled",
    "Delta",
    "Diagnostic",
    "Figure",
    "GoalResult",
    "Scene",
    "Source",
    "Span",
    "State",
    "ValueStream",
    "__version__",
    "compare",
    "comparison_scene",
    "compile",
    "compile_file",
    "diff",
    "format_text",
    "render",
    "render_comparison",
    "scene",
    "stats",
]


def __getattr__(name: str) -> Any:
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module 'vsmdsl' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(room), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
