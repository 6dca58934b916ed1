"""The maps of documents are found, wherever they stand, and written back to where they stood."""

from __future__ import annotations

import json
import time
from typing import Any

import nbformat
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vsmdsl.language.source import normalise
from vsmdsl.publish.hosts import Fence, Lines, fences, host_of
from vsmdsl.publish.hosts.letters_of_json import Items, Text, read
from vsmdsl.publish.hosts.line_ends import Change

MARKDOWN = {
    "plain": "```vsm\nqueue a\n```\n",
    "tildes": "~~~~vsm\nqueue a\n~~~~\n",
    "options": '```vsm future=q1 title="Two words"\nqueue a\n```\n',
    "braces": '``` {.vsm #id future="q1"}\nqueue a\n```\n',
    "in a list": "- one\n\n  ```vsm\n  queue a\n  ```\n",
    "in a list in a list": "1. one\n   - two\n     ```vsm\n     queue a\n     ```\n",
    "in a quote": "> ```vsm\n> queue a\n> ```\n",
    "in an admonition": '!!! note "T"\n    ```vsm\n    queue a\n    ```\n',
    "in a tab": '=== "Tab"\n\n    ```vsm\n    queue a\n    ```\n',
    "below tabs": "- x\n\n\t```vsm\n\tqueue a\n\t```\n",
    "in HTML": "<div markdown>\n```vsm\nqueue a\n```\n</div>\n",
    "MyST": "```{vsm}\n:future: q1\n\nqueue a\n```\n",
    "MyST with YAML": "```{vsm}\n---\nfuture: q1\n---\nqueue a\n```\n",
    "MyST in MyST": "````{note}\n```{vsm}\nqueue a\n```\n````\n",
    "colons": ":::{vsm}\n:future: q1\nqueue a\n:::\n",
    "colons in colons": "::::{note}\n:::{vsm}\nqueue a\n:::\n::::\n",
    "never closed": "```vsm\nqueue a",
}
NOT_OURS = {
    "another language": "```python\nqueue a\n```\n",
    "a name that begins so": "```vsmx\nqueue a\n```\n",
    "shown, not meant": "````markdown\n```vsm\nqueue a\n```\n````\n",
    "code in MyST": "```{code-block} vsm\nqueue a\n```\n",
    "left out": "<!-- vsm: skip -->\n```vsm\nqueue a\n```\n",
    "left out in MyST": "% vsm: skip\n:::{vsm}\nqueue a\n:::\n",
    "a comment": "<!--\n```vsm\nqueue a\n```\n-->\n",
}
RST = {
    "plain": ".. vsm::\n\n   queue a\n",
    "options": ".. vsm::\n   :future: q1\n\n   queue a\n",
    "on its line": ".. vsm:: queue a\n",
    "in a note": ".. note::\n\n   .. vsm::\n\n      queue a\n",
    "in a list": "* item\n\n  .. vsm::\n\n     queue a\n",
    "code": ".. code-block:: vsm\n\n   queue a\n",
    "a substitution": ".. |x| vsm::\n\n   queue a\n",
}
NOT_OURS_IN_RST = {
    "a sample": "So::\n\n   .. vsm::\n\n      queue a\n",
    "code": ".. code-block:: rst\n\n   .. vsm::\n\n      queue a\n",
    "a comment": "..\n   .. vsm::\n\n      queue a\n",
    "left out": ".. vsm: skip\n\n.. vsm::\n\n   queue a\n",
}


def only(name: str, text: str) -> Fence:
    """The one map of a document."""
    found = fences(name, text)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_a_map_of_markdown(text: str) -> None:
    fence = only("a.md", text)
    assert fence.text == "queue a\n"
    assert text[fence.starts[0] : fence.ends[6]] == "queue a"
    if "q1" in text:
        assert fence.options["future"] == "q1"


@pytest.mark.parametrize("text", NOT_OURS.values(), ids=NOT_OURS)
def test_no_map_of_markdown(text: str) -> None:
    assert fences("a.md", text) == []


@pytest.mark.parametrize("text", RST.values(), ids=RST)
def test_a_map_of_restructuredtext(text: str) -> None:
    fence = only("a.rst", text)
    assert fence.text == "queue a\n"
    assert text[fence.starts[0] : fence.ends[6]] == "queue a"
    if "q1" in text:
        assert fence.options["future"] == "q1"


