"""Two states of a stream, row by row under each other; what changes above, to scale below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vsmdsl.analysis.analyse import analyse
from vsmdsl.analysis.result import Analysis
from vsmdsl.analysis.show import show
from vsmdsl.drawing import placement
from vsmdsl.drawing.fonts import ellipsize, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.cells import network
from vsmdsl.drawing.layout.compare.columns import in_columns
from vsmdsl.drawing.layout.compare.figures import Change, changes, same_clock, tiles
from vsmdsl.drawing.layout.compare.pairing import Pair, pair
from vsmdsl.drawing.layout.compare.state import State, draw_state
from vsmdsl.drawing.layout.compare.strips import strips
from vsmdsl.drawing.layout.compose import NARROWEST, PAGES
from vsmdsl.drawing.layout.facts import Facts, facts
from vsmdsl.drawing.layout.grid import MARGIN, Grid, Place, grid
from vsmdsl.drawing.layout.ladder import rungs
from vsmdsl.drawing.layout.legend import legend, used
from vsmdsl.drawing.layout.rework import channels
from vsmdsl.drawing.layout.title import Band
from vsmdsl.drawing.scene import Group, Item, Items, Rect, Scene, Text
from vsmdsl.drawing.shapes import pill, pill_width, text_room
from vsmdsl.model.stream import ValueStream
from vsmdsl.record import record, replace
from vsmdsl.wording import ENGLISH, Wording

LEAST = 640.0  # one row is at least so wide; wrapped, as wide as was asked for
WIDE = 1200.0  # from here on the title is large
AIR = 26.0  # between two rows


@record
class Names:
    """What the picture calls the two states; `note` stands at the right of its head.

    All but the note is said in the words of the reader.
    """

    pill: str = "Current → future"
    before: str = "Now"
    after: str = "Future"
    title: str = "current against future"
    note: str = ""


# Two states of which neither is the current one, or of two maps.
BEFORE_AND_AFTER = Names(
    pill="Before → after", before="Before", after="After", title="before and after"
)


def compare(
    before: ValueStream,
    before_figures: Analysis,
    after: ValueStream,
    after_figures: Analysis,
    *,
    names: Names | None = None,
    width: float | None = None,
    page: str | None = None,
    place: Place = placement.place,
    wording: Wording = ENGLISH,
) -> Scene:
    """Draw two states of one stream, one above the other; the figures are those of each state.

    `width` wraps both into rows that stand in pairs; `page` (`a4`, `a3`, `letter`) wraps them for
    paper. A thing is found again by its id, its name, or its place and likeness.
    """
    found = pair(before, after)
    if found.before != before:  # figures name things by their keys
        before_figures = analyse(found.before)
    now = _facts(_bare(found.before, "current"), before_figures, wording)
    then = _facts(_bare(found.after, "future"), after_figures, wording)
    return _draw(found, now, then, _said(names or Names(), wording), width, page, place)


def _said(names: Names, wording: Wording) -> Names:
    say = wording.say
    return Names(say(names.pill), say(names.before), say(names.after), say(names.title), names.note)


def _draw(
    found: Pair,
    now: Facts,
    then: Facts,
    names: Names,
    width: float | None,
    page: str | None,
    place: Place,
) -> Scene:
    steps = frozenset(now.rows) | frozenset(then.rows)
    both = replace(
        then,
        stream=replace(then.stream, elements=found.elements),
        rows={**now.rows, **then.rows},
        old={key: dict(rows) for key, rows in now.rows.items() if key in then.rows},
        wastes={**now.wastes, **then.wastes},
    )
    wide = PAGES[page.casefold()] if page else width
    wide = max(wide, NARROWEST) if wide else None
    net = network(both.stream, then.analysis)
    common = grid(net, both, wide, place, compact=page is not None)
    common = replace(common, width=max(common.width, 0.0 if wide else LEAST))
    ghosts = found.gone & steps
    then = replace(
        then,
        rows=both.rows,
        old=both.old,
        ghosts=ghosts,
        fresh=(found.fresh & steps) - found.moved,
        moved=found.moved & steps,
    )
    words_ = names.before.upper(), names.after.upper()
    before = _state(common, now, found, words_[0], later=False)
    after = _state(common, then, found, words_[1], later=True)
    return _scene(before, after, common, names)


def _facts(stream: ValueStream, figures: Analysis, wording: Wording) -> Facts:
    if wording.texts:
        from vsmdsl.analysis.retold import retold  # only for readers of other languages

        figures = retold(figures, stream, wording)
    return facts(stream, figures, wording)


def _bare(stream: ValueStream, state: str) -> ValueStream:
    """The stream without what is not drawn here; only the earlier state raises a flag."""
    kept = replace(stream, parties=(), infos=(), shipments=(), kaizens=())
    return replace(kept, settings=replace(stream.settings, state=state))


def _state(common: Grid, known: Facts, found: Pair, word: str, *, later: bool) -> State:
    elements = found.elements if later else found.before.elements
    gone = found.gone if later else frozenset[str]()
    placed = in_columns(common, known.stream, known.analysis, elements, gone)
    return State(
        word=word,
        known=known,
        placed=placed,
        rungs=rungs(placed.grid, known),
        channels=channels(placed.grid, known),
        later=later,
        names=found.names if later else {},
        fresh=found.fresh if later else frozenset(),
    )


def _scene(now: State, then: State, common: Grid, names: Names) -> Scene:
    width = common.width
    found = changes(now.known, then.known)
    name = now.known.stream.settings.title or now.known.say("Value stream")
    title = f"{name} – {names.title}" if ":" in name else f"{name}: {names.title}"
    head = _head(title, _hint(now, then), names, then.known, width)
    figures = tiles(found, then.known, width, head.end + 18)
    items: list[Item] = [*head.items, *figures.items]
    y = figures.end + AIR
    for row in common.rows if common.columns else ():
        both: list[Item] = []
        for one in (now, then):
            lead = _lead(one.known) if row.number == 0 else ""
            band = draw_state(one, now, row, y, lead)
            both += band.items if one.later else _named(band.items)
            y = band.end + AIR
        items.append(Group("", tuple(both)))  # on paper they stay together
    below = strips(now.known, then.known, (now.word, then.word), width, y)
    keys = _legend(now, then, width, below.end)
    height = keys.end + 23
    paper = Rect(0, 0, width, height, fill="paper", kind="paper")
    return Scene(
        width,
        height,
        title,
        " ".join((f"{title}.", *_sentences(then, found))),
        (paper, *items, *below.items, *keys.items),
        f"{title}\n{names.note}",
    )


def _hint(now: State, then: State) -> str:
    """How to read the picture: of what it has, and of nothing else."""
    known, say = then.known, then.known.say
    same = same_clock(now.known, known)
    said = [say("Same columns, same time scale." if same else "Same columns.")]
    if known.ghosts or then.placed.lost:
        said.append(say("What is removed is dashed."))
    if known.fresh or then.new_forks:
        said.append(say("What is new is green."))
    if any(rows != dict(known.rows[key]) for key, rows in known.old.items()):
        said.append(say("A changed value is struck through, the new one is green."))
    return " ".join(said)


def _lead(known: Facts) -> str:
    lead = known.analysis.metrics.get("lead_time")
    if not lead:
        return ""
    time = known.wording.figure(show(lead, known.calendar))
    return known.say("Lead time {time}", time=time)


def _head(title: str, hint: str, names: Names, then: Facts, width: float) -> Band:
    room = width - 2 * MARGIN
    text = ellipsize(names.pill.upper(), room * 0.6, 10, 700)
    wide = pill_width(text, 10, 700, pad=10, spacing=0.5)
    size, y = (25.0, 81.0) if width < WIDE else (30.0, 86.0)
    items: list[Item] = [*pill(MARGIN + wide / 2, 38, text, pad=10, spacing=0.5)]
    date = then.stream.settings.date
    note = ellipsize(
        names.note or (words.day(date, then.wording) if date else ""), room - wide - 24, 11.5
    )
    items += [Text(width - MARGIN, 42.14, note, 11.5, 400, "ink3", "end")] if note else []
    for line in wrap(title, room, size, 700):
        items.append(Text(MARGIN, y, line, size, 700))
        y += size * 1.16
    y += 21 - size * 1.16
    for line in wrap(hint, text_room(room), 13):
        items.append(Text(MARGIN, y, line, 13, 400, "ink2"))
        y += 16.9
    return Band(tuple(items), y - 16.9)


def _named(items: Items) -> Items:
    """The same items by names of their own: pages link to those of the later state."""
    return tuple(_group_named(one) if isinstance(one, Group) else one for one in items)


def _group_named(group: Group) -> Group:
    name = f"before-{group.name}" if group.name else ""
    return replace(group, items=_named(group.items), name=name)


def _sentences(then: State, found: Sequence[Change]) -> Iterator[str]:
    """What the picture tells, for a reader who does not see it."""
    known, say = then.known, then.known.say
    for one in found:
        text = "{name}: {old} before, {new} after."
        yield say(text, name=one.name, old=one.old, new=one.new)
    for word, keys in (
        (say("Removed"), known.ghosts - known.moved),
        (say("New"), known.fresh),
        (say("Moved"), known.moved - known.ghosts),
    ):
        cells = [one.step for one in then.placed.grid.net.cells if one.step]
        names = [step.label or step.key for step in cells if step.key in keys]
        if names:
            yield f"{word}: {', '.join(names)}."


def _legend(now: State, then: State, width: float, y: float) -> Band:
    names = dict.fromkeys(
        name
        for one in (now, then)
        for name in used(one.placed.grid, one.known, tuple(one.channels.values()), True, False)
    )
    changed = {"removed_step": then.known.ghosts, "new_step": then.known.fresh}
    names.update(dict.fromkeys(name for name, keys in changed.items() if keys))
    return legend(now.known, tuple(names), width, y, kaizens=False)
