"""Templates filled in: everything is text and gets escaped, but for what goes through a door here.

The doors are `drawing`, `style`, `script`, `prose` and `coded`. No other module knows `Markup`.

A house may have templates of its own: one of the same name wins over ours. Theirs run in Jinja2's
sandbox, and what a map says is escaped in them as well.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from vsmdsl import resources
from vsmdsl.drawing.characters import visible_lines
from vsmdsl.report import understood

if TYPE_CHECKING:
    from jinja2 import Environment, Template


class TemplateError(ValueError):
    """A template of a house cannot be filled in; the message says which, where, and why."""


@cache
def templates(folder: str, own: Path | None = None) -> Environment:
    """The templates of one folder below `templates/`; those of the folder `own` come first."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    places = (
        [own, resources.template_dir() / folder] if own else [resources.template_dir() / folder]
    )
    options: dict[str, Any] = {
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
    }
    known = (
        None if own else understood.compiled(f"{options} {_shown.__name__}")
    )  # theirs may change at any time
    kind = ImmutableSandboxedEnvironment if own else Environment
    loader = FileSystemLoader(places)
    made = kind(loader=loader, bytecode_cache=known, finalize=_shown, **options)
    del made.filters["safe"]  # nothing that a map says is ever markup
    return made


def template(folder: str, name: str, own: Path | None = None) -> Template:
    """One of the templates. Raises TemplateError where one of the house's own makes no sense."""
    from jinja2 import TemplateSyntaxError

    try:
        return templates(folder, own).get_template(name)
    except UnicodeDecodeError as error:
        raise TemplateError(_not_utf8(own / name if own else Path(name), error)) from None
    except (TemplateSyntaxError, RecursionError) as error:
        raise TemplateError(_place(error, own or Path(name))) from error


def _shown(value: Any) -> Any:
    """A text with every sign in it visible; what went through a door is left as it is."""
    plain = isinstance(value, str) and not isinstance(value, Markup)
    return visible_lines(value) if plain else value


def filled(template: Template, own: Path | None, **values: Any) -> str:
    """The template with its values. Raises TemplateError where one of the house's own fails."""
    if own is None:
        return template.render(values)
    try:
        return template.render(values)
    except Exception as error:  # whatever a stranger's template may raise
        raise TemplateError(_place(error, own)) from error


def style_sheet(name: str, own: Path | None = None) -> str:
    """A style sheet of the report; one of the same name in the folder `own` wins."""
    if own and (own / name).is_file():
        return _read(own / name)
    return resources.read_template(f"report/{name}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise TemplateError(_not_utf8(path, error)) from None


def _not_utf8(path: Path, error: UnicodeDecodeError) -> str:
    return f"{path}: not UTF-8: {error.reason} at byte {error.start}"


def drawing(picture: str) -> Markup:
    """The door for a picture that our own writer of SVG has escaped."""
    if not picture.startswith("<svg ") or "<script" in picture.lower():
        raise ValueError("this is no picture of ours")
    if "<a href=" in picture:  # what can be reached inside is not one image to a screen reader
        picture = picture.replace(' role="img"', ' role="group"', 1)
    return Markup(picture)


def style(css: str) -> Markup:
    """The door for style sheets: ours, a house's, and rules of numbers and colours."""
    return _inside("style", css)


def script(text: str) -> Markup:
    """The door for scripts: those that lie in `templates/`, and nothing of a map's."""
    return _inside("script", text)


def prose(html: str) -> Markup:
    """The door for remarks: what Markdown became, with HTML and pictures off."""
    if re.search(r"<\s*(?:script|style|img|iframe|object|embed|svg|link|meta)\b", html, re.I):
        raise ValueError("a remark holds no such element")
    return Markup(html)


def coded(text: str) -> Markup:
    """A sentence whose `words` of the language stand in code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if at % 2 and at < len(parts) - 1 else part
        for at, part in enumerate(parts)
    )


def _inside(element: str, text: str) -> Markup:
    if f"</{element}" in text.lower():
        raise TemplateError(f"`</{element}` does not belong into a {element}")
    return Markup(text)


def _place(error: Exception, own: Path) -> str:
    """`house/parts/map.html.j2:3: 'it' is undefined`: the last line of a template in the trace."""
    file, line = str(getattr(error, "filename", "") or own), getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            file, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    place = f"{file}:{line}" if line else file
    return f"{place}: {str(error) or type(error).__name__}"  # out of memory has no words
