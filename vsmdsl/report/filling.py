"""Templates filled in: everything is text and gets escaped, but for a picture of our own."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vsmdsl import resources


@cache
def templates(folder: str) -> Environment:
    """The templates of one folder below `templates/`."""
    return Environment(
        loader=FileSystemLoader(resources.template_dir() / folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def drawing(picture: str) -> Markup:
    """The one door for markup: a picture that our own writer of SVG has escaped."""
    if not picture.startswith("<svg ") or "<script" in picture.lower():
        raise ValueError("this is no picture of ours")
    return Markup(picture)
