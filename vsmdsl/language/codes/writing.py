"""E1xx, mistakes of writing: the text cannot be read as a statement."""

from __future__ import annotations

from vsmdsl.language.diagnostics import Code

# What is not there, or too much of it.
UNEXPECTED = Code("E101", "unexpected-text", "something stands where it cannot stand")
UNKNOWN_STATEMENT = Code("E102", "unknown-statement", "no statement begins with this word")
MISSING_VALUE = Code("E103", "missing-value", "a key has no value")
UNFINISHED = Code("E104", "unfinished-statement", "a statement ends before it is complete")
UNCLOSED_STRING = Code("E105", "unclosed-string", "a string has no closing quote")
UNCLOSED_BLOCK = Code("E106", "unclosed-block", "a block has no closing brace")
STRAY_BRACE = Code("E107", "stray-brace", "a closing brace closes nothing")
NAME_IN_COMMENT = Code("E108", "name-in-comment", "a `#` made a comment out of a name")
BAD_ESCAPE = Code("E109", "bad-escape", "a backslash in a string says nothing")
MISSING_LAST_UNIT = Code("E110", "missing-last-unit", "the last number of a duration has no unit")
TOO_DEEP = Code("E111", "nested-too-deep", "blocks stand in blocks more often than is allowed")
BEYOND_LIMIT = Code("E160", "beyond-limit", "there is more of something than is read")
FORBIDDEN_CHARACTER = Code("E123", "forbidden-character", "the file holds what is no text")
NOT_UTF8 = Code("E124", "not-utf-8", "the file is not written in UTF-8")

# Statements as one would write them elsewhere.
WIRED_BY_HAND = Code("E112", "wired-by-hand", "steps are joined by arrows, one by one")
SEVERAL_WORDS = Code("E113", "several-words", "a name of several words has no quotes")
ID_AFTER_LABEL = Code("E114", "id-after-label", "the id stands behind the label")
MISSING_WORD = Code("E115", "missing-word", "a line lacks its statement word")
LIST_DASH = Code("E116", "list-dash", "a line begins with the sign of a list")
LIKE_YAML = Code("E117", "like-yaml", "a line is written as in YAML")
KEY_WITHOUT_EQUALS = Code("E118", "key-without-equals", "a key and its value lack the `=`")
FOREIGN_STATEMENT = Code("E133", "foreign-statement", "a word of other languages begins a line")
FOREIGN_DIAGRAM = Code("E134", "foreign-diagram", "a line of another diagram language")
MARKDOWN_INSIDE = Code("E135", "markdown-inside", "a Markdown fence or front matter in the file")
FOREIGN_COMMENT = Code("E136", "foreign-comment", "a comment is written as in other languages")
TWO_ON_A_LINE = Code("E145", "two-on-a-line", "a second statement begins on the same line")

# Values as one would write them elsewhere.
DASHED_RANGE = Code("E119", "dashed-range", "a range is written with a dash or in words")
BOUND_AS_VALUE = Code("E120", "bound-as-value", "a bound stands where a value is wanted")
DECIMAL_COMMA = Code("E121", "decimal-comma", "a comma stands inside a number")
NOT_ISO_DATE = Code("E122", "not-iso-date", "a date is not written year-month-day")
RATE_IN_WORDS = Code("E125", "rate-in-words", "a rate is written with `per`")
CURRENCY_SIGN = Code("E126", "currency-sign", "an amount of money has a sign for its unit")
CLOCK_TIME = Code("E127", "clock-time", "a duration is written as a time of day")
BARE_POINT = Code("E128", "bare-point", "a decimal point lacks a digit beside it")
PLACEHOLDER = Code("E129", "placeholder", "a sign stands for a value that is not known")
NUMBER_WITH_POINTS = Code("E139", "number-with-points", "a number has several points")

# Words and signs as one would write them elsewhere.
LINK_IN_WORDS = Code("E130", "link-in-words", "a link is written with `to`")
WRONG_ARROW = Code("E131", "wrong-arrow", "an arrow is not written `->`")
GOAL_IN_WORDS = Code("E132", "goal-in-words", "a goal is not `FIGURE <= VALUE`")
EQUALS_TWICE = Code("E137", "equals-twice", "a key has more than one `=`")
NUMBER_AS_NAME = Code("E138", "number-as-name", "a name begins with a digit")
LATE_LABEL = Code("E140", "late-label", "the label stands behind the keys")
LATE_VALUE = Code("E141", "late-value", "a bare value stands behind the keys")
DOTTED_NAME = Code("E142", "dotted-name", "a name has a point in it")
BRACKETS = Code("E143", "brackets", "brackets that the language does not have")
HASH_IN_VALUE = Code("E144", "hash-in-value", "a `#` made a comment out of a value")
RESERVED_WORD = Code("E146", "reserved-word", "a reserved word is used as a name")
LOOKALIKE = Code("E147", "lookalike-character", "a character only looks like the one that is meant")
COMMA_FOR_ARROW = Code("E148", "comma-for-arrow", "the parts of a stream have commas between them")
UNQUOTED_PATH = Code("E149", "unquoted-path", "the name of a file has no quotes")
COLON_AFTER_NAME = Code("E150", "colon-after-name", "a colon stands behind a name")
