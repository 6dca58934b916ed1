"""A long map on paper: few pages, no row torn from its ladder, names that can be read."""

from __future__ import annotations

import pytest

import vsmdsl
from vsmdsl.drawing.layout import layout
from vsmdsl.drawing.scene import Group, Rect, Scene
from vsmdsl.report.paging import MM_PER_POINT, NAME, SMALLEST, Sheet, sheets


def long_map(steps: int) -> vsmdsl.Compiled:
    lines = ['map "From idea to invoice" { calendar = 8h/day, 5d/week }']
    lines += ['supplier shop "Shop"', 'customer buyer "Buyer"', 'control plan "Planning"']
    for at in range(steps):
        lines += [f'queue q{at} "Waiting for review" wait=2d']
        lines += [f'step s{at} "Write quotation" team=t{at // 6} pt=2h lt=1d ca=90% people=2']
    return vsmdsl.compile(
        "\n".join([*lines, "rework s6 -> s5 20%", f"rework s{steps - 1} -> s3 5%"])
    )


def printed(steps: int, page: str) -> tuple[Sheet, ...]:
    compiled = long_map(steps)
    return sheets(layout(compiled.stream, compiled.analysis, page=page), page)


def kinds(scene: Scene) -> list[str]:
    return [item.kind for item in scene.items if isinstance(item, Group)]


@pytest.mark.parametrize("page", ["a4", "a3"])
def test_thirty_steps_can_be_read_on_two_pages(page: str) -> None:
    found = printed(30, page)
    assert len(found) == 2
    assert len({sheet.scale for sheet in found}) == 1
    assert all(NAME * sheet.scale / MM_PER_POINT >= SMALLEST[page] for sheet in found)
    first, last = (kinds(sheet.scene) for sheet in found)
    assert {"strip", "legend"} <= set(last) - set(first)
    assert "band information" in first


@pytest.mark.parametrize("steps", [9, 14, 16, 21, 30, 37, 44, 60])
def test_no_page_is_nearly_empty_and_no_row_without_its_ladder(steps: int) -> None:
    found = printed(steps, "a4")
    for sheet in found:
        rows = {round(box.y) for box in boxes(sheet.scene)}
        assert len(rows) == kinds(sheet.scene).count("ladder")
    together = len(found) == 2 and not kinds(found[1].scene).count("ladder")  # the whole stream
    enough = len(found) == 1 or found[-1].scene.height > 0.35 * found[0].scene.height
    assert together or enough


def boxes(scene: Scene) -> list[Rect]:
    steps = [item for item in scene.items if isinstance(item, Group) and item.kind == "step"]
    return [next(item for item in step.items if isinstance(item, Rect)) for step in steps]


@pytest.mark.parametrize("width", [480, 800])
def test_information_without_a_way_of_its_own_stands_in_a_list(width: int) -> None:
    compiled = vsmdsl.compile(
        'supplier a "Mill"; supplier b "Foundry"; customer c "Shop"; customer d "Export"\n'
        'control p "Planning"; control q "Dispatch"\n'
        "step one 1h; step two 1h; step three 1h; step four 1h; step five 1h; step six 1h\n"
        'info six -> p "Done"\ninfo d -> b "Forecast"\ninfo six -> one "Card" by=kanban\n'
    )
    scene = layout(compiled.stream, compiled.analysis, width=width)
    said = [item for item in scene.items if isinstance(item, Group) and item.kind == "info"]
    titles = " | ".join(item.title for item in said)
    for words in ("Done", "Forecast", "Card"):
        assert words in titles
