"""Alone knows where the grammar and the templates lie, however vsmdsl was installed.

In a wheel they are data of the package (`vsmdsl/_data/grammar`, `vsmdsl/_data/templates`); in a
checkout and in an editable install they are the project's own top-level folders.
"""

# Plain paths on purpose: `importlib.resources` would triple the time this module takes to load.
from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def read_grammar() -> str:
    """Return the grammar of the language, `grammar/vsm.lark`."""
    return _read(data_path("grammar", "vsm.lark"))


def template_dir() -> Path:
    """Return the folder of everything that is filled in or copied: pages, styles, starters."""
    return data_path("templates")


def read_template(name: str) -> str:
    """Return the text of one template, named by its path below `templates/`."""
    return _read(template_dir() / name)


def explain_page(code: str) -> str | None:
    """Return the page that explains a diagnostic, or None where `code` has none.

    >>> explain_page("../../pyproject") is None
    True
    """
    page = template_dir() / "explain" / f"{code.upper()}.md"
    return _read(page) if code.isalnum() and page.is_file() else None


def data_path(*parts: str) -> Path:
    """Return where a file or folder lies, given its place in the project.

    >>> data_path("grammar").name
    'grammar'
    """
    return _ROOT.joinpath(*parts)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
