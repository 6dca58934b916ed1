"""Writes the highlighting files of `editors/` from the words of the language.

`python tools/editor_files.py` writes them anew; a test says when they are stale.
"""

from __future__ import annotations

import json
import plistlib
from pathlib import Path
from typing import Any

from vsmdsl import __version__
from vsmdsl.language.words import UNITS
from vsmdsl.publish.vocabulary import CLAUSES, DATE, ID, KEY, NUMBER, STATEMENTS, VALUES

EDITORS = Path(__file__).resolve().parent.parent / "editors"
SCOPE = "source.vsm"


def files() -> dict[str, bytes]:
    """The generated files by their path below `editors/`."""
    grammar, fences = textmate(), in_markdown()
    return {
        "vscode/package.json": _json(package()),
        "vscode/language-configuration.json": _json(configuration()),
        "vscode/syntaxes/vsm.tmLanguage.json": _json(grammar),
        "vscode/syntaxes/vsm.markdown.tmLanguage.json": _json(fences),
        "sublime/VSM.tmLanguage": plistlib.dumps({**grammar, "fileTypes": ["vsm"]}),
        "sublime/Comments.tmPreferences": plistlib.dumps(comments()),
        "vim/syntax/vsm.vim": vim().encode(),
        "vim/ftdetect/vsm.vim": b"autocmd BufRead,BufNewFile *.vsm setfiletype vsm\n",
        "vim/ftplugin/vsm.vim": FTPLUGIN.encode(),
    }


# --- TextMate: VS Code, Sublime Text, and what else reads it


def textmate() -> dict[str, Any]:
    """The grammar. Each statement word begins a region that ends with its line."""
    return {
        "name": "VSM",
        "scopeName": SCOPE,
        "patterns": [{"include": f"#{name}"} for name in ("comment", "statement", "value")],
        "repository": {
            "comment": {"patterns": [
                _match(r"#\s*vsm:.*$", "comment.line.number-sign.directive.vsm"),
                _match(r"#.*$", "comment.line.number-sign.vsm"),
                _match(r"(?<![^\s{};])(?:%%|//(?!\S*:)).*$", "comment.line.other.vsm"),
            ]},
            "statement": {"patterns": [
                _match(
                    rf"(?:^|(?<=[;{{}}]))\s*(?i:({_any(STATEMENTS)}))(?![\w.-])(?!\s*[=:](?![=>/]))"
                    rf"(?:\s+({ID})(?!\s*[=:](?![=>/]))(?!\s*->)(?![\w(]))?",
                    captures={"1": "keyword.control.statement.vsm", "2": "entity.name.tag.vsm"},
                ),
            ]},
            "value": {"patterns": [
                {
                    "name": "string.quoted.triple.vsm", "begin": '"""', "end": '"""',
                },
                _match(
                    r'("(?:[^"\\]|\\.)*")\s*([=:])(?![=>/])',
                    captures={
                        "1": "entity.other.attribute-name.vsm", "2": "keyword.operator.vsm",
                    },
                ),
                {
                    "name": "string.quoted.double.vsm", "begin": '"', "end": r'"|$',
                    "patterns": [_match(r"\\.", "constant.character.escape.vsm")],
                },
                _match(r'https?://[^\s"<>{}]*[^\s"<>{},;.]', "markup.underline.link.vsm"),
                _match(
                    rf"(?<![\w&])({KEY})\s*([=:])(?![=>/])",
                    captures={
                        "1": "entity.other.attribute-name.vsm", "2": "keyword.operator.vsm",
                    },
                ),
                _match(DATE, "constant.other.date.vsm"),
                _match(rf"(?<![\w-])(?<!\w\.){NUMBER}", "constant.numeric.vsm"),
                _match(r"->|→", "keyword.operator.arrow.vsm"),
                _match(r"\.\.|<=|>=|[<>≤≥~≈+?]", "keyword.operator.vsm"),
                _match(rf"(?<![\w.-])(?:{_any(CLAUSES)})(?![\w.-])", "keyword.other.clause.vsm"),
                _match(rf"(?<![\w.-])(?:{_any(VALUES)})(?![\w.-])", "constant.language.vsm"),
                _match(rf"({ID})(?=\()", "support.function.vsm"),
                _match(r"[{}]", "punctuation.section.block.vsm"),
                _match(ID, "variable.other.vsm"),
            ]},
        },
    }  # fmt: skip


def in_markdown() -> dict[str, Any]:
    """Fences of Markdown that hold a map."""
    return {
        "scopeName": "markdown.vsm.codeblock",
        "injectionSelector": "L:text.html.markdown",
        "patterns": [{"include": "#fence"}],
        "repository": {
            "fence": {
                "begin": r"(^|\G)(\s*)(`{3,}|~{3,})\s*(?i:(\{?\.?vsm\}?)(?=[\s{}]|$)[^`]*)$",
                "end": r"(^|\G)(\2|\s{0,3})(\3)\s*$",
                "name": "markup.fenced_code.block.markdown",
                "beginCaptures": {"4": {"name": "fenced_code.block.language"}},
                "patterns": [
                    {
                        "begin": r"(^|\G)(\s*)(.*)",
                        "while": r"(^|\G)(?!\s*([`~]{3,})\s*$)",
                        "contentName": "meta.embedded.block.vsm",
                        "patterns": [{"include": SCOPE}],
                    }
                ],
            }
        },
    }


