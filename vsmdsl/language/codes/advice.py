"""W4xx, advice: it works, but somebody will read it wrongly."""

from __future__ import annotations

from vsmdsl.language.diagnostics import Code

MIXED_DAYS = Code("W401", "mixed-days", "working and calendar days stand side by side")
EMPTY_MAP = Code("W402", "empty-map", "the map has no step")
DAYS_WITHOUT_CALENDAR = Code("W403", "days-without-calendar", "nobody said how long a day is")
UNUSED_TEAM = Code("W404", "unused-team", "a team is declared and has no step")
GONE_WITH_REMOVED = Code("W406", "gone-with-removed", "what pointed at a removed element goes too")
NUMBER_IN_QUOTES = Code("W408", "number-in-quotes", "a number stands in quotes")
CHANGE_OVERRIDDEN = Code("W410", "change-overridden", "two changes set one key; the last counts")
DROPPED_KAIZEN = Code("W411", "dropped-kaizen", "a future applies a kaizen that was dropped")
NOTHING_CHANGES = Code("W412", "nothing-changes", "a future is the same as what it starts from")
UNKNOWN_ALLOW = Code("W490", "unknown-allow", "what is allowed is no code")
