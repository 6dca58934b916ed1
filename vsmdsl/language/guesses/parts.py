"""Names, keys and links as they are written elsewhere, inside a statement."""

from __future__ import annotations

import re

from vsmdsl.language.codes import writing
from vsmdsl.language.guesses.statements import ID, REF
from vsmdsl.language.guesses.trouble import Row
from vsmdsl.language.words import KEYS, WORDS

LINKS = frozenset({"info", "shipment", "rework"})
NAMED = frozenset(
    {"map", "team", "supplier", "customer", "control", "parallel", "choice", "future", "kaizen",
     "waste", "note", "span", "step", "queue", "inventory", "supermarket", "fifo", "handoff",
     "branch"}
)  # fmt: skip
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
# Where a label that should have stood in quotes has its end.
_LABEL_END = r"(?=[ \t]+(?:[\w%&/]+[ \t]*[=:](?![=>])|[0-9~?]|\{|->|→)|[ \t]*(?:$|[;{}#]))"
_TAKES_A_NAME = frozenset({"team", "by", "via", "owner", "status", "value", "kind", "flow"})


def _is_key(match: re.Match[str]) -> bool:
    key = KEYS.get(match["key"].lower())
    return bool(key) and (not match["name"] or key in _TAKES_A_NAME)


def _key_equals(match: re.Match[str]) -> str:
    return f"{match['key']}={match['value']}"


def _reversed(match: re.Match[str]) -> str:
    return f"write `{match['b']} -> {match['a']}`, from where it comes to where it goes"


