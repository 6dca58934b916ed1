"""What the project says about its maps, where the command line says nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import click

from vsmdsl.cli.files import Input
from vsmdsl.config import Config, ConfigError, find_config
from vsmdsl.project import project_root


def config(one: Input) -> Config:
    """The settings that count for an input: those of the nearest folder upward."""
    return _config((one.path or Path("-")).absolute().parent)


def output_folder(one: Input) -> Path | None:
    """Where the project wants its pictures and reports; None for beside the map."""
    folder = config(one).output
    return project_root(one.path) / folder if folder and one.path else None


@cache
def _config(folder: Path) -> Config:
    try:
        return find_config(folder)
    except ConfigError as error:
        raise click.UsageError(str(error)) from None