@pytest.mark.parametrize("text", NOT_OURS_IN_RST.values(), ids=NOT_OURS_IN_RST)
def test_no_map_of_restructuredtext(text: str) -> None:
    assert fences("a.rst", text) == []


def test_a_file_is_named() -> None:
    assert only("a.md", '```vsm file="maps/a b.vsm"\n```\n').file == "maps/a b.vsm"
    assert only("a.md", ":::{vsm-file} maps/a.vsm\n:::\n").file == "maps/a.vsm"
    assert only("a.rst", ".. vsm-file:: maps/a.vsm\n   :alt: x\n").file == "maps/a.vsm"


# --- notebooks

V4: Any = nbformat.v4
CELLS = [
    V4.new_markdown_cell("# T\n```vsm\nqueue é\n```"),
    V4.new_code_cell('%%vsm --future q1\nqueue "😀" 1d\nstep b'),
    V4.new_code_cell("print('vsm')"),
]


def notebook(*, ensure_ascii: bool = True) -> str:
    """A notebook as programs write it, or in another manner."""
    return json.dumps(V4.new_notebook(cells=CELLS), indent=1, ensure_ascii=ensure_ascii)


def as_lists() -> str:
    """A notebook with a string for each line, as it lies on a disk."""
    return str(V4.writes(V4.new_notebook(cells=CELLS)))


@pytest.mark.parametrize("text", [as_lists(), notebook(), notebook(ensure_ascii=False)])
def test_the_maps_of_a_notebook(text: str) -> None:
    one, two = fences("a.ipynb", text)
    assert (one.text, one.named) == ("queue é\n", "cell 1")
    assert (two.text, two.named) == ('queue "😀" 1d\nstep b', "cell 2")
    assert two.options == {"future": "q1"}
    face = two.text.index("😀")
    written = text[two.starts[face] : two.ends[face]]
    assert json.loads(f'"{written}"') == "😀"


@pytest.mark.parametrize("text", [as_lists(), notebook(), notebook(ensure_ascii=False)])
def test_a_cell_is_written_in_its_manner(text: str) -> None:
    two = fences("a.ipynb", text)[1]
    host = host_of("a.ipynb")
    assert host
    new = host.write(text, two, "queue x\nstep y").made_in(text)
    before, after = json.loads(text), json.loads(new)
    assert type(before["cells"][1]["source"]) is type(after["cells"][1]["source"])
    assert "".join(after["cells"][1]["source"]) == "%%vsm --future q1\nqueue x\nstep y"
    assert before["cells"][0] == after["cells"][0]
    assert host.write(text, two, two.text).made_in(text) == text


@pytest.mark.parametrize("source", ["%%vsm", ["%%vsm"], ["%%vsm --future q1\n", "  "]])
def test_a_cell_with_nothing_but_its_magic(source: object) -> None:
    text = json.dumps({"cells": [{"cell_type": "code", "source": source}]})
    one = only("a.ipynb", text)
    assert one.text == ""
    assert (len(one.starts), one.ends) == (1, ())


def test_a_cell_whose_lines_end_in_two_letters() -> None:
    text = r'{"cells": [{"cell_type": "code", "source": "%%vsm\r\nstep a\r\nstep b"}]}'
    one = only("a.ipynb", text)
    assert one.text == "step a\nstep b"
    assert text[one.starts[6] : one.ends[6]] == r"\r\n"
    host = host_of("a.ipynb")
    assert host
    new = host.write(text, one, "step a 1d\nstep b").made_in(text)
    assert new == text.replace("step a", "step a 1d")


def test_what_is_no_notebook_holds_no_map() -> None:
    for text in ("vsm", '{"cells": 3, "vsm": 1}', '{"vsm": [}', '["vsm"]', "[" * 5000 + "vsm"):
        assert fences("a.ipynb", text) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, st.booleans(), st.sampled_from([None, 1]))
