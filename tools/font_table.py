"""Make the fonts that ship with a map, and the table of letter widths measured from them.

    python tools/font_table.py FOLDER     # the `web` folder of the npm package inter-ui 4.1.1

Writes templates/fonts/Inter-*.ttf (a subset: hinting and fancy alternates dropped) and
vsmdsl/drawing/advances.py. Needs fonttools and brotli, which are tools of this project only.
"""

import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HOME = Path(__file__).resolve().parent.parent
STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}

# Latin to Vietnamese, Greek, Cyrillic, punctuation, currency, arrows, mathematics, a few marks.
SCRIPTS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0),
    (0x1CD, 0x1DC), (0x1E6, 0x1E7), (0x218, 0x21B), (0x259, 0x259), (0x2BB, 0x2BC), (0x2C6, 0x2DD),
    (0x300, 0x304), (0x306, 0x30C), (0x31B, 0x31B), (0x323, 0x328), (0x370, 0x3FF), (0x400, 0x4FF),
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x2122),
    (0x2126, 0x2126), (0x212E, 0x212E), (0x2150, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF),
    (0x25A0, 0x25FF), (0x2600, 0x26FF), (0x2700, 0x27BF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
)  # fmt: skip

HEAD = '''"""Letter widths of Inter, in 1/2048 em: a table made by tools/font_table.py, not by hand.

One line per group of letters: their widths in the weights 400, 500, 600 and 700, then the letters.
"""

# ruff: noqa: E501

UNITS_PER_EM = 2048

WIDTHS = (
'''


def main(folder: Path) -> None:
    """Subset each style, then write the table of its widths."""
    fonts = {weight: shrink(folder, style) for weight, style in STYLES.items()}
    widths = {weight: advances(path) for weight, path in fonts.items()}
    target = HOME / "vsmdsl" / "drawing" / "advances.py"
    target.write_text(HEAD + table(widths) + ")\n", encoding="utf-8")


def shrink(folder: Path, style: str) -> Path:
    """Write the subset of one style as plain TrueType and say where it is."""
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    options.hinting, options.desubroutinize = False, True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    font = subset.load_font(str(folder / f"Inter-{style}.woff2"), options)
    tool = subset.Subsetter(options)
    tool.populate(unicodes=[code for low, high in SCRIPTS for code in range(low, high + 1)])
    tool.subset(font)
    font.flavor = None
    target = HOME / "templates" / "fonts" / f"Inter-{style}.ttf"
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    return target


def advances(path: Path) -> dict[str, int]:
    """Read the width of every letter of a font."""
    font = TTFont(path)
    widths = font["hmtx"].metrics
    letters = ((chr(code), name) for code, name in font.getBestCmap().items())
    return {letter: 0 if unseen(letter) else widths[name][0] for letter, name in letters}


def unseen(letter: str) -> bool:
    """Tell whether a letter takes no room of its own: a combining mark or a format sign."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cf")


def table(widths: dict[int, dict[str, int]]) -> str:
    """Write letters of equal widths on one line, as Python text."""
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for letter in sorted(widths[400]):
        groups[tuple(widths[weight][letter] for weight in STYLES)].append(letter)
    lines = (" ".join(map(str, key)) + " " + "".join(group) for key, group in groups.items())
    return "".join(f"    {line!a},\n" for line in lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
