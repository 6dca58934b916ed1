"""The colours of a map: what each one means, how it looks in light and dark, and whether it reads.

A colour is named by its role (`va` = working, `h4` = the longest wait); a brand may replace the
colour of a role, and `check_contrast` says what could then no longer be read.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from vsmdsl.record import field, record

Mode = Literal["light", "dark"]

HEX = re.compile(r"#[0-9A-Fa-f]{6}")


@record
class Token:
    """A colour role with its colour on white and on night paper."""

    name: str
    light: str
    dark: str


TOKENS: Mapping[str, Token] = MappingProxyType(
    {
        name: Token(name, light, dark)
        for name, light, dark in (
            ("paper", "#FFFFFF", "#0E141B"),  # background
            ("band", "#F4F6F9", "#141C25"),  # bands, tiles
            ("card", "#FFFFFF", "#18222D"),  # bodies of boxes and icons
            ("head", "#E6EDF5", "#23364A"),  # where a step has its name
            ("ink", "#15202B", "#EDF2F7"),  # text
            ("ink2", "#465463", "#B7C3CF"),  # secondary text
            ("ink3", "#5D6B79", "#93A3B3"),  # captions, axis, boundary
            ("line", "#D3DAE1", "#2E3B49"),  # hairlines
            ("rule", "#2B3A48", "#9DAEBE"),  # outlines of all notation
            ("inv", "#15202B", "#DDE5ED"),  # handoff pill, row tag, state pill, fork bar
            ("oninv", "#FFFFFF", "#0E141B"),
            ("va", "#1A5F9E", "#62B0F5"),  # working
            ("onva", "#FFFFFF", "#0A1118"),
            ("vasoft", "#DCE9F5", "#1B3550"),
            ("h0", "#F0F3F6", "#27323E"),  # waiting, from little ...
            ("h1", "#FDE9CB", "#4D3D22"),
            ("h2", "#F9C97C", "#80581B"),
            ("h3", "#EE9541", "#C98126"),
            ("h4", "#BF4A17", "#FFA25C"),  # ... to most
            ("o0", "#15202B", "#EDF2F7"),  # text on each of them
            ("o1", "#15202B", "#FFF3E0"),
            ("o2", "#15202B", "#FFFFFF"),
            ("o3", "#15202B", "#14100A"),
            ("o4", "#FFFFFF", "#1C0F05"),
            ("hot", "#FFF4E3", "#2A2216"),  # column behind the biggest wait
            ("burst", "#FFD948", "#FFD948"),  # kaizen
            ("burstln", "#8A6500", "#FFF0B0"),
            ("onburst", "#33270A", "#33270A"),
            ("rew", "#A01C5E", "#FF8FC4"),  # rework, waste
            ("rewsoft", "#FAEAF2", "#3A2030"),
            ("info", "#3C5A78", "#A6C3DF"),  # information arrows
            ("good", "#14713F", "#5BDB96"),  # future state
            ("goodsoft", "#E2F4E9", "#163626"),
            ("goodln", "#14713F", "#5BDB96"),
            ("ghost", "#616E7A", "#8E9CAA"),  # removed, struck
            ("ghostln", "#AEB8C2", "#485563"),
            ("t0", "#D9E6F2", "#22384D"),  # team ribbons, by order of first use
            ("t1", "#E3E8D3", "#333D24"),
            ("t2", "#ECDFEE", "#42304A"),
            ("t3", "#D5EBE8", "#1D423E"),
            ("t4", "#F0E3D2", "#473823"),
            ("t5", "#E2E2EA", "#363645"),
        )
    }
)
TEAM_TINTS = 6

# What lies on what: text needs a contrast of 4.5, notation of 3 (WCAG 2).
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("ink", "ink2", "ink3") for ground in ("paper", "band")),
    *((text, "card") for text in ("ink", "ink2", "va", "good", "ghost")),
    *(("ink", ground) for ground in ("head", "vasoft", "goodsoft", "hot")),
    *((f"o{level}", f"h{level}") for level in range(5)),
    *(("ink", f"t{tint}") for tint in range(TEAM_TINTS)),
    *(("va", "paper"), ("onva", "va"), ("oninv", "inv"), ("paper", "good"), ("onburst", "burst")),
    *(("rew", "paper"), ("rew", "rewsoft"), ("good", "paper"), ("good", "goodsoft")),
    *(("ghost", "paper"), ("ghost", "band")),
)
NOTATION_PAIRS: tuple[tuple[str, str], ...] = (
    *((role, ground) for role in ("rule", "info") for ground in ("paper", "band", "card")),
    *(("va", "band"), ("rew", "band"), ("rew", "vasoft"), ("inv", "paper"), ("goodln", "paper")),
)


@record
class Theme:
    """Standard colours, but for those a brand replaces: `Theme({"va": ("#004499", "#66AAFF")})`."""

    overrides: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, colours in self.overrides.items():
            if name not in TOKENS:
                raise ValueError(f"no colour role is called {name!r}")
            if not all(HEX.fullmatch(colour) for colour in colours):
                raise ValueError(f"a colour is written #RRGGBB; {name!r} is {colours!r}")

    def colour(self, name: str, mode: Mode = "light") -> str:
        """Look up the colour of a role."""
        if name in self.overrides:
            return self.overrides[name][mode == "dark"].upper()
        token = TOKENS[name]
        return token.dark if mode == "dark" else token.light


STANDARD = Theme()


@record
class Unreadable:
    """A colour that cannot be told from what it lies on."""

    role: str
    ground: str
    mode: Mode
    ratio: float
    needed: float


def check_contrast(theme: Theme) -> tuple[Unreadable, ...]:
    """List what could not be read in a theme, worst first."""
    faults = (
        Unreadable(role, ground, mode, ratio, needed)
        for pairs, needed in ((TEXT_PAIRS, 4.5), (NOTATION_PAIRS, 3.0))
        for role, ground in pairs
        for mode in _MODES
        if (ratio := contrast(theme.colour(role, mode), theme.colour(ground, mode))) < needed
    )
    return tuple(sorted(faults, key=lambda fault: fault.ratio))


_MODES: tuple[Mode, Mode] = ("light", "dark")


def brand(colours: Mapping[str, str | Sequence[str]]) -> Theme:
    """Replace the colours of some roles: by one for light paper, or by a pair for light and dark.

    Raises ValueError for a role or a colour that is none, and for what could not be read.

    >>> brand({"va": "#004499"}).colour("va")
    '#004499'
    >>> brand({"va": "#DDDDDD"})
    Traceback (most recent call last):
    ValueError: `va` on `band` has a contrast of 1.25 in light and needs 3; ...
    """
    theme = Theme({role: _pair(role, colour) for role, colour in colours.items()})
    faults = check_contrast(theme)
    if faults:
        raise ValueError("; ".join(map(_complaint, faults[:NAMED])) + _more(len(faults) - NAMED))
    return theme


NAMED = 3


def _pair(role: str, colour: str | Sequence[str]) -> tuple[str, str]:
    if role not in TOKENS:
        raise ValueError(f"no colour role is called `{role}`{_nearest(role)}")
    light, dark = (colour, TOKENS[role].dark) if isinstance(colour, str) else colour
    for one in (light, dark):
        if not HEX.fullmatch(one):
            raise ValueError(f"`{role}`: a colour is written #RRGGBB, not `{one}`")
    return light, dark


def _nearest(role: str) -> str:
    from difflib import get_close_matches  # only for those who mistyped

    near = get_close_matches(role, TOKENS, n=1)
    return f"; did you mean `{near[0]}`?" if near else f"; there is {', '.join(TOKENS)}"


def _complaint(fault: Unreadable) -> str:
    return (
        f"`{fault.role}` on `{fault.ground}` has a contrast of {fault.ratio:.2f}"
        f" in {fault.mode} and needs {fault.needed:g}"
    )


def _more(count: int) -> str:
    return f" (and {count} more)" if count > 0 else ""


def contrast(one: str, other: str) -> float:
    """Compute the WCAG 2 contrast of two colours, from 1 (the same) to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour: str) -> float:
    """Compute how bright a colour is to the eye, from 0 to 1 (WCAG 2 relative luminance)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


# How pages around a picture say which side their reader has chosen: Material and Zensical, pydata
# and Furo, JupyterLab, and everybody who uses a class.
HOST_LIGHT = "[data-md-color-scheme=default],[data-theme=light],[data-jp-theme-light=true],.light"
HOST_DARK = "[data-md-color-scheme=slate],[data-theme=dark],[data-jp-theme-light=false],.dark"


def style_sheet(fills: Collection[str], strokes: Collection[str], theme: Theme = STANDARD) -> str:
    """Write the rules that let one picture follow a light or dark screen, for the roles it uses.

    The screen's own preference counts, then the choice on the page around the picture, then the
    picture's `data-theme`. Outside `@media`, PNG and PDF renderers would paint every `var()` black.
    All rules weigh the same (`:where` weighs nothing), so that `.page .vsm{--vsm-ink:…}` wins.
    """
    used = sorted({*fills, *strokes})
    light, dark = (_values(used, theme, mode) for mode in _MODES)
    classes = [f".vf-{name}{{fill:var(--vsm-{name})}}" for name in sorted(fills)]
    classes += [f".vs-{name}{{stroke:var(--vsm-{name})}}" for name in sorted(strokes)]
    return (
        f"@media screen{{.vsm{{{light}}}{''.join(classes)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{_MAY_BE_DARK}{{{dark}}}}}\n"
        f"@media screen{{:where({HOST_LIGHT}) {_MAY_BE_LIGHT}{{{light}}}"
        f":where({HOST_DARK}) {_MAY_BE_DARK},.vsm:where([data-theme=dark]){{{dark}}}}}"
    )


_MAY_BE_LIGHT = ".vsm:where(:not([data-theme=dark]))"
_MAY_BE_DARK = ".vsm:where(:not([data-theme=light]))"


def _values(names: Iterable[str], theme: Theme, mode: Mode) -> str:
    return ";".join(f"--vsm-{name}:{theme.colour(name, mode)}" for name in names)
