"""Chinese, Japanese and Korean words in a PNG: in a face like ours, and as bold as theirs.

Where our font lacks a letter, what paints the pixels takes it from the first font that has it, with
serifs or not, and of any weight. A text that names a font gets its weights, too. A browser and a
PDF do this by themselves.
"""

from __future__ import annotations

import re

KANA, HANGUL = (
    re.compile("[\u3041-\u30ff\uff66-\uff9d]"),
    re.compile("[\u1100-\u11ff\uac00-\ud7a3]"),
)
EASTERN = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
TEXT = re.compile("<text (?=[^>]*>([^<]*))")
# Without serifs; those of Linux, Windows and macOS. One picture speaks one language.
JAPANESE = "Noto Sans CJK JP, Noto Sans JP, Yu Gothic, Meiryo, Hiragino Sans"
KOREAN = "Noto Sans CJK KR, Noto Sans KR, Malgun Gothic, Apple SD Gothic Neo"
CHINESE = "Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC"


def with_eastern_fonts(svg: str, otherwise: str) -> str:
    """The picture, where texts with such letters name fonts; `otherwise` is the one without."""
    families = f"{_families(svg)}, {otherwise}"

    def named(found: re.Match[str]) -> str:
        return f'{found[0]}font-family="{families}" ' if EASTERN.search(found[1]) else found[0]

    return TEXT.sub(named, svg) if EASTERN.search(svg) else svg


def _families(svg: str) -> str:
    if KANA.search(svg):
        return JAPANESE
    return KOREAN if HANGUL.search(svg) else CHINESE