ROWS = (
    Row(
        writing.RESERVED_WORD,
        r"(?P<at>\b(?:on|from|to|of|in|after|before)\b)[ \t]*(?=$|[;{#])",
        "`{0}` wants the name of an element behind it",
        "as a name it is reserved: write it in quotes or choose another one",
    ),
    Row(
        writing.LINK_IN_WORDS,
        rf"(?:from[ \t]+)?(?P<a>{REF})[ \t]+to[ \t]+(?P<b>{REF})",
        "a link is written with an arrow",
        "",
        "{a} -> {b}",
        words=LINKS | {"remove", "set"},
    ),
    Row(
        writing.WRONG_ARROW,
        rf"(?P<a>{REF})[ \t]*(?:<-+>|<-+|<=+|←)[ \t]*(?P<b>{REF})",
        "an arrow points one way, from left to right",
        _reversed,
        words=LINKS | {"remove", "set", "stream", "kaizen", "note", "waste"},
    ),
    Row(
        writing.WRONG_ARROW,
        r"(?P<at>-{2,}>+|-+>{2,}|=+>+|-\.+->|[—–]>|-\|[^|\n]*\|>?|--+)",
        "an arrow is written `->`",
        "",
        "->",
        words=LINKS | {"remove", "set", "stream", "kaizen", "note", "waste"},
    ),
    Row(
        writing.EQUALS_TWICE,
        rf"{ID}[ \t]*(?P<at>==+|:=|=:|::|=>)",
        "a key has one `=` before its value",
        "",
        "=",
        words=(NAMED | LINKS | {"metric", "set", "include"}),
    ),
    Row(
        writing.COMMA_FOR_ARROW,
        r"(?P<at>[ \t]*,)",
        "the parts of a stream have an arrow between them",
        "",
        " ->",
        words=frozenset({"stream"}),
    ),
    Row(
        writing.UNQUOTED_PATH,
        r"include[ \t]+(?P<at>[^\s\"#]+)",
        "the name of a file stands in quotes",
        "",
        '"{0}"',
        words=frozenset({"include"}),
        whole=True,
    ),
    Row(
        writing.COLON_AFTER_NAME,
        rf"\w+[ \t]+{ID}(?P<at>[ \t]*:)[ \t]*(?=$|#|\{{|\")",
        "a colon stands between a key and its value, and here is no value",
        "a name needs no sign behind it",
        "",
        "delete the colon",
        words=NAMED,
        whole=True,
    ),
    Row(
        writing.KEY_WITHOUT_EQUALS,
        r"(?<![\w.\"])(?P<at>(?P<key>[A-Za-z%][\w&/]*)[ \t]+"
        r"(?P<value>[~<]?[0-9][\w.%]*(?:/[\w.]+)?|\?"
        rf"|\"[^\"\n]*\"|(?P<name>{ID}(?!\w|[ \t]*[=:]))))",
        "a key has an `=` before its value",
        "",
        _key_equals,
        only_if=_is_key,
        words=NAMED | LINKS | {"set", "metric", "stream"},
    ),
    Row(
        writing.TWO_ON_A_LINE,
        rf"(?<=[ \t])(?P<at>{'|'.join(sorted(WORDS, key=len, reverse=True))})(?=[ \t]+[\w\"])",
        "`{0}` begins a statement of its own, which stands on a line of its own",
        "start a new line before it, or write `;` there",
        "; {0}",
        title="write `;` before it",
        words=NAMED | {"stream", "metric", "goal", "apply", "set", "move", "include"},
    ),
    Row(
        writing.TWO_ON_A_LINE,
        r"(?:insert|replace)\b[^\n{#]*?[ \t](?P<at>(?:step|queue|handoff|inventory)[ \t][^\n#{}]*)",
        "what is put in stands in a block",
        "",
        "{{ {0} }}",
        words=frozenset({"insert", "replace"}),
        whole=True,
    ),
    Row(
        writing.ID_AFTER_LABEL,
        rf"\w+[ \t]+(?P<at>(?P<label>\"[^\"\n]*\")[ \t]+(?P<id>{ID}))(?![\w./(]|[ \t]*[=:])",
        "the id stands before the label",
        "",
        "{id} {label}",
        words=NAMED,
        whole=True,
    ),
    Row(
        writing.LATE_LABEL,
        r"[=:][ \t]*[^\s\"][^\n\"#]*?[ \t](?P<at>\"[^\"\n]*\")",
        "the label stands before the keys",
        "word, id, label, bare values, and then the keys",
        words=NAMED,
    ),
    Row(
        writing.LATE_VALUE,
        rf"[=:][ \t]*(?:[^\s\"#]+|\"[^\"\n]*\")[ \t]+(?P<at>[~+]?{_NUMBER}[\w.%/]*|\?)",
        "a bare value stands before the keys",
        "give it its key, as in `pt=3d`, or move it to the front",
        words=NAMED | {"set"},
    ),
    Row(
        writing.SEVERAL_WORDS,
        r"[=:][ \t]*(?P<at>[^\W\d][^\n\"=:{};#,]*?)" + _LABEL_END,
        "a value of several words stands in quotes",
        "or with commas between them, if it is a list",
        lambda match: f'"{match["at"].strip()}"',
    ),
    Row(
        writing.DOTTED_NAME,
        rf"[ \t](?P<at>{ID}(?:\.\w+)+)",
        "a name has no point in it",
        "letters, digits, `_` and `-`; a label in quotes may hold anything",
        '"{0}"',
        words=NAMED,
    ),
    Row(
        writing.NUMBER_AS_NAME,
        r"\w+[ \t]+(?P<at>[0-9][^\n\"=:{};#]*?)" + _LABEL_END,
        "a name begins with a letter",
        "a label in quotes may begin with anything",
        '"{0}"',
        words=NAMED,
        whole=True,
    ),
    Row(
        writing.NUMBER_AS_NAME,
        r"\w+[ \t]+(?P<at>[0-9][\w.-]*)[ \t]+(?=\")",
        "a name begins with a letter",
        "leave it out: the label alone will do",
        words=NAMED,
        whole=True,
    ),
    Row(
        writing.BRACKETS,
        r"(?P<at>[\[(][^\])\n]*[\])]?)",
        "brackets have no meaning here",
        'a label stands in quotes, a value has its key: `step dev "Develop" pt=3d`',
        words=NAMED | LINKS | {"stream", "set"},
    ),
    Row(
        writing.SEVERAL_WORDS,
        rf"\w+[ \t]+(?P<at>{ID}[ \t'’&.,(/][^\n\"=:{{}};#]*?)" + _LABEL_END,
        "a name of several words stands in quotes",
        "",
        lambda match: f'"{match["at"].strip()}"',
        words=NAMED,
        whole=True,
    ),
    Row(
        writing.SEVERAL_WORDS,
        rf"(?:->|stream)[ \t]*(?P<at>{ID}(?:[ \t]+[^\W\d][\w'’&-]*(?![\w=:]))+)",
        "a name of several words stands in quotes",
        "",
        lambda match: f'"{match["at"].strip()}"',
        words=frozenset({"stream"}),
    ),
    Row(
        writing.SEVERAL_WORDS,
        rf"(?:->|\bon|\bfrom|\bto|\bset|\bremove|\bmove|\bafter|\bbefore)[ \t]+"
        rf"(?P<at>{ID}(?:[ \t]+(?!(?:on|from|to|of|in|after|before)\b){ID}(?!\w|[ \t]*[=:]))+)",
        "a name of several words stands in quotes",
        "",
        lambda match: f'"{match["at"].strip()}"',
    ),
)
