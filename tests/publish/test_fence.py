"""The fence on a page of Python-Markdown: always a picture or a box, and never anything else."""

from __future__ import annotations

import logging
import pickle
import re
from html import unescape
from pathlib import Path
from time import process_time

import markdown
import pytest

from tests.browser import Browser, needs_browser
from tests.hostile.strings import quoted, strings
from vsmdsl.drawing.characters import visible
from vsmdsl.publish import fence
from vsmdsl.publish.blocks import blocks
from vsmdsl.publish.heads import quoted as quoted_head
from vsmdsl.publish.hosts.markdown import fences as fences_of

LOGGER = "mkdocs.plugins.vsmdsl"
MAP = 'map "Small" { calendar = 8h/day }\nqueue inbox "Inbox" wait=3d\nstep a "Review" pt=1h'
BROKEN = 'step a "Review" pt=1h\nstp b\n'
CUSTOM = {
    "pymdownx.superfences": {
        "custom_fences": [
            {"name": "vsm", "class": "vsm", "format": fence.format, "validator": fence.validator}
        ]
    }
}
DOORS = {  # the ways by which a page gets its maps drawn
    "custom fence": {"extensions": ["pymdownx.superfences"], "extension_configs": CUSTOM},
    "extension": {"extensions": ["vsmdsl"]},
    "beside fenced code": {"extensions": ["vsmdsl", "fenced_code"]},
    "before SuperFences": {"extensions": ["vsmdsl", "pymdownx.superfences"]},
    "after SuperFences": {"extensions": ["pymdownx.superfences", "vsmdsl"]},
    "both": {"extensions": ["vsmdsl", "pymdownx.superfences"], "extension_configs": CUSTOM},
}
READERS = {name: door for name, door in DOORS.items() if name != "custom fence"}


def page(text: str, door: str = "after SuperFences") -> str:
    found: str = markdown.markdown(text, **DOORS[door])  # type: ignore[arg-type]
    return found


