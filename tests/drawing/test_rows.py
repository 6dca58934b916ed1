"""Rows of a wrapped map: what crosses them, what ends before them, and how full they are."""

from __future__ import annotations

from collections.abc import Iterator

import vsmdsl
from vsmdsl.drawing.scene import Group, Items, Rect, Scene, Text, shapes

CALENDAR = "map { calendar = 8h/day }\n"


def groups(items: Items) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from groups(item.items)


def texts(scene: Scene) -> dict[str, Text]:
    return {one.text: one for one in shapes(scene.items) if isinstance(one, Text)}


def stream(steps: int, more: str = "") -> vsmdsl.Compiled:
    lines = (f'queue q{n} wait=1d\nstep s{n} "Step {n}" pt=1h\n' for n in range(1, steps + 1))
    return vsmdsl.compile(f"{CALENDAR}{''.join(lines)}{more}")


def test_a_loop_runs_under_the_end_that_it_encloses() -> None:
    map_ = stream(12, "rework s5 -> s3 5%\nrework s12 -> s4 10%\n")
    found = texts(vsmdsl.scene(map_.current, width=1100))
    assert found["from Step 12"].y < found["5 % back"].y


def test_rows_are_about_as_full_as_each_other() -> None:
    scene = vsmdsl.scene(stream(8).current, width=1300)
    rows: dict[float, int] = {}
    for group in groups(scene.items):
        if group.kind == "step":
            top = next(one.y for one in group.items if isinstance(one, Rect))
            rows[top] = rows.get(top, 0) + 1
    assert sorted(rows.values()) == [4, 4]


def test_a_dead_end_has_no_band_in_the_rows_after_it() -> None:
    map_ = vsmdsl.compile(
        f"{CALENDAR}step a 1h\nparallel {{\n"
        "branch { step b 1h\n queue q 1d\n step c 1h\n queue r 1d\n step d 1h }\n"
        'branch "Papers" joins=no { step p 1h }\n}\nstep z 1h\n'
    )
    for width, rows in ((None, 1), (560, 2)):
        scene = vsmdsl.scene(map_.current, width=width)
        lanes = [group for group in groups(scene.items) if group.kind.startswith("lane")]
        assert sum("Does not join" in lane.title for lane in lanes) == 1
        assert sum("Longest" in lane.title for lane in lanes) >= rows


def test_a_fork_whose_only_branch_ended_rows_before_still_has_its_join() -> None:
    dead = "branch y { parallel { branch z joins=no { handoff h } } }"
    long = "branch x 96% { queue q 1d; queue r 2d; step t pt=1h; step u pt=1h }"
    map_ = vsmdsl.compile(f"{CALENDAR}choice {{ {long}; {dead} }}; step last pt=1h")
    assert map_.ok
    for width in range(300, 1000, 100):
        assert "Last" in texts(vsmdsl.scene(map_.current, width=width))


def test_the_warm_column_keeps_off_the_title() -> None:
    scene = vsmdsl.scene(vsmdsl.compile(f"{CALENDAR}step a pt=2h lt=1d").current)
    warm = next(
        one for one in shapes(scene.items) if isinstance(one, Rect) and one.kind == "hotspot"
    )
    clock = texts(scene)["1 d = 8 h, 5 d/week"]
    assert clock.y < warm.y
