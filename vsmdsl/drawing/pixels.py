"""An SVG painted as pixels: by import, or as a program of its own that can be ended at any time.

    python pixels.py SCALE FAMILY MACHINE FONT… < picture.svg > picture.png

The library listens to nobody while it paints, and what is nested without end ends its process.
"""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

# What holds while the library paints: a process that may be ended then at any time says so here.
meanwhile: Callable[[], AbstractContextManager[None]] = nullcontext


def painted(svg: str, *, scale: float, family: str, machine: bool, fonts: Sequence[str]) -> bytes:
    """A PNG in these fonts; `machine` adds those of the machine behind them."""
    import resvg_py  # Imported here because only a PNG needs it.

    with meanwhile():
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            dpi=96,
            font_files=list(fonts),
            font_family=family,
            skip_system_fonts=not machine,
        )
    return bytes(png)


def main(arguments: Sequence[str]) -> None:
    """Paint what stands on standard input."""
    scale, family, machine, *fonts = arguments
    svg = sys.stdin.buffer.read().decode()
    try:
        png = painted(svg, scale=float(scale), family=family, machine=machine == "yes", fonts=fonts)
    except Exception as problem:  # resvg has no error of its own
        sys.exit(str(problem))
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main(sys.argv[1:])
