"""Kinds of edits."""

from __future__ import annotations

from enum import StrEnum


class Edit(StrEnum):
    """Whether a field, a row of a list, a section or a record was added, removed or changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
