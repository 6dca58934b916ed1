"""The words of the language, and the spellings of the field that are read as one of them.

Every table is keyed by the spelling in lower case; its value is the one canonical spelling.
"""

from __future__ import annotations

from collections.abc import Mapping


def canonical_word(text: str) -> str | None:
    """The statement word that is meant: `Process` is `step`."""
    return WORDS.get(text.lower())


def canonical_key(text: str) -> str | None:
    """The key that is meant: `PT`, `Process-time` and `process time` are `pt`."""
    lower = text.lower()
    return KEYS.get(lower) or KEYS.get(lower.replace("-", "_").replace(" ", "_"))


def canonical_unit(text: str) -> str | None:
    """The unit of time that is meant: `hrs` is `h`. A lone `m` is none: it may be two."""
    return UNITS.get(text) or UNITS.get(text.lower())


def _table(rows: str) -> dict[str, str]:
    """Each row is a canonical spelling, followed by the others that are read as it."""
    return {word: line.split()[0] for line in rows.splitlines() for word in line.split()}


WORDS: Mapping[str, str] = _table("""
map
team
supplier
customer
control production_control
step process activity task operation
queue wait delay
inventory stock
supermarket
fifo fifo_lane
handoff
parallel
choice
branch
stream
info
shipment
rework
waste
kaizen
note
include
metric
span measure
goal
future
apply
set
remove
insert
replace
move
""")

KEYS: Mapping[str, str] = _table("""
team
pt p/t process_time processing_time
lt l/t lead_time
wait wait_time waiting_time delay queue_time
ca %c&a c&a %ca complete_accurate complete_and_accurate percent_complete_accurate
people operators
stations
value
ct c/t cycle_time
co c/o changeover changeover_time change_over
uptime
available available_time
shifts
batch batch_size lot_size
transfer transfer_batch
epe epei every_part_every
scrap scrap_rate
yield
wip work_in_progress work_in_process
qty quantity
max
cost
tool
automation
flow
waste
url
kind
via
joins
share
state
date
scope
author
version
language
calendar
demand
item
cost_rate
timeline
rework_model
show
wrap
color colour
pack pack_size
system
by
every
effort
owner
due due_date
status
source
""")

# From the longest to the shortest on each clock: a duration such as `1d 4h` falls in this order.
UNITS: Mapping[str, str] = _table("""
cmo
cw
cd
y yr yrs year years
mo mos mon month months
w wk wks week weeks
d day days
h hr hrs hour hours
min mins minute minutes
s sec secs second seconds
ms msec msecs millisecond milliseconds
""")

SIZES: Mapping[str, int] = {unit: size for size, unit in enumerate(dict.fromkeys(UNITS.values()))}

# How a bare value of a statement is written when it gets its key.
DURATION_WORDS = frozenset({"queue", "inventory", "supermarket", "fifo", "handoff"})

# Words that get a column of their own, so that their names stand below each other.
COLUMN_WORDS = DURATION_WORDS | {"step"}
