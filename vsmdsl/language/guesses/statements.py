"""Lines as they are written in other languages, and lines that lack their first word."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vsmdsl.language.codes import writing
from vsmdsl.language.guesses.trouble import Row
from vsmdsl.language.words import KEYS, WORDS

ID = r"[^\W\d]\w*(?:-\w+)*"
REF = rf'(?:{ID}|"[^"\n]*")'

# Words of other languages, with what says the same here. Several are offered where it is unclear.
FOREIGN: Mapping[str, str] = {
    "import": "include", "use": "include", "require": "include", "load": "include",
    "delete": "remove", "del": "remove", "drop": "remove", "rm": "remove",
    "change": "set", "update": "set", "modify": "set", "alter": "set", "rename": "set",
    "add": "insert", "append": "insert", "create": "step", "define": "step", "let": "metric",
    "const": "metric", "var": "metric", "kpi": "metric", "title": "map", "project": "map",
    "valuestream": "map", "value_stream": "map", "actor": "team", "role": "team",
    "participant": "team", "lane": "team", "swimlane": "team", "resource": "team", "loop": "rework",
    "return": "rework", "if": "choice", "decision": "choice", "else": "branch", "case": "branch",
    "fork": "parallel", "box": "step", "node": "step", "state": "step", "stage": "step",
    "phase": "step", "block": "step", "buffer": "inventory", "storage": "inventory",
    "target": "goal", "improvement": "kaizen", "burst": "kaizen", "comment": "note",
    "remark": "note", "information": "info", "message": "info", "delivery": "shipment",
    "transport": "shipment", "transfer": "handoff", "hand_over": "handoff",
}  # fmt: skip

SAME = frozenset({"include", "remove"})  # where one word can simply take the place of the other


def _steps(match: re.Match[str]) -> str:
    names = re.findall(rf'{ID}|"[^"\n]*"', re.sub(r"\[[^\]\n]*\]|\([^)\n]*\)", "", match[0]))
    chain = [name for name in names if name.lower() not in WORDS]
    if len(chain) < 2:
        return f"write `step {chain[0] if chain else 'dev'}`, and the next step on the next line"
    return f"did you mean `stream {' -> '.join(chain[:6])}`?"


def _foreign(match: re.Match[str]) -> str:
    return f"`{match['at']}` is no statement"


def _instead(match: re.Match[str]) -> str:
    word = FOREIGN[match["at"].lower()]
    return f"did you mean `{word}`?"


ROWS = (
    Row(
        writing.MARKDOWN_INSIDE,
        r"(?P<at>```[^\n]*|~~~[^\n]*|---+[ \t]*$|\+\+\+[ \t]*$)",
        "this belongs to a Markdown page, and the file holds the map alone",
        "delete the line; `vsm check` reads the fences inside `.md` files as they are",
        "",
        "delete the line",
        whole=True,
    ),
    Row(
        writing.FOREIGN_DIAGRAM,
        r"(?P<at>(?:graph|flowchart)[ \t]+(?:TB|TD|LR|RL|BT)\b|sequenceDiagram|stateDiagram[\w-]*"
        r"|gantt$|subgraph\b|classDef\b|linkStyle\b|style[ \t]+\w+[ \t]+fill|@startuml|@enduml"
        r"|skinparam\b|(?:strict[ \t]+)?(?:di)?graph\b[^\n]*\{|participant[ \t]+\w+[ \t]+as\b"
        rf"|{ID}[ \t]*-+>>|{ID}[ \t]*\[[ \t]*(?:label|shape|style|color)[ \t]*=|:[^;\n]*;)",
        "this is a line of another diagram language",
        "here the order of the lines is the flow: `step dev`, and below it the next step",
        whole=True,
    ),
    Row(
        writing.LIST_DASH,
        r"(?P<at>(?:[-*•+–]|[0-9]+[.)])[ \t]+)(?=[^\s-])",
        "a line begins with its statement word, not with the sign of a list",
        "every line is a statement of its own already",
        "",
        "delete it",
        whole=True,
    ),
    Row(
        writing.FOREIGN_COMMENT,
        r"(?P<at>--+)(?=[ \t]|[^\W\d])",
        "a comment begins with `#`",
        "",
        "#",
        whole=True,
    ),
    Row(
        writing.FOREIGN_COMMENT,
        r"(?<=[ \t])(?P<at>--+)(?=[ \t]+[^\W\d])",
        "a comment begins with `#`",
        "",
        "#",
    ),
    Row(
        writing.KEY_WITHOUT_EQUALS,
        rf"(?P<at>(?P<key>{ID})[ \t]+(?P<value>~?[0-9][\w./%]*|\?|\"[^\"\n]*\"|{ID}))"
        r"(?=[ \t]*(?:$|[;}#,]))",
        "a key has an `=` before its value",
        "outside a block it belongs on the line of its statement",
        "{key}={value}",
        only_if=lambda match: match["key"].lower() in KEYS,
        words=frozenset({""}),
        whole=True,
    ),
    Row(
        writing.WIRED_BY_HAND,
        rf"(?P<at>{REF}[ \t]*(?:\[[^\]\n]*\]|\([^)\n]*\)|\{{[^}}\n]*\}})?"
        r"[ \t]*(?:-+>+|=+>+|-\.+->|-{2,}|—>|–>|[→⟶➔])[^\n#]*)",
        "the order of the lines is the flow: nobody wires steps up by hand",
        _steps,
        words=frozenset({""}),
        whole=True,
    ),
    Row(
        writing.WIRED_BY_HAND,
        rf"(?P<at>{ID}[ \t]*(?:\[[^\]\n]*\]|\(\(?[^)\n]*\)\)?))",
        "boxes are not drawn by hand: a step is a line of its own",
        _steps,
        words=frozenset({""}),
        whole=True,
    ),
    Row(
        writing.WIRED_BY_HAND,
        rf"\w+[ \t]+(?P<at>(?:{REF}[ \t]*)?(?:\[[^\]\n]*\])?[ \t]*(?:-+>+|=+>+|[→⟶➔])[^\n#]*)",
        "the order of the lines is the flow: nobody wires steps up by hand",
        _steps,
        words=frozenset(
            {"step", "queue", "inventory", "supermarket", "fifo", "handoff", "parallel", "choice"}
        ),
        whole=True,
    ),
    Row(
        writing.FOREIGN_STATEMENT,
        r"(?P<at>end\w*|done|fi|begin|EOF)[ \t]*(?:\w+[ \t]*)?(?=$|[;#])",
        "`{0}` is no statement; a block is closed with `}}`",
        whole=True,
        words=frozenset({""}),
    ),
    Row(
        writing.FOREIGN_STATEMENT,
        rf"(?P<at>{ID})\b(?![ \t]*[=:-])",
        _foreign,
        _instead,
        lambda match: FOREIGN[match["at"].lower()],
        words=frozenset({""}),
        whole=True,
        only_if=lambda match: FOREIGN.get(match["at"].lower()) in SAME,
    ),
    Row(
        writing.FOREIGN_STATEMENT,
        rf"(?P<at>{ID})\b(?![ \t]*[=:-])",
        _foreign,
        _instead,
        words=frozenset({""}),
        whole=True,
        only_if=lambda match: match["at"].lower() in FOREIGN,
    ),
    Row(
        writing.LIKE_YAML,
        rf"(?P<at>{ID}[ \t]*:)[ \t]*(?=$|#)",
        "this reads like YAML, where indentation makes blocks",
        "a block stands in braces: `map {{ … }}`, and a step is a line: `step dev pt=3d`",
        words=frozenset({""}),
        whole=True,
    ),
)
