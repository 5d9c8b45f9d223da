"""What happened to a field, a row, a section or a record."""

from __future__ import annotations

from enum import StrEnum


class Edit(StrEnum):
    """What happened to a field, a row of a list, a section or a whole record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
