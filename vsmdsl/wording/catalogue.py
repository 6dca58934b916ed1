"""Reads the words of a language: PO files, as translators and their programs know them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import c2py
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from babel.numbers import get_decimal_symbol

from vsmdsl import resources
from vsmdsl.record import replace
from vsmdsl.wording import ENGLISH, Key, Wording

HEAD = """# The {name} words of vsmdsl: what stays empty is said in English.
# A unit has two names, for one (`1 day`) and for many; places like {{time}} stay as they are.
msgid ""
msgstr ""
"Language: {tag}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
LARGEST = 2_000_000  # bytes; ours has a fiftieth of it


def read(language: str, path: Path | None) -> Wording:
    """The words of a language: those of a file over ours; English where there are none.

    Raises OSError and ValueError where the file cannot be read.
    """
    if path is None:
        own = _ours(language)
        return _wording(_locale(language), _texts(_catalog(own), own)) if own else ENGLISH
    catalog = _catalog(path)
    told = catalog.locale_identifier or ""
    if not (told or language):
        raise ValueError(f'{path}: its head does not say the language, as in "Language: fr\\n"')
    if told and not _known(told):
        raise ValueError(f"{path}: `{told}` is the tag of no language that is known here")
    if language and told and _primary(language) != _primary(told):
        raise ValueError(f"{path}: this is a catalogue of `{told}`, not of `{language}`")
    tag = _locale(language or told)
    own = _ours(str(tag))
    ours = _texts(_catalog(own), own) if own else {}
    found = _wording(tag, ours | _texts(catalog, path))
    return replace(found, origin=str(path), **_plurals(catalog, path))


def language_of(path: Path) -> str:
    """The language that a catalogue says it is in. Raises OSError and ValueError as `read`."""
    return _catalog(path).locale_identifier or ""


def empty(language: str) -> str:
    """A catalogue of all that vsmdsl says, to be filled in. Raises ValueError for no language."""
    tag = language.strip().replace("-", "_")
    try:
        locale = Locale.parse(tag)
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"`{language}` is the tag of no language that is known here") from None
    made = Catalog(locale)
    for message in _catalog(resources.data_path("templates", "words", "de.po")):
        if message.id:
            made.add(message.id, context=message.context, user_comments=message.user_comments)
    written = BytesIO()
    write_po(written, made, width=0, omit_header=True)
    plain = HEAD.format(name=locale.english_name, tag=language.strip(), plurals=made.plural_forms)
    return plain + written.getvalue().decode()


def languages() -> list[str]:
    """The languages that vsmdsl speaks, English first."""
    return [
        "en",
        *sorted(path.stem for path in resources.data_path("templates", "words").glob("*.po")),
    ]


def _wording(tag: Locale, texts: Mapping[Key, str]) -> Wording:
    return Wording(str(tag).replace("_", "-"), texts, get_decimal_symbol(tag))


def _catalog(path: Path) -> Catalog:
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise ValueError(f"{path}: no file")
    with path.open("rb") as file:
        if len(file.read(LARGEST + 1)) > LARGEST:
            raise ValueError(f"{path}: more than {LARGEST:,} bytes are no catalogue")
        file.seek(0)
        try:
            return read_po(file, abort_invalid=True)
        except PoFileError as error:
            said = str(error).removesuffix(f" on {error.lineno}")
            raise ValueError(f"{path}:{error.lineno + 1}: {said}") from None
        except (ValueError, LookupError, TypeError) as error:  # as Babel's reader fails
            raise ValueError(f"{path}: {error}") from None


def _ours(language: str) -> Path | None:
    known = languages()[1:]
    for name in (language.lower().replace("_", "-"), _primary(language)):
        if name in known:
            return resources.data_path("templates", "words", f"{name}.po")
    return None


def _primary(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]


def _known(tag: str) -> bool:
    try:
        return Locale.parse(_primary(tag)) is not None
    except (UnknownLocaleError, ValueError):
        return False


def _locale(tag: str) -> Locale:
    for part in (tag, tag.replace("_", "-").partition("-")[0]):
        try:
            return Locale.parse(part.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def _plurals(catalog: Catalog, path: Path) -> dict[str, Any]:
    """Sentences with as many forms as the language has, and the rule that chooses one."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if isinstance(message.id, tuple) and not message.fuzzy:
            forms = tuple(message.string or ())
            for form in forms:
                _check(message.id[1], form, path, message)
            if forms and all(forms):
                found[message.id[1]] = forms
    return {"plurals": found, "plural": _rule(catalog, path)} if found else {}


def _rule(catalog: Catalog, path: Path) -> Callable[[int], int]:
    try:
        rule: Callable[[int], int] = c2py(catalog.plural_expr)
        fits = all(0 <= rule(count) < catalog.num_plurals for count in range(1000))
    except (ValueError, ArithmeticError, RecursionError):
        fits = False
    if not fits:
        raise ValueError(f"{path}: `Plural-Forms` gives no form for some numbers")
    return rule


def _texts(catalog: Catalog, path: Path) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for message in catalog:
        if isinstance(message.id, str) and message.id and message.string and not message.fuzzy:
            text = str(message.string)
            _check(message.id, text, path, message)
            found[message.context or "", message.id] = text
    return found


def _check(english: str, text: str, path: Path, message: Message) -> None:
    if strange := _places(text, path, message) - _places(english, path, message):
        what = ", ".join(f"`{{{name}}}`" for name in sorted(strange))
        raise ValueError(f"{_line(path, message)}: the English sentence has no {what}")


def _places(text: str, path: Path, message: Message) -> set[str]:
    """The places of a sentence that are filled in: plain names, nothing that computes."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise ValueError(f"{_line(path, message)}: {error}") from None
    named = [(name, form, turn) for _, name, form, turn in parts if name is not None]
    for name, form, turn in named:
        if form or turn or not name.isidentifier():
            raise ValueError(f"{_line(path, message)}: `{{{name}}}` is no place to fill in")
    return {name for name, _, _ in named}


def _line(path: Path, message: Message) -> str:
    return f"{path}:{message.lineno}" if message.lineno else str(path)
