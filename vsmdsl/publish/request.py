"""One map that a document asks for, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vsmdsl.language.limits import PLACE
from vsmdsl.language.source import Source
from vsmdsl.publish.cache import Cache
from vsmdsl.publish.files import Shelf
from vsmdsl.publish.notice import Notice
from vsmdsl.publish.options import Options
from vsmdsl.publish.patience import SpentError
from vsmdsl.record import field, record

Colours = Mapping[str, str | tuple[str, str]]


@record
class Request:
    """One map that a document asks for.

    `options` are as written in the document, `defaults` what the site says where the document
    does not; both are read by the same table. `document` and `line` say where the text begins.
    `format` is one of `vsmdsl.formats.FORMATS`. `limits` are those that the site sets, and
    `limits_at` is where it does so.
    """

    text: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    document: str = "map.vsm"
    line: int = 1
    shelf: Shelf = Shelf()
    defaults: Mapping[str, str] = field(default_factory=dict)
    colors: Colours = field(default_factory=dict)
    format: str = "svg"
    cache: Cache | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
    limits_at: str = PLACE

    def shown(self, source: Source, path: Path | None) -> str:
        """The text that is drawn, without the empty lines that stand for those above it."""
        return source.text if path else source.text[self.line - 1 :]


@record
class Drawn:
    """What became of a request. Without errors in `notices` there is a picture, and only then.

    `source` is the text that was drawn, `file` the file it came from, by its name in the project.
    `dependencies` are all files that were read. `title` and `description` say it in words. `spent`
    is there where the map took more time or memory than it may.
    """

    notices: tuple[Notice, ...]
    options: Options
    source: str = ""
    file: str = ""
    dependencies: tuple[Path, ...] = ()
    title: str = ""
    description: str = ""
    picture: bytes = b""
    spent: SpentError | None = None

    @property
    def ok(self) -> bool:
        """Whether there is a picture."""
        return not self.errors

    @property
    def errors(self) -> tuple[Notice, ...]:
        """What keeps it from being drawn."""
        return tuple(one for one in self.notices if one.is_error)

    @property
    def svg(self) -> str:
        """The picture as text, for the formats that are text."""
        return self.picture.decode()
