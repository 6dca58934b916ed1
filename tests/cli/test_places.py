"""Where results may go, and what comes and goes in pieces."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import GOOD, VSM, Ran
from vsmdsl.cli import writing

Vsm = Callable[..., Ran]
unix = pytest.mark.skipif(os.name != "posix", reason="pipes and owners of Unix")


@pytest.mark.parametrize(
    "words",
    [
        ("report", "good.vsm", "-o", "good.vsm"),
        ("report", "good.vsm", "-o", "other.vsm"),
        ("report", "good.vsm", "other.vsm", "-o", "other.vsm"),
        ("report", "plain.txt", "-o", "plain.txt"),
        ("render", "good.vsm", "-f", "svg", "-o", "good.vsm"),
        ("render", "good.vsm", "-o", "link.svg"),
        ("render", "plain.txt", "-f", "json", "-o", "plain.txt"),
        ("diff", "good.vsm", "other.vsm", "-o", "other.vsm"),
        ("diff", "good.vsm", "other.vsm", "-f", "svg", "-o", "other.vsm"),
        ("diff", "good.vsm", "other.vsm", "-f", "html", "-o", "link.svg"),
    ],
)
def test_nothing_is_written_over_a_map(vsm: Vsm, folder: Path, words: tuple[str, ...]) -> None:
    text = GOOD.replace("1h", "2h")
    for name in ("other.vsm", "plain.txt"):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "link.svg").symlink_to("good.vsm")
    ran = vsm(*words)
    assert ran.code == 2
    assert "is a map, or called like one" in ran.err
    assert (folder / "good.vsm").read_text(encoding="utf-8") == GOOD
    assert (folder / "other.vsm").read_text(encoding="utf-8") == text
    assert (folder / "plain.txt").read_text(encoding="utf-8") == text


def _shell(line: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(("bash", "-c", line), cwd=folder, capture_output=True, check=False)


@unix
@pytest.mark.parametrize(
    "line",
    [
        "{vsm} render good.vsm -f svg -o /dev/stdout | cat",
        "{vsm} render good.vsm -f svg -o >(cat) | cat",
        "{vsm} render good.vsm -f svg -o /dev/stdout > all && cat all",
    ],
)
def test_a_pipe_with_a_number_takes_a_picture(folder: Path, line: str) -> None:
    ElementTree.fromstring(_shell(line.format(vsm=VSM), folder).stdout)


@unix
def test_what_stands_in_standard_output_stays(folder: Path) -> None:
    line = f"echo before > all; {VSM} render good.vsm -f svg -o /dev/stdout >> all; cat all"
    said = _shell(line, folder).stdout
    assert said.startswith(b"before\n<svg")


@pytest.mark.parametrize("letter", ["a", "é", "図", "😀"])
def test_a_name_as_long_as_any(folder: Path, letter: str) -> None:
    name = letter * (255 // len(letter.encode()))
    writing.write_whole(folder / name, b"new")
    assert (folder / name).read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="for root")
@pytest.mark.parametrize("unnamed", [True, False])
def test_a_file_still_belongs_to_whom_it_did(
    folder: Path, monkeypatch: pytest.MonkeyPatch, unnamed: bool
) -> None:
    if not unnamed:
        monkeypatch.setattr(writing, "_written_unnamed", lambda *_: False)
    target = folder / "map.svg"
    target.write_bytes(b"old")
    os.chown(target, 12, 34)
    target.chmod(0o2640)
    writing.write_whole(target, b"new")
    facts = target.stat()
    assert (facts.st_uid, facts.st_gid, stat.S_IMODE(facts.st_mode)) == (12, 34, 0o2640)


@unix
def test_a_private_file_is_private_all_the_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "map.svg").write_bytes(b"old")
    (folder / "map.svg").chmod(0o600)
    seen = []
    chmod, replace = os.chmod, Path.replace
    monkeypatch.setattr(writing, "_written_unnamed", lambda *_: False)

    def look(path: Path, other: Path) -> Path:
        seen.append(stat.S_IMODE(path.stat().st_mode))
        return replace(path, other)

    def noted(path: int | Path, mode: int) -> None:
        seen.append(stat.S_IMODE(os.stat(path).st_mode))  # noqa: PTH116 - or a number
        chmod(path, mode)

    monkeypatch.setattr(os, "chmod", noted)
    monkeypatch.setattr(Path, "replace", look)
    writing.write_whole(folder / "map.svg", b"new")
    assert set(seen) == {0o600}


def test_a_starter_that_finds_no_room_is_not_there(vsm: Vsm, folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "from vsmdsl.cli import main; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "sys.exit(main(['init', 'service']))"
    )
    done = subprocess.run((sys.executable, "-c", code), cwd=folder, capture_output=True)
    assert done.returncode == 3
    assert not (folder / "service.vsm").exists()
    assert vsm("init", "service").code == 0  # when there is room again


@unix
def test_a_map_that_comes_in_pieces_is_read_to_its_end(folder: Path) -> None:
    end, begin = os.pipe()
    os.set_blocking(end, False)
    text = (folder / "good.vsm").read_bytes()
    os.write(begin, text[:40])

    def go_on() -> None:
        time.sleep(0.5)
        os.write(begin, text[40:])
        os.close(begin)

    writer = threading.Thread(target=go_on)
    writer.start()
    done = subprocess.run((VSM, "stats", "-"), stdin=end, capture_output=True, check=False)
    writer.join()
    os.close(end)
    whole = subprocess.run((VSM, "stats", "-"), input=text, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (whole.returncode, whole.stdout)


@unix
def test_a_slow_reader_gets_all(folder: Path) -> None:
    end, begin = os.pipe()
    os.set_blocking(begin, False)
    os.write(begin, b" " * 64_000)  # as much as a pipe holds
    command = (VSM, "render", "checkout.vsm", "-o", "-")
    with subprocess.Popen(command, cwd=folder, stdout=begin, stderr=subprocess.PIPE) as child:
        os.close(begin)
        time.sleep(0.7)
        with open(end, "rb") as pipe:  # noqa: PTH123 - a number
            ElementTree.fromstring(pipe.read().strip())
    assert child.returncode == 0


@unix
def test_a_current_folder_that_is_gone_is_named(folder: Path) -> None:
    done = _shell(f"mkdir gone; cd gone; rmdir ../gone; {VSM} stats - < {folder}/good.vsm", folder)
    assert done.returncode == 3
    assert done.stderr == b"error: the current folder: no such file or directory\n"
