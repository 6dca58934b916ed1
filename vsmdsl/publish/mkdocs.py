"""The plugin for MkDocs and ProperDocs: `plugins: [vsmdsl]`, and fences are drawn.

It brings the fence along, watches the maps that pages draw, and copies those that they link to.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.plugins import BasePlugin

from vsmdsl.config import ConfigError, read_limits
from vsmdsl.publish.options import OptionError, read_options

EXTENSION = "vsmdsl.publish.extension"


class Settings(base.Config):  # type: ignore[no-untyped-call]
    """What `mkdocs.yml` may say of maps."""

    width = c.Optional(c.Type((int, float)))
    theme = c.Optional(c.Choice(("auto", "light", "dark")))
    bands = c.Optional(c.Type((str, list)))
    source = c.Optional(c.Type(str))
    colors = c.Type(dict, default={})
    limits = c.Type(dict, default={})
    copy_sources = c.Type(bool, default=False)
    cache = c.Type((bool, str), default=True)
    project_settings = c.Type(bool, default=False)


class VsmPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Draws fences, watches and copies the files that they draw."""

    def __init__(self) -> None:
        self._read: set[Path] = set()
        self._watched: set[Path] = set()
        self._linked: dict[Path, str] = {}
        self._server: Any = None

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the fence asks for when it meets a page of this site."""
        told = {name: one for name, one in self.config.items() if one is not None}
        copies = self._linked.__setitem__ if self.config.copy_sources else None
        return {**told, "copies": copies, "seen": self._read.add}

    def on_config(self, config: Any) -> Any:
        """Bring the fence along, and refuse settings that no map could be drawn with."""
        if EXTENSION not in config["markdown_extensions"]:
            config["markdown_extensions"].append(EXTENSION)
        _check(self.config)
        return config

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        """Build again when a map changes."""
        self._server = server
        self._watch()
        return server

    def on_post_build(self, *, config: Any) -> None:
        """Copy the maps that pages link to."""
        for path, target in self._linked.items():
            copy = Path(config["site_dir"]) / target
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
        self._watch()

    def _watch(self) -> None:
        for path in sorted(self._read - self._watched) if self._server else ():
            self._server.watch(str(path))
            self._watched.add(path)


def _check(settings: Settings) -> None:
    told = {
        "theme": settings.theme,
        "source": settings.source,
        "width": settings.width and f"{settings.width:g}",
        "bands": settings.bands if isinstance(settings.bands, str) else None,
    }
    from mkdocs.exceptions import ConfigurationError

    try:
        read_options({name: one for name, one in told.items() if one})
        read_limits(settings.limits, "vsmdsl")
    except OptionError as error:
        raise ConfigurationError(f"vsmdsl: {error} ({error.hint})") from None
    except ConfigError as error:
        raise ConfigurationError(str(error)) from None
