"""JSON as we write it: UTF-8 that people can read, without a sign that steers what shows it."""

from __future__ import annotations

import json
import re
from typing import Any

from vsmdsl.steering import BREAKING, HALVES, NO_SIGNS, TURNING

# JSON itself wants only those below the blank spelled. Such data is printed on terminals as well.
_STEERING = re.compile(f"[\x7f-\x9f{TURNING}{BREAKING}{HALVES}{NO_SIGNS}]")


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """The value as text; whoever reads it gets what was meant, sign by sign."""
    return _STEERING.sub(_spelled, json.dumps(value, ensure_ascii=False, indent=indent))


def _spelled(found: re.Match[str]) -> str:
    return rf"\u{ord(found[0]):04x}"  # in JSON, all but texts is ASCII
