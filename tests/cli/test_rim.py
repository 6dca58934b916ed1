"""The rim, in a real process: streams, encodings, permissions, full disks, broken pipes."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, Ran
from vsmdsl.cli import files, writing
from vsmdsl.cli.refusals import Trouble

Vsm = Callable[..., Ran]
Child = Callable[..., subprocess.CompletedProcess[bytes]]
unix = pytest.mark.skipif(sys.platform == "win32", reason="a matter of Unix")


def test_the_artefact_is_alone_on_standard_output(child: Child) -> None:
    ran = child("render", "checkout.vsm", "-o", "-")
    assert ran.returncode == 0
    assert ran.stdout.startswith(b"<svg ")
    assert ran.stdout.endswith(b"</svg>\n")


def test_mistakes_go_to_standard_error_without_colour(child: Child) -> None:
    ran = child("render", "bad.vsm", "-o", "-")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert b"error[E" in ran.stderr
    assert b"\x1b[" not in ran.stderr


@unix
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_only(child: Child, no_color: str, coloured: bool) -> None:
    code = (
        "import pty, os, sys\n"
        "pid, fd = pty.fork()\n"
        "line = [sys.executable, '-m', 'vsmdsl', 'check', 'bad.vsm']\n"
        "if not pid: os.execv(sys.executable, line)\n"
        "found = b''\n"
        "while True:\n"
        "    try: piece = os.read(fd, 4096)\n"
        "    except OSError: break\n"
        "    if not piece: break\n"
        "    found += piece\n"
        "print(b'\\x1b[' in found)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm"}
    env["NO_COLOR"] = no_color
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True
    )
    assert ran.stdout.strip() == str(coloured)


@unix
def test_a_reader_that_goes_away_is_no_matter(child: Child) -> None:
    ran = child(shell="stats checkout.vsm checkout.vsm good.vsm --json | head -n 1")
    assert ran.stdout == b"{\n"
    assert ran.stderr == b""


@unix
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_no_encoding_stops_us(child: Child, encoding: str) -> None:
    for verb in ("stats", "check"):
        ran = child(verb, "checkout.vsm", PYTHONIOENCODING=encoding)
        assert ran.returncode == 0, ran.stderr
        assert b"Traceback" not in ran.stderr


@unix
def test_the_plain_locale_is_enough(child: Child, folder: Path) -> None:
    (folder / "grün.vsm").write_text(GOOD.replace("Sketch", "Größe ≥ 3"), encoding="utf-8")
    for extra in ({}, {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}):
        ran = child("stats", "grün.vsm", LC_ALL="C", **extra)
        assert ran.returncode == 0, ran.stderr
        assert b"17 d" in ran.stdout


FOREIGN = 'step a "Größe → 上流" pt=1h\nkaizen "Größe → 上流" on a { set a pt=30min }\n'


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii"])
@pytest.mark.parametrize(
    "verb",
    ["fmt -", "fmt --diff -", "check --fix -", "kaizen --csv -", "kaizen --markdown -",
     "kaizen --ics -", "kaizen --json -", "stats --csv -"],
)  # fmt: skip
def test_what_programs_read_is_utf_8_everywhere(child: Child, verb: str, encoding: str) -> None:
    text = FOREIGN.encode()
    wanted = child(*verb.split(), stdin=text, PYTHONIOENCODING="utf-8").stdout
    assert child(*verb.split(), stdin=text, PYTHONIOENCODING=encoding).stdout == wanted
    assert "上流" in wanted.decode()


@unix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_3(child: Child) -> None:
    for line in ("render good.vsm -o - > /dev/full", "stats good.vsm > /dev/full"):
        ran = child(shell=line)
        assert ran.returncode == 3
        assert b"no space left" in ran.stderr
        assert b"Traceback" not in ran.stderr


def test_a_file_that_is_not_utf8_is_1(vsm: Vsm, folder: Path) -> None:
    (folder / "old.vsm").write_bytes("step Größe pt=1h\n".encode("latin-1"))
    ran = vsm("render", "old.vsm", "good.vsm")
    assert ran.code == 1
    assert "old.vsm:1:8: error[E124] not-utf-8: byte 7 (0xf6) is not UTF-8" in ran.err
    assert (folder / "good.svg").exists()


def test_line_ends_and_byte_order_mark_are_read(vsm: Vsm, folder: Path) -> None:
    (folder / "dos.vsm").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert vsm("render", "dos.vsm").code == 0


def test_a_folder_that_cannot_be_made_is_3(vsm: Vsm, folder: Path) -> None:
    (folder / "taken").write_text("a file", encoding="utf-8")
    ran = vsm("render", "good.vsm", "-o", "taken/map.svg")
    assert ran.code == 3
    assert "taken" in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may do all")
def test_a_forbidden_file_is_3(vsm: Vsm, folder: Path) -> None:
    (folder / "good.vsm").chmod(0)
    assert vsm("render", "good.vsm").code == 3


def test_names_cannot_steer_the_terminal(vsm: Vsm) -> None:
    ran = vsm("render", "\x1b[31mmissing.vsm")
    assert ran.code == 2
    assert "\x1b" not in ran.err


# --- writing whole ------------------------------------------------------------------------------


def test_an_old_output_survives_a_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = folder / "map.svg"
    target.write_text("old", encoding="utf-8")

    def fail(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(Trouble, match="no space left"):
        writing.write_whole(target, b"new")
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in folder.iterdir() if path.name.endswith(".tmp")] == []


@unix
def test_permissions_are_kept_and_links_followed(folder: Path) -> None:
    real, link = folder / "real.svg", folder / "link.svg"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    writing.write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@unix
def test_a_new_file_follows_the_umask(folder: Path) -> None:
    before = os.umask(0o027)
    try:
        writing.write_whole(folder / "new.svg", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((folder / "new.svg").stat().st_mode) == 0o640


@unix
def test_a_device_is_written_to_and_never_replaced(vsm: Vsm) -> None:
    assert vsm("render", "good.vsm", "-f", "svg", "-o", "/dev/null").code == 0
    assert not Path("/dev/null").is_file()


@unix
@pytest.mark.parametrize(
    ("words", "closed", "code"),
    [
        ("render good.vsm -o good.svg", ">&-", 0),
        ("render good.vsm -o good.svg", ">&- 2>&- <&-", 0),
        ("stats good.vsm", ">&-", 3),
        ("stats good.vsm", "2>&-", 0),
        ("stats -", "<&-", 3),
        ("--help", ">&- 2>&-", 3),
    ],
)
def test_streams_that_are_closed(
    child: Child, folder: Path, words: str, closed: str, code: int
) -> None:
    ran = child(shell=f"{words} {closed}")
    assert ran.returncode == code
    assert b"Traceback" not in ran.stderr
    if "svg" in words:  # no message ended up in the file that took the stream's number
        assert (folder / "good.svg").read_bytes().startswith(b"<svg ")


def test_bytecode_that_a_full_disk_cut_short_is_mended(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "copy" / "vsmdsl"
    shutil.copytree(Path(files.__file__).parents[1], package, ignore=_no_bytecode)
    for name in ("templates", "grammar"):
        (package.parent / name).symlink_to(Path(files.__file__).parents[2] / name)
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": str(package.parent)}
    line = (sys.executable, "-m", "vsmdsl", "stats", "good.vsm")

    def run(**more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(line, cwd=folder, env=env | more, capture_output=True, text=True)

    assert run().returncode == 0
    for name in ("parser", "stats", "program"):
        (found,) = package.rglob(f"__pycache__/{name}.*.pyc")
        os.truncate(found, 300)
    refused = run(VSM_MENDED="1")
    assert refused.returncode == 3
    assert "ends too early; remove it" in refused.stderr
    assert (run().returncode, run().returncode) == (0, 0)


def _no_bytecode(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "__pycache__"]


@unix
def test_names_that_are_no_utf8(vsm: Vsm, folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.vsm")
    try:
        (folder / name).write_text(GOOD.replace('map "Sketch"', "map"), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    for words in (
        ("render",), ("render", "-o", "x.html"), ("render", "-o", "x.json"), ("stats", "--json"),
        ("stats", "--csv"), ("kaizen", "--json"), ("report",), ("report", "-o", "x.xlsx"),
        ("check", "--format", "sarif"), ("check", "--format", "junit"), ("check",),
    ):  # fmt: skip
        ran = vsm(*words, name)
        assert ran.code == 0, ran.err
    assert "caf\\xe9.vsm" in ran.err
    assert (folder / os.fsdecode(b"caf\xe9.svg")).exists()  # files are called as they were


@unix
def test_a_link_that_leads_to_itself_stops_no_other(vsm: Vsm, folder: Path) -> None:
    (folder / "loop.vsm").symlink_to("loop.vsm")
    ran = vsm("stats", ".")
    assert ran.code == 3
    assert "loop.vsm: too many levels of symbolic links" in ran.err
    assert "Sketch" in ran.out
    assert "did you mean `loop.vsm`" not in vsm("stats", "loop.vsm").err
