"""A file is written whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from vsmdsl.cli.writing import write_whole

VSM = (str(Path(sys.executable).with_name("vsm")),)
MAP = "".join(f"queue q{n} wait={1 + n % 7}d\nstep s{n} pt=1h lt=1d\n" for n in range(60))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "map.vsm").write_text(MAP)
    return tmp_path


def test_eight_processes_that_write_one_file_leave_one_whole_file(place: Path) -> None:
    command = (*VSM, "render", "map.vsm", "-o", "map.svg")
    children = [subprocess.Popen(command, cwd=place, stderr=subprocess.DEVNULL) for _ in range(8)]
    assert [child.wait(60) for child in children] == [0] * 8
    ElementTree.parse(place / "map.svg")
    assert sorted(path.name for path in place.iterdir()) == ["map.svg", "map.vsm"]


def test_one_that_is_killed_leaves_the_old_file_or_a_whole_new_one(place: Path) -> None:
    subprocess.run((*VSM, "render", "map.vsm"), cwd=place, check=True, capture_output=True)
    old = (place / "map.svg").read_bytes()
    (place / "map.vsm").write_text(MAP.replace("1h", "2h"))
    for wait in (0.02, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4):
        child = subprocess.Popen((*VSM, "render", "map.vsm"), cwd=place, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        child.kill()
        child.wait(10)
        found = (place / "map.svg").read_bytes()
        assert found == old or ElementTree.fromstring(found) is not None


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_one_that_is_interrupted_ends_with_130_and_leaves_nothing_behind(tmp_path: Path) -> None:
    lines = "".join(f"step s{n} pt=1h lt=1d\n" for n in range(5000))
    (tmp_path / "map.vsm").write_text(lines)
    child = subprocess.Popen(
        (*VSM, "render", "map.vsm"), cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )
    time.sleep(0.8)
    begin = time.monotonic()
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=20)
    assert child.returncode == 130, said
    assert said.strip() == "interrupted"
    assert time.monotonic() - begin < 3  # a second, on a machine at rest
    assert [path.name for path in tmp_path.iterdir()] == ["map.vsm"]


def test_a_device_without_room_leaves_the_old_file(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    target = tmp_path / "map.svg"
    target.write_bytes(b"old")
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from vsmdsl.cli import main; sys.exit(main(['render', sys.argv[1], '-o', sys.argv[2]]))"
    )
    (tmp_path / "map.vsm").write_text(MAP)
    done = subprocess.run(
        (sys.executable, "-c", code, str(tmp_path / "map.vsm"), str(target)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["map.svg", "map.vsm"]


def test_permissions_of_a_shared_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    target.write_bytes(b"old")
    target.chmod(0o640)
    (tmp_path / "link.svg").symlink_to(target)
    write_whole(tmp_path / "link.svg", b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.svg").is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_one_that_is_told_to_end_takes_its_children_with_it(
    place: Path, number: signal.Signals, code: int
) -> None:
    (place / "vsmdsl.toml").write_text('engine = "system"\n')
    (place / "map.vsm").write_text("parallel { step A 1h; step B 2h }\n")  # Graphviz places forks
    (place / "dot").write_text(f"#!/bin/sh\necho $$ > {place}/pid\nexec sleep 97\n")
    (place / "dot").chmod(0o755)
    env = {**os.environ, "PATH": f"{place}:{os.environ['PATH']}"}
    command = (*VSM, "render", "map.vsm")
    child = subprocess.Popen(command, cwd=place, env=env, stderr=subprocess.PIPE, text=True)
    engine = _soon(place / "pid")
    child.send_signal(number)
    _, said = child.communicate(timeout=20)
    assert (child.returncode, said.strip()) == (code, "ended")
    _gone(int(engine))
    assert not (place / "map.svg").exists()


@pytest.mark.skipif(not hasattr(os, "getppid"), reason="nobody tells whose child one is")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_do_not_outlive_whom_they_work_for(tmp_path: Path, number: signal.Signals) -> None:
    (tmp_path / "maps").mkdir()
    for at in range(80):
        (tmp_path / "maps" / f"{at}.vsm").write_text(MAP)
    command = (*VSM, "report", "maps", "-o", "out/", "-j", "2")
    child = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True)
    _soon(tmp_path / "out" / "0.html")
    workers = _children(child.pid)
    child.send_signal(number)
    _, said = child.communicate(timeout=20)
    assert b"Traceback" not in said
    for one in workers:
        _gone(one)
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_no_interruption_is_lost_while_workers_begin(tmp_path: Path) -> None:
    for at in range(30):
        (tmp_path / f"{at}.vsm").write_text(MAP)
    command = (*VSM, "render", ".", "-o", "out/", "-j", "3", "--no-cache")
    for step in range(12):
        child = subprocess.Popen(
            command, cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True
        )
        time.sleep(0.08 + 0.01 * step)
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=20)
        ours = b"vsmdsl" in said or b"Traceback" not in said  # else Python had not begun us yet
        assert child.returncode == 130 or not ours, said


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_one_that_paints_many_pixels_is_interrupted_at_once(tmp_path: Path) -> None:
    (tmp_path / "map.vsm").write_text("".join(f"step s{n} pt=1h lt=1d\n" for n in range(500)))
    for wait in (0.8, 1.2):
        child = subprocess.Popen(
            (*VSM, "render", "map.vsm", "-o", "map.png"), cwd=tmp_path, stderr=subprocess.PIPE
        )
        time.sleep(wait)
        begin = time.monotonic()
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=20)
        assert child.returncode == 130
        assert time.monotonic() - begin < 2  # a second, on a machine at rest
        assert [path.name for path in tmp_path.iterdir()] == ["map.vsm"]


def _children(parent: int) -> list[int]:
    table = subprocess.run(("ps", "-eo", "pid,ppid"), capture_output=True, text=True, check=True)
    rows = [line.split() for line in table.stdout.splitlines()[1:]]
    return [int(pid) for pid, above in rows if int(above) == parent]


def _soon(path: Path) -> str:
    for _ in range(400):
        if path.exists() and (found := path.read_text(encoding="utf-8")):
            return found
        time.sleep(0.05)
    raise AssertionError(f"{path.name} was never written")


def _gone(process: int) -> None:
    """Wait until a process is no more; a zombie is none."""
    for _ in range(100):
        line = ("ps", "-o", "stat=", "-p", str(process))
        state = subprocess.run(line, capture_output=True, text=True).stdout.strip()
        if not state or state.startswith("Z"):
            return
        time.sleep(0.1)
    raise AssertionError(f"process {process} is still there")


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
@pytest.mark.parametrize("refused", ["open", "link"])
def test_a_disk_without_files_that_have_no_name_is_written_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    opened = os.open

    def refuse(*words: object, **more: object) -> int:
        if refused == "link" or int(str(words[1])) & os.O_TMPFILE == os.O_TMPFILE:
            raise OSError(95, "not supported")
        return opened(*words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, refused, refuse)
    write_whole(tmp_path / "map.svg", b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("map.svg", b"new")]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has files without a name")
def test_one_that_is_killed_while_it_writes_leaves_nothing(tmp_path: Path) -> None:
    code = (
        "import os, pathlib; from vsmdsl.cli import writing\n"
        "writing._named = lambda *_: os.kill(os.getpid(), 9)\n"
        "writing.write_whole(pathlib.Path('map.svg'), b'x' * 1_000_000)"
    )
    done = subprocess.run((sys.executable, "-c", code), cwd=tmp_path, check=False)
    assert done.returncode == -9
    assert not list(tmp_path.iterdir())


# Everybody on the list may read and write, the group may only read, others nothing.
LIST = struct.pack(
    "<I" + "HHI" * 5, 2, 1, 6, 2**32 - 1, 2, 6, 65534, 4, 4, 2**32 - 1, 16, 6, 2**32 - 1, 32, 0,
    2**32 - 1,
)  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="only Linux")
@pytest.mark.parametrize("refused", [(), ("O_TMPFILE",)])
def test_who_may_read_a_file_and_what_is_noted_beside_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: tuple[str, ...]
) -> None:
    for name in refused:
        monkeypatch.delattr(os, name, raising=False)
    path = tmp_path / "map.svg"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "system.posix_acl_access", LIST)
        os.setxattr(path, "user.note", b"mine")
    except OSError:
        pytest.skip("this disk has no lists of that kind")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert os.getxattr(path, "system.posix_acl_access") == LIST
    assert os.getxattr(path, "user.note") == b"mine"
