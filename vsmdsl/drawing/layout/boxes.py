"""The box of a step: its name, its people, what was measured, and the waste seen there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vsmdsl.drawing.fonts import ellipsize, text_width, widest, wrap
from vsmdsl.drawing.layout import words
from vsmdsl.drawing.layout.datarows import ROW_NAMES, DataRow
from vsmdsl.drawing.layout.facts import Facts
from vsmdsl.drawing.scene import Group, Item, Items, Path
from vsmdsl.drawing.shapes import label, line, paragraph, struck, text_room
from vsmdsl.drawing.symbols.boxes import box_back, box_front
from vsmdsl.drawing.symbols.change import changed_value, changed_width, new_tab, removed_box
from vsmdsl.drawing.symbols.marks import waste, waste_width
from vsmdsl.drawing.symbols.people import automated, operator
from vsmdsl.model.quantity import Duration, Gap
from vsmdsl.model.stream import Step
from vsmdsl.record import record

NAME_SIZE, NAME_PITCH = 13.5, 16.5
SMALLEST = 9.5  # no text is smaller
NAME_WRAP = 122.5  # the width of a box whose name is broken in a seemly way
ROW, OPERATOR, CHIP, SIDE = 19.0, 26.0, 21.0, 9.0
NARROW, WIDE = 112.0, 160.0
SHRUNK = 16.0  # what a wrapped row may take from a box, where two values stand side by side


@record
class BoxSize:
    """What all boxes of a map have in common."""

    width: float
    people: float  # height of the operator row, 0 where no step has one


def chips(key: str, facts: Facts) -> tuple[DataRow, ...]:
    """The wastes of an element as words for a chip, with the reason."""
    if key not in facts.wastes:  # most of them
        return ()
    return tuple(
        (facts.say(kind.replace("_", " ").capitalize()), why) for kind, why in facts.wastes[key]
    )


def name_lines(step: Step, width: float = NAME_WRAP) -> tuple[str, ...]:
    """The name of a step, broken to fit its box."""
    return wrap(step.label or step.key, _name_room(width), NAME_SIZE, 700)


def _name_room(width: float) -> float:
    return min(width - 14, text_room(width, 0.5))


def natural_width(step: Step, facts: Facts) -> float:
    """How wide the box of a step wants to be."""
    rows = facts.rows[step.key]
    old = facts.old.get(step.key, {})
    data = max((_row_width(key, value, old.get(key, value)) for key, value in rows), default=0.0)
    waste = max((waste_width(text) + 9 for text, _ in chips(step.key, facts)), default=0.0)
    return max(widest(name_lines(step), NAME_SIZE, 700) + 20, data, waste)


def _row_width(key: str, value: str, old: str) -> float:
    if old != value:
        return text_width(key, 10.5) + changed_width(old, value) + 28 + SHRUNK
    return text_width(key, 10.5) + text_width(value, 11.5, 600) + 26


def box_size(facts: Facts) -> BoxSize:
    """The common width of all boxes, and whether they have a row for people."""
    steps = facts.stream.steps()
    width = max((natural_width(step, facts) for step in steps), default=NARROW)
    shown = any(step.people or step.tool or step.automation for step in steps)
    return BoxSize(min(max(width, NARROW), WIDE), OPERATOR if shown else 0.0)


def name_height(lines: int, *, team: bool = False) -> float:
    """The height of the name area, the same for a whole row."""
    return max(NAME_PITCH * lines + 14, 44.0) + 13 * team


def box_height(step: Step, facts: Facts, head: float, people: float) -> float:
    """The height of a box under a name area of a given height."""
    wastes = len(chips(step.key, facts))
    rows = len(facts.rows[step.key])
    return (
        head + people + ROW * rows + (CHIP * wastes + 7 if wastes else 0) + (2 if not rows else 0)
    )


def box(
    step: Step,
    facts: Facts,
    x: float,
    y: float,
    width: float,
    head: float,
    people: float,
    *,
    with_team: bool = False,
) -> Items:
    """Draw the box of a step by its upper left corner."""
    height = box_height(step, facts, head, people)
    if step.key in facts.ghosts:
        return _ghost(step, facts, x, y, width, height, head)
    fresh = step.key in facts.fresh
    items: list[Item] = [*box_back(x, y, width, height, head, tint="goodsoft" if fresh else "head")]
    items += _name(step, facts, x, y, width, head, with_team)
    top = y + head
    if people:
        items += _people(step, facts, x, top, width, people)
        top += people
    rows = facts.rows[step.key]
    if people and (rows or chips(step.key, facts)):
        items.append(line(x, top, x + width, top, thick=1.5))
    items += _table(rows, x, top, width, facts.old.get(step.key, {}))
    items += _wastes(step, facts, x, top + ROW * len(rows), width)
    if fresh:
        items += (
            box_front(x, y, width, height, stroke="goodln", thick=2),
            *new_tab(x + width / 2, y, text=facts.say("NEW")),
        )
    else:
        items.append(box_front(x, y, width, height))
        moved = step.key in facts.moved
        items += new_tab(x + width / 2, y, text=facts.say("MOVED")) if moved else ()
    return (Group("step", tuple(items), _tooltip(step, facts), f"step-{step.key}", step.url),)


def _name(
    step: Step, facts: Facts, x: float, y: float, width: float, head: float, with_team: bool
) -> Items:
    team = facts.team(step) if with_team else ""
    lines = name_lines(step, width)
    middle = y + head / 2 - (6.5 if team else 0)
    name = paragraph(x + width / 2, middle, lines, NAME_SIZE, 700, pitch=NAME_PITCH)
    if not team:
        return name
    below = middle + NAME_PITCH * len(lines) / 2 + 7
    short = ellipsize(team, text_room(width), 10.5)
    return (*name, label(x + width / 2, below, short, 10.5, fill="ink2"))


def _people(step: Step, facts: Facts, x: float, y: float, width: float, height: float) -> Items:
    middle = y + height / 2
    items: list[Item] = []
    left = x + SIDE
    if step.automation == "automatic":
        items += automated(x + 18, middle, scale=0.95)
        word = facts.say("auto")
        items.append(label(x + 31, middle, word, 10.5, 500, fill="ink2", anchor="start"))
        left = x + 31 + text_width(word, 10.5, 500)
    elif step.people:
        if isinstance(step.people, Gap):
            text = "?"
        else:
            text = words.number(step.people.amount, facts.wording)
        text += "+" * (step.automation == "assisted")
        items += operator(x + 18, middle)
        items.append(label(x + 30, middle, text, 11.5, 600, anchor="start"))
        left = x + 30 + text_width(text, 11.5, 600)
    room = min(x + width - SIDE - left - 8, text_room(width - SIDE))
    if step.tool and room > 16:
        note, size = _fitted(step.tool, room)
        items.append(label(x + width - SIDE, middle, note, size, fill="ink2", anchor="end"))
    return tuple(items)


def _ghost(
    step: Step, facts: Facts, x: float, y: float, width: float, height: float, head: float
) -> Items:
    """A step that is gone from here: dashed, its name and values struck."""
    word = facts.say("moved" if step.key in facts.moved else "removed")
    lines = name_lines(step, width)
    top = y + head / 2 - NAME_PITCH * (len(lines) - 1) / 2
    items: list[Item] = [removed_box(x, y, width, height)]
    for row, text in enumerate(lines):
        at = top + NAME_PITCH * row
        items += struck(x + width / 2, at, text, NAME_SIZE, 700, anchor="middle")
    rows = facts.rows[step.key]
    below = y + height - ROW * len(rows)
    middle = (y + head + below) / 2 + 1
    if below - y - head > 14:
        items.append(label(x + width / 2, middle, word, 10.5, 600, fill="ghost"))
    for row, (key, value) in enumerate(rows):
        at = below + ROW * (row + 0.5)
        room = width - 2 * SIDE - 8
        shown = ellipsize(value, room * 0.75, 11)
        name = ellipsize(key, room - text_width(shown, 11), 10.5)
        items.append(label(x + SIDE, at, name, 10.5, fill="ghost", anchor="start"))
        items += struck(x + width - SIDE, at, shown, 11)
    title = f"{word.capitalize()}: {step.label or step.key}"
    return (Group("removed", tuple(items), title, f"removed-{step.key}"),)


def _table(
    rows: Sequence[DataRow], x: float, y: float, width: float, old: Mapping[str, str]
) -> Items:
    between = (y + ROW * index for index in range(1, len(rows)))
    hairs = [step for at in between for step in ("M", x + 0.8, at, "H", x + width - 0.8)]
    items: list[Item] = [Path(tuple(hairs), stroke="line")] if hairs else []
    for index, (key, value) in enumerate(rows):
        middle = y + ROW * (index + 0.5) + 0.5
        room = width - 2 * SIDE - 8
        shown = ellipsize(value, room * 0.75, 11.5, 600)
        name, size = _fitted(key, room - text_width(shown, 11.5, 600))
        items.append(label(x + SIDE, middle, name, size, fill="ink2", anchor="start"))
        before = old.get(key, value)
        changed = before != value
        if changed and text_width(name, size) + changed_width(before, shown) > room + 2:
            items.append(
                label(x + width - SIDE, middle, shown, 11.5, 700, fill="good", anchor="end")
            )
        elif changed:
            items += changed_value(x + width - SIDE, middle, old=old[key], new=shown)
        else:
            items.append(label(x + width - SIDE, middle, shown, 11.5, 600, anchor="end"))
    return tuple(items)


def _fitted(text: str, room: float) -> tuple[str, float]:
    """A text that fits and its size: rather a little smaller than cut."""
    size = 10.5 if text_width(text, 10.5) <= room else SMALLEST
    return ellipsize(text, room, size), size


def _wastes(step: Step, facts: Facts, x: float, y: float, width: float) -> Items:
    found = chips(step.key, facts)
    items: list[Item] = [line(x, y, x + width, y, stroke="line")] if found else []
    for index, (text, why) in enumerate(found):
        middle = y + 13.5 + CHIP * index
        shown = ellipsize(text, (width - 33) / 1.08, 10, 600)
        title = facts.say("Waste: {kind}", kind=text) + f": {why}" * bool(why)
        items += waste(x + width / 2, middle, text=shown, title=title)
    return tuple(items)


def _tooltip(step: Step, facts: Facts) -> str:
    """Name, team and figures in words; a range says what it stands for."""
    parts = [step.label or step.key]
    team = facts.team(step)
    parts[0] += f" ({team})" if team else ""
    for name, value in facts.rows[step.key]:
        parts.append(f"{name} {value}")
    for name in ("pt", "lt", "ct"):
        value = getattr(step, name)
        if isinstance(value, Duration) and value.is_range:
            row = facts.say(ROW_NAMES[name])
            parts.append(facts.say("{row} is the mean of {range}", row=row, range=value.text))
    figures = facts.steps.get(step.key)
    if figures and figures.utilisation is not None:
        share = words.whole_ratio(figures.utilisation, facts.wording)
        parts.append(facts.say("utilisation {share}", share=share))
    parts += [facts.say("source: {source}", source=step.source)] if step.source else []
    parts += facts.notes.get(step.key, ())
    return "; ".join(parts)
