"""Reads the words of a language: PO files, as translators and their programs know them."""

from __future__ import annotations

from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import get_decimal_symbol

from vsmdsl import resources
from vsmdsl.wording import ENGLISH, Key, Wording


def read(language: str, path: Path | None) -> Wording:
    """The words of a language: those of a file, else ours; English where we have none.

    Raises OSError and ValueError where the file cannot be read.
    """
    own = path or _ours(language)
    if own is None:
        return ENGLISH
    with own.open("rb") as file:
        try:
            catalog = read_po(file, abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            raise ValueError(f"{own}: {error}") from None
    tag = _locale(str(catalog.locale_identifier or "")) if path else _locale(language)
    symbol = get_decimal_symbol(tag)
    return Wording(str(tag).replace("_", "-"), _texts(catalog), symbol, str(path or ""))


def languages() -> list[str]:
    """The languages that vsmdsl speaks, English first."""
    return [
        "en",
        *sorted(path.stem for path in resources.data_path("templates", "words").glob("*.po")),
    ]


def _ours(language: str) -> Path | None:
    for tag in (language.lower(), language.lower().partition("-")[0]):
        found = resources.data_path("templates", "words", f"{tag}.po")
        if tag.replace("-", "").isalnum() and found.is_file():
            return found
    return None


def _locale(tag: str) -> Locale:
    for part in (tag, tag.replace("_", "-").partition("-")[0]):
        try:
            return Locale.parse(part.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _texts(catalog: Catalog) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for message in catalog:
        if isinstance(message.id, str) and message.id and message.string and not message.fuzzy:
            found[message.context or "", message.id] = str(message.string)
    return found
