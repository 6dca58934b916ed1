"""`vsm trend`: the headline figures of a map over the git history of its file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from vsmdsl.cli import (
    console,
    declared,
    files,
    git,
    maps,
    options,
    patience,
    settings,
    trends,
    versions,
)
from vsmdsl.cli.declared import Whole
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.trends import Revision
from vsmdsl.cli.writing import write_made
from vsmdsl.json_text import json_text
from vsmdsl.pipeline import Compiled
from vsmdsl.report.subject import NOW


@declared.verb(
    "trend",
    epilog=options.examples(
        "vsm trend checkout.vsm",
        "vsm trend checkout.vsm --svg trend.svg      # a chart for the wall or the report",
        "vsm trend checkout.vsm --json --last 50",
    ),
)
@declared.argument("path", metavar="FILE")
@declared.option(
    "--future", default="", metavar="ID", help="Take this future state of each revision."
)
@declared.option(
    "--last", kind=Whole(1), default=1000, metavar="N", help="Only the last N revisions."
)
@declared.option(
    "--all", name="everything", flag=True, help="Show revisions that changed no figure as well."
)
@declared.option("--svg", metavar="PATH", help="Write a chart (- for standard output).")
@declared.option("--json", name="as_json", flag=True, help="Print JSON (schema version 1).")
def command(
    path: str, future: str, last: int, everything: bool, svg: str | None, as_json: bool
) -> int:
    """Show how the figures of a map went over the revisions of its file.

    Each revision is read as it stood, with what it included then. Those with mistakes are listed.
    """
    if not Path(path).is_file():
        files.collect((path,))  # says what is wrong with it
        raise Misuse(f"{path} is a folder; `vsm trend` takes one map")
    found = list(revisions(Path(path), future, last))
    if not found:
        raise Misuse(f"{path}: git knows no revision of it")
    patience.begin("the history", settings.config(Input(Path(path))).limits, len(found))
    if svg:
        _draw(found, svg)
    if as_json:
        text = json_text(trends.as_json(path, found))
        console.put(console.encoded(f"{text}\n"))
    elif svg != "-":
        console.put(trends.text(path, found, everything=everything))
    return 0


def revisions(path: Path, future: str, last: int) -> Iterator[Revision]:
    """The revisions of a file, oldest first; then the file as it is, if that is not committed."""
    root = git.top(path.resolve().parent)
    place = git.within(root, path)
    commits = git.history(root, place, last)[::-1]
    newest = None
    with git.Blobs(root) as blobs:
        for number, one in enumerate(commits, 1):
            _progress(number, len(commits))
            newest = blobs.read(one.hash, one.path)
            if newest is not None:
                map_ = versions.at_revision(blobs, one.hash, one.path, f"{one.short}:{one.path}")
                yield _revision(map_, one, future)
    _progress(0, len(commits))
    if path.read_bytes() != newest:
        now = git.Commit("", NOW, "not committed yet", place)
        yield _revision(maps.compiled(Input(path)), now, future)


def _revision(map_: Compiled, one: git.Commit, future: str) -> Revision:
    errors = [it for it in map_.mistakes if it.is_error]  # goals and findings cost more
    if errors:
        first = errors[0]
        return Revision(one, None, f"line {first.span.line}: {first.message}")
    known = [it for it in (map_.current, *map_.futures) if future in (it.key, it.label)]
    state = map_.current if not future else known[0] if known else None
    return Revision(one, state, "" if state else f"no future is called `{future}`")


def _draw(found: list[Revision], svg: str) -> None:
    data = console.encoded(trends.chart(found))
    if svg == "-":
        console.put(data)
    else:
        write_made(Path(svg), data)
        console.say(f"wrote {console.harmless(svg)}")


def _progress(number: int, count: int) -> None:
    if console.terminal(sys.stderr) and (number % 5 == 0 or number == count):
        sys.stderr.write(f"\r\x1b[K{number} of {count} revisions read" if number else "\r\x1b[K")
        sys.stderr.flush()
