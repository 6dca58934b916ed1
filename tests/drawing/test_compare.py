"""Current against future: the same columns, ghosts for what goes, green for what comes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.drawing.test_layout import groups
from vsmdsl import compile_file
from vsmdsl.drawing.dot import to_dot
from vsmdsl.drawing.geometry import faults
from vsmdsl.drawing.layout.compare import compare
from vsmdsl.drawing.layout.compare.merging import merged
from vsmdsl.drawing.scene import Rect, Scene, Text, shapes
from vsmdsl.pipeline import compile as compile_text
from vsmdsl.report.paging import sheets

SAMPLES = Path(__file__).parents[2] / "samples"
CLOCK = "map { calendar = 8h/day, 5d/week }\n"
WITH_FUTURES = ("checkout", "acme", "loan", "hospital", "reference/5-delta")


def drawn(name: str) -> Scene:
    compiled = compile_file(SAMPLES / f"{name}.vsm")
    before, after = compiled.current, compiled.futures[0]
    return compare(before.stream, before.analysis, after.stream, after.analysis)


@pytest.mark.parametrize("name", WITH_FUTURES)
def test_nothing_collides_between_two_states(name: str) -> None:
    assert faults(drawn(name)) == ()


def test_what_goes_is_a_ghost_and_what_comes_is_new() -> None:
    found = list(groups(drawn("reference/5-delta").items))
    ghosts = {group.title for group in found if group.kind == "removed"}
    assert ghosts == {"Removed: Manual test", "Removed: Release approval"}
    assert "Lead time: 30.2 d before, 6.6 d after." in drawn("reference/5-delta").description


def test_the_order_of_both_states_is_kept() -> None:
    before = compile_text("step a 1h\nstep b 1h\nstep c 1h").stream.elements
    after = compile_text("step a 1h\nstep x 1h\nstep c 1h").stream.elements
    assert [one.key for one in merged(before, after)] == ["a", "x", "b", "c"]


def test_a_dot_file_quotes_whatever_people_write() -> None:
    compiled = compile_text('step a "<b>\\"x\\\\n</b>" pt=1h\nstep b "plain" pt=1h')
    text = to_dot(compiled.stream, compiled.analysis)
    assert r'label="<b>\"x\\n</b>\nPT 60 min"' in text
    assert "n0 -> n1" in text


# --- what lies between two states -----------------------------------------------------------


def between(before: str, after: str, **size: Any) -> Scene:
    old, new = (compile_text(text if "map {" in text else CLOCK + text) for text in (before, after))
    assert old.ok
    assert new.ok
    scene = compare(old.stream, old.analysis, new.stream, new.analysis, **size)
    assert faults(scene) == ()
    return scene


@pytest.mark.parametrize("width", [None, 480, 800])
def test_the_name_of_a_tool_has_room_in_a_wider_font(width: float | None) -> None:
    before = "step a pt=79d lt=42d ct=19.7d people=23328"
    for length in range(20, 40):
        tool = "a rather long name of a tool of some kind"[:length]
        between(before, f'step a pt=1min lt=? ct=133d tool="{tool}"', width=width)


def texts(scene: Scene) -> list[str]:
    return [shape.text for shape in shapes(scene.items) if isinstance(shape, Text)]


def titles(scene: Scene, kind: str) -> set[str]:
    return {group.title for group in groups(scene.items) if group.kind == kind}


def test_a_step_that_moves_is_a_ghost_where_it_was() -> None:
    scene = between("step a 1h\nstep b 1h\nstep c 1h", "step b 1h\nstep c 1h\nstep a 1h")
    assert titles(scene, "removed") == {"Moved: A"}
    assert "MOVED" in texts(scene)
    assert "NEW" not in texts(scene)
    assert "Moved: A." in scene.description


def test_a_new_name_stands_under_the_old_one() -> None:
    scene = between('step dev "Develop" 1h', 'step dev "Build it" 1h')
    assert texts(scene).count("Develop") == 2  # as it is now, and struck over the future's box
    assert "Build it" in texts(scene)
    assert titles(scene, "removed") == set()


def test_a_step_without_an_id_is_known_by_its_likeness() -> None:
    scene = between("step Develop pt=3h lt=5d ca=80%", "step Build pt=3h lt=5d ca=80%")
    assert "NEW" not in texts(scene)
    assert titles(scene, "removed") == set()


FORK = """step a 1h
parallel checks {
  branch one "One" { step b 1h; step c 1h }
  branch two "Two" { step d 2h }
}
step e 1h
rework c -> b 5%
rework e -> a 5%"""


def test_a_fork_that_goes_leaves_dashed_branches() -> None:
    scene = between(FORK, "step a 1h\nstep e 1h\nrework e -> a 5%")
    assert titles(scene, "lane removed") == {"Removed branch: One", "Removed branch: Two"}
    bars = {"Removed: fork", "Removed: join"}
    assert titles(scene, "removed") == {"Removed: B", "Removed: C", "Removed: D"} | bars
    assert titles(scene, "flow") == {"The new way"}


def test_a_fork_that_comes_has_green_bars_and_a_tab_of_its_own() -> None:
    scene = between("step a 1h\nstep e 1h\nrework e -> a 5%", FORK)
    assert texts(scene).count("NEW") == 4  # three steps and the fork
    bars = [one for one in groups(scene.items) if one.kind in ("fork", "join")]
    assert {one.fill for bar in bars for one in bar.items if isinstance(one, Rect)} == {"goodln"}


@pytest.mark.parametrize("width", [None, 800])
def test_forks_that_come_one_right_after_the_other_keep_their_words_apart(
    width: float | None,
) -> None:
    lines = ["step a 1h"]
    for name, more in (("b", "waste=waiting"), ("c", 'tool="x"')):  # the second stands a bit lower
        one, two = f"step {name}1 1h", f'step {name}2 "Two" pt=1h {more}'
        lines.append(f'parallel {name} {{\nbranch "One" {{ {one} }}\nbranch "Two" {{ {two} }}\n}}')
    between("step a 1h", "\n".join(lines), width=width)


@pytest.mark.parametrize("page", ["a4", "a3"])
def test_a_pair_of_rows_is_never_torn_on_paper(page: str) -> None:
    lines = [f"queue q{at} wait=2d\nstep s{at} 1h/1d" for at in range(24)]
    scene = between("\n".join(lines), "\n".join(lines).replace("1d", "2d"), page=page)
    parts = sheets(scene, page)
    assert len(parts) > 1
    for part in parts:
        words = texts(part.scene)
        assert words.count("NOW") == words.count("FUTURE")


def test_the_hint_says_only_what_is_to_be_seen() -> None:
    same = between("step a 1h\nstep b 1h", "step a 1h\nstep b 1h")
    changed = between("step a 1h\nstep b 1h", "step a 2h\nstep b 1h")
    assert "Same columns, same time scale." in texts(same)
    assert any("struck through" in one for one in texts(changed))
    assert same.width < 700


def test_one_branch_less() -> None:
    third = '  branch three "Three" { step f 1h }\n}'
    scene = between(
        FORK.replace("}\n}", f"}}\n{third}"),
        FORK.replace('  branch two "Two" { step d 2h }\n}', third),
        width=800,
    )
    assert titles(scene, "lane removed") == {"Removed branch: Two"}
    assert titles(scene, "removed") == {"Removed: D"}
    assert "NEW" not in texts(scene)


def test_two_streams_with_nothing_in_common() -> None:
    scene = between('step a "Mow" 1h\nqueue 3d\nstep b "Rake" 2h', 'step x "Bake" 10min', width=480)
    assert titles(scene, "removed") == {"Removed: Mow", "Removed: Rake"}
    assert "NEW" in texts(scene)


def test_an_empty_state_is_drawn_too() -> None:
    assert "NEW" in texts(between("", "step a 1h"))
    assert titles(between("step a 1h", ""), "removed") == {"Removed: A"}
    assert between("", "").height > 0


def test_the_time_that_comes_free_and_the_time_that_is_lost() -> None:
    short, long = "queue 2d\nstep a 1h/1d", "queue 9d\nstep a 1h/1d"
    assert "7 d returned to the customer" in texts(between(long, short))
    assert "7 d longer from now on" in texts(between(short, long))


def test_nothing_is_claimed_that_is_not_known() -> None:
    unknown = texts(between("queue 9d\nstep a pt=? lt=?", "queue 2d\nstep a pt=1h lt=1d"))
    assert not [text for text in unknown if "returned" in text]
    assert [text for text in unknown if text.startswith("−")] == ["−78 %"]  # the biggest wait
    clock = "map { calendar = 24h/day, 7d/week }\n"
    other = texts(between("queue 9d\nstep a 1h/1d", f"{clock}queue 2d\nstep a 1h/1d"))
    assert not [text for text in other if "returned" in text]


@pytest.mark.parametrize("width", [480, 800])
def test_rows_stand_in_pairs(width: float) -> None:
    compiled = compile_file(SAMPLES / "reference" / "4-long.vsm")
    state = compiled.current
    scene = compare(state.stream, state.analysis, state.stream, state.analysis, width=width)
    words = [text for text in texts(scene) if text in ("NOW", "FUTURE")]
    rows = len(words) // 2 - 1  # the strips are a pair of their own
    assert rows > 3
    assert words == ["NOW", "FUTURE"] * (rows + 1)
    assert scene.width == width


def test_both_states_show_their_figures_to_one_scale() -> None:
    scene = drawn("acme")
    assert {"23.6 d", "188 s", "4.5 d", "169 s"} <= set(texts(scene))
    assert "19.1 d returned to the customer" in texts(scene)
