"""A catalogue is read as translators write it, and refused with its line where it cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from vsmdsl.wording import ENGLISH, UnknownLanguageError, language_tag, spoken, wording

HEAD = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {plurals}\\n"

"""
TWO = "nplurals=2; plural=(n > 1);"
POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
LOOPS = """msgid "{count} rework loop"
msgid_plural "{count} rework loops"
"""


def catalogue(folder: Path, text: str, language: str = "fr", plurals: str = TWO) -> Path:
    file = folder / f"{language}.po"
    head = HEAD.replace("{language}", language).replace("{plurals}", plurals)
    file.write_text(head + text, encoding="utf-8")
    return file


def test_a_catalogue_says_its_language(tmp_path: Path) -> None:
    words = spoken("", catalogue(tmp_path, 'msgid "Lead time"\nmsgstr "Temps de passage"\n'))
    assert (words.language, words.decimal) == ("fr", ",")
    assert words.say("Lead time") == "Temps de passage"
    assert words.say("Process time") == "Process time"
    assert words.figure("12.5 d") == "12,5 d"
    assert words.long_day(date(2026, 10, 14)) == "14 octobre 2026"


def test_a_catalogue_of_a_house_wins_over_ours(tmp_path: Path) -> None:
    words = wording("de-AT", catalogue(tmp_path, 'msgid "Process time"\nmsgstr "Tun"\n', "de"))
    assert words.language == "de-AT"
    assert words.say("Process time") == "Tun"
    assert words.say("Lead time") == wording("de").say("Lead time") == "Durchlaufzeit"


def test_a_number_takes_the_form_that_its_language_has(tmp_path: Path) -> None:
    forms = 'msgstr[0] "{count} pętla"\nmsgstr[1] "{count} pętle"\nmsgstr[2] "{count} pętli"\n'
    words = wording("pl", catalogue(tmp_path, LOOPS + forms, "pl", POLISH))
    loops = [words.some("{count} rework loop", "{count} rework loops", n) for n in (1, 3, 5, 22)]
    assert loops == ["1 pętla", "3 pętle", "5 pętli", "22 pętle"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('msgid "Lead time"\nmsgstr "a"\nnonsense\n', r"fr\.po:9: .*keyword"),
        ('msgid "{share} back"\nmsgstr "{shar} back"\n', r"fr\.po:7: .* has no `\{shar\}`"),
        ('msgid "{share} back"\nmsgstr "{share.__class__}"\n', "no place to fill in"),
        ('msgid "{share} back"\nmsgstr "{share!r}"\n', "no place to fill in"),
        ('msgid "{share} back"\nmsgstr "{share:>99999999}"\n', "no place to fill in"),
        ('msgid "{share} back"\nmsgstr "{}"\n', "no place to fill in"),
        ('msgid "{share} back"\nmsgstr "{share"\n', "fr.po:7"),
        (LOOPS + 'msgstr[0] "{n} x"\nmsgstr[1] "x"\n', "has no `{n}`"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wording("fr", catalogue(tmp_path, text))


@pytest.mark.parametrize(
    "rule", ["nplurals=2; plural=(n % 0);", "nplurals=2; plural=7;", "nplurals=2; plural=-n;"]
)
def test_a_rule_that_gives_no_form_is_refused(tmp_path: Path, rule: str) -> None:
    text = LOOPS + 'msgstr[0] "a"\nmsgstr[1] "b"\n'
    with pytest.raises(ValueError, match=r"fr\.po"):
        wording("fr", catalogue(tmp_path, text, plurals=rule))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 9, b"a" * 2_000_001])
def test_what_is_no_catalogue_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "fr.po"
    file.write_bytes(data)
    with pytest.raises(ValueError, match=r"fr\.po"):
        wording("fr", file)


def test_a_catalogue_of_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a catalogue of `fr`, not of `de`"):
        wording("de", catalogue(tmp_path, ""))


@pytest.mark.parametrize("language", ["fr", "tlh", "../de", "x" * 500, "d e"])
def test_who_asks_for_a_language_without_words_is_told(language: str) -> None:
    with pytest.raises(UnknownLanguageError, match="there is en, de"):
        spoken(language)
    assert wording(language) is ENGLISH


@pytest.mark.parametrize("language", ["en", "EN-gb", "en_US"])
def test_english_can_be_asked_for(language: str) -> None:
    assert spoken(language) is ENGLISH


def test_a_page_is_marked_with_what_is_read_on_it() -> None:
    german = wording("de")
    assert language_tag(german, "") == "de"
    assert language_tag(ENGLISH, "") == "en"
    assert language_tag(ENGLISH, "de") == "en"  # somebody asked for English
    assert language_tag(ENGLISH, "tlh") == "tlh"  # the author's words are most of it
