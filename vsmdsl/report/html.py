"""The report as one HTML file that needs nothing but itself."""

from __future__ import annotations

from markupsafe import Markup

from vsmdsl import resources
from vsmdsl.report.filling import drawing, templates
from vsmdsl.report.subject import Subject
from vsmdsl.report.view import view


def render_html(subject: Subject, *, title: str | None = None) -> str:
    """Write the report: self-contained, readable without a network and without scripts."""
    css = resources.read_template("report/report.css")
    return fill(subject, title=title, css=css, picture=subject.picture)


def fill(subject: Subject, *, title: str | None, css: str, picture: str) -> str:
    """Fill in the templates. Everything is text and gets escaped but the style and the picture."""
    page = templates("report").get_template("report.html.j2")
    return page.render(view=view(subject, title), css=Markup(css), drawing=drawing(picture))
