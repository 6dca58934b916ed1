"""What is not done, and why: each refusal has its words and its exit code."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - it is no mistake of ours
    """Something is not done; its one argument says why. `usage` is what helps to say it right."""

    exit_code = 1
    usage: tuple[str, ...] = ()


class BadInput(Refusal):
    """The input cannot be used as it is. Exit code 1."""


class Misuse(Refusal):
    """The command line, or what the project says, makes no sense. Exit code 2."""

    exit_code = 2


class Trouble(Refusal):
    """The environment does not allow it: a disk, a permission, a library. Exit code 3."""

    exit_code = 3
