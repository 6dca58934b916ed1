"""A picture is drawn once; a cache in any state gives the right picture, or none."""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from vsmdsl.cli import main
from vsmdsl.language.source import Source
from vsmdsl.publish import cache as caches
from vsmdsl.publish import files, picture, remembered
from vsmdsl.publish.cache import Cache, Entry, key_of, usual_cache, usual_folder
from vsmdsl.publish.files import Shelf
from vsmdsl.publish.picture import Drawn, Request, drawn

MAP = 'map "M" { calendar = 8h/day }\nqueue a "In" wait=3d\nstep b "Work" pt=1h\n'


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def ask(cache: Cache, text: str = MAP, line: int = 5, **options: str) -> Drawn:
    return drawn(Request(text, options, "docs/a.md", line, cache=cache))


def test_the_second_time_nothing_is_drawn(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(cache)
    monkeypatch.setattr(picture, "compile_source", None)  # would fail
    assert ask(cache) == first
    assert ask(cache, line=90).svg == first.svg


def test_every_option_and_letter_counts(cache: Cache) -> None:
    pictures = {
        ask(cache).svg, ask(cache, MAP + "# x").svg, ask(cache, width="400").svg,
        ask(cache, title="T").svg, ask(cache, theme="dark").svg,
    }  # fmt: skip
    assert len(pictures) == 4  # a comment draws nothing
    assert len(list(cache.folder.iterdir())) == 5


def test_a_warning_is_said_again_at_its_new_line(cache: Cache) -> None:
    text = "step a pt=3d lt=2d\n"
    first, again = ask(cache, text, 5), ask(cache, text, 50)
    assert [one.line for one in first.notices] == [5]
    assert [one.line for one in again.notices] == [50]
    assert again.notices[0].file == "docs/a.md"


def test_an_included_file_counts(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "part.vsm").write_text('step p "Before" pt=1h\n')
    request = Request('include "part.vsm"\n', shelf=Shelf(tmp_path), cache=cache)
    assert "Before" in drawn(request).svg
    (tmp_path / "part.vsm").write_text('step p "After" pt=1h\n')
    assert "After" in drawn(request).svg
    (tmp_path / "part.vsm").unlink()
    assert not drawn(request).ok


class Writer:
    """Reads files as `read_bytes` does, and has somebody write one of them at once afterwards."""

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text

    def __call__(self, path: Path) -> bytes:
        data = path.read_bytes()
        if path.name == self.name:
            path.write_text(self.text)
        return data


PARTS = {"part.vsm": 'step p "Before" pt=1h\n', "own.vsm": 'include "part.vsm"\nstep q "Own" 1d\n'}


@pytest.mark.parametrize(("text", "file"), [('include "part.vsm"\n', ""), ("", "own.vsm")])
@pytest.mark.parametrize("written", PARTS)
def test_a_file_that_changes_while_it_is_drawn_is_drawn_again(
    cache: Cache,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    file: str,
    written: str,
) -> None:
    for name, told in PARTS.items():
        (tmp_path / name).write_text(told)
    options = {"file": file} if file else {}
    request = Request(text, options, shelf=Shelf(tmp_path), cache=cache)
    with monkeypatch.context() as patch:
        for module in (files, picture):
            patch.setattr(module, "read_bytes", Writer(written, 'step z "After" pt=1h\n'))
        assert "Before" in drawn(request).svg
    assert ("After" in drawn(request).svg) == (written == "part.vsm" or bool(file))
    (tmp_path / written).write_text(PARTS[written])  # as it was when it was drawn
    assert "Before" in drawn(request).svg


def test_a_file_that_was_read_twice_and_differs_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "part.vsm").write_text("a")
    reader, here = files.Reader(Shelf(tmp_path), None), Source("map.vsm", "")
    assert [reader("part.vsm", here).text for _ in range(2)] == ["a", "a"]
    assert list(reader.told.values()) == [caches.digest(b"a")]
    for text in "ba":
        (tmp_path / "part.vsm").write_text(text)
        reader("part.vsm", here)
        assert list(reader.told.values()) == [""]


def test_an_error_is_not_kept(cache: Cache) -> None:
    assert not ask(cache, "stp a 1d").ok
    assert not cache.folder.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"vsmdsl 1\n", b"vsmdsl 1\n{}\n<svg", b"\0" * 99])
def test_what_is_damaged_is_drawn_again(cache: Cache, damage: bytes) -> None:
    whole = ask(cache).svg
    (kept,) = cache.folder.iterdir()
    kept.write_bytes(damage)
    assert ask(cache).svg == whole
    assert kept.stat().st_size > len(whole)


def test_half_a_picture_is_none(cache: Cache) -> None:
    whole = ask(cache).svg
    (kept,) = cache.folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert ask(cache).svg == whole


def test_no_letter_of_an_entry_may_be_another(tmp_path: Path) -> None:
    cache, entry = Cache(tmp_path), Entry({"title": "Checkout"}, b"<svg>120.5</svg>")
    cache.put(key(1), entry)
    whole = (tmp_path / key(1)).read_bytes()
    for at in range(len(whole)):
        (tmp_path / key(1)).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.get(key(1)) is None
        assert not (tmp_path / key(1)).exists()
    (tmp_path / key(1)).write_bytes(whole)
    assert cache.get(key(1)) == entry


def test_to_look_for_damage_takes_no_time(tmp_path: Path) -> None:
    cache, data = Cache(tmp_path), os.urandom(50_000)
    cache.put(key(1), Entry({}, data))
    begun = time.process_time()
    assert all(cache.get(key(1)) for _ in range(100))
    assert time.process_time() - begun < 0.1  # under a millisecond each


