"""The report as one HTML file that needs nothing but itself."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from vsmdsl import resources
from vsmdsl.report.subject import Subject
from vsmdsl.report.view import view


def render_html(subject: Subject, *, title: str | None = None) -> str:
    """Write the report: self-contained, readable without a network and without scripts."""
    css = resources.read_template("report/report.css")
    return fill(subject, title=title, css=css, picture=subject.picture)


def fill(subject: Subject, *, title: str | None, css: str, picture: str) -> str:
    """Fill in the templates. Everything is text and gets escaped but the style and the picture."""
    page = _environment().get_template("report.html.j2")
    return page.render(view=view(subject, title), css=Markup(css), drawing=_drawing(picture))


def _drawing(picture: str) -> Markup:
    """The one door for markup: a picture that our own writer of SVG has escaped."""
    if not picture.startswith("<svg ") or "<script" in picture.lower():
        raise ValueError("this is no picture of ours")
    return Markup(picture)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resources.template_dir() / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
