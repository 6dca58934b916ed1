"""LANGUAGE 5: maps in several files."""

from __future__ import annotations

from pathlib import Path

from tests.model.reading import codes, read, said, stream
from vsmdsl.language.parser import parse
from vsmdsl.language.source import Source
from vsmdsl.model.resolve import resolve
from vsmdsl.project import project_loader

TEAMS = 'team ops "Operations"\nteam dev'
MAP = 'include "teams.vsm"\nstep a 1h team=ops\nstep b 1h team=dev'


def test_include_takes_the_statements_in() -> None:
    found = stream(MAP, {"teams.vsm": TEAMS})
    assert [one.key for one in found.teams] == ["ops", "dev"]


def test_a_file_is_taken_in_once() -> None:
    files = {"teams.vsm": TEAMS, "more.vsm": 'include "teams.vsm"'}
    assert codes('include "more.vsm"\n' + MAP, files) == []


def test_mistakes_of_an_included_file_are_told() -> None:
    assert codes('include "x.vsm"\nstep a 1h', {"x.vsm": "step b pt=3m"}) == ["E302"]


def test_includes_that_cannot_be() -> None:
    assert codes('include "x.vsm"\nstep a 1h') == ["E217"]
    assert said('include "x.vsm"\nstep a 1h', {}).startswith(
        "E217 `x.vsm` cannot be read: there is no such file"
    )
    assert codes('include "../x.vsm"\nstep a 1h', {}) == ["E219"]
    assert codes('include "map.vsm"\nstep a 1h', {"map.vsm": ""}) == ["E218"]
    circle = {"a.vsm": 'include "b.vsm"', "b.vsm": 'include "a.vsm"'}
    assert said('include "a.vsm"\nstep a 1h', circle).startswith(
        "E218 `a.vsm` comes back to itself: a.vsm → b.vsm → a.vsm"
    )
    deep = {f"{n}.vsm": f'include "{n + 1}.vsm"' for n in range(20)}
    assert codes('include "0.vsm"\nstep a 1h', deep) == ["E220"]


def test_a_future_of_another_file() -> None:
    files = {"x.vsm": 'map "Base"\nstep a 1h\nstep b 2h\nfuture soon { set a pt=30min }'}
    text = 'future q of "x.vsm" { set b pt=1h }\nfuture r from soon of "x.vsm" { set b pt=1h }'
    found = read(text + "\ngoal lead_time <= 3h in soon", files)
    assert found.diagnostics == ()
    assert found.stream.settings.title == "Base"
    assert [(one.key, one.base, one.borrowed) for one in found.futures] == [
        ("soon", "", True),
        ("q", "", False),
        ("r", "soon", False),
    ]


def test_a_future_of_a_future_file() -> None:
    files = {
        "x.vsm": "step a 1h",
        "y.vsm": 'future q of "x.vsm" { set a pt=30min }',
    }
    found = read('future r from q of "y.vsm" { set a lt=3h }', files)
    assert found.diagnostics == ()
    assert found.stream.settings.title == "X"
    assert [(one.key, one.borrowed) for one in found.futures] == [("q", True), ("r", False)]


def test_futures_of_two_files() -> None:
    files = {"x.vsm": "step a 1h", "y.vsm": "step b 1h"}
    text = 'future q of "x.vsm" { set a pt=2h }\nfuture r of "y.vsm" { set a pt=3h }'
    assert codes(text, files) == ["E210"]
    assert codes('future q of "x.vsm" { set a pt=2h }\nmap "Mine"', files) == []
    assert codes('future q of "z.vsm" { set a pt=2h }', files)[0] == "E217"


def test_nothing_outside_the_project_is_read(tmp_path: Path) -> None:
    inside = tmp_path / "project"
    inside.mkdir()
    (inside / "vsmdsl.toml").write_text("")
    (tmp_path / "secret.vsm").write_text("step secret 1h")
    (inside / "link.vsm").symlink_to(tmp_path / "secret.vsm")
    for name in ("../secret.vsm", "link.vsm", str(tmp_path / "secret.vsm")):
        assert in_project(inside, f'include "{name}"') == ["E219"]


def test_nothing_in_the_project_is_read_but_maps_and_samples(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "teams.vsm").write_text("TOKEN=hunter2")
    for name in (".env", ".teams.vsm", "teams.txt", "waits.csv"):
        (tmp_path / name).write_text("TOKEN=hunter2")
    (tmp_path / "link.vsm").symlink_to(tmp_path / ".env")
    (tmp_path / "link.csv").symlink_to(tmp_path / ".env")
    (tmp_path / "round.vsm").symlink_to(tmp_path / "round.vsm")
    (tmp_path / "teams.vsm").write_text('team ops "Operations"')
    (tmp_path / "hours.TXT").write_text("2h")
    for name in (".env", ".teams.vsm", "teams.txt", ".git/teams.vsm", "link.vsm", "round.vsm"):
        assert in_project(tmp_path, f'include "{name}"') == ["E219"]
        assert in_project(tmp_path, f'future q of "{name}" {{ set a pt=2h }}') == ["E219"]
    for name in (".env", "teams.vsm", "link.csv", "waits.csv", "../x.csv"):
        assert in_project(tmp_path, f'queue b wait=empirical("{name}")') == ["E326"]
    assert in_project(tmp_path, 'include "teams.vsm"') == []
    assert in_project(tmp_path, 'queue b wait=empirical("hours.TXT")') == []


def in_project(folder: Path, line: str) -> list[str]:
    """The codes of what is said about a map in a folder, none of which shows a secret."""
    main = folder / "map.vsm"
    main.write_text(f"{line}\nstep a 1h")
    found = resolve(parse(Source(str(main), main.read_text())).tree, project_loader(main))
    assert [one.key for one in found.stream.steps()] == ["a"]
    said = [one for one in found.diagnostics if one.is_error]
    assert not any("hunter2" in f"{one.message} {one.span.source.text}" for one in said)
    return [one.code.code for one in said]
