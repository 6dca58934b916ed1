"""On a page that lets its reader choose, the map follows; on paper it is always light."""

from __future__ import annotations

import pytest

import vsmdsl
from tests.browser import Browser, needs_browser
from tests.drawing.look import by_poppler, needs_poppler
from vsmdsl.drawing.theme import TOKENS

pytestmark = needs_browser

COMPILED = vsmdsl.compile("map { calendar = 8h/day }\nqueue Ideas wait=2d\nstep Develop pt=1d\n")
AUTO, LIGHT, DARK = (
    str(vsmdsl.render(COMPILED, theme=theme)) for theme in ("auto", "light", "dark")
)
PAPER = {"light": TOKENS["paper"].light, "dark": TOKENS["paper"].dark}

HOSTS = [  # the page around the map, the reader's system, what the map must be
    ("<html>{}", "light", "light"),
    ("<html>{}", "dark", "dark"),
    # Material for MkDocs and Zensical
    ("<html><body data-md-color-scheme=default>{}", "dark", "light"),
    ("<html><body data-md-color-scheme=slate>{}", "light", "dark"),
    # pydata and Furo, which says `auto` where the system decides
    ("<html data-theme=light>{}", "dark", "light"),
    ("<html data-theme=dark>{}", "light", "dark"),
    ("<html><body data-theme=light>{}", "dark", "light"),
    ("<html><body data-theme=dark>{}", "light", "dark"),
    ("<html><body data-theme=auto>{}", "dark", "dark"),
    ("<html><body data-theme=auto>{}", "light", "light"),
    # JupyterLab
    (
        '<html><body data-jp-theme-light="true" data-jp-theme-name="JupyterLab Light">{}',
        "dark",
        "light",
    ),
    ('<html><body data-jp-theme-light="false" data-jp-theme-name="Night">{}', "light", "dark"),
    # everybody who uses a class
    ("<html class=light>{}", "dark", "light"),
    ("<html class=dark>{}", "light", "dark"),
]


def shown(browser: Browser, page: str, scheme: str = "light") -> str:
    """The colour of the map's paper, read from the screen."""
    browser.prefer(scheme)
    browser.open(f"<!doctype html><style>body{{margin:0}}</style>{page}", 400, 300)
    return "#{:02X}{:02X}{:02X}".format(*browser.look(8, 8).getpixel((4, 4)))  # type: ignore[misc]


@pytest.mark.parametrize(("host", "scheme", "expected"), HOSTS)
def test_the_host_page_decides(browser: Browser, host: str, scheme: str, expected: str) -> None:
    assert shown(browser, host.format(AUTO), scheme) == PAPER[expected]


@pytest.mark.parametrize("host", sorted({host for host, _, _ in HOSTS}))
def test_a_forced_theme_stands_whatever_the_host_says(browser: Browser, host: str) -> None:
    assert shown(browser, host.format(DARK), "light") == PAPER["dark"]
    assert shown(browser, host.format(LIGHT), "dark") == PAPER["light"]


def test_a_toggle_takes_effect_at_once(browser: Browser) -> None:
    shown(browser, f"<html><body data-md-color-scheme=default>{AUTO}")
    browser.ask("document.body.dataset.mdColorScheme = 'slate'; 0")
    assert browser.look(8, 8).getpixel((4, 4)) == (0x0E, 0x14, 0x1B)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("attribute", ["", " data-theme=dark"])
def test_a_host_restyles_the_map(browser: Browser, scheme: str, attribute: str) -> None:
    style = "<style>.host .vsm{--vsm-paper:#123456}</style>"
    page = f"<html{attribute}>{style}<div class=host>{AUTO}</div>"
    assert shown(browser, page, scheme) == "#123456"


@pytest.mark.parametrize("host", ["<html>{}", "<html data-theme=dark>{}", "<html class=dark>{}"])
@needs_poppler
def test_print_is_always_light(browser: Browser, host: str) -> None:
    page = "<style>@page{{margin:0}}body{{margin:0}}</style>" + host
    assert shown(browser, page.format(AUTO), "dark") == PAPER["dark"]
    printed = by_poppler(browser.paper())
    assert printed.getpixel((4, 4)) == (255, 255, 255)
    darkest = min(sum(colour) for _, colour in printed.getcolors(1 << 24) or [])  # type: ignore[arg-type]
    assert darkest < 200  # there is ink on it