def test_a_folder_that_cannot_be_used_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert ask(Cache(tmp_path / "file")).ok
    assert ask(Cache(Path("/proc/none/vsmdsl"))).ok


def key(number: int) -> str:
    return caches.digest(b"%d" % number)


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """A cache with twice as many pictures as it has room for, the last of them used last."""
    monkeypatch.setattr(caches, "OFTEN", 0)  # nobody else tidies up meanwhile
    cache = Cache(tmp_path, largest=20_000)
    for number in range(20):
        cache.put(key(number), Entry({}, b"x" * 2000))
        os.utime(tmp_path / key(number), (number, number))
    return cache


def old(path: Path, size: int = 0, begin: bytes = b"") -> Path:
    """A file that nobody touched for long."""
    path.write_bytes(begin.ljust(size, b"z"))
    os.utime(path, (1, 1))
    return path


def test_the_oldest_go_when_it_is_full(full: Cache) -> None:
    begun = old(full.folder / f".{key(1)[:16]}.0123456789ab.tmp")
    full.tidy()
    left = {one.name for one in full.folder.iterdir()}
    assert begun.name not in left
    assert left == {key(number) for number in range(13, 20)}


FOREIGN = [  # what lies in a folder that somebody else uses as well
    "thesis.odt", "backup.tar", "download.tmp", ".hidden.tmp", ".old.tmp", "map.vsm",
    ".0123456789abcdef.tmp", ".0123456789abcdef.0123456789ab.tmp~", "0" * 63, "0" * 65, "A" * 64,
    "g" * 64, "0" * 64 + ".svg", ".0123456789ABCDEF.0123456789ab.tmp", "٣" * 64,
    ".0123456789abcdef.0123456789a.tmp", "x.0123456789abcdef.0123456789ab.tmp",
    ".map.svg.01234567.tmp", "ab" * 32,
]  # fmt: skip


def test_what_is_not_ours_stays_as_it_is(full: Cache) -> None:
    foreign = [old(full.folder / name, 5000) for name in FOREIGN]
    (full.folder / "folder").mkdir()
    full.tidy()
    assert [one.stat().st_size for one in foreign] == [5000] * len(FOREIGN)
    assert (full.folder / "folder").is_dir()
    assert [number for number in range(20) if (full.folder / key(number)).exists()] == [
        *range(13, 20)
    ]


def test_what_is_not_ours_takes_no_room(full: Cache) -> None:
    full.largest = 50_000
    for name in FOREIGN:
        old(full.folder / name, 50_000)
    full.tidy()
    assert all((full.folder / key(number)).exists() for number in range(20))


def _one_build(folder: str) -> set[str]:
    cache = Cache(Path(folder))
    return {drawn(Request(f"step s{n} 1d", cache=cache)).svg[:4] for n in range(12)}


def test_many_builds_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(_one_build, [str(tmp_path)] * 4))
    assert found == [{"<svg"}] * 4
    assert len(list(tmp_path.iterdir())) == 12
    assert not list(tmp_path.glob(".*"))


def test_three_hundred_unchanged_maps_take_under_a_second(cache: Cache) -> None:
    example = (Path(__file__).parents[2] / "samples" / "checkout.vsm").read_text()
    options = ask(cache, example).options
    (kept,) = cache.folder.iterdir()
    data = kept.read_bytes()
    texts = [f"{example}# {number}\n" for number in range(300)]
    for text in texts:  # as if each had been drawn: they look alike
        request = Request(text, {}, "docs/a.md", 5, cache=cache)
        key = remembered.key_for(request, options, None, text.encode())
        (cache.folder / key).write_bytes(data)
    began = time.perf_counter()
    assert all(ask(cache, text).ok for text in texts)
    assert time.perf_counter() - began < 1
    assert len(list(cache.folder.iterdir())) == 301  # nothing was drawn anew


@pytest.mark.parametrize(
    ("platform", "settings", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/vsmdsl"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/me/.cache/vsmdsl"),
        ("linux", {}, "/home/me/.cache/vsmdsl"),
        ("darwin", {}, "/home/me/Library/Caches/vsmdsl"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/vsmdsl/Cache"),
        ("linux", {"VSMDSL_CACHE": "/mine"}, "/mine"),
    ],
)
def test_it_lies_where_the_platform_keeps_caches(
    monkeypatch: pytest.MonkeyPatch, platform: str, settings: dict[str, str], expected: str
) -> None:
    for name in ("VSMDSL_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**settings, "HOME": "/home/me"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert usual_folder() == Path(expected)


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VSMDSL_CACHE", "off")
    assert usual_cache() is None


def test_a_new_version_draws_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    old = key_of("a")
    monkeypatch.setattr(caches, "_edition", lambda: "another")
    assert key_of("a") != old


@pytest.mark.parametrize(
    "about",
    [b"[" * 100_000, b"{}", b"[]", b'{"files":3}', b'{"files":%s}' % (b"9" * 6000),
     b'{"files":[["\\u0000","x"]],"headline":"x","notices":[],"title":"","description":""}'],
)  # fmt: skip
def test_what_is_no_entry_is_drawn_anew(tmp_path: Path, about: bytes) -> None:
    (tmp_path / "map.vsm").write_text("step a pt=1h\n")
    target = tmp_path / "map.svg"
    folder = Path(os.environ["VSMDSL_CACHE"])
    pictures = set()
    for _ in range(2):
        assert main(["render", str(tmp_path / "map.vsm")]) == 0
        result = drawn(Request("step a pt=1h\n", cache=Cache(folder)))
        pictures.add((target.read_bytes(), result.picture))
        for one in folder.iterdir():
            one.write_bytes(caches.sealed(about + b"\nx"))
    assert len(pictures) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_nobody_waits_for_a_pipe_in_the_cache(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "key")
    assert Cache(tmp_path).get("key") is None