class Log:
    """What the sites' log was told."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self.caplog = caplog

    @property
    def levels(self) -> list[str]:
        return [one.levelname for one in self.caplog.records if one.name == LOGGER]

    @property
    def text(self) -> str:
        return self.caplog.text


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Log:
    caplog.set_level(logging.INFO, LOGGER)
    return Log(caplog)


@pytest.mark.parametrize("door", DOORS)
def test_a_fence_becomes_a_figure(door: str, log: Log) -> None:
    html = page(f'Before.\n\n```vsm caption="As of May" width="500"\n{MAP}\n```\n\nAfter.', door)
    assert html.count("<svg") == 1
    assert "As of May</figcaption>" in html
    assert html.startswith("<p>Before.</p>")
    assert html.endswith("<p>After.</p>")
    assert not log.levels


@pytest.mark.parametrize("door", DOORS)
def test_a_broken_fence_becomes_a_box_and_a_warning(door: str, log: Log) -> None:
    html = page(f"```vsm\n{BROKEN}```\n", door)
    assert "could not be drawn" in html
    assert "stp b" in html
    assert "did you mean `step`?" in html
    assert log.levels == ["WARNING"]


@pytest.mark.parametrize("door", DOORS)
def test_a_wrong_option_is_told_with_the_nearest_one(door: str, log: Log) -> None:
    html = page(f'```vsm widht="500"\n{MAP}\n```\n', door)
    assert "there is no option `widht`" in html
    assert "did you mean `width`?" in html
    assert log.levels == ["WARNING"]


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize(
    "head", ["vsm width=500 source=show", "vsm source width='500'", ".vsm source"]
)
def test_quotes_may_be_left_out(door: str, head: str) -> None:
    html = page(f"~~~{head}\n{MAP}\n~~~\n", door)
    assert "<svg" in html
    assert "queue inbox" in html


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize(
    "head",
    [
        'vsm caption="a {b}" width=900', "vsm width=900 caption='a {b}'", "vsm{width=900}",
        "vsm width=900 caption=a{b}", "{.vsm caption=a{b} width=900}", "vsm width=900 {.wide}",
        '{.vsm width=900 caption="} {"}', "vsm {.wide width=900}",
    ],
)  # fmt: skip
def test_braces_may_stand_in_an_option(door: str, head: str, log: Log) -> None:
    html = page(f"```{head}\n{MAP}\n```\n\nAfter.", door)
    assert html.count("<svg") == 1
    assert ("a {b}</figcaption>" in html) == ("a {b}" in head)
    assert ("a{b}</figcaption>" in html) == ("a{b}" in head)
    assert html.endswith("<p>After.</p>")
    assert not log.levels


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize(
    "head",
    [
        "VSM",
        "Vsm source=show",
        "{.foo .vsm}",
        "{ #a .foo .VSM source=show }",
        "{.vsmx .vsm}",
        "{.vsm\u00a0source=show}",
        "{.vsm source=show .wide}",
        "vsm\u00a0source=show",
    ],
)
def test_a_map_is_told_by_its_name_in_any_form(door: str, head: str, log: Log) -> None:
    text = f"```{head}\n{MAP}\n```\n"
    html = page(text, door)
    assert html.count("<svg") == 1
    assert ("<details" in html) == ("source" in head)
    assert not log.levels
    assert len(fences_of(text)) == 1  # `vsm check` reads what is drawn


def test_what_superfences_reads_is_left_to_it() -> None:
    heads = ["{.vsm #flow .wide width=500}", "{ #flow .vsm caption='a b' }", "{.vsm}", "vsm"]
    for head in heads:  # whoever draws the fence in another way may want the id and the classes
        block = next(blocks([f"```{head}", SMALL, "```"]))
        assert quoted_head(block)[0] == f"```{head}"


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize(
    "head", ["vsmx", "{#vsm}", '{.python title="a .vsm"}', "md vsm", "{.vsmx}"]
)
def test_another_language_is_no_map(door: str, head: str, log: Log) -> None:
    text = f"```{head}\n{MAP}\n```\n"
    assert "<svg" not in page(text, door)
    assert not log.levels
    assert not fences_of(text)


def test_braces_need_no_quotes_anywhere() -> None:
    html = page(f"```{{.vsm width=500 source=show}}\n{MAP}\n```\n", "custom fence")
    assert "<details" in html


@pytest.mark.parametrize("door", DOORS)
def test_a_fence_inside_an_example_is_text(door: str, log: Log) -> None:
    html = page(f"````md\n```vsm width=500\n{BROKEN}```\n````\n", door)
    assert "<svg" not in html
    assert "vsm-error" not in html
    assert "width=500" in re.sub("<[^>]*>", "", unescape(html)) or door == "extension"
    assert not log.levels


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize("text", [f"```vsm\n{MAP}\n", f"Text.\n\n```vsm a=\"x' y='z\n{MAP}\n```\n"])
def test_what_nobody_can_read_is_told(door: str, text: str, log: Log) -> None:
    html = page(text, door)
    assert log.levels or "vsm-error" in html


def test_what_is_indented_needs_superfences(log: Log) -> None:
    text = f"- item\n\n    ```vsm\n    {MAP.replace(chr(10), chr(10) + '    ')}\n    ```\n"
    assert "<svg" in page(text)
    assert not log.levels
    page(text, "extension")
    assert "load pymdownx.superfences" in log.text


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize("mark", ["- ", "* ", "1. ", "12) ", "  -   "])
@pytest.mark.parametrize("deep", [0, 2])
def test_a_map_may_fill_an_item_of_a_list(door: str, mark: str, deep: int, log: Log) -> None:
    margin = " " * (len(mark) + deep)
    text = "\n".join(margin + line for line in [*MAP.split("\n"), "```"])
    html = page(f"Before.\n\n{mark}```vsm source=show\n{text}\n\n    More.\n\nAfter.", door)
    assert html.count("<svg") == 1
    assert mark == "12) " or html.index("<li>") < html.index("<svg") < html.index("</li>")
    assert html.index("</svg>") < html.index("More.") < html.index("<p>After.</p>")
    assert MAP.split("\n")[1] in unescape(re.sub("<[^>]*>", "", html)).split("\n")  # no margin
    assert not log.levels


def test_a_broken_map_in_an_item_is_told(log: Log) -> None:
    html = page("- one\n- ```vsm\n  step a 1d\n  stp b\n  ```\n- three\n")
    assert html.count("<li>") == 3
    assert "did you mean `step`?" in html
    assert log.levels == ["WARNING"]


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize("head", ["vsm caption=`x`", 'vsm caption="a `x`" width=900'])
def test_a_grave_accent_may_stand_in_an_option(door: str, head: str, log: Log) -> None:
    html = page(f"```{head}\n{MAP}\n```\n", door)
    assert html.count("<svg") == 1
    assert "`x`</figcaption>" in html
    assert not log.levels


NOT_DRAWN = {
    "a comma": ("```vsm, caption=x\nstep a 1d\n```", "begins with `vsm,`"),
    "a colon": ("~~~ .VSM:\nstep a 1d\n~~~", "begins with `.VSM:`"),
    "MyST": ("```{vsm}\n:width: 900\n\nstep a 1d\n```", "one of MyST, `{vsm}`"),
    "a file of MyST": ("```{vsm-file} a.vsm\n```", "one of MyST, `{vsm-file}`"),
    "an item in a quote": ("> - ```vsm\n>   step a 1d\n>   ```", "behind the mark of a list"),
    "an item in an item": ("- - ```vsm\n    step a 1d\n    ```", "behind the mark of a list"),
    "an item that ends": ("- ```vsm\nstep a 1d\n```", "behind the mark of a list"),
    "a deep item": ("- x\n\n    - ```vsm\n      step a 1d\n      ```", "behind the mark of a list"),
    "an open item": ("- ```vsm\n  step a 1d\n", "never closed"),
}


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize(("text", "said"), NOT_DRAWN.values(), ids=NOT_DRAWN)
def test_what_was_meant_for_a_map_is_told(door: str, text: str, said: str, log: Log) -> None:
    page(f"Before.\n\n{text}\n\nAfter.", door)
    assert log.levels == ["WARNING"]
    assert said in log.text


@pytest.mark.parametrize("door", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "```vsm``` opens a map.",
        "- ```vsm``` opens a map.",
        "A `vsm, x` in a text.",
        "```vsmx, a\n```",
    ],
)
def test_what_was_not_meant_for_a_map_is_no_matter(door: str, text: str, log: Log) -> None:
    assert "<svg" not in page(f"{text}\n\n````md\n- ```vsm, x\n  ```\n````\n", door)
    assert not log.levels


def test_advice_is_told_in_a_whisper(log: Log) -> None:
    assert "<svg" in page("```vsm\nstep a pt=3d lt=2d\n```")
    assert set(log.levels) == {"INFO"}


def test_a_fault_of_ours_is_a_box_as_well(monkeypatch: pytest.MonkeyPatch, log: Log) -> None:
    def broken(request: object) -> None:
        raise RecursionError("too deep <b>")

    monkeypatch.setattr(fence, "drawn", broken)
    html = page(f"```vsm\n{MAP}\n```")
    assert "a fault of vsmdsl, not of the map: RecursionError: too deep &lt;b&gt;" in html
    assert "queue inbox" in html
    assert log.levels == ["WARNING"]


def test_both_functions_can_be_pickled() -> None:
    assert pickle.loads(pickle.dumps(fence.format)) is fence.format
    assert pickle.loads(pickle.dumps(fence.validator)) is fence.validator


def test_a_page_is_made_anew_when_a_map_of_its_project_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = pickle.dumps(fence.format)
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "a.vsm").write_text(MAP)
    between = pickle.dumps(fence.format)
    assert pickle.dumps(fence.format) == between != before
    monkeypatch.setattr("sys.argv", ["zensical", "build", "--strict"])
    assert pickle.dumps(fence.format) != between


# --- strangers -----------------------------------------------------------------------------------

HOSTILE = list(strings())
UNWRITABLE = r"[\x00-\x08\x0a-\x1f\x7f\x85\u2028\u2029]"  # in one line of a page


SMALL = "step a 1d"
READ, REFUSED = ("title", "caption", "alt"), ("file", "future", "bands", "width", "theme", "source")


def fences(text: str) -> str:
    """Fences that say a text in every option, in a map, and in a map that is broken."""
    flat = re.sub(UNWRITABLE, " ", text)
    quote = next((one for one in "\"'" if one not in flat), "")
    heads = [" ".join(f"{name}={quote}{flat}{quote}" for name in READ)]
    heads += [f"{name}={quote}{flat}{quote}" for name in (*REFUSED, "compare", "x")]
    found = [f"```vsm {head}\n{SMALL}\n```" for head in heads if quote]
    said = quoted(text)
    found.append(f"```vsm\nstep a {said} pt=1h url={said}\nnote {said} on a\n```")
    found.append(f"```vsm {flat}\nstep a {said}\nstep b {flat}\n```")
    return "\n\n".join(found)


@needs_browser
@pytest.mark.parametrize("part", range(4))
def test_no_text_of_a_stranger_comes_to_life(browser: Browser, part: int, tmp_path: Path) -> None:
    ours = HOSTILE[part::4]
    html = "\n".join(page(fences(text)) for text in ours)
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><body>{html}", encoding="utf-8")
    browser.open(file)
    assert browser.ask("typeof window.pwned") == "undefined"
    browser.ask("document.querySelectorAll('details').forEach(one => one.open = true)")
    live = "[...document.querySelectorAll('figure *, .vsm-error *')]"
    tags = set(browser.ask(f"[...new Set({live}.map(one => one.tagName.toLowerCase()))]"))
    assert tags <= {
        "svg", "g", "rect", "circle", "ellipse", "path", "text", "title", "desc", "style", "a",
        "p", "pre", "code", "details", "summary", "figcaption",
    }  # fmt: skip
    names = set(browser.ask(f"[...new Set({live}.flatMap(one => one.getAttributeNames()))]"))
    assert not [one for one in names if one.startswith("on")]
    links = browser.ask(
        "[...document.links, ...document.querySelectorAll('svg a')]"
        ".map(one => one.getAttribute('href'))"
    )
    assert all(re.match(r"(?i)https?://|mailto:", one) for one in links if one is not None)
    fetched = [
        one["params"]["request"]["url"]
        for one in browser.events
        if one.get("method") == "Network.requestWillBeSent"
    ]
    assert [one for one in fetched if one != file.as_uri()] == []
    assert browser.ask("typeof window.pwned") == "undefined"
    shown = "".join(browser.ask("document.documentElement.textContent").split())
    for text in ours:
        assert "".join(visible(re.sub(UNWRITABLE, " ", text)).split()) in shown, text


LONG_PAGES = {  # what takes minutes where a page is read again for each of its fences
    "a header": f"```vsm {'a' * 60_000}\nstep a\n```\n",
    "never closed": "```vsm\n" + "````x\n" * 15_000,
    "all never closed": "~~~vsm\n" * 15_000,
}


@pytest.mark.parametrize("text", LONG_PAGES.values(), ids=LONG_PAGES)
@pytest.mark.parametrize("door", ["extension", "after SuperFences"])
def test_a_page_of_fences_that_nobody_could_read_is_read_once(
    text: str, door: str, log: Log
) -> None:
    begun = process_time()
    page(text, door)
    assert process_time() - begun < 10
    assert 0 < len(log.levels) <= 21


def test_a_fence_ends_at_the_first_line_with_as_many_marks() -> None:
    first = f"````vsm\n{MAP}\n`````  \n\n~~~\n````\n~~~\n\n"  # other marks show what they are
    found = page(f"{first}~~~vsm\n{MAP}\n~~~\n\n`````\n````\n``````", "extension")
    assert found.count("<svg") == 2
    short = page(f"`````vsm\n{MAP}\n````\n~~~~~\n`````", "extension")  # they are in the map
    assert "<svg" not in short
