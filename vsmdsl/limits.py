"""How much a map may have of everything: more than people draw, less than hurts a machine."""

from __future__ import annotations

from vsmdsl.record import record


@record
class Limits:
    """The limits of one map; `[tool.vsmdsl.limits]` has a setting of the same name for each."""

    file_size: int = 1_000_000  # bytes of a file and of all that it includes
    steps: int = 10_000  # steps, queues, handoffs and forks, those of futures included
    links: int = 2_000  # reworks, information arrows and shipments
    remarks: int = 10_000  # all other statements: teams, wastes, kaizens, notes, goals, metrics …
    states: int = 100_000  # elements of all states together: each future is a whole stream
    words: int = 300_000  # names, numbers, signs and texts of a file
    depth: int = 64  # blocks in blocks
    label: int = 2_000  # letters of a text in one line
    includes: int = 100  # files
    include_depth: int = 8  # files in files
    mistakes: int = 1_000  # messages about one map
    seconds: int = 30  # from the text to the picture or the report
    memory: int = 1_000  # megabytes of the process meanwhile


LIMITS = Limits()
