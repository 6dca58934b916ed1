"""What a project says about its maps: `[tool.vsmdsl]` in `pyproject.toml`, or `vsmdsl.toml`.

The nearest file upward counts. A flag on the command line wins over it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vsmdsl.record import field, field_names, record


class ConfigError(Exception):
    """The configuration cannot be used; the text says which file, which key, and why."""


@record
class Config:
    """The settings of a project; every one has a default."""

    theme: str = "auto"  # auto | light | dark, for pictures
    width: float | None = None  # of the map, in SVG units; None draws one row
    bands: tuple[str, ...] = ()  # the parts of the picture; empty for all
    select: tuple[str, ...] = ()  # codes or names to report; empty for all
    ignore: tuple[str, ...] = ()  # codes or names to pass over
    output: str = ""  # the folder for pictures and reports; empty for beside the map
    engine: str = "auto"  # auto | pure | system: which Graphviz
    colors: dict[str, str] = field(default_factory=dict)  # [tool.vsmdsl.theme]: token → #rrggbb


CHOICES = {"theme": ("auto", "light", "dark"), "engine": ("auto", "pure", "system")}


def find_config(start: Path) -> Config:
    """The configuration that counts in a folder. Raises ConfigError where it cannot be used."""
    here = start.resolve()
    for folder in (here, *here.parents):
        own = folder / "vsmdsl.toml"
        if own.is_file():
            return read_config(_toml(own), own)
        shared = folder / "pyproject.toml"
        if shared.is_file():
            table = _toml(shared).get("tool", {}).get("vsmdsl")
            if table is not None:
                return read_config(table, shared)
    return Config()


def read_config(table: dict[str, Any], path: Path) -> Config:
    """The settings in a table. Raises ConfigError for a key or value that makes no sense."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = "colors" if key == "theme" and isinstance(value, dict) else key
        if name not in _NAMES:
            known = ", ".join(sorted(_NAMES - {"colors"}))
            raise ConfigError(f"{path}: there is no setting `{key}` (there are {known}, theme)")
        values[name] = _checked(name, value, path)
    return Config(**values)


_NAMES = set(field_names(Config))


def _toml(path: Path) -> dict[str, Any]:
    import tomllib  # most projects need no configuration

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{path}: {problem}") from None


def _checked(name: str, value: Any, path: Path) -> Any:
    if name in ("bands", "select", "ignore"):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise ConfigError(f"{path}: `{name}` is a list of words")
    if name == "width":
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            return float(value)
        raise ConfigError(f"{path}: `width` is a number above 0")
    if name == "colors":
        if all(isinstance(one, str) for one in value.values()):
            return dict(value)
        raise ConfigError(f"{path}: a colour is written `#rrggbb`")
    if name in CHOICES and value not in CHOICES[name]:
        raise ConfigError(f"{path}: `{name}` is one of {', '.join(CHOICES[name])}")
    if not isinstance(value, str):
        raise ConfigError(f"{path}: `{name}` is a text")
    return value
