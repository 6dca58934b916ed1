"""E3xx, mistakes of quantities and of the calendar."""

from __future__ import annotations

from vsmdsl.language.diagnostics import Code

TIME_WITHOUT_UNIT = Code("E301", "time-without-unit", "a time needs a unit")
MINUTE_OR_MONTH = Code("E302", "minute-or-month", "`m` may be minutes or months")
UNKNOWN_UNIT = Code("E303", "unknown-unit", "no unit of time has this name")
UNITS_OUT_OF_ORDER = Code("E304", "units-out-of-order", "the units of a duration must fall")
SHARE_WITHOUT_PERCENT = Code("E305", "share-without-percent", "a share is written with `%`")
PERCENT_OUT_OF_RANGE = Code("E306", "percent-out-of-range", "a share lies between 0 % and 100 %")
NEGATIVE_QUANTITY = Code("E307", "negative-quantity", "nothing takes less than no time")
WRONG_KIND = Code("E308", "wrong-kind", "the key takes another kind of value")
RANGE_REVERSED = Code("E309", "range-reversed", "a range goes from the least to the most")
UNKNOWN_DISTRIBUTION = Code("E311", "unknown-distribution", "no distribution has this name")
BAD_DISTRIBUTION = Code("E312", "bad-distribution", "the arguments make no distribution")
IMPOSSIBLE_DATE = Code("E313", "impossible-date", "the calendar has no such day")
RATE_WITHOUT_PERIOD = Code("E314", "rate-without-period", "a rate needs a period")
ZERO_DIVISOR = Code("E315", "zero-divisor", "a figure would be divided by nothing")
DAY_SAID_TWICE = Code("E316", "day-said-twice", "two day lengths contradict each other")
ELAPSED_WITH_SHIFTS = Code("E317", "elapsed-with-shifts", "elapsed time knows no shifts")
BAD_CALENDAR = Code("E318", "bad-calendar", "the calendar cannot be read")
RETURNS_TOO_HIGH = Code("E320", "returns-too-high", "returns out of a step reach 100 %")
SHARES_DO_NOT_SUM = Code("E321", "shares-do-not-sum", "the shares of a choice make no 100 %")
SHARE_LEFT_OUT_TWICE = Code("E322", "share-left-out-twice", "only one branch gets the rest")
MISSING_SHARE = Code("E323", "missing-share", "a rework needs its share")
DEMAND_SAID_TWICE = Code("E324", "demand-said-twice", "map and customer demand differ")
NUMBER_TOO_LARGE = Code("E325", "number-too-large", "the number is beyond all experience")
SAMPLES_UNREADABLE = Code("E326", "samples-unreadable", "the file of samples cannot be read")
WRITE_QUESTION_MARK = Code("E329", "write-question-mark", "not known yet is written `?`")
UNLIKE_QUANTITIES = Code("E330", "unlike-quantities", "a goal compares unlike quantities")
