"""In which language a map and a report speak: the flag decides, else the map, else the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, STREAM, Ran

Vsm = Callable[..., Ran]
GERMAN = 'map "Sketch" { calendar = 8h/day; language = de }\n' + STREAM
FRENCH = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "Lead time"\nmsgstr "Temps de passage"\n'
)
HOUSE = FRENCH.replace("fr", "de").replace("Temps de passage", "Laufzeit")
WORDS = {"en": "Lead time", "de": "Durchlaufzeit", "fr": "Temps de passage", "house": "Laufzeit"}


@pytest.fixture
def spoken(vsm: Vsm, folder: Path) -> Callable[..., str]:
    """The language in which a map is drawn and reported, with this project and these options."""
    (folder / "de.vsm").write_text(GERMAN, encoding="utf-8")
    (folder / "fr.po").write_text(FRENCH, encoding="utf-8")
    (folder / "house.po").write_text(HOUSE, encoding="utf-8")

    def ask(map_: str, project: str, *options: str) -> str:
        (folder / "vsmdsl.toml").write_text(project, encoding="utf-8")
        said = set()
        for verb in ("render", "report"):
            ran = vsm(verb, map_, "-o", "done.html", *options)
            assert ran.code == 0, ran.err
            page = (folder / "done.html").read_text(encoding="utf-8")
            (word,) = (key for key, text in WORDS.items() if f">{text}<" in page)
            said.add(word)
            assert f'<html lang="{word.replace("house", "de")}"' in page
        (language,) = said
        return language

    return ask


@pytest.mark.parametrize(
    ("map_", "project", "options", "language"),
    [
        ("good.vsm", "", (), "en"),
        ("good.vsm", "", ("--language", "de"), "de"),
        ("good.vsm", "", ("--language", "DE"), "de"),
        ("good.vsm", "", ("--catalogue", "fr.po"), "fr"),
        ("good.vsm", "", ("--language", "fr", "--catalogue", "fr.po"), "fr"),
        ("good.vsm", 'language = "de"', (), "de"),
        ("good.vsm", 'language = "de"', ("--language", "en"), "en"),
        ("good.vsm", 'catalogue = "fr.po"', (), "fr"),
        ("good.vsm", 'catalogue = "fr.po"', ("--language", "de"), "de"),
        ("good.vsm", 'catalogue = "fr.po"', ("--language", "fr"), "fr"),
        ("good.vsm", 'language = "de"\ncatalogue = "house.po"', (), "house"),
        ("de.vsm", "", (), "de"),
        ("de.vsm", "", ("--language", "en"), "en"),
        ("de.vsm", "", ("--catalogue", "fr.po"), "fr"),
        ("de.vsm", 'catalogue = "fr.po"', (), "de"),
        ("de.vsm", 'language = "en"', (), "de"),
        ("de.vsm", 'catalogue = "house.po"', (), "house"),
    ],
)
def test_the_flag_wins_then_the_map_then_the_project(
    spoken: Callable[..., str], map_: str, project: str, options: tuple[str, ...], language: str
) -> None:
    assert spoken(map_, project, *options) == language


@pytest.mark.parametrize("verb", ["render", "report"])
@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--language", "fr"), 2, "there are no words for the language `fr` (there is en, de)"),
        (("--catalogue", "nowhere.po"), 2, "nowhere.po: no such file or directory"),
        (("--catalogue", "good.vsm"), 1, "good.vsm:1: "),
        (("--catalogue", "fr.po", "--language", "de"), 1, "a catalogue of `fr`, not of `de`"),
    ],
)
def test_words_that_are_not_there_are_one_message(
    vsm: Vsm, folder: Path, verb: str, options: tuple[str, ...], code: int, said: str
) -> None:
    (folder / "fr.po").write_text(FRENCH, encoding="utf-8")
    ran = vsm(verb, "good.vsm", "-o", "done.html", *options)
    assert ran.code == code
    assert said in ran.err
    assert not (folder / "done.html").exists()


def test_a_project_without_words_is_told_where(vsm: Vsm, folder: Path) -> None:
    (folder / "vsmdsl.toml").write_text('language = "fr"\n', encoding="utf-8")
    ran = vsm("render", "good.vsm")
    assert ran.code == 2
    assert "vsmdsl.toml: there are no words for the language `fr`" in ran.err


def test_a_kept_picture_knows_its_words(
    vsm: Vsm, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VSMDSL_CACHE", str(folder / "cache"))
    file = folder / "fr.po"
    for word in ("Passage", "Parcours", "Passage"):
        file.write_text(FRENCH.replace("Temps de passage", word), encoding="utf-8")
        for _ in "twice":
            assert vsm("render", "good.vsm", "--catalogue", "fr.po").code == 0
            assert f">{word}<" in (folder / "good.svg").read_text(encoding="utf-8")
    assert vsm("render", "good.vsm").code == 0
    assert ">Lead time<" in (folder / "good.svg").read_text(encoding="utf-8")


def test_two_states_in_german(vsm: Vsm, folder: Path) -> None:
    ran = vsm("render", "checkout.vsm", "--compare", ":q1", "--language", "de", "-o", "c.svg")
    assert ran.code == 0
    assert ">IST → SOLL<" in (folder / "c.svg").read_text(encoding="utf-8")


def test_a_report_of_several_maps_speaks_one_language(vsm: Vsm, folder: Path) -> None:
    (folder / "de.vsm").write_text(GERMAN, encoding="utf-8")
    assert vsm("report", "de.vsm", "good.vsm", "-o", "all.html").code == 0
    page = (folder / "all.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "2 Wertströme" in page
    assert "How these numbers were made" not in page


def test_an_empty_catalogue_to_be_filled_in(vsm: Vsm, folder: Path) -> None:
    (folder / "good.vsm").write_text(GOOD, encoding="utf-8")
    assert vsm("init", "--catalogue", "fr").code == 0
    file = folder / "fr.po"
    text = file.read_text(encoding="utf-8")
    assert '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"' in text
    assert vsm("report", "good.vsm", "--catalogue", "fr.po").code == 0
    plain = (folder / "good.html").read_text(encoding="utf-8")
    assert "How these numbers were made" in plain
    done = text.replace(
        'msgid "How these numbers were made"\nmsgstr ""',
        'msgid "How these numbers were made"\nmsgstr "D’où viennent ces chiffres"',
    )
    file.write_text(done, encoding="utf-8")
    assert vsm("report", "good.vsm", "--catalogue", "fr.po").code == 0
    page = (folder / "good.html").read_text(encoding="utf-8")
    assert "D’où viennent ces chiffres" in page
    assert vsm("init", "--catalogue", "fr").code == 2  # never over what is there
    assert vsm("init", "--catalogue", "../x").code == 2
