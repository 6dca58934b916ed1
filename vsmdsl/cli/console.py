"""What people see: results on standard output, all else on standard error, colour if wanted."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from vsmdsl.cli.refusals import BadInput, Refusal, Trouble
from vsmdsl.steering import CONTROLS, TURNING

STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34"}

# What to write where the terminal's encoding has no such sign.
_SPELLED = {
    "≥": ">=", "≤": "<=", "≈": "~", "×": "x", "→": "->", "…": "...", "–": "-", "—": "-", "−": "-",
    "·": "-", "█": "#", "▌": "#", "✓": "ok", "✗": "no", "’": "'", "‘": "'", "“": '"', "”": '"',
    "±": "+-", "Σ": "sum", "\u00a0": " ", "\u202f": " ", "─": "-", "│": "|",
}  # fmt: skip
_COLOURS = r"\x1b\[[0-9;]*m"
_CONTROLS = f"[{CONTROLS}{TURNING}]"

HERE = "the current folder"  # the only one that Python does not name where it is gone
MOST = 2_000  # letters of a refusal: it may quote an argument of any length
_STREAMS = ((0, "stdin", os.O_WRONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_WRONLY))

_failed: list[OSError] = []  # why standard output could not take it all


def too_deep() -> BadInput:
    """What to say where a limit of depth was raised so far that Python cannot follow."""
    return BadInput(
        "nested deeper than can be followed; lower `depth` under `[tool.vsmdsl.limits]`"
    )


def put(data: str | bytes) -> None:
    """Write a result, the artefact itself, to standard output."""
    if isinstance(data, str):
        _guarded(sys.stdout, lambda: sys.stdout.write(data))
    else:
        _guarded(sys.stdout, lambda: sys.stdout.buffer.write(data))


def encoded(text: str) -> bytes:
    """A result as UTF-8; what is none, in the name of a file, is spelled."""
    return text.encode("utf-8", "backslashreplace")


def say(text: str = "") -> None:
    """Write one message to standard error."""
    shown = harmless(text, colours=colour(sys.stderr))
    _guarded(sys.stderr, lambda: sys.stderr.write(f"{shown}\n"))


def show(error: Refusal) -> None:
    """Write a refusal to standard error, with the usage where that helps."""
    for line in error.usage:
        say(line)
    say(refusal(error))


def refusal(error: Refusal) -> str:
    """A refusal in one line."""
    text = harmless(str(error))
    shown = text if len(text) <= MOST else f"{text[: MOST * 3 // 4]} … {text[-MOST // 4 :]}"
    return f"{paint('error:', 'red')} {shown}"


def trouble(error: OSError, name: object = "") -> Trouble:
    """What the operating system refused, in one line."""
    subject = name or error.filename or (HERE if isinstance(error, FileNotFoundError) else "")
    reason = (error.strerror or str(error) or type(error).__name__).lower()
    return Trouble(f"{subject}: {reason}" if subject else reason)


def paint(text: str, style: str, stream: TextIO | None = None) -> str:
    """The text in a style, where the stream (standard error by default) shows colour."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if colour(stream or sys.stderr) else text


def colour(stream: TextIO) -> bool:
    """Whether to colour: only on a terminal, and never with NO_COLOR."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and terminal(stream)


def terminal(stream: TextIO) -> bool:
    """Whether a person is looking."""
    try:
        return stream.isatty()
    except ValueError:  # already closed
        return False


def harmless(text: str, *, colours: bool = False) -> str:
    """The text without signs that would steer a terminal: file names and labels are not ours."""
    if text.isprintable():
        return text
    pattern = f"{_COLOURS}|{_CONTROLS}" if colours else _CONTROLS
    return re.sub(pattern, _spelled_control, text)


def _spelled_control(found: re.Match[str]) -> str:
    return found[0] if len(found[0]) > 1 else f"\\x{ord(found[0]):02x}"


def version() -> str:
    """The version of vsmdsl that is running."""
    import vsmdsl

    return str(getattr(vsmdsl, "__version__", "")) or _installed()


def prepare() -> None:
    """Make sure that no sign in a message can stop us, whatever the terminal's encoding."""
    _open_what_is_closed()
    _wait_where_it_is_full()
    codecs.register_error("vsm-spelled", _spelled)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="vsm-spelled")


def _open_what_is_closed() -> None:
    """Give streams that were closed before we began (`>&-`) a place to stand.

    Else the next file that is opened takes the number of one, and our words end up in it. Reading
    from and writing results to nowhere fails as it does for other programs; messages are lost.
    """
    for number, name, way in _STREAMS:
        if getattr(sys, name) is None and not _is_open(number):
            nowhere = os.open(os.devnull, way)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            mode = "r" if number == 0 else "w"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _wait_where_it_is_full() -> None:
    """Let reading and writing wait, also in a pipe that somebody else set up not to.

    Else a map seems to end where its writer pauses, and a result where its reader does.
    """
    for number, _, _ in _STREAMS if hasattr(os, "get_blocking") else ():
        with suppress(OSError):
            if not os.get_blocking(number):
                os.set_blocking(number, True)


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def finish() -> int:
    """Empty the buffers; 3 where standard output could not take it all."""
    for stream in (sys.stdout, sys.stderr):
        _guarded(stream, stream.flush)
    if not _failed:
        return 0
    error = _failed.pop()
    _failed.clear()
    show(trouble(error, "standard output"))
    return 3


def _guarded(stream: TextIO, action: Callable[[], object]) -> None:
    try:
        action()
        stream.flush()
    except BrokenPipeError:
        _muzzle(stream)
    except ValueError:  # closed before we began: nobody listens
        pass
    except OSError as error:
        if stream is sys.stdout and not _failed:
            _failed.append(error)
        _muzzle(stream)


def _muzzle(stream: TextIO) -> None:
    # What is left in the buffer must have somewhere to go, or Python complains at its end.
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())


def _spelled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_SPELLED.get(sign) or _escaped(sign) for sign in signs), error.end


def _escaped(sign: str) -> str:
    return sign.encode("ascii", "backslashreplace").decode("ascii")


def _installed() -> str:
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return installed("vsmdsl")
    except PackageNotFoundError:
        return "0"
