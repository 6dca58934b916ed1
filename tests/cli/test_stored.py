"""What was understood before comes from the cache, where nobody else could have written it."""

from __future__ import annotations

import errno
import marshal
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran
from tests.drawing.look import needs_printer
from vsmdsl.cli import stored
from vsmdsl.report import understood
from vsmdsl.report.filling import templates

Vsm = Callable[..., Ran]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody says who owns a file")
LINE = ("report", "checkout.vsm", "-o", "out.pdf", "--no-cache")
# A run of `vsm` in one process, and what it had to load to understand what others had understood.
PROGRAM = f"""
import sys
from vsmdsl.cli import main
code = main({LINE!r})
print(code, *(name for name in ("pycparser", "cffi.recompiler") if name in sys.modules))
"""


# What `VSMDSL_CACHE` says, and what has to be loaded then.
KEPT: tuple[tuple[str, list[str]], ...] = (
    ("", ["pycparser", "cffi.recompiler"]),
    ("", []),
    ("elsewhere", []),
    ("off", ["pycparser"]),
)


@pytest.fixture
def store(tmp_path: Path) -> stored.Stored:
    return stored.Stored(tmp_path / "cache" / "understood")


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    templates.cache_clear()
    yield
    understood.keep_in(None)
    templates.cache_clear()


@needs_printer
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder is another one")
def test_declarations_are_read_once(
    vsm: Vsm, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = str(tmp_path_factory.mktemp("own"))
    assert vsm(*LINE).code == 0
    usual = (folder / "out.pdf").read_bytes()
    for kept, needed in KEPT:
        own = {"XDG_CACHE_HOME": place, "VSMDSL_CACHE": kept}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, **own}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.stdout.split() == ["0", *needed], done.stderr
        assert (folder / "out.pdf").read_bytes() == usual


class Wrong:
    """A store that answers with what nobody put there."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def get(self, name: str) -> bytes:
        return self.data

    def put(self, name: str, data: bytes) -> None:
        raise OSError


@needs_printer
@pytest.mark.parametrize("data", [b"", b"no tables", marshal.dumps({"_types": 3})])
def test_what_is_no_table_is_read_anew(data: bytes) -> None:
    import cffi

    understood.keep_in(Wrong(data))
    with understood.declarations():
        ffi = cffi.FFI()
        ffi.cdef("int abs(int value); typedef struct { int x; } Place;")
    assert ffi.dlopen(None).abs(-3) == 3
    assert ffi.new("Place *", {"x": 2}).x == 2


def test_templates_are_compiled_once(store: stored.Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    from jinja2 import Environment

    understood.keep_in(store)
    first = templates("report").get_template("macros.html.j2")
    templates.cache_clear()
    monkeypatch.setattr(Environment, "compile", None)
    again = templates("report").get_template("macros.html.j2")
    assert first is not again
    assert str(first.module.facts([])) == str(again.module.facts([]))  # type: ignore[attr-defined]


def test_templates_of_a_house_are_not_kept(store: stored.Stored, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "macros.html.j2").write_text("theirs", encoding="utf-8")
    understood.keep_in(store)
    assert templates("report", tmp_path / "own").get_template("macros.html.j2").render() == "theirs"
    assert not store.folder.exists()


def test_what_others_could_have_written_is_not_taken(store: stored.Stored) -> None:
    store.put("name", b"data")
    assert store.get("name") == b"data"
    assert store.get("other") is None
    assert [one.stat().st_mode & 0o77 for one in (store.folder, store.folder.parent)] == [0, 0]
    store.folder.chmod(0o770)
    assert store.get("name") is None
    store.put("new", b"data")
    store.folder.chmod(0o700)
    assert store.get("new") is None
    assert store.get("name") == b"data"


@pytest.mark.parametrize("uid", [-1, 12345])
def test_what_others_own_is_not_taken(
    store: stored.Stored, monkeypatch: pytest.MonkeyPatch, uid: int
) -> None:
    store.put("name", b"data")
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert store.get("name") is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder is another one")
def test_what_is_part_of_a_project_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VSMDSL_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "project" / "cache"))
    (tmp_path / "project").mkdir()
    for place, found in (
        (tmp_path / "project", 0),
        (tmp_path, 0),
        (Path("/"), 0),
        (Path("/usr"), 1),
    ):
        monkeypatch.chdir(place)
        stored.begin()
        assert len(understood._stores) == found


def test_what_is_damaged_is_not_taken(store: stored.Stored) -> None:
    store.put("name", b"data")
    (path,) = store.folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b"\ndata", b"\natad"))
    assert store.get("name") is None


def test_a_home_of_somebody_else_keeps_nothing(
    vsm: Vsm, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "root"
    _shut(monkeypatch, home)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("VSMDSL_CACHE", raising=False)
    ran = vsm("report", "good.vsm", "-o", "report.html")
    assert (ran.code, ran.err) == (0, "wrote report.html\n")


def test_who_stands_where_nobody_may_look_has_no_settings(
    vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _shut(monkeypatch, folder)
    ran = vsm("render", "-", "-o", "-", stdin="step a pt=1h\n")
    assert ran.code == 0, ran.err


def _shut(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let nobody look into a folder, as the system does for all but the first user."""
    look, make = os.stat, os.mkdir

    def refuse(path: Any, *more: Any, **named: Any) -> Any:
        if Path(str(path)).parent == folder or folder in Path(str(path)).parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return (make if more and isinstance(more[0], int) else look)(path, *more, **named)

    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(os, "mkdir", refuse)
