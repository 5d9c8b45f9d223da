"""Where something was written."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

Pointer: TypeAlias = tuple[str | int, ...]


class Source(NamedTuple):
    """A place in a record repository.

    ``path`` is relative to the record root, with ``/``. ``pointer`` leads to a value inside the document
    (keys and list positions); with ``at_key`` the key itself is meant. ``line`` and ``column`` count from 1,
    columns in characters; 0 means that they have not been worked out yet.
    """

    path: str
    pointer: Pointer = ()
    line: int = 0
    column: int = 0
    at_key: bool = False
