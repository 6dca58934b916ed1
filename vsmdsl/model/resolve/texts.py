"""Values and names as people read them."""

from __future__ import annotations

from vsmdsl.language import syntax


def members(node: syntax.Value) -> tuple[syntax.Value, ...]:
    """The members of a list; one value is a list of one."""
    return node.values if isinstance(node, syntax.Items) else (node,)


def as_text(node: syntax.Value) -> str:
    """A value as people read it: strings without quotes, all else in its canonical spelling.

    So a map looks the same before and after `vsm fmt`.
    """
    match node:
        case syntax.Word(text=text) | syntax.Text(text=text) | syntax.Address(text=text):
            return text
        case syntax.Items(values=values):
            return ", ".join(as_text(one) for one in values)
        case _:
            from vsmdsl.language import spelling  # most maps have words and numbers alone

            return spelling.value(node)


def as_word(node: syntax.Value) -> str:
    """A value as a word of the language: lower case, `_` for blanks and hyphens."""
    return as_text(node).strip().lower().replace("-", "_").replace(" ", "_")


def pretty(name: str) -> str:
    """The label of an id: `code_review` is `Code review`."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] if words else name


def shorten(text: str, most: int = 40) -> str:
    """A text that fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def listed(names: list[str], most: int = 4) -> str:
    """Names in backticks, `a`, `b` and 3 more."""
    shown = ", ".join(f"`{shorten(name)}`" for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def an(noun: str) -> str:
    """A noun with its article."""
    return f"{'an' if noun[:1] in 'aeio' else 'a'} {noun}"


def reason(problem: Exception) -> str:
    """Why a file cannot be read, without the path that the system adds."""
    if isinstance(problem, UnicodeDecodeError):
        return "it is not written in UTF-8"
    if isinstance(problem, FileNotFoundError):
        return "there is no such file"
    return getattr(problem, "strerror", None) or str(problem)
