"""Edits of a record's data: a value put, an item added to a list, or an item dropped."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.model.finding import Pointer


class PutEdit(NamedTuple):
    """Put a value at a pointer; a missing field is added below the first present field of ``after``."""

    pointer: Pointer
    value: Any
    after: tuple[str, ...] = ()


class AddEdit(NamedTuple):
    """Add an item to the end of a list; a missing list is added below the first present field of ``after``."""

    pointer: Pointer
    item: Any
    after: tuple[str, ...] = ()


class DropEdit(NamedTuple):
    """Drop the item of a list at a pointer."""

    pointer: Pointer


DataEdit: TypeAlias = PutEdit | AddEdit | DropEdit


def apply_edits(data: dict[str, Any], edits: Sequence[DataEdit]) -> dict[str, Any]:
    """Return an edited copy of the data. Pointers refer to the unedited data, so drops come last, from the end."""
    edited = deepcopy(data)
    for edit in edits:
        if isinstance(edit, PutEdit):
            follow_pointer(edited, edit.pointer[:-1])[edit.pointer[-1]] = edit.value
        elif isinstance(edit, AddEdit):
            follow_pointer(edited, edit.pointer[:-1]).setdefault(edit.pointer[-1], []).append(deepcopy(edit.item))
    for drop in sorted((edit for edit in edits if isinstance(edit, DropEdit)), key=lambda edit: -int(edit.pointer[-1])):
        del follow_pointer(edited, drop.pointer[:-1])[drop.pointer[-1]]
    return edited


def follow_pointer(data: Any, pointer: Pointer) -> Any:
    """Return the value at a pointer."""
    for part in pointer:
        data = data[part]
    return data
