"""In which words a map or a report speaks: the command line decides, else the map, else the
project.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from vsmdsl.cli import settings
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import BadInput, Misuse, Refusal
from vsmdsl.wording import ENGLISH, UnknownLanguageError, Wording, spoken, wording


def words(one: Input, own: str, language: str | None, catalogue: str | None) -> Wording:
    """The words for an input whose map names the language `own`, empty for none.

    A project's catalogue adds to its own language only: a map in another one does not ask it.
    """
    if language or catalogue:
        file = Path(catalogue) if catalogue else _project_catalogue(one, language or "")
        return _spoken(language or "", file, "")
    config = settings.config(one)
    if own:
        return _written(own, _project_catalogue(one, own))
    file = _project_catalogue(one, config.language)
    return _spoken(config.language, file, config.origin) if config.language or file else ENGLISH


def catalogues(one: Input, catalogue: str | None) -> list[Path]:
    """The files that may have a say: what they hold is part of a picture."""
    own = _of_project(one)
    return [path for path in (Path(catalogue) if catalogue else None, own) if path]


def _of_project(one: Input) -> Path | None:
    config = settings.config(one)
    return Path(config.origin).parent / config.catalogue if config.catalogue else None


def _project_catalogue(one: Input, language: str) -> Path | None:
    """The catalogue of the project, where it is in this language or none was asked for."""
    path = _of_project(one)
    if path is None or not language:
        return path
    told = settings.config(one).language or _language_of(path)
    same = {tag.lower().replace("_", "-").partition("-")[0] for tag in (language, told)}
    return path if len(same) == 1 else None


@cache
def _language_of(path: Path) -> str:
    from vsmdsl.wording.catalogue import language_of

    try:
        return language_of(path)
    except (OSError, ValueError) as error:
        raise _refusal(error, path) from None


def _spoken(language: str, path: Path | None, origin: str) -> Wording:
    try:
        return spoken(language, path)
    except UnknownLanguageError as error:
        raise Misuse(f"{origin}: {error}" if origin else str(error)) from None
    except (OSError, ValueError) as error:
        raise _refusal(error, path) from None


def _written(language: str, path: Path | None) -> Wording:
    """The words of a language that a map names, which may be one that we have none for."""
    try:
        return wording(language, path)
    except (OSError, ValueError) as error:
        raise _refusal(error, path) from None


def _refusal(error: OSError | ValueError, path: Path | None) -> Refusal:
    if isinstance(error, OSError):
        return Misuse(f"{path}: {(error.strerror or str(error)).lower()}")
    return BadInput(str(error))
