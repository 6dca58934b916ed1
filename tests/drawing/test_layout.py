"""Every map, however wild, is drawn so that nothing collides, and adds up to its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.drawing.wild import wild
from vsmdsl import compile_file
from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.result import Analysis
from vsmdsl.drawing.bands import BANDS
from vsmdsl.drawing.fonts import text_width
from vsmdsl.drawing.geometry import faults
from vsmdsl.drawing.layout import layout
from vsmdsl.drawing.layout.cells import network
from vsmdsl.drawing.layout.facts import facts
from vsmdsl.drawing.layout.grid import MARGIN, Place, grid
from vsmdsl.drawing.layout.ladder import blocks, cells_total, rungs
from vsmdsl.drawing.layout.strip import cut
from vsmdsl.drawing.placement import Cell, Edge, Placement, place
from vsmdsl.drawing.scene import Group, Items, Rect, Scene, Text
from vsmdsl.drawing.scene import Path as Line
from vsmdsl.drawing.svg import paint
from vsmdsl.model.quantity import Duration
from vsmdsl.model.stream import Step, ValueStream
from vsmdsl.record import replace

SAMPLES = Path(__file__).parents[2] / "samples"
MAPS = sorted(SAMPLES.glob("*.vsm")) + sorted((SAMPLES / "reference").glob("*.vsm"))
SIZES: tuple[dict[str, object], ...] = (
    {},
    {"width": 480},
    {"width": 800},
    {"width": 1440},
    {"page": "a4"},
    {"page": "a3"},
)
GENERATED = 500


def drawn(path: Path, **size: object) -> Iterator[Scene]:
    compiled = compile_file(path)
    for state in (compiled.current, *compiled.futures):
        yield layout(state.stream, state.analysis, **size)  # type: ignore[arg-type]


def shorter_than_its_work(step: Step) -> bool:
    """Several people at once: the lead time is below the process time."""
    work = step.pt or step.ct
    known = isinstance(step.lt, Duration) and isinstance(work, Duration)
    return known and step.lt.seconds < work.seconds  # type: ignore[union-attr]


def groups(items: Items) -> Iterator[Group]:
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from groups(item.items)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_nothing_collides_in_a_sample(path: Path, size: dict[str, object]) -> None:
    assert [faults(scene) for scene in drawn(path, **size)] == [()] * len(list(drawn(path)))


@pytest.mark.parametrize("first", range(0, GENERATED, 50))
def test_nothing_collides_in_any_map(first: int) -> None:
    """Five hundred maps, each at every size; the ladder of each sums to its lead time."""
    for seed in range(first, first + 50):
        stream = wild(seed)
        analysis, put = analyse(stream), remembered()
        for size in SIZES[:-1]:  # A3 is cut like A4
            scene = layout(stream, analysis, place=put, **size)  # type: ignore[arg-type]
            assert faults(scene) == (), f"map {seed} at {size}"
        assert_sums(stream, analysis, put)


def test_a3_is_drawn_like_a4() -> None:
    stream = wild(9)
    a4, a3 = (layout(stream, analyse(stream), page=page) for page in ("a4", "a3"))
    assert a4 == a3


def remembered() -> Place:
    """Graphviz, asked once for all sizes of a map."""
    known: dict[object, Placement] = {}

    def put(cells: Sequence[Cell], edges: Sequence[Edge]) -> Placement:
        key = (tuple(cells), tuple(edges))
        if key not in known:
            known[key] = place(cells, edges)
        return known[key]

    return put


def assert_sums(stream: ValueStream, analysis: Analysis, put: Place) -> None:
    """The ladder stands in its columns and sums to the lead time, the strip to the content."""
    known = facts(stream, analysis)
    found = grid(network(stream, analysis), known, 800.0, put)
    cells = rungs(found, known)
    path = [piece for piece in analysis.segments if piece.on_path]
    if known.inventory:  # waits alone make the lead time
        path = [piece for piece in path if not piece.work]
    assert cells_total(cells, known) == sum(piece.amount.mean for piece in path)
    if not any(shorter_than_its_work(step) for step in stream.steps()):
        assert cells_total(cells, known) == known.lead
    pieces = list(cut(known, MARGIN, 700.0))
    if pieces:
        assert sum(piece.width for piece in pieces) == pytest.approx(700.0)
    for row in found.rows:
        edges = {edge for pair in row.edges for edge in pair}
        for block in blocks(row, cells):
            whole = not (block.rung.wait and block.rung.has_work)
            assert {block.left, block.right} & edges
            assert not whole or {block.left, block.right} <= edges


def broken(scene: Scene, change: str) -> Scene:
    """The same picture with one thing out of place."""
    texts = [item for group in groups(scene.items) for item in group.items]
    first = next(item for item in texts if isinstance(item, Text) and len(item.text) > 3)
    box = next(group for group in groups(scene.items) if group.kind == "step")
    rect = next(item for item in box.items if isinstance(item, Rect))
    middle = rect.y + rect.height / 2
    right = rect.x + rect.width
    name = next(item for item in box.items if isinstance(item, Text))
    struck = Line(("M", 0, name.y - 4, "H", scene.width), stroke="info")
    over = [Line(("M", 0, middle, "L", scene.width, middle), stroke="rule")]
    wrong: dict[str, Group | Text] = {
        "texts overlap": replace(first, x=first.x + 4, y=first.y + 3),
        "text outside the page": replace(first, x=scene.width + 5),
        "box outside the page": Group("", (Rect(scene.width - 9, 9, 20, 20, fill="band"),)),
        "line outside the page": Group("info", (Line(("M", -9, 9, "H", 9), stroke="info"),)),
        "boxes overlap": Group("step", (replace(rect, x=rect.x + 30, y=rect.y + 9),)),
        "box out of its column": Group("step", (replace(rect, x=rect.x + 9, y=rect.y - 220),)),
        "text wider than its box": Text(rect.x + 5, middle, "x" * 60, 11),
        "text higher than its box": Text(right - 60, rect.y + 24, "W", 40),
        "no room for a wider font": tight(rect),
        **{
            f"{kind} line crosses a box": Group(kind, tuple(over))
            for kind in ("link", "info", "rework", "shipment")
        },
        "info line crosses a text": Group("info", (struck,)),
    }
    return replace(scene, items=(*scene.items, wrong[change]))


def tight(rect: Rect) -> Group:
    """A pill that holds its text in the shipped font, and in no wider one."""
    width = text_width("just so", 10.5) + 2
    pill = Rect(rect.x + 5, rect.y + 5, width, 18, 9, "inv")
    return Group("", (pill, Text(pill.x + 1, pill.y + 13, "just so", 10.5)))


@pytest.mark.parametrize(
    "change",
    [
        "texts overlap",
        "text outside the page",
        "box outside the page",
        "line outside the page",
        "boxes overlap",
        "box out of its column",
        "text wider than its box",
        "text higher than its box",
        "no room for a wider font",
        "link line crosses a box",
        "info line crosses a box",
        "rework line crosses a box",
        "shipment line crosses a box",
        "info line crosses a text",
    ],
)
def test_the_ruler_finds_what_is_out_of_place(change: str) -> None:
    scene = next(drawn(SAMPLES / "checkout.vsm"))
    assert faults(scene) == ()
    assert change in {fault.kind for fault in faults(broken(scene, change))}


def test_the_ruler_finds_rework_that_runs_through_a_bar() -> None:
    scene = next(drawn(SAMPLES / "reference" / "3-branches.vsm"))
    bar = next(group for group in groups(scene.items) if group.kind == "fork")
    rect = next(item for item in bar.items if isinstance(item, Rect))
    y = rect.y + rect.height / 2
    line = Line(("M", rect.x - 20, y, "H", rect.x + 30), stroke="rew")
    wrong = replace(scene, items=(*scene.items, Group("rework", (line,))))
    assert "rework line crosses a box" in {fault.kind for fault in faults(wrong)}


def test_the_same_map_gives_the_same_bytes() -> None:
    path = SAMPLES / "checkout.vsm"
    assert paint(next(drawn(path))) == paint(next(drawn(path)))


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_every_step_can_be_linked_to_and_says_what_it_is(path: Path) -> None:
    compiled = compile_file(path)
    scene = layout(compiled.stream, compiled.analysis, width=800)
    names = Counter(group.name for group in groups(scene.items) if group.name)
    assert [name for name, count in names.items() if count > 1] == []
    assert {f"step-{step.key}" for step in compiled.stream.steps()} <= set(names)
    assert all(group.title for group in groups(scene.items) if group.kind == "step")


def test_a_page_may_show_the_bare_stream() -> None:
    compiled = compile_file(SAMPLES / "checkout.vsm")
    whole = layout(compiled.stream, compiled.analysis)
    bare = layout(compiled.stream, compiled.analysis, bands=("stream",))
    kinds = {group.kind for group in groups(bare.items)}
    assert bare.height < whole.height / 2
    assert kinds.isdisjoint({"summary", "legend", "strip", "ladder", "team", "rework"})
    for band in BANDS:
        assert faults(layout(compiled.stream, compiled.analysis, bands=(band,))) == ()


def test_the_description_tells_the_map_in_sentences() -> None:
    scene = next(drawn(SAMPLES / "checkout.vsm"))
    assert scene.description.startswith("Value stream map with 5 steps: Refine story, Develop")
    assert "Lead time: 30.6 d" in scene.description
    assert "Biggest wait: 12 d (39.2 % of the lead time), Idea backlog." in scene.description
