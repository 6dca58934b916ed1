"""Text that means harm stays text in all that the commands print."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.cli.conftest import Ran
from tests.cli.conftest import folder as folder
from tests.cli.conftest import vsm as vsm
from tests.hostile.crowd import crowd, crowds, plan, readable
from tests.hostile.strings import everywhere, quoted, strings
from vsmdsl.cli import cells

Vsm = Callable[..., Ran]
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What a forge makes a mention, a reference or a link of, wherever it stands in the text.
CALLS = re.compile(r"[@#!$]\w|://|\bwww\.|mailto:")
# What a spreadsheet would run.
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def squeezed(text: str) -> str:
    """A text without blanks: tables and calendars break lines where they like."""
    return "".join(text.split())


def starts(said: str) -> Iterator[str]:
    """The texts whose beginning is not there; tables cut what is long."""
    shown = squeezed(said)
    return (text for text in readable() if squeezed(text)[:12] not in shown)


@pytest.fixture
def maps(folder: Path) -> list[str]:
    """The crowds as files; `b…` is what became of `a…`."""
    for at, texts in enumerate(crowds()):
        (folder / f"a{at}.vsm").write_text(crowd(texts), encoding="utf-8")
        (folder / f"b{at}.vsm").write_text(crowd(texts, "5h"), encoding="utf-8")
        (folder / f"p{at}.vsm").write_text(plan(texts), encoding="utf-8")
    return sorted(path.name for path in folder.glob("a?.vsm"))


@pytest.fixture
def plans(maps: list[str]) -> list[str]:
    return [name.replace("a", "p") for name in maps]


def test_the_tables_of_a_terminal(vsm: Vsm, maps: list[str], plans: list[str]) -> None:
    for ran in (vsm("stats", *maps), vsm("kaizen", *plans)):
        assert ran.code == 0, ran.err
        assert not STEERING.search(ran.out + ran.err)
    assert not list(starts(ran.out))


def test_figures_as_csv_run_nothing(vsm: Vsm, maps: list[str], plans: list[str]) -> None:
    rows = [
        row
        for ran in (vsm("stats", "--csv", *maps), vsm("kaizen", "--csv", *plans))
        for row in csv.reader(io.StringIO(ran.out), strict=True)
    ]
    assert not [cell for row in rows for cell in row if _is_run(cell)]
    told = {cell.removeprefix("'") for row in rows for cell in row}
    assert not [one for one in readable() if one.removeprefix("'") not in told]


def _is_run(cell: str) -> bool:
    return bool(FORMULA.match(cell)) and not cells.NUMBER.fullmatch(cell)


def test_figures_as_json_say_the_text(vsm: Vsm, maps: list[str], plans: list[str]) -> None:
    told = json.loads(vsm("stats", "--json", *maps).out)["maps"]
    labels = {squeezed(step["label"]) for one in told for step in one["steps"]}
    assert labels >= {squeezed(text) for text in readable()}
    told = json.loads(vsm("kaizen", "--json", *plans).out)["maps"]
    assert {one["owner"] for each in told for one in each["kaizens"]} >= set(readable())


def test_a_wiki_gets_words_alone(vsm: Vsm, maps: list[str], plans: list[str]) -> None:
    said = vsm("kaizen", "--markdown", *plans).out
    pages = [said, *(vsm("diff", "-f", "markdown", name, _after(name)).out for name in maps)]
    seen = squeezed("".join(map(_words_alone, pages))).replace("|", "¦")
    assert not [text for text in readable() if squeezed(text).replace("|", "¦")[:12] not in seen]


def _after(name: str) -> str:
    return name.replace("a", "b")


def _words_alone(page: str) -> str:
    """What a reader sees; nothing in it is a link, a picture, or markup of the text's own."""
    assert not STEERING.search(page)
    reader = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
    tokens = list(_all(reader.parse(page)))
    kinds = {one.type for one in tokens}
    assert not kinds & {
        "link_open",
        "image",
        "html_block",
        "fence",
        "code_block",
        "blockquote_open",
    }
    tags = [one.content for one in tokens if one.type == "html_inline"]
    assert tags in ([], ["<sub>", "</sub>"])  # the last line says where the maps lie
    said = "\n".join(one.content for one in tokens if one.type == "text")
    assert not CALLS.search(said), CALLS.search(said)
    return "".join(one.content for one in tokens if one.type in ("text", "code_inline"))


