"""Which site a page belongs to: MkDocs, ProperDocs and Zensical each leave it in their Markdown.

A fence is given nothing but the Markdown that reads the page. The programs hang what they know of
the page into it, for the sake of their own extensions; a row of `FINDERS` knows where. Elsewhere
the project is the folder of work, and nothing is known of the page.
"""

from __future__ import annotations

import logging
import posixpath
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vsmdsl.config import ConfigError, find_config
from vsmdsl.project import project_root
from vsmdsl.publish.cache import Cache, usual_cache
from vsmdsl.publish.files import Shelf
from vsmdsl.publish.options import OPTIONS
from vsmdsl.publish.picture import Colours
from vsmdsl.record import field, field_names, record, replace

LOGGER = logging.getLogger("mkdocs.plugins.vsmdsl")  # ProperDocs listens to it, too
COPIES = "assets/vsm"  # where the plugin puts maps that lie outside the documentation's folder
WIDTH = "840"  # rows of this many units are well read in a column of text


@record
class Site:
    """A page and its site.

    `document` is the page as messages call it, `path` its file. `url` is its address below the
    site's own. `fails` says that a map that cannot be drawn ends the build here and now; else the
    build learns of it by the log. `strict` says that it then ends for it: a quiet one hears of
    errors alone.
    """

    shelf: Shelf
    document: str = "page"
    path: Path | None = None
    docs: Path | None = None
    url: str = ""
    defaults: Mapping[str, str] = MappingProxyType({"width": WIDTH})
    colors: Colours = field(default_factory=dict)
    cache: Cache | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
    limits_at: str = "`limits` in the settings of vsmdsl"
    fails: bool = False
    strict: bool = False
    copies: Callable[[Path, str], None] | None = None  # takes note of a map that is linked to
    seen: Callable[[Path], None] | None = None  # takes note of a file that was read

    def link_to(self, path: Path) -> str | None:
        """The address of a map's file, from this page; None where it is not in the site."""
        docs = self.docs.resolve() if self.docs else None
        if docs and path.is_relative_to(docs):
            return self._from_here(path.relative_to(docs).as_posix())
        if self.copies is None:
            return None
        target = f"{COPIES}/{self.shelf.name_of(path)}"
        self.copies(path, target)
        return self._from_here(target)

    def _from_here(self, target: str) -> str:
        from urllib.parse import quote

        folder = self.url if self.url.endswith("/") else posixpath.dirname(self.url)
        return quote(posixpath.relpath(target, folder or "."))


def site_of(md: Any, settings: Mapping[str, Any] | None = None) -> Site:
    """The site of the page that a Markdown reads; `settings` are those of our extension."""
    found = next((site for find in FINDERS if (site := find(md))), None)
    site = found or _anywhere()
    return _set(site, settings) if settings else site


def _mkdocs(md: Any) -> Site | None:
    """MkDocs and ProperDocs: the part that mends links knows the page and the configuration."""
    links = _part(md.treeprocessors, "relpath")
    page, config = getattr(links, "file", None), getattr(links, "config", None)
    if page is None or config is None:
        return None
    docs = Path(config["docs_dir"])
    start = config["config_file_path"] or docs
    path = Path(page.abs_src_path) if page.abs_src_path else None
    site = Site(_shelf(Path(start), docs, path), _shown(docs, page.src_uri), path, docs, page.url)
    plugin = (config["plugins"] or {}).get("vsmdsl")
    told = {"width": WIDTH, "theme": _scheme(config["theme"], config["theme"].name or "")}
    strict = bool(config["strict"])
    site = replace(site, cache=usual_cache(), defaults=told, strict=strict)
    return _set(site, plugin.settings) if plugin else site


def _zensical(md: Any) -> Site | None:
    """Zensical: it keeps the page for its own extensions. It listens to no log."""
    context = _part(md.preprocessors, "rendering_context")
    page, config = getattr(context, "page", None), getattr(context, "config", None)
    if page is None or config is None:
        return None
    root = Path(config.get("root_dir") or ".")
    docs = root / config.get("docs_dir", "docs")
    path = docs / page.path
    return Site(
        _shelf(root / "zensical.toml", docs, path), _shown(docs, page.path), path, docs, page.url,
        defaults={"width": WIDTH, "theme": _scheme(config.get("theme") or {}, "zensical")},
        cache=usual_cache(), fails=strict() or bool(config.get("strict")),
    )  # fmt: skip


def _anywhere() -> Site:
    here = Path.cwd()
    return Site(Shelf(project_root(here / "page"), (here,)), cache=usual_cache())


FINDERS: tuple[Callable[[Any], Site | None], ...] = (_mkdocs, _zensical)


def _scheme(theme: Any, name: str) -> str:
    """Whether a site can be dark: where it cannot, its maps do not follow the reader's system."""
    if name in ("material", "materialx", "zensical"):
        return "auto" if theme.get("palette") else "light"
    if name == "mkdocs":
        return str(theme.get("color_mode") or "light")
    return "light" if name == "readthedocs" else "auto"


def strict() -> bool:
    """Whether this program was called to take warnings for errors."""
    words = sys.argv[1:]
    return any(one == "--strict" or (one[:1] == "-" != one[1:2] and "s" in one) for one in words)


def _part(parts: Any, name: str) -> Any:
    return parts[name] if name in parts else None  # noqa: SIM401 - a registry has no `get`


def _shelf(config: Path, docs: Path, page: Path | None) -> Shelf:
    beside = (page.parent,) if page else ()
    return Shelf(project_root(config), (config.parent, docs, *beside))


def _shown(docs: Path, name: str) -> str:
    return f"{docs.name}/{name}"


def _set(site: Site, settings: Mapping[str, Any]) -> Site:
    """The site with its configuration: defaults of options, colours, whose word counts."""
    wanted = {name: _text(settings[name]) for name in OPTIONS if settings.get(name)}
    own = _project(site) if settings.get("project_settings") else {}
    defaults = {**site.defaults, **own.get("defaults", {}), **wanted}
    cache = site.cache
    if settings.get("cache") is False:
        cache = None
    elif isinstance(settings.get("cache"), str) and settings["cache"]:
        cache = Cache(Path(settings["cache"]).absolute())
    colors = settings.get("colors") or own.get("colors", {})
    told = {role: one if isinstance(one, str) else tuple(one) for role, one in colors.items()}
    limits = settings.get("limits") or own.get("limits", {})
    return replace(
        site, defaults=defaults, colors=told, cache=cache, limits=limits,
        copies=settings.get("copies") or site.copies, seen=settings.get("seen") or site.seen,
    )  # fmt: skip


def _project(site: Site) -> dict[str, Any]:
    """What the project itself says of its maps: read only where the site asks for it."""
    try:
        own = find_config(site.shelf.root or Path.cwd())
    except ConfigError as error:
        LOGGER.warning("%s", error)
        return {}
    told = {"theme": own.theme, "width": own.width and f"{own.width:g}", "bands": own.bands}
    return {
        "defaults": {name: _text(one) for name, one in told.items() if one},
        "colors": own.colors,
        "limits": {name: getattr(own.limits, name) for name in field_names(own.limits)},
    }


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
