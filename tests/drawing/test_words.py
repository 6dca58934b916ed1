"""How quantities and names read beside each other."""

import pytest

from vsmdsl.drawing.layout.words import followed


@pytest.mark.parametrize(
    ("name", "figure", "shown"),
    [
        ("Inbox", "50 %", "Inbox, 50 %"),
        ("Prüfung", "50 %", "Prüfung, 50 %"),
        ("Inbox", "", "Inbox"),
        ("בדיקת איכות", "50 %", "50 % · בדיקת איכות"),
        ("مراجعة", "", "مراجعة"),
    ],
)
def test_a_figure_is_not_carried_along_from_right_to_left(
    name: str, figure: str, shown: str
) -> None:
    assert followed(name, figure) == shown
