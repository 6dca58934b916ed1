"""Every symbol of a value stream map: what it is called, how large it is, how it is drawn.

`SYMBOLS["inventory"].draw(x, y, heat=4)` draws around the point; `key` draws the small version of
a legend. Arrows that stretch between two points are functions of the modules beside this one.
"""

from vsmdsl.drawing.symbols.table import SYMBOLS, Symbol

__all__ = ["SYMBOLS", "Symbol"]
