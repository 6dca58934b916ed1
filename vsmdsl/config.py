"""What a project says about its maps: `[tool.vsmdsl]` in `pyproject.toml`, or `vsmdsl.toml`.

The nearest file upward counts. A flag on the command line wins over it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vsmdsl.limits import LIMITS, Limits
from vsmdsl.record import field, field_names, record, replace


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
    language: str = ""  # of captions and reports, where a map names none
    catalogue: str = ""  # a file with words for them: of another language, or of the house
    engine: str = "auto"  # auto | pure | system: which Graphviz
    # [tool.vsmdsl.theme]: a role of colour → `#rrggbb`, or two of them, for light and for dark
    colors: dict[str, str | tuple[str, str]] = field(default_factory=dict)
    limits: Limits = LIMITS  # [tool.vsmdsl.limits]: how much a map may have of everything
    # [tool.vsmdsl.report]: title, author, confidential, logo, template
    report: dict[str, str] = field(default_factory=dict)
    origin: str = ""  # the file that says all this


NARROWEST, WIDEST = 200, 100_000  # for `width`
LARGEST = 5_000_000  # bytes
CHOICES = {"theme": ("auto", "light", "dark"), "engine": ("auto", "pure", "system")}


def find_config(start: Path) -> Config:
    """The configuration that counts in a folder. Raises ConfigError where it cannot be used."""
    here = start.resolve()
    for folder in (here, *here.parents):
        own = folder / "vsmdsl.toml"
        if _is_there(own):
            return read_config(_toml(own), own)
        shared = folder / "pyproject.toml"
        if _is_there(shared):
            table = _ours(shared) if _speaks(shared) else None
            if table is not None:
                return read_config(table, shared)
    return Config()


def _is_there(path: Path) -> bool:
    """Whether a file is there, as far as one may look: Python says so itself since 3.14."""
    try:
        return path.is_file()
    except OSError:
        return False


def read_config(table: dict[str, Any], path: Path) -> Config:
    """The settings in a table. Raises ConfigError for a key or value that makes no sense."""
    values: dict[str, Any] = {}
    for key, value in _flat(table).items():
        name = "colors" if key == "theme" and isinstance(value, dict) else key
        if name not in _NAMES or (key == "colors" and key in table):
            known = ", ".join(sorted(_NAMES - {"colors"} | {"theme"}))
            raise ConfigError(f"{path}: there is no setting `{key}` (there are {known})")
        values[name] = _checked(name, value, path)
    return Config(**values, origin=str(path))


def _ours(shared: Path) -> dict[str, Any] | None:
    tools = _toml(shared).get("tool", {})
    table = tools.get("vsmdsl", {}) if isinstance(tools, dict) else tools
    if not isinstance(table, dict):
        raise ConfigError(f"{shared}: `tool.vsmdsl` is a table, as in `[tool.vsmdsl]`")
    return table if "vsmdsl" in tools else None


_NAMES = set(field_names(Config)) - {"origin"}


def _flat(table: dict[str, Any]) -> dict[str, Any]:
    """`theme` is a word or a table of colours; in a table, the word is called `mode`."""
    theme = table.get("theme")
    if not isinstance(theme, dict) or "mode" not in theme:
        return table
    rest = {key: value for key, value in table.items() if key != "theme"}
    colors = {role: colour for role, colour in theme.items() if role != "mode"}
    return {**rest, "theme": theme["mode"], "colors": colors}


def _speaks(shared: Path) -> bool:
    """Whether a table `tool.vsmdsl` may be in a file: reading it as TOML takes a while."""
    lines = [line for line in _read(shared).splitlines() if b"tool" in line]
    keys = [line.partition(b"#")[0].partition(b"=")[0].lstrip(b" \t[\"'") for line in lines]
    ours = [key for key in keys if key.startswith(b"tool")]
    return any(b"vsmdsl" in key or b"." not in key for key in ours)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ConfigError(f"{path}: more than {LARGEST:,} bytes are no configuration")
    return data


def _toml(path: Path) -> dict[str, Any]:
    import tomllib  # most projects need no configuration

    try:
        return tomllib.loads(_read(path).decode("utf-8"))
    except (ValueError, RecursionError) as problem:  # no TOML, no UTF-8, a number without end
        raise ConfigError(f"{path}: {problem}") from None


def _checked(name: str, value: Any, path: Path) -> Any:
    if name == "limits":
        return read_limits(value, path)
    if name == "report":
        return _report(value, path)
    if name in ("bands", "select", "ignore"):
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(value)
        raise ConfigError(f"{path}: `{name}` is a list of words")
    if name == "width":
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and NARROWEST <= value <= WIDEST:
            return float(value)
        raise ConfigError(f"{path}: `width` is a number from {NARROWEST} to {WIDEST}")
    if name == "colors":
        return {role: _colour(colour, path) for role, colour in value.items()}
    if name in CHOICES and value not in CHOICES[name]:
        raise ConfigError(f"{path}: `{name}` is one of {', '.join(CHOICES[name])}")
    if not isinstance(value, str):
        raise ConfigError(f"{path}: `{name}` is a text")
    return value


def read_limits(value: Any, path: Path | str) -> Limits:
    """The limits that a table sets. Raises ConfigError for a name or number that makes no sense."""
    known = field_names(Limits)
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: `limits` is a table, as in `[tool.vsmdsl.limits]`")
    for name, most in value.items():
        if name not in known:
            raise ConfigError(f"{path}: there is no limit `{name}` (there are {', '.join(known)})")
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            raise ConfigError(f"{path}: the limit `{name}` is a whole number from 1")
    return replace(LIMITS, **value)


HOUSE = ("title", "author", "confidential", "logo", "template")


def _report(value: Any, path: Path) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ConfigError(f"{path}: `report` is a table, as in `[tool.vsmdsl.report]`")
    for name, text in value.items():
        if name not in HOUSE:
            known = ", ".join(HOUSE)
            raise ConfigError(f"{path}: a report has no setting `{name}` (there are {known})")
        if not isinstance(text, str):
            raise ConfigError(f"{path}: the `{name}` of a report is a text")
    return value


def _colour(value: Any, path: Path) -> str | tuple[str, str]:
    match value:
        case str():
            return value
        case [str(light), str(dark)]:
            return light, dark
    raise ConfigError(f'{path}: a colour is written "#rrggbb", or ["#rrggbb", "#rrggbb"] for both')
