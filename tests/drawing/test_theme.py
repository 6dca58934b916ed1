"""Every text can be read and every heat told apart, in light and in dark."""

import pytest

from vsmdsl.drawing.theme import (
    STANDARD,
    Mode,
    Theme,
    check_contrast,
    contrast,
    luminance,
    style_sheet,
)

# VISUAL.md section 4: text or notation, ground, contrast in light and dark.
PROMISED = [
    ("ink", "paper", 16.5, 16.4),
    ("ink2", "paper", 7.8, 10.3),
    ("ink3", "paper", 5.5, 7.2),
    ("ink3", "band", 5.0, 6.7),
    ("va", "paper", 6.6, 8.0),
    ("onva", "va", 6.6, 8.2),
    ("o0", "h0", 14.8, 11.6),
    ("o1", "h1", 13.9, 9.5),
    ("o2", "h2", 10.7, 6.3),
    ("o3", "h3", 7.1, 6.0),
    ("o4", "h4", 5.0, 9.4),
    ("rew", "rewsoft", 6.4, 7.0),
    ("good", "goodsoft", 5.3, 7.6),
    ("info", "band", 6.6, 9.4),
    ("rule", "paper", 11.7, 8.1),
    ("ghost", "paper", 5.2, 6.6),
    ("ghost", "band", 4.8, 6.1),
    ("onburst", "burst", 10.6, 10.6),
]


@pytest.mark.parametrize(("role", "ground", "light", "dark"), PROMISED)
def test_contrast_is_as_promised(role: str, ground: str, light: float, dark: float) -> None:
    modes: tuple[tuple[Mode, float], ...] = (("light", light), ("dark", dark))
    for mode, ratio in modes:
        found = contrast(STANDARD.colour(role, mode), STANDARD.colour(ground, mode))
        assert found == pytest.approx(ratio, abs=0.06)


def test_everything_can_be_read_in_the_standard_colours() -> None:
    assert check_contrast(STANDARD) == ()


def test_a_brand_colour_that_cannot_be_read_is_named() -> None:
    faults = check_contrast(Theme({"ink2": ("#CCCCCC", "#B7C3CF")}))
    assert {(fault.role, fault.mode) for fault in faults} == {("ink2", "light")}
    assert faults[0].ratio < faults[0].needed


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#12345g"])
def test_a_brand_colour_is_a_plain_number(colour: str) -> None:
    with pytest.raises(ValueError, match="#RRGGBB"):
        Theme({"ink": (colour, "#FFFFFF")})


def test_grey_print_keeps_the_order_of_heat() -> None:
    light = [luminance(STANDARD.colour(f"h{level}")) for level in range(5)]
    dark = [luminance(STANDARD.colour(f"h{level}", "dark")) for level in range(5)]
    assert light == sorted(set(light), reverse=True)
    assert dark == sorted(set(dark))


def test_the_style_sheet_holds_what_is_used_and_no_variable_outside_media() -> None:
    sheet = style_sheet({"ink"}, {"rule"})
    light, dark = "--vsm-ink:#15202B;--vsm-rule:#2B3A48", "--vsm-ink:#EDF2F7;--vsm-rule:#9DAEBE"
    first, second, third = sheet.split("\n")
    assert first == (
        f"@media screen{{.vsm{{{light}}}"
        ".vf-ink{fill:var(--vsm-ink)}.vs-rule{stroke:var(--vsm-rule)}}"
    )
    assert second == (
        "@media screen and (prefers-color-scheme:dark)"
        f"{{.vsm:where(:not([data-theme=light])){{{dark}}}}}"
    )
    assert third.startswith("@media screen{:where([data-md-color-scheme=default],")
    assert third.endswith(f".vsm:where([data-theme=dark]){{{dark}}}}}")
