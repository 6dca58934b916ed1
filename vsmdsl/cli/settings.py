"""What the project says about its maps, where the command line says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import Misuse
from vsmdsl.config import Config, ConfigError, find_config
from vsmdsl.project import project_root


def config(one: Input) -> Config:
    """The settings that count for an input: those of the nearest folder upward."""
    return _config((one.path or Path("-")).absolute().parent)


def forget() -> None:
    """Read the files anew from now on: somebody may have written to them."""
    _config.cache_clear()


def output_folder(one: Input) -> Path | None:
    """Where the project wants its pictures and reports; None for beside the map."""
    folder = config(one).output
    return project_root(one.path) / folder if folder and one.path else None


def colours(one: Input) -> Mapping[str, str | tuple[str, str]]:
    """The project's own colours; those that could not be read are refused."""
    own = config(one)
    return _readable(tuple(own.colors.items()), own.origin)


@cache
def _readable(
    own: tuple[tuple[str, str | tuple[str, str]], ...], origin: str
) -> Mapping[str, str | tuple[str, str]]:
    if not own:
        return {}
    from vsmdsl.drawing.theme import brand

    try:
        brand(dict(own))
    except ValueError as error:
        raise Misuse(f"{origin}: theme: {error}") from None
    return dict(own)


@cache
def _config(folder: Path) -> Config:
    try:
        return find_config(folder)
    except ConfigError as error:
        raise Misuse(str(error)) from None
