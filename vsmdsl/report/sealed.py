"""What every page of ours has in common: its colours, and a policy that lets in nothing else.

The policy names the hash of each style and of the one script, so that nothing runs and nothing is
styled that is not in the file as written.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

from vsmdsl.drawing.theme import Mode, Theme

STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_MODES: tuple[Mode, Mode] = ("light", "dark")


def styles_in(markup: str) -> list[str]:
    """The style sheets of a page or a picture."""
    return STYLE.findall(markup)


def policy(styles: Iterable[str], script: str, *, pictures: bool = False) -> str:
    """The policy of a page with these styles and this script; `pictures` may be inside it."""
    style = " ".join(dict.fromkeys(map(_hash, styles)))
    shown = " img-src data:;" if pictures else ""
    rest = "base-uri 'none'; form-action 'none'"
    return f"default-src 'none';{shown} style-src {style}; script-src {_hash(script)}; {rest}"


def colours(theme: Theme, roles: Iterable[str]) -> str:
    """Rules that make the colours known by their role; a dark screen, or its reader, turns them."""
    light, dark = (_values(theme, roles, mode) for mode in _MODES)
    return (
        f":root{{{light};color-scheme:light}}\n"
        f"@media screen{{@media (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{{dark};color-scheme:dark}}}}:root[data-theme=dark]{{{dark};color-scheme:dark}}}}\n"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _values(theme: Theme, roles: Iterable[str], mode: Mode) -> str:
    return ";".join(f"--{role}:{theme.colour(role, mode)}" for role in roles)
