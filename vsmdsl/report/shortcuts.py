"""WeasyPrint without the work that it does twice: the same pages, in less time.

It shapes each line when it breaks it, forgets it to save room, and shapes it again to draw it. And
where a page names the numbers of others, it is laid out once more than is needed, since the ways by
which such a name is followed (`attr(href)`) are forgotten. For the columns of a table it breaks the
same words again in each cell. It goes a long way to find that a property, of which each box has
some hundred, is what it is where nobody says anything about it. And it reads the same styles anew
for each page, and pages without a mistake as if they were full of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

from vsmdsl.report.elements import reader
from vsmdsl.report.styling import known

LINES = 40_000  # of long reports the rest is forgotten, or they would take much more room
APART = {"display", "float", "page", "position"}  # each depends on others, or on what is around
SIMPLE = (str, int, float)  # values that nobody has to compute
BREAKS = frozenset("\n\r\u2028\u2029")
# All of a style that breaking a line, and its width, depend on.
OF_A_LINE = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang", "letter_spacing",
    "line_height", "overflow_wrap", "tab_size", "text_decoration_line", "white_space",
    "word_break", "word_spacing",
)  # fmt: skip


@contextmanager
def shortcuts(weasyprint: ModuleType, *, ours: bool) -> Iterator[None]:
    """Within this, WeasyPrint's own classes give way to those that take the shortcut.

    Only a page that is `ours` is known to close whatever it opens.
    """
    html = weasyprint.tinyhtml5
    with ExitStack() as swapped:
        for module, name, better in (
            (html, "parse", reader(html.parse) if ours else html.parse),
            (weasyprint.css, "CSS", known(weasyprint)),
            (weasyprint.text.line_break, "Layout", _lasting(weasyprint)),
            (weasyprint.document, "TargetCollector", _straight(weasyprint)),
            (weasyprint.css, "ComputedStyle", _plain(weasyprint)),
            (weasyprint.layout.preferred, "split_first_line", _remembering(weasyprint)),
        ):
            swapped.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, better)
        yield


def _lasting(weasyprint: ModuleType) -> type:
    """Lines that are still there when they are drawn."""
    usual: Any = weasyprint.text.line_break.Layout
    alone: Callable[..., None] = weasyprint.text.ffi.pango.pango_layout_set_single_paragraph_mode
    room = [LINES]

    class Lasting(usual):  # type: ignore[misc]
        shaped = False  # and not drawn yet

        def set_text(self, text: str, justify: bool = False) -> None:
            # As it is set for drawing: to set it then would shape the line again.
            alone(self.layout, BREAKS.isdisjoint(text))
            super().set_text(text, justify)

        def deactivate(self) -> None:
            room[0] -= 1
            self.shaped = not self.shaped and room[0] > 0
            if not self.shaped:
                super().deactivate()

        def reactivate(self, style: Any) -> None:
            if not (self.shaped and style is self.style and self._is_one_line()):
                super().reactivate(style)

        def _is_one_line(self) -> bool:
            """Whether the line would come out like this again: it is drawn without any width."""
            return not self.justification_spacing and self.get_first_line()[1] is None

    return Lasting


def _remembering(weasyprint: ModuleType) -> Callable[..., tuple[Any, ...]]:
    """How much of a text fits, where only its width is asked for: the same words are seldom new."""
    usual: Callable[..., tuple[Any, ...]] = weasyprint.layout.preferred.split_first_line
    known: dict[Any, tuple[Any, ...]] = {}

    def split_first_line(
        text: str, style: Any, context: Any, width: Any, spacing: Any, **more: bool
    ) -> tuple[Any, ...]:
        values = map(style.__getitem__, OF_A_LINE)
        key = (text, width, spacing, *more.items(), *values)
        try:
            found = known.get(key)
        except TypeError:  # a value that is no key
            return usual(text, style, context, width, spacing, **more)
        if found is None:
            found = usual(text, style, context, width, spacing, **more)
            if len(known) < LINES:
                known[key] = None, *found[1:]  # without the line itself, which nobody draws
        return found

    return split_first_line


def _straight(weasyprint: ModuleType) -> type:
    """Targets that tell those who asked for their page, by the name that stands in an attribute."""
    usual: Any = weasyprint.css.targets.TargetCollector

    class Straight(usual):  # type: ignore[misc]
        asked: tuple[Any, list[Any]] = (None, [])  # a box, and the targets that its content names

        def lookup_target(self, anchor: Any, box: Any, token: str, again: Any) -> Any:
            found = super().lookup_target(anchor, box, token, again)
            if self.asked[0] is not box:
                self.asked = box, []
            self.asked[1].append(found)
            return found

        def collect_missing_counters(
            self, box: Any, token: str, again: Any, own: Any, targets: dict[str | None, Any]
        ) -> None:
            who, found = self.asked
            if who is box and len(found) == 1 and targets.get(None) is own:
                names = (key for key, one in self.target_lookup_items.items() if one is found[0])
                own, targets = [], {next(names): own}
            super().collect_missing_counters(box, token, again, own, targets)

    return Straight


def _plain(weasyprint: ModuleType) -> type:
    """Styles that know at once what was not said: as it always is, or as it is around."""
    usual: Any = weasyprint.css.ComputedStyle
    initial, logical = _initial(weasyprint), _logical(weasyprint)
    inherited = weasyprint.css.properties.INHERITED

    class Plain(usual):  # type: ignore[misc]
        def __missing__(self, key: str) -> Any:
            said = self.cascaded
            if key in said:
                return super().__missing__(key)
            if key in logical and not said.keys().isdisjoint(logical[key]):
                return super().__missing__(key)
            if key in initial:
                value = self[key] = initial[key]
                return value
            if key in inherited and self.parent_style is not None:
                value = self.parent_style[key]
                if isinstance(value, SIMPLE):
                    self[key] = value
                    return value
            return super().__missing__(key)

    return Plain


def _initial(weasyprint: ModuleType) -> dict[str, Any]:
    """The values of properties that depend on nothing else where they are not said."""
    css = weasyprint.css
    apart = css.properties.INITIAL_NOT_COMPUTED | css.properties.INHERITED | APART
    return {
        key: value
        for key, value in css.properties.INITIAL_VALUES.items()
        if key not in apart and not key.startswith("text_decoration_")
    }


def _logical(weasyprint: ModuleType) -> dict[str, list[str]]:
    """By which other names the sides of a box may be said, whichever way its text runs."""
    named = weasyprint.css.computed_values.PHYSICAL_FUNCTIONS.items()
    ways = ("ltr", "rtl")
    return {key: [name(block="ttb", inline=way) for way in ways] for key, name in named}
