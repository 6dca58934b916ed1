"""The results of a check in the formats of other programs."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

import vsmdsl
from vsmdsl.language.codes import CODES
from vsmdsl.publish.checks import FORMATS, written
from vsmdsl.publish.checks.result import Checked, messages

TEXT = (
    'map { calendar = 8h/day }\nstep dev "Ä😀" pt=1d ca=0.85\nrework dev -> nil 5%\nstep x pt=3\n'
)


def checked(folder: Path, text: str = TEXT, name: str = "a b.vsm") -> Checked:
    """A file of a project, checked."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = vsmdsl.compile_file(path)
    failed = tuple(one for one in found.diagnostics if one.is_error)
    return Checked(str(path), found.ok, found.diagnostics, failed, found.goals)


def sarif(results: Sequence[Checked], base: Path) -> Any:
    """The one run of a log."""
    log = json.loads(written("sarif", results, base))
    jsonschema.validate(log, SCHEMA)
    return log["runs"][0]


# What SARIF 2.1.0 asks of the parts that we write, sections 3.13 to 3.55 of the standard.
PLACE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["startLine"],
    "properties": {
        "startLine": {"type": "integer", "minimum": 1},
        "startColumn": {"type": "integer", "minimum": 1},
        "endLine": {"type": "integer", "minimum": 1},
        "endColumn": {"type": "integer", "minimum": 1},
        "snippet": {"$ref": "#/$defs/content"},
    },
}
PHYSICAL = {
    "type": "object",
    "additionalProperties": False,
    "required": ["artifactLocation"],
    "properties": {
        "artifactLocation": {"$ref": "#/$defs/artifact"},
        "region": {"$ref": "#/$defs/place"},
        "contextRegion": {"$ref": "#/$defs/place"},
    },
}
LOCATION = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "physicalLocation": PHYSICAL,
        "message": {"$ref": "#/$defs/message"},
    },
}
REPLACEMENT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["deletedRegion"],
    "properties": {
        "deletedRegion": {"$ref": "#/$defs/place"},
        "insertedContent": {"$ref": "#/$defs/content"},
    },
}
RESULT = {
    "type": "object",
    "additionalProperties": False,
    "required": ["message", "ruleId"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": {"$ref": "#/$defs/message"},
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "items": LOCATION, "uniqueItems": True},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "fixes": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["artifactChanges"],
                "properties": {
                    "description": {"$ref": "#/$defs/message"},
                    "artifactChanges": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["artifactLocation", "replacements"],
                            "properties": {
                                "artifactLocation": {"$ref": "#/$defs/artifact"},
                                "replacements": {
                                    "type": "array", "minItems": 1, "items": REPLACEMENT,
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip
RULE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "shortDescription": {"$ref": "#/$defs/message"},
        "fullDescription": {"$ref": "#/$defs/message"},
        "help": {"$ref": "#/$defs/message"},
        "defaultConfiguration": {"type": "object"},
        "properties": {"type": "object"},
    },
}
DRIVER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "semanticVersion": {"type": "string"},
        "rules": {"type": "array", "items": RULE, "uniqueItems": True},
    },
}
RUN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["tool"],
    "properties": {
        "tool": {
            "type": "object",
            "required": ["driver"],
            "additionalProperties": False,
            "properties": {"driver": DRIVER},
        },
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "uri": {"type": "string", "pattern": "/$"},
                    "description": {"$ref": "#/$defs/message"},
                },
            },
        },
        "artifacts": {
            "type": "array",
            "uniqueItems": True,
            "items": {"properties": {"location": {"$ref": "#/$defs/artifact"}}},
        },
        "results": {"type": "array", "items": RESULT},
    },
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": RUN},
    },
    "$defs": {
        "message": {
            "type": "object",
            "additionalProperties": False,
            "required": ["text"],
            "properties": {"text": {"type": "string"}, "markdown": {"type": "string"}},
        },
        "content": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"text": {"type": "string"}},
        },
        "artifact": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "uri": {"type": "string", "pattern": r"^[^\s\\]+$"},
                "uriBaseId": {"type": "string"},
            },
        },
        "place": PLACE,
    },
}


