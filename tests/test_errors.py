"""Every message has a case that shows it and a page that explains it, and the three agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.golden import check
from vsmdsl.language.allow import allowed
from vsmdsl.language.codes import CODES
from vsmdsl.language.decode import decode
from vsmdsl.language.diagnostics import Diagnostic
from vsmdsl.language.excerpt import excerpt
from vsmdsl.language.parser import parse
from vsmdsl.limits import Limits
from vsmdsl.model.resolve import resolve
from vsmdsl.project import project_loader
from vsmdsl.resources import explain_page

CASES = Path(__file__).parent / "cases" / "errors"
FILES = sorted(CASES.glob("[EW][0-9]*.vsm"))
# Findings need the figures; they have cases of their own (`tests/analysis`).
WRITTEN = sorted(code for code in CODES if code[0] in "EW")
USUAL = {"W402", "W403"}  # said of most small texts
NO_TEXT = {"E124"}  # a page is a text in UTF-8, so it cannot show one that is not
PAGE = re.compile(
    r"# (?P<code>\w+) (?P<name>[a-z0-9-]+)\n\n(?P<what>[^\n].*?)\n\n## Why\n\n(?P<why>[^\n].*?)\n\n"
    r"## Example\n\n```vsm\n(?P<example>.*?)```\n\n## Better\n\n```vsm\n(?P<better>.*?)```\n",
    re.DOTALL,
)


@pytest.fixture(autouse=True)
def _beside_the_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name files as they are seen from the folder of the cases."""
    monkeypatch.chdir(CASES)


def small(text: str) -> Limits:
    """Limits that a small text goes beyond, as its first line sets them: `# limits: steps=2`."""
    line = text.partition("\n")[0].partition("# limits: ")[2]
    return Limits(
        **{key: int(value) for key, _, value in (one.partition("=") for one in line.split())}
    )


def diagnostics(name: str, data: bytes) -> list[Diagnostic]:
    """All that is said about a file before its figures are asked for."""
    source, found = decode(name, data)
    limits = small(data.decode("utf-8", "replace"))
    parsed = parse(source, limits)
    resolved = resolve(parsed.tree, project_loader(name), limits)
    found += (*parsed.diagnostics, *resolved.diagnostics, *allowed(parsed.tree).diagnostics)
    return sorted(found, key=lambda one: one.span.start)


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.stem)
def test_a_case_shows_its_message(case: Path) -> None:
    code, _, name = case.stem.partition("-")
    found = diagnostics(case.name, case.read_bytes())
    assert CODES[code].name == name
    assert code in {one.code.code for one in found}
    assert {one.code.code for one in found if one.is_error} <= {code}
    check(case.with_suffix(".txt"), "".join(excerpt(one, color=False) + "\n" for one in found))


@pytest.mark.parametrize("code", WRITTEN)
def test_a_page_shows_the_message_and_the_way_out(code: str) -> None:
    page = PAGE.fullmatch(explain_page(code) or "")
    assert page is not None
    assert (page["code"], page["name"]) == (code, CODES[code].name)
    name = f"{code}-{CODES[code].name}.vsm"
    before = {one.code.code for one in diagnostics(name, page["example"].encode())}
    after = {one.code.code for one in diagnostics(name, page["better"].encode())}
    if code not in NO_TEXT:
        assert code in before
        assert {one for one in before if one[0] == "E"} <= {code}
    assert after <= USUAL - {code}


def test_codes_cases_and_pages_are_the_same() -> None:
    cases = {case.stem.partition("-")[0] for case in FILES}
    assert sorted(code for code in cases if code[0] in "EW") == WRITTEN
    assert {code for code in CODES if explain_page(code)} >= set(WRITTEN)


def test_every_code_has_a_name_of_its_own() -> None:
    names = [row.name for row in CODES.values()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)


def test_every_code_is_used() -> None:
    """A row that nothing emits is a promise that nobody keeps."""
    package = Path(__file__).parents[1] / "vsmdsl"
    rooms = {"E1": "writing", "E2": "structure", "E3": "quantities", "W4": "advice"}
    rows = package / "language" / "codes"
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in package.rglob("*.py")
        if not path.is_relative_to(rows)
    )
    for room in rooms.values():
        names = re.findall(r"^([A-Z0-9_]+) = Code", (rows / f"{room}.py").read_text(), re.MULTILINE)
        unused = [name for name in names if not re.search(rf"\b{name}\b", code)]
        assert unused == []
