"""However vsmdsl gets onto a machine, it brings its grammar and its templates, and it starts.

Three ways in: a wheel, a wheel built from an sdist, and an editable install. Each goes into a fresh
environment that borrows its dependencies from the one that runs the tests, so that nothing is
downloaded.
"""

import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WAYS = ["wheel", "sdist", "editable"]


class Files(NamedTuple):
    """What was built, and what is given to pip for each way in."""

    wheel: Path
    sdist: Path
    wheel_of_sdist: Path

    def install(self, way: str) -> list[str]:
        given = {"wheel": [str(self.wheel)], "sdist": [str(self.wheel_of_sdist)]}
        return given.get(way, ["--no-build-isolation", "--editable", str(ROOT)])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    dist, unpacked = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("unpacked")
    run("-m", "hatchling", "build", "-d", str(dist), cwd=ROOT)
    sdist = next(dist.glob("*.tar.gz"))
    with tarfile.open(sdist) as archive:
        # Python knows filters since 3.11.4, and warns without one since 3.12.
        safe: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(unpacked, **safe)
    source = next(unpacked.iterdir())
    run("-m", "hatchling", "build", "-t", "wheel", cwd=source)
    return Files(next(dist.glob("*.whl")), sdist, next((source / "dist").glob("*.whl")))


@pytest.fixture(scope="module", params=WAYS)
def python(
    request: pytest.FixtureRequest, files: Files, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The interpreter of a fresh environment into which vsmdsl was installed one way."""
    way: str = request.param
    environment = tmp_path_factory.mktemp("environment") / way
    run("-m", "venv", "--without-pip", str(environment))
    interpreter = environment / "bin" / "python"
    borrowed = sysconfig.get_path("purelib")
    site = ask(interpreter, "import sysconfig; print(sysconfig.get_path('purelib'))")
    # Folders named in a .pth file come after the environment's own, and their own .pth files are
    # not read: the vsmdsl of the environment that runs the tests stays out of sight.
    Path(site, "zz-borrowed.pth").write_text(borrowed, encoding="utf-8")
    pip = ["-m", "pip", "--python", str(interpreter), "--quiet", "--isolated"]
    run(*pip, "install", "--no-index", "--no-deps", *files.install(way))
    return interpreter


def run(*arguments: str, python: Path | None = None, cwd: Path | None = None) -> str:
    command = [str(python or sys.executable), "-I", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout}{done.stderr}"
    return done.stdout.strip()


def ask(python: Path, program: str) -> str:
    return run("-c", program, python=python, cwd=python.parent)


def data_files() -> list[str]:
    folders = (ROOT / "grammar", ROOT / "templates")
    found = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return sorted(file.relative_to(ROOT).as_posix() for file in found)


def test_the_grammar_and_every_template_are_found(python: Path) -> None:
    program = (
        "from vsmdsl.resources import data_path, read_grammar, template_dir\n"
        "assert read_grammar().strip() and template_dir().is_dir()\n"
        f"print([name for name in {data_files()!r} if not data_path(name).is_file()])"
    )
    assert ask(python, program) == "[]"


def test_the_package_is_the_installed_one(python: Path) -> None:
    lies_in = Path(ask(python, "import vsmdsl; print(vsmdsl.__file__)"))
    home = ROOT if python.parents[1].name == "editable" else python.parents[1]
    assert lies_in.is_relative_to(home)


def test_the_command_starts_by_all_its_names(python: Path) -> None:
    version = PROJECT["version"]
    assert version in run("-m", "vsmdsl", "--version", python=python, cwd=python.parent)
    for name in PROJECT["scripts"]:
        done = subprocess.run(
            [python.with_name(name), "--version"], capture_output=True, check=True
        )
        assert version.encode() in done.stdout


def test_a_wheel_holds_the_package_and_nothing_else(files: Files) -> None:
    names = zipfile.ZipFile(files.wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"vsmdsl", f"vsmdsl-{PROJECT['version']}.dist-info"}
    assert "vsmdsl/py.typed" in names
    assert {f"vsmdsl/_data/{name}" for name in data_files()} <= set(names)


def test_both_wheels_are_the_same(files: Files) -> None:
    one, other = (zipfile.ZipFile(wheel) for wheel in (files.wheel, files.wheel_of_sdist))
    assert sorted(one.namelist()) == sorted(other.namelist())
    assert all(one.read(name) == other.read(name) for name in one.namelist())
