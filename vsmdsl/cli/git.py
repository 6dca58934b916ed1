"""What the repository knows: the only place that calls git, always as a list of arguments.

Nothing a user typed reaches git as an option, no pager, hook or helper of a repository is run, and
nothing is fetched over a network.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
from pathlib import Path
from types import TracebackType

from vsmdsl.cli.refusals import Misuse, Trouble
from vsmdsl.record import record

CALM = (
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false",
    "-c", "core.quotePath=false",
)  # fmt: skip
QUIET = {
    "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1", "GIT_PAGER": "cat",
}  # fmt: skip
OF_HOOKS = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"))
PATIENCE = 60  # seconds
ENTRY = re.compile(r"\x1e([0-9a-f]{40,64})\x1f([^\x1f]*)\x1f([^\n\x00\x1e]*)[\n\x00]*([^\x1e]*)")


@record
class Commit:
    """One revision of a file: its hash, its day, its first line, and where the file was then."""

    hash: str
    day: str
    subject: str
    path: str

    @property
    def short(self) -> str:
        """The beginning of the hash, as people write it."""
        return self.hash[:9]


def top(folder: Path) -> Path:
    """The root of the checkout that a folder lies in."""
    said = _git(folder, "rev-parse", "--show-toplevel")
    if said is None:
        raise Misuse(f"{folder}: not in a git repository")
    return Path(said.decode().rstrip("\n"))


def commit(root: Path, revision: str) -> str:
    """The hash of a revision as people write it: `main`, `HEAD~3`, `v1.2`."""
    said = None
    if revision and not revision.startswith("-") and "\x00" not in revision:
        wanted = f"{revision}^{{commit}}"
        said = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if said is None:
        raise Misuse(f"git knows no revision `{revision}`")
    return said.decode().strip().splitlines()[-1]


def within(root: Path, path: Path) -> str:
    """The path of a file from the root of its checkout."""
    try:
        found = path.resolve()
        round_about = found.is_symlink()  # Python 3.13 follows such a link no further
    except RuntimeError:  # what older Pythons call it
        round_about = True
    if round_about:
        raise Trouble(f"{path}: {os.strerror(errno.ELOOP).lower()}")
    try:
        return found.relative_to(root.resolve()).as_posix()
    except ValueError:
        raise Misuse(f"{path}: not in the git repository {root}") from None


def paths(root: Path, hash: str) -> list[str]:
    """All files of a revision."""
    said = _git(root, "ls-tree", "-r", "-z", "--name-only", "--full-tree", hash)
    return [path for path in (said or b"").decode("utf-8", "surrogateescape").split("\x00") if path]


def history(root: Path, path: str, most: int) -> list[Commit]:
    """The revisions of a file, newest first, by its older names too."""
    said = _git(
        root, "log", "--follow", "--no-color", "--no-ext-diff", "--no-textconv", "--name-only",
        f"--max-count={most}", "--format=%x1e%H%x1f%cs%x1f%s", "--", path,
    )  # fmt: skip
    text = (said or b"").decode("utf-8", "surrogateescape")
    return [
        Commit(hash, day, subject, names.strip("\n").split("\n")[0] or path)
        for hash, day, subject, names in ENTRY.findall(text)
    ]


class Blobs:
    """Files of any revision, read through one child process: `with Blobs(root) as blobs: …`."""

    def __init__(self, root: Path) -> None:
        self.child = subprocess.Popen(
            ["git", "-C", str(root), *CALM, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    def read(self, hash: str, path: str) -> bytes | None:
        """The content of a file at a revision; None where there is none."""
        if "\n" in path or path.startswith(("/", "./", "../")):
            return None  # git would take the one for two, and give up on the other
        ask, answer = self.child.stdin, self.child.stdout
        assert ask is not None
        assert answer is not None
        try:
            ask.write(f"{hash}:{path}\n".encode("utf-8", "surrogateescape"))
            ask.flush()
        except OSError:
            raise Trouble("git does not answer any more") from None
        head = answer.readline().split()
        if len(head) < 3 or head[-2] != b"blob":
            if len(head) >= 3 and head[-1].isdigit():
                answer.read(int(head[-1]) + 1)
            return None
        content = answer.read(int(head[-1]))
        answer.read(1)
        return content

    def __enter__(self) -> Blobs:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for pipe in (self.child.stdin, self.child.stdout):
            if pipe:
                pipe.close()
        self.child.wait(PATIENCE)


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git says; None where it refuses."""
    line = ["git", "-C", str(folder), "--no-pager", *CALM, *arguments]
    try:
        done = subprocess.run(
            line,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
            env=_environment(),
        )
    except FileNotFoundError:
        raise Trouble("git is not installed, and the past of a map is asked of it") from None
    except subprocess.TimeoutExpired:
        raise Trouble("git takes too long") from None
    if b"dubious ownership" in done.stderr:
        raise Trouble(f"{folder}: belongs to somebody else, and git asks you to trust it first")
    return done.stdout if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Ours, without what a hook that runs us says about its own repository."""
    ours = {key: value for key, value in os.environ.items() if key not in OF_HOOKS}
    return ours | QUIET
