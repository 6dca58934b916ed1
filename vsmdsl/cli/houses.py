"""The style of the house: from the command line, else from `[tool.vsmdsl.report]`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vsmdsl.cli import settings
from vsmdsl.cli.files import Input
from vsmdsl.cli.refusals import BadInput, Misuse
from vsmdsl.report.house import House


def house(
    one: Input,
    *,
    title: str | None,
    author: str | None,
    confidential: str | None,
    logo: str | None,
    template: str | None,
) -> House:
    """What was said, else what the project says; its files are meant from its configuration."""
    config = settings.config(one)
    own, base = config.report, Path(config.origin).parent

    def place(said: str | None, key: str) -> Path | None:
        if said:
            return Path(said)
        return base / own[key] if own.get(key) else None

    picture, folder = place(logo, "logo"), place(template, "template")
    if folder is not None and not folder.is_dir():
        raise Misuse(f"no such folder of templates: {folder}")
    return House(
        title=own.get("title", "") if title is None else title,
        author=own.get("author", "") if author is None else author,
        confidential=own.get("confidential", "") if confidential is None else confidential,
        logo=_logo(picture) if picture else b"",
        folder=folder.resolve() if folder else None,
    )


@contextmanager
def templates() -> Iterator[None]:
    """Turn a template that cannot be filled in into a refusal."""
    from vsmdsl.report.filling import TemplateError

    try:
        yield
    except TemplateError as problem:
        raise BadInput(str(problem)) from None


def _logo(path: Path) -> bytes:
    from vsmdsl.report.logo import LARGEST, logo_png  # only where there is one

    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise Misuse(f"{path}: no file")
    try:
        with path.open("rb") as file:
            return logo_png(file.read(LARGEST + 1))
    except OSError as error:
        raise Misuse(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except ValueError as problem:
        raise BadInput(f"{path}: {problem}") from None
