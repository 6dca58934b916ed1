"""The line that opens a fence on a page of Python-Markdown: what it says, in a form for all."""

from __future__ import annotations

import re

from vsmdsl.publish.blocks import Block
from vsmdsl.publish.hosts.fence import NAME, bare, words

KEY = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")  # what SuperFences takes for the name of an option

READ = re.compile(r"\{[^{}.\xa0]*\.vsm(?=[ }])[^{}\xa0]*\}")  # by SuperFences, as it stands
ALMOST = re.compile(r"\.?vsm[^\w\s.+#{-]", re.IGNORECASE)
MYST = re.compile(r"\{vsm(-file)?\}", re.IGNORECASE)


def misspelt(head: str) -> str:
    """Why a fence is none of ours that was meant to be, or nothing."""
    if found := ALMOST.match(head.strip()):
        return f"this fence begins with `{found[0]}`, so its map is not drawn; write `vsm` alone"
    if found := MYST.match(head.strip()):
        return f"this fence is one of MyST, `{found[0]}`, so its map is not drawn; write `vsm`"
    return ""


def options(head: str) -> dict[str, str]:
    """The options of a fence; a bare word is its own value, as SuperFences has it."""
    told = NAME.sub("", head.strip(), count=1)
    return {**{word: word for word in bare(told) if word[:1] not in ".#"}, **words(told)}


def quoted(block: Block) -> list[str]:
    """A fence whose options stand in quotes: SuperFences passes over all others."""
    head = block.opening["rest"].strip() if block.ours else ""
    told = options(head)
    if not head or READ.fullmatch(head) or not all(_can_be_quoted(*one) for one in told.items()):
        return block.lines
    pairs = "".join(f" {name}={_in_quotes(text)}" for name, text in told.items())
    return [f"{block.opening['margin']}{block.opening['marks']}vsm{pairs}", *block.lines[1:]]


def _can_be_quoted(name: str, text: str) -> bool:
    return bool(KEY.fullmatch(name)) and not ('"' in text and "'" in text)


def _in_quotes(text: str) -> str:
    return f"'{text}'" if '"' in text else f'"{text}"'
