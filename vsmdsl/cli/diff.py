"""`vsm diff`: what changed in a stream, and what that does to its figures."""

from __future__ import annotations

from pathlib import Path

from vsmdsl.cli import (
    comparison,
    console,
    declared,
    files,
    git,
    maps,
    options,
    patience,
    pictured,
    settings,
    versions,
)
from vsmdsl.cli.comparison import Comparison
from vsmdsl.cli.declared import Choice
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.cli.versions import Wanted
from vsmdsl.json_text import json_text
from vsmdsl.pipeline import Compiled, State
from vsmdsl.record import replace

ENDINGS = {".md": "markdown", ".json": "json", ".svg": "svg", ".html": "html", ".htm": "html"}


@declared.verb(
    "diff",
    epilog=options.examples(
        "vsm diff old.vsm new.vsm",
        "vsm diff checkout.vsm --future q1           # today → q1",
        "vsm diff checkout.vsm:q1 checkout.vsm:q2    # one future → another",
        "vsm diff HEAD~3:map.vsm map.vsm             # three commits ago → now",
        "vsm diff map.vsm                            # the last commit → now",
        "vsm diff --git main -f markdown             # all maps, for a pull request",
        "vsm diff old.vsm new.vsm -o changes.html    # a page with the picture",
    ),
)
@declared.argument("states", many=True, required=False, metavar="[A] [B]")
@declared.option("--future", default="", metavar="ID", help="Compare with this future of the map.")
@declared.option(
    "--git",
    name="revision",
    default="",
    metavar="REV",
    help="Compare all maps of the checkout, or those named, with this revision.",
)
@declared.option(
    "-f",
    "--format",
    kind=Choice(("text", "markdown", "svg", "html")),
    help="How to tell it (default: as -o ends, else text).",
)
@options.output("A file, or with svg a folder (default: standard output).")
@declared.option("--json", name="as_json", flag=True, help="Print JSON (schema version 1).")
@declared.option("--exit-code", flag=True, help="Exit with 1 if something changed.")
def command(
    states: tuple[str, ...],
    future: str,
    revision: str,
    format: str | None,
    output: str | None,
    as_json: bool,
    exit_code: bool,
) -> int:
    """Tell what changed in the stream (not in the lines), and what it does to every figure.

    A and B are files, futures (FILE:ID) or git revisions (REV:FILE). With one file, the other side
    is its last commit, or the future that --future names.
    """
    found, code = _against(states, revision) if revision else _pair(states, future)
    if found or not code or revision:
        _put(found, _form(format, output, as_json=as_json), output)
    return max(code, 1 if exit_code and any(one.changed for one in found) else 0)


def _form(format: str | None, output: str | None, *, as_json: bool) -> str:
    """How it is told: as somebody says, else as the output ends."""
    ending = Path(output or "").suffix.lower()
    return "json" if as_json else format or ENDINGS.get(ending, "text")


def _put(found: list[Comparison], form: str, output: str | None) -> None:
    patience.begin("the comparison", settings.config(Input(None)).limits, max(1, len(found)))
    match form:
        case "svg":
            pictured.put_svg(found, output)
        case "html":
            pictured.put(pictured.html(found), output)
        case "json":
            entries = [comparison.as_json(one) for one in found]
            document = {"schema": 1, "changed": any(one.changed for one in found), "maps": entries}
            text = f"{json_text(document)}\n"
            pictured.put(console.encoded(text), output)
        case "markdown":
            pictured.put(console.encoded(comparison.markdown(found)), output)
        case _:
            text = "\n".join(comparison.text(one) for one in found)
            pictured.put(console.encoded(text), output)


# --- two states


def _pair(states: tuple[str, ...], future: str) -> tuple[list[Comparison], int]:
    before, after = _sides(states, future)
    old = versions.compiled(before)
    new = old if replace(after, future=before.future) == before else versions.compiled(after)
    if not _sound(old) or not _sound(new):
        return [], 1
    sides = maps.state(old, before.future), maps.state(new, after.future)
    return [comparison.comparison(after.path, *sides, *_called(before, after, sides))], 0


def _sides(states: tuple[str, ...], future: str) -> tuple[Wanted, Wanted]:
    match [versions.wanted(one) for one in states]:
        case [one, other] if not future:
            return one, other
        case [one] if future:
            return one, replace(one, future=future)
        case [one] if one.future:
            return replace(one, future=""), one
        case [one] if not one.revision and one.path != "-":
            return replace(one, revision="HEAD"), one
        case [one] if one.revision:
            return one, replace(one, revision="")
        case _:
            raise Misuse("give two states of a map, or one file, or `--git REV`")


def _called(before: Wanted, after: Wanted, sides: tuple[State, State]) -> tuple[str, str]:
    """What a reader calls the two: the states of one map by their labels, else by their files."""
    if before.name == after.name:
        return sides[0].label, sides[1].label
    old, new = (
        f"{one.name}, {state.label}" if state.key else one.name
        for one, state in zip((before, after), sides, strict=True)
    )
    return old, new


def _sound(map_: Compiled) -> bool:
    """Whether a map can be compared; its mistakes are told."""
    if not map_.ok:
        for message in maps.in_full([one for one in map_.diagnostics if one.is_error]):
            console.say(message)
    return map_.ok


# --- a whole checkout


def _against(paths: tuple[str, ...], revision: str) -> tuple[list[Comparison], int]:
    """Every map of the checkout, against the same map at a revision."""
    root = git.top(Path.cwd())
    hash = git.commit(root, revision)
    now = {
        git.within(root, one.path): one.path
        for one in files.collect(paths or (str(root),))
        if one.path
    }
    past = set(git.paths(root, hash))
    found, code = [], 0
    with git.Blobs(root) as blobs:
        for path, file in now.items():
            if path not in past:
                console.say(f"{console.harmless(path)}: new, it was not there at {revision}")
            elif blobs.read(hash, path) != file.read_bytes() or b"include" in file.read_bytes():
                old = versions.at_revision(blobs, hash, path, f"{revision}:{path}")
                one = _between(old, maps.compiled(Input(file)), path, revision)
                code = max(code, 0 if one else 1)
                found += [one] if one and one.changed else []
    for path in sorted(past - set(now)) if not paths else ():
        if path.endswith(".vsm") and not (root / path).exists():
            console.say(f"{console.harmless(path)}: gone, it was there at {revision}")
    return found, code


def _between(old: Compiled, new: Compiled, path: str, revision: str) -> Comparison | None:
    if not _sound(new):
        return None
    if not old.ok:
        console.say(
            f"{console.harmless(path)}: could not be read at {revision}, and is not compared"
        )
        return None
    return comparison.comparison(path, old.current, new.current, f"{revision}:{path}", path)