def test_sarif_says_where_and_what(tmp_path: Path) -> None:
    run = sarif([checked(tmp_path)], tmp_path)
    share = next(one for one in run["results"] if one["ruleId"] == "E305")
    place = share["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20b.vsm", "uriBaseId": "SRCROOT"}
    # Both signs of the label count as one, as `unicodeCodePoints` says.
    assert (place["region"]["startLine"], place["region"]["startColumn"]) == (2, 24)
    assert place["region"]["snippet"]["text"] == "0.85"
    assert run["columnKind"] == "unicodeCodePoints"
    rule = run["tool"]["driver"]["rules"][share["ruleIndex"]]
    assert rule["id"] == "E305"
    assert rule["help"]["markdown"].startswith("# E305")
    replaced = share["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replaced["insertedContent"]["text"] == "85%"


def test_sarif_with_nothing_to_say(tmp_path: Path) -> None:
    good = checked(tmp_path, "map { calendar = 8h/day }\nstep a pt=1h ca=99%\n")
    run = sarif([replace_found(good)], tmp_path)
    assert run["results"] == []
    assert run["artifacts"][0]["location"]["uri"] == "a%20b.vsm"


def replace_found(one: Checked) -> Checked:
    """The same file without any message."""
    return Checked(one.file, True, ())


@pytest.mark.parametrize("code", sorted(CODES))
def test_sarif_holds_every_message(code: str, tmp_path: Path) -> None:
    one = checked(tmp_path).found[0]
    every = Checked("a.vsm", False, (CODES[code].at(one.span, 'a "text" \u2028 with\x07 all'),))
    run = sarif([every], tmp_path)
    assert run["results"][0]["ruleId"] == code
    assert len(run["tool"]["driver"]["rules"][0]["help"]["text"]) > 20


def test_a_fingerprint_stays_when_lines_move(tmp_path: Path) -> None:
    def prints(text: str) -> list[str]:
        return [one.fingerprint for one in messages([checked(tmp_path, text)], tmp_path)]

    before, after = prints(TEXT), prints("# one line more\n" + TEXT)
    assert before == after
    assert len(set(before)) == len(before)
    assert before != prints(TEXT.replace("0.85", "0.86"))


def test_an_included_mistake_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "vsmdsl.toml").touch()
    (tmp_path / "teams.vsm").write_text("step a pt=1x\n", encoding="utf-8")
    both = [checked(tmp_path, 'include "teams.vsm"\n', name) for name in ("a.vsm", "b.vsm")]
    told = [one for one in messages(both, tmp_path) if one.one.is_error]
    assert [one.file for one in told] == ["teams.vsm"]


def test_github_shows_it_beside_the_line(tmp_path: Path) -> None:
    lines = written("github", [checked(tmp_path)], tmp_path).splitlines()
    assert lines[0] == (
        "::error file=a b.vsm,line=2,endLine=2,col=24,endColumn=27,"
        "title=E305 share-without-percent::`0.85` is written without its `%25`%0A"
        "did you mean `85%25`?"
    )
    kinds = [re.match(r"::(\w+)", line)[1] for line in lines]  # type: ignore[index]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)


def test_no_file_gives_github_a_command(tmp_path: Path) -> None:
    evil = "x,title=y::\n::add-mask::z.vsm"
    one = checked(tmp_path).found[0]
    span = vsmdsl.Span(vsmdsl.Source(evil, "abc\n"), 0, 1)
    said = CODES["E101"].at(span, "one\n::stop-commands::t\r%0A", hint=one.hint)
    lines = written("github", [Checked(evil, False, (said,))], tmp_path).splitlines()
    assert len(lines) == 1
    assert "file=x%2Ctitle=y%3A%3A%0A%3A%3Aadd-mask%3A%3Az.vsm,line=1" in lines[0]
    assert "one%0A::stop-commands::t%0D%250A" in lines[0]


def test_gitlab_shows_it_in_the_merge_request(tmp_path: Path) -> None:
    entries = json.loads(written("gitlab", [checked(tmp_path)], tmp_path))
    share = next(one for one in entries if one["check_name"] == "E305")
    assert share["severity"] == "major"
    assert share["location"]["path"] == "a b.vsm"
    assert share["location"]["positions"]["begin"] == {"line": 2, "column": 24}
    prints = [one["fingerprint"] for one in entries]
    assert len(set(prints)) == len(prints)


def test_junit_fails_what_fails(tmp_path: Path) -> None:
    bad = checked(tmp_path)
    good = checked(tmp_path, "queue a wait=1d\nstep b pt=1h\n", "good.vsm")
    text = written("junit", [bad, good], tmp_path)
    root = ElementTree.fromstring(text)
    first, second = root
    errors = sum(one.is_error for one in bad.found)
    assert (root.get("tests"), root.get("failures")) == (str(errors + 1), str(errors))
    failure = first[0].find("failure")
    assert failure is not None
    assert failure.get("type") == "E305"
    assert "^^^^" in (failure.text or "")
    assert second.get("failures") == "0"
    assert "W403" in (second.findtext("system-out") or "")


def test_junit_is_xml_whatever_a_map_holds(tmp_path: Path) -> None:
    one = checked(tmp_path).found[0]
    said = CODES["E101"].at(one.span, "a\x00\x1b\ufffe<&\"' ]]>")
    name = "x\x01\x00.vsm"
    root = ElementTree.fromstring(
        written("junit", [Checked(name, False, (said,), (said,))], tmp_path)
    )
    assert root[0].get("name") == "x��.vsm"


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_at_all_is_still_a_document(format: str, tmp_path: Path) -> None:
    text = written(format, [], tmp_path)
    assert text == "" if format == "github" else text.strip()