def test_json_is_read_as_python_reads_it(value: object, spelled: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=spelled, indent=indent)

    def same(found: object, expected: object) -> None:
        match found:
            case Text():
                assert found.value == expected
                assert len(found.letters(text)) == len(found.value)
                assert json.loads(text[found.start : found.end]) == expected
            case Items(values=dict() as values):
                assert isinstance(expected, dict)
                assert values.keys() == expected.keys()
                for key in values:
                    same(values[key], expected[key])
            case Items(values=list() as values):
                assert isinstance(expected, list)
                for one, other in zip(values, expected, strict=True):
                    same(one, other)
            case _:
                assert expected is None or isinstance(expected, bool | float)

    same(read(text), value)


# --- writing

LINES = st.lists(
    st.sampled_from(["", "queue a", "step b", "  deep", "é 😀", "a\u2028b\x85c"]), max_size=6
)
AROUND = [
    ("a.md", "x\n\n- y\n\n  ```vsm\n", "  ", "  ```\n\nz\n"),
    ("a.md", "> ~~~vsm\n", "> ", "> ~~~\n"),
    ("a.md", ":::{vsm}\n:alt: x\n", "", ":::\n"),
    ("a.rst", ".. vsm::\n   :alt: x\n\n", "   ", "\nAnd more.\n"),
]


@pytest.mark.parametrize(("name", "head", "margin", "tail"), AROUND)
@given(before=LINES, after=LINES)
def test_another_text_in_its_place(
    name: str, head: str, margin: str, tail: str, before: list[str], after: list[str]
) -> None:
    inner = "".join(f"{margin}{line}".rstrip() + "\n" for line in ["first", *before, "last"])
    text = head + inner + tail
    fence = only(name, text)
    wanted = "\n".join(["first", *after, "last"]) + "\n"
    host = host_of(name)
    assert host
    new = host.write(text, fence, wanted).made_in(text)
    assert only(name, new).text == wanted
    assert new.startswith(head)
    assert new.endswith(tail)
    assert host.write(text, fence, fence.text).made_in(text) == text


ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b\x85"]), ENDS), max_size=9), st.data())
def test_lines_end_as_before(lines: list[tuple[str, str]], data: st.DataObject) -> None:
    raw = "".join(map("".join, lines))
    one = Lines(raw)
    assert (one.text, one.raw()) == (normalise(raw), raw)
    assume(one.text == "".join(f"{line}\n" for line, _ in lines))
    at = data.draw(st.integers(0, len(lines)))
    start = sum(len(line) + 1 for line, _ in lines[:at])
    one.make(Change(start, start, "x\n"))
    before, after = ("".join(map("".join, part)) for part in (lines[:at], lines[at:]))
    assert one.raw().startswith(before + "x")
    assert one.raw().endswith(after)


@given(st.text(alphabet="`~:.{}vsm \n\t-*>!=#file\"'é", max_size=80))
def test_any_text_has_fences_or_none(text: str) -> None:
    for name in ("a.md", "a.rst", "a.ipynb"):
        for fence in fences(name, "vsm" + text):
            assert len(fence.starts) == len(fence.text) + 1
            assert len(fence.ends) == len(fence.text)


HOSTILE = {
    "colons never closed": ("a.md", ":::{vsm}\n" * 20_000),
    "fences in fences": (
        "a.md", "".join(f"{'`' * (500 - n)}{{note}}\n" for n in range(490)) + "vsm",
    ),
    "one long word": ("a.md", f"```vsm {'a' * 200_000}\n```\n"),
    "one long tag": ("a.md", f"<a {'markdown ' * 50_000}\n```vsm\n```\n"),
    "many fences": ("a.md", "```vsm\n```\n\n" * 10_000),
    "deep lists": ("a.md", "".join(f"{'  ' * n}- vsm\n" for n in range(200))),
    "directives in directives": (
        "a.rst", "".join(f"{'   ' * n}.. note::\n" for n in range(1000)) + "vsm",
    ),
    "many directives": ("a.rst", ".. vsm::\n\n" * 20_000),
    "a long name": ("a.rst", f".. {'a:' * 100_000}vsm::x\n"),
    "brackets": ("a.ipynb", '{"vsm":' * 100_000),
    "blanks": ("a.ipynb", "[" + " " * 300_000 + '"vsm"'),
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), HOSTILE.values(), ids=HOSTILE)
def test_no_document_takes_long(name: str, text: str) -> None:
    began = time.process_time()
    fences(name, text)
    assert time.process_time() - began < 5