def package() -> dict[str, Any]:
    """The language package of VS Code."""
    language = {
        "id": "vsm",
        "aliases": ["Value stream map", "VSM", "vsm"],
        "extensions": [".vsm"],
        "configuration": "./language-configuration.json",
    }
    fences = {
        "scopeName": "markdown.vsm.codeblock",
        "path": "./syntaxes/vsm.markdown.tmLanguage.json",
        "injectTo": ["text.html.markdown"],
        "embeddedLanguages": {"meta.embedded.block.vsm": "vsm"},
    }
    grammar = {"language": "vsm", "scopeName": SCOPE, "path": "./syntaxes/vsm.tmLanguage.json"}
    return {
        "name": "vsmdsl",
        "displayName": "Value stream maps (vsmdsl)",
        "description": "Highlights .vsm files, and maps in the fences of Markdown.",
        "version": __version__,
        "publisher": "vsmdsl",
        "license": "MIT",
        "engines": {"vscode": "^1.75.0"},
        "categories": ["Programming Languages"],
        "contributes": {"languages": [language], "grammars": [grammar, fences]},
    }


def configuration() -> dict[str, Any]:
    """Brackets and comments."""
    pairs = [["{", "}"], ["(", ")"]]
    quoted = {"open": '"', "close": '"', "notIn": ["string", "comment"]}
    return {
        "comments": {"lineComment": "#"},
        "brackets": pairs,
        "autoClosingPairs": [*({"open": one, "close": other} for one, other in pairs), quoted],
        "surroundingPairs": [*pairs, ['"', '"']],
        "wordPattern": ID,
        "indentationRules": {
            "increaseIndentPattern": r"\{[^}\"]*$", "decreaseIndentPattern": r"^\s*\}",
        },
    }  # fmt: skip


def comments() -> dict[str, Any]:
    """What Sublime Text puts in front of a line to make it a comment."""
    variable = {"name": "TM_COMMENT_START", "value": "# "}
    return {"name": "Comments", "scope": SCOPE, "settings": {"shellVariables": [variable]}}


def _match(pattern: str, name: str = "", captures: dict[str, str] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"match": pattern}
    if name:
        found["name"] = name
    if captures:
        found["captures"] = {number: {"name": scope} for number, scope in captures.items()}
    return found


def _any(words: tuple[str, ...]) -> str:
    return "|".join(words)


def _json(value: dict[str, Any]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


# --- Vim and Neovim

FTPLUGIN = """\
" Maps, one statement a line; `gcc` makes a comment of it.
if exists('b:did_ftplugin') | finish | endif
let b:did_ftplugin = 1
setlocal commentstring=#\\ %s comments=:# expandtab shiftwidth=2 softtabstop=2
if executable('vsm')
  setlocal formatprg=vsm\\ fmt\\ - makeprg=vsm\\ check\\ %:S
  setlocal errorformat=%f:%l:%c:\\ %m
endif
let b:undo_ftplugin = 'setlocal commentstring< comments< expandtab< shiftwidth< softtabstop<'
      \\ . ' formatprg< makeprg< errorformat<'
"""


def vim() -> str:
    """The syntax file."""
    spelled = "\\|".join(sorted(UNITS, key=lambda unit: (-len(unit), unit)))
    units = rf"\%(\s*%\|[[:alpha:]]\w*\|\s\+\%({spelled}\)\>\%(\s*[=:]\)\@!\)\="
    statements = "\\|".join(STATEMENTS)
    rows = [
        '" Value stream maps. Written by a program from the words of the language.',
        "if exists('b:current_syntax') | finish | endif",
        "syntax case match",
        r"syntax match vsmName /\<[[:alpha:]_]\w*\%(-\w\+\)*/",
        rf"syntax match vsmStatement /\c\%(^\|[;{{}}]\)\s*\zs\%({statements}\)"
        rf"\>\%([.-]\)\@!\%(\s*[=:]\)\@!/",
        r"syntax match vsmKey /\<[[:alpha:]_]\w*\ze\s*[=:][=>\/]\@!/",
        r"syntax match vsmKey /\%(%\=[cC]&[aA]\|%[cC][aA]\|[pPlLcC]\/[tToO]\)\ze\s*[=:]/",
        rf"syntax match vsmNumber /\<[0-9][0-9_]*\%(\.[0-9]\+\)\={units}/",
        r"syntax match vsmDate /\<[0-9]\{4}-[0-9]\{2}-[0-9]\{2}\>/",
        r"syntax match vsmOperator /->\|→\|\.\.\|<=\|>=\|[<>≤≥=~≈+?]/",
        f"syntax keyword vsmClause {' '.join(CLAUSES)}",
        f"syntax keyword vsmValue {' '.join(VALUES)}",
        r'syntax region vsmString start=/"/ skip=/\\./ end=/"/ oneline contains=vsmEscape',
        r'syntax region vsmString start=/"""/ end=/"""/',
        r"syntax match vsmEscape /\\./ contained",
        r"syntax match vsmAddress /https\=:\/\/[^ \t\"<>{}]*/",
        r"syntax match vsmComment /#.*$\|%%.*$/ contains=@Spell",
        r"syntax match vsmAllow /#\s*vsm:.*$/",
        "",
        *(
            f"highlight default link vsm{group} {link}"
            for group, link in (
                ("Statement", "Statement"), ("Key", "Identifier"), ("Number", "Number"),
                ("Date", "Number"), ("Operator", "Operator"), ("Clause", "Keyword"),
                ("Value", "Constant"), ("String", "String"), ("Escape", "SpecialChar"),
                ("Address", "Underlined"), ("Comment", "Comment"), ("Allow", "SpecialComment"),
            )
        ),
        "let b:current_syntax = 'vsm'",
    ]  # fmt: skip
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    for name, data in files().items():
        path = EDITORS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