def _all(tokens: list[Token]) -> Iterator[Token]:
    for one in tokens:
        yield one
        yield from _all(one.children or [])


def test_a_calendar_has_lines_of_its_own_alone(vsm: Vsm, plans: list[str]) -> None:
    said = "".join(vsm("kaizen", "--ics", name).out for name in plans)
    lines = said.replace("\r\n ", "").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in said.split("\r\n"))
    assert not STEERING.search(said.replace("\r\n", ""))
    assert "\n" not in said.replace("\r\n", "")
    names = {re.split("[:;]", line)[0] for line in lines if line}
    assert names <= {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "SUMMARY",
        "DESCRIPTION", "DUE", "CONTACT", "STATUS",
    }  # fmt: skip
    assert said.count("BEGIN:VTODO") == len(readable())
    summaries = {_unquoted(line[8:]) for line in lines if line.startswith("SUMMARY:")}
    assert {squeezed(one) for one in summaries} >= {squeezed(one) for one in readable()}


def _unquoted(words: str) -> str:
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], words)


# --- messages


@pytest.fixture
def wrong(folder: Path) -> str:
    """A file in which every text is a mistake: the name of something that is not there."""
    texts = [text for text in strings() if "\0" not in text and text.strip()]
    lines = [f"waste waiting on {quoted(text)}" for text in texts]
    (folder / "wrong.vsm").write_text("\n".join(("step a pt=1h", *lines)), encoding="utf-8")
    return "wrong.vsm"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "gitlab", "junit"])
def test_messages(vsm: Vsm, wrong: str, form: str) -> None:
    ran = vsm("check", "--all-messages", "--format", form, wrong)
    assert ran.code == 1
    assert not STEERING.search(ran.err)
    said = ran.err if form == "text" else ran.out
    told = squeezed(_spelled(FORMS[form](said)))
    assert not [text for text in readable() if squeezed(_spelled(text))[:12] not in told]


def _spelled(text: str) -> str:
    """What has no shape of its own is spelled where people read it, and stays where programs do."""
    return re.sub(
        r"[^\s\w]",
        lambda sign: sign[0] if sign[0].isprintable() else f"\\u{{{ord(sign[0]):x}}}",
        text,
    )


def _in_json(said: str) -> str:
    (file,) = json.loads(said)["files"]
    return "".join(one["message"] for one in file["diagnostics"])


