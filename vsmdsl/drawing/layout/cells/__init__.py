"""What stands in a column of the map: a step, a wait or handoff, the bar of a fork or of a join."""

from __future__ import annotations

from vsmdsl.drawing.layout.cells.network import network
from vsmdsl.drawing.layout.cells.shape import Bars, Cell, Lane, Network, Way, is_parallel

__all__ = ["Bars", "Cell", "Lane", "Network", "Way", "is_parallel", "network"]
