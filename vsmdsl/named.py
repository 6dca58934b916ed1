"""Types with a few values that have names, such as `Gap.UNKNOWN`: each is one object for ever.

What `enum` does for such types takes as long to import as reading a small map.
"""

from __future__ import annotations

from typing import ClassVar, Self


class Named:
    """A value that its type has a name for; a copy of it is itself, and so is what is unpickled."""

    ALL: ClassVar[tuple[Self, ...]]
    name: str

    @classmethod
    def define(cls, **values: Self) -> None:
        """Say which values there are, once, where the type is made."""
        cls.ALL = tuple(values.values())
        for name, value in values.items():
            value.name = name
            setattr(cls, name, value)

    def __reduce__(self) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return f"{type(self).__qualname__}.{self.name}"
