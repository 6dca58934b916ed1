"""JSON as we write it: UTF-8 that people can read, without a sign that steers what shows it."""

from __future__ import annotations

import json
import re
from typing import Any

# JSON itself wants only those below the blank spelled. Such data is printed on terminals as well.
_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """The value as text; whoever reads it gets what was meant, sign by sign."""
    return _STEERING.sub(_spelled, json.dumps(value, ensure_ascii=False, indent=indent))


def _spelled(found: re.Match[str]) -> str:
    return rf"\u{ord(found[0]):04x}"  # in JSON, all but texts is ASCII
