"""What stands in the information band: parties, arrows between them, nets to and from steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from vsmdsl.drawing.layout.parties import FACTORY_HEIGHT, Place, data_lines
from vsmdsl.model.stream import Info
from vsmdsl.record import field, record

CAPTION, TIGHT_CAPTION, BUS = 34.0, 24.0, 34.0
SPREAD, WIDE_SPREAD = 38.0, 48.0
ICONIC = frozenset(("verbal", "gosee", "signal", "kanban"))
FLASH_LEAST = 60.0
MIDDLE = 43.0  # from the top of the factories to the middle of the lateral arrows
BRIDGE, TIGHT_BRIDGE, SHORT_BRIDGE = 58.0, 44.0, 30.0
JOIN = 28.0  # more room under the band where goods of several come together


@record
class Lateral:
    """An arrow between two parties that stand side by side, in one of several places."""

    info: Info
    start: Place
    end: Place
    offset: float
    several: bool = False  # whether others run right above or below


@record
class Over:
    """An arrow between two parties with another one between them; it runs above."""

    info: Info
    start: Place
    end: Place
    level: int


@record
class Net:
    """Information from a party to steps of the first row, or back (`up`)."""

    info: Info
    party: Place
    cells: tuple[int, ...]
    up: bool
    level: int = 0  # which bus; 0 is the lowest
    port: float = 0.0
    label_x: float = 0.0
    text: str = ""
    run: float = 0.0  # how far below the party a lone arrow turns aside; 0 where it takes a bus


@record
class Message:
    """Information that has no way of its own on this page; it stands in a list."""

    info: Info
    start: str  # the names of both ends
    end: str


@record
class Plan:
    """What stands in the band, and how high it is."""

    places: tuple[Place, ...] = ()
    laterals: tuple[Lateral, ...] = ()
    overs: tuple[Over, ...] = ()
    nets: tuple[Net, ...] = ()
    xs: Mapping[tuple[str, int], float] = field(default_factory=dict)  # info, cell → x
    drops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # step → labels
    loops: tuple[tuple[Info, int, int], ...] = ()
    sights: tuple[tuple[Info, Place], ...] = ()  # who goes and looks, and where from
    messages: tuple[Message, ...] = ()
    above: float = 0.0  # room for the list and for arrows over the parties
    inner: float = FACTORY_HEIGHT
    buses: int = 0
    joined: tuple[Place, ...] = ()  # whose goods join the arrow of those beside them
    tight: bool = False  # on a page, which has little height to give
    trucks: bool = False  # whether trucks, or words in their place, stand under the band

    @cached_property
    def loops_from(self) -> Mapping[int, Sequence[int]]:
        """Cell → which of the loops start at it."""
        found: dict[int, list[int]] = {}
        for at, (_, start, _) in enumerate(self.loops):
            found.setdefault(start, []).append(at)
        return found

    @property
    def caption(self) -> float:
        """The room over everything for the caption of the band."""
        listed = self.above or not self.places
        return TIGHT_CAPTION if self.tight and not listed else CAPTION

    @property
    def height(self) -> float:
        """The height of the band."""
        if not self.places:
            return self.caption + self.above - 4
        data = max(14.0 * data_lines(self.places) + 16, 20.0)
        return self.caption + self.above + self.inner + data + BUS * self.buses

    @property
    def bridge(self) -> float:
        """The room between band and rows."""
        if not self.places:
            return SHORT_BRIDGE / 2 if self.messages else 0.0
        outside = any(place.party.kind != "control" for place in self.places)
        more = JOIN if self.joined else 0.0
        carried = self.trucks or self.joined
        usual = TIGHT_BRIDGE if self.tight and not carried else BRIDGE
        return (usual if outside or self.nets else SHORT_BRIDGE) + more


def words_of(info: Info) -> str:
    """The label of an arrow, with how often."""
    return ", ".join(part for part in (info.label, info.every) if part)
