"""The fence ```` ```vsm ```` of a page that Python-Markdown reads, with SuperFences.

    custom_fences:
      - name: vsm
        class: vsm
        format: !!python/name:vsmdsl.publish.fence.format
        validator: !!python/name:vsmdsl.publish.fence.validator

A map that cannot be drawn becomes a box that says why, and a warning in the log, with which
`mkdocs build --strict` fails. Nothing is ever left out.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from vsmdsl import __version__
from vsmdsl.model.includes import MAP
from vsmdsl.publish import markup
from vsmdsl.publish.notice import Notice, trouble
from vsmdsl.publish.options import Options
from vsmdsl.publish.picture import MOST, Drawn, Request, drawn, spent
from vsmdsl.publish.places import line_of
from vsmdsl.publish.sites import LOGGER, Site, site_of, strict
from vsmdsl.record import replace

MOST_FILES = 20_000  # looked at for the newest map of a project
PASSED_OVER = ("node_modules", "site", "build", "dist")


def validator(
    language: str,
    inputs: Mapping[str, str],
    options: MutableMapping[str, str],
    attrs: Mapping[str, str],
    md: Any,
) -> bool:
    """Take over all options, unknown ones as well: the box on the page says what is wrong."""
    options.update(inputs)
    return True


class _Format:
    """Writes a fence as HTML.

    It is a value that can be pickled, not a function, for the sake of what Zensical keeps: pages
    are made anew when the pickled form of their configuration changes. So it tells our version,
    the newest map of the project, and whether a broken map ends the build.
    """

    def __call__(
        self,
        source: str,
        language: str = "vsm",
        class_name: str = "vsm",
        options: Mapping[str, str] | None = None,
        md: Any = None,
        **more: Any,
    ) -> str:
        return page_html(source, options or {}, md)

    def __reduce__(self) -> tuple[Any, ...]:
        return _format_of, (__version__, strict(), _newest_map(Path.cwd()))


def _format_of(*edition: object) -> _Format:
    """The one value there is, whatever was kept of it."""
    return format


format = _Format()  # the name that the configurations of sites have


def page_html(source: str, options: Mapping[str, str], md: Any) -> str:
    """The HTML in place of one fence: a figure, or a box.

    Raises SuperFencesException where that alone fails the build.
    """
    site = None
    try:
        site = site_of(md, SETTINGS.get(md))
        result, link = _drawn(source, options, site)
        html = markup.on_page(result, _books(md), link=link)
    except Exception as fault:  # SuperFences would drop the fence without a word
        result = _fault(fault, source, site)
        html = markup.box(result.errors, source)
    _tell(result.notices, site)
    _fail((one.text for one in result.errors), site)
    return html


def report(messages: Sequence[str], md: Any) -> None:
    """Tell of fences on a page that nobody drew.

    Raises SuperFencesException where that alone fails the build.
    """
    if not messages:
        return
    site = site_of(md)
    more = len(messages) - MOST
    said = [*messages[:MOST], *([f"{more} more fences are not drawn"] if more > 0 else [])]
    for one in said:
        LOGGER.log(_level(site), "%s: %s", site.document, one)
    _fail((f"{site.document}: {one}" for one in said), site)


def _fail(messages: Iterable[str], site: Site | None) -> None:
    """End the build where nobody hears the log."""
    told = list(messages) if site is not None and site.fails else []
    if told:
        from pymdownx.superfences import SuperFencesException

        raise SuperFencesException("\n\n" + "\n\n".join(told))


def _tell(notices: Iterable[Notice], site: Site | None) -> None:
    for one in notices:
        LOGGER.log(_level(site) if one.is_error else logging.INFO, "%s", one.in_a_line)


def _level(site: Site | None) -> int:
    return logging.ERROR if site and site.strict else logging.WARNING


# What is known of a Markdown as long as it lives: the settings of our extension, and the ids of
# the pictures on its page.
SETTINGS: WeakKeyDictionary[Any, Mapping[str, Any]] = WeakKeyDictionary()
_BOOKS: WeakKeyDictionary[Any, dict[str, int]] = WeakKeyDictionary()


def _books(md: Any) -> dict[str, int]:
    return _BOOKS.setdefault(md, {})


def _drawn(source: str, options: Mapping[str, str], site: Site) -> tuple[Drawn, str]:
    request = Request(
        text=source,
        options=options,
        document=site.document,
        shelf=site.shelf,
        defaults=site.defaults,
        colors=site.colors,
        cache=site.cache,
        limits=site.limits,
        limits_at=site.limits_at,
    )
    result = drawn(request)
    if result.notices:  # only a message needs to know the line
        request = replace(request, line=line_of(source, options, site.path))
        # What took too long takes as long on any line.
        result = spent(request, result.spent) if result.spent else drawn(request)
    if site.seen:
        for path in result.dependencies:
            site.seen(path)
    if result.options.source != "link" or not result.ok:
        return result, ""
    link = site.link_to(result.dependencies[0]) if result.file else None
    return (result, link) if link else (_unlinked(result, request), "")


def _unlinked(result: Drawn, request: Request) -> Drawn:
    said = "`source=link` finds no file in the site to link to"
    hint = 'put the map into the documentation\'s folder, or say source="show"'
    return replace(
        result, notices=(trouble("option", said, request.document, max(1, request.line - 1), hint),)
    )


def _fault(fault: Exception, source: str, site: Site | None) -> Drawn:
    document = site.document if site else "page"
    said = f"this is a fault of vsmdsl, not of the map: {type(fault).__name__}: {fault}"
    notice: Notice = trouble("fault", said, document, 1, "please report it with this map")
    LOGGER.debug("a fault while drawing a fence", exc_info=fault)
    return Drawn((notice,), Options(), source)


def _newest_map(folder: Path) -> int:
    """When the newest map below a folder was changed, in nanoseconds; 0 without one."""
    maps = (place / name for place, name in islice(_files(folder), MOST_FILES))
    return max((path.stat().st_mtime_ns for path in maps if path.suffix == MAP), default=0)


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for place, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if one[:1] != "." and one not in PASSED_OVER]
        yield from ((Path(place), name) for name in names)