def _in_sarif(said: str) -> str:
    log = json.loads(said)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    for one in run["results"]:
        assert one["ruleId"] in rules
        assert one["level"] in ("error", "warning", "note")
        place = one["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "wrong.vsm"
        assert place["region"]["startLine"] > 0
    return "".join(one["message"]["text"] for one in run["results"])


def _in_github(said: str) -> str:
    lines = said.splitlines()
    assert all(re.match(r"::(error|warning|notice) file=wrong\.vsm,line=\d+", one) for one in lines)
    assert not STEERING.search(said)
    return "".join(
        line.split("::", 2)[2].replace("%0A", "\n").replace("%25", "%") for line in lines
    )


def _in_gitlab(said: str) -> str:
    found = json.loads(said)
    assert len({one["fingerprint"] for one in found}) == len(found)
    return "".join(one["description"] for one in found)


def _in_junit(said: str) -> str:
    root = ElementTree.fromstring(said)
    assert {one.tag for one in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "system-out",
    }  # fmt: skip
    return "".join(one.get("message", "") for one in root.iter("failure"))


FORMS: dict[str, Callable[[str], str]] = {
    "text": str,
    "json": _in_json,
    "sarif": _in_sarif,
    "github": _in_github,
    "gitlab": _in_gitlab,
    "junit": _in_junit,
}


# --- arguments and names of files


@pytest.mark.parametrize("verb", ["explain", "init", "nosuch", "render", "stats", "diff", "trend"])
def test_arguments_are_shown_and_steer_nothing(vsm: Vsm, verb: str) -> None:
    for text in list(strings())[::9]:
        ran = vsm(verb, "--", text) if verb != "nosuch" else vsm(text)
        assert ran.code in (1, 2, 3), (text, ran)
        assert not STEERING.search(ran.err + ran.out), text
        assert "mistake in vsmdsl" not in ran.err


def test_options_are_shown_and_steer_nothing(vsm: Vsm) -> None:
    for text in list(strings())[::9]:
        for option in (
            ("render", "--future"), ("render", "--bands"), ("stats", "--set"), ("stats", "--apply"),
            ("check", "--select"), ("report", "--today"), ("diff", "--git"), ("report", "--logo"),
        ):  # fmt: skip
            ran = vsm(option[0], f"{option[1]}={text}", "good.vsm")
            assert not STEERING.search(ran.err), (option, text)
            assert "mistake in vsmdsl" not in ran.err, (option, text)


def test_names_of_files_are_shown_and_steer_nothing(vsm: Vsm, folder: Path) -> None:
    (folder / "odd").mkdir()
    for at, text in enumerate(strings()):
        name = text.replace("/", "").replace("\0", "")[:40]
        if name.isprintable() or at < 400:
            (folder / "odd" / f"{at}{name}.vsm").write_text("step a pt=1h\nstp b", encoding="utf-8")
    for form in ("text", "junit", "github", "sarif", "gitlab", "json"):
        ran = vsm("check", "--format", form, "odd")
        assert ran.code == 1
        assert not STEERING.search(ran.err)
        if form == "github":
            assert not STEERING.search(ran.out)
            assert all(line.startswith("::") for line in ran.out.split("\n") if line)
    for verb in ("stats", "render", "kaizen", "report"):
        assert not STEERING.search(vsm(verb, "odd").err)


def test_names_of_files_steer_nothing_in_what_is_printed(vsm: Vsm, folder: Path) -> None:
    name = "a\x1b[2J\u202e\u2067\u200e\x85.vsm"
    (folder / name).write_text("step  a pt=1h\nkaizen k on a\nqueue 3d", encoding="utf-8")
    for words in (
        ("stats", "--csv"), ("kaizen", "--csv"), ("fmt", "--diff"), ("check", "--format", "github"),
    ):  # fmt: skip
        ran = vsm(*words, name)
        assert not STEERING.search(ran.out + ran.err), words
        assert "u2067" in ran.out or "x2067" in ran.out, words


def test_a_difference_of_forms_steers_nothing(vsm: Vsm, folder: Path) -> None:
    (folder / "odd.vsm").write_text("step   a # \x1b[2J \u2028\n", encoding="utf-8")
    ran = vsm("fmt", "--diff", "odd.vsm")
    assert not STEERING.search(ran.out)
    assert ran.out.count("\n") == 5  # a sign that ends a line elsewhere ends none here


def test_the_history_of_a_map(vsm: Vsm, folder: Path, maps: list[str]) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=<b>\x1b[2Jx", "-c", "user.email=x")
        subprocess.run(("git", *who, *words), cwd=folder, check=True, capture_output=True)

    git("init", "-q")
    for at, text in enumerate(("</title><script>pwned=1</script>", "=1+1 \u202egpj", "| x | @you")):
        (folder / "h.vsm").write_text(everywhere(text).replace("wait=3d", f"wait={at + 3}d"))
        git("add", "h.vsm")
        git("commit", "-q", "-m", f"{text}\n\n\x1b[2J")
    for ran in (vsm("trend", "h.vsm"), vsm("diff", "h.vsm"), vsm("diff", "HEAD~1:h.vsm", "h.vsm")):
        assert ran.code in (0, 1)
        assert not STEERING.search(ran.out + ran.err)
    assert json.loads(vsm("trend", "--json", "h.vsm").out)
    picture = ElementTree.fromstring(vsm("trend", "--svg", "-", "h.vsm").out)
    assert not [one for one in picture.iter() if one.tag.endswith("script")]
