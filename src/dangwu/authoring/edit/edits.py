"""What is to become of a record's data: a value put, an item added to a list, an item dropped; nothing else."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dangwu.model.finding import Pointer


class PutEdit(NamedTuple):
    """A value at a place. Where the field is missing it comes below the last of the fields in ``after``."""

    pointer: Pointer
    value: Any
    after: tuple[str, ...] = ()


class AddEdit(NamedTuple):
    """An item at the end of a list; a list that is missing comes below the last of the fields in ``after``."""

    pointer: Pointer
    item: Any
    after: tuple[str, ...] = ()


class DropEdit(NamedTuple):
    """The item of a list that stands at a place goes."""

    pointer: Pointer


DataEdit: TypeAlias = PutEdit | AddEdit | DropEdit


def apply_edits(data: dict[str, Any], edits: Sequence[DataEdit]) -> dict[str, Any]:
    """Return the data as edited. Pointers mean places in the data as it was: items go last, from the end on."""
    made = deepcopy(data)
    for edit in edits:
        if isinstance(edit, PutEdit):
            follow_pointer(made, edit.pointer[:-1])[edit.pointer[-1]] = edit.value
        elif isinstance(edit, AddEdit):
            follow_pointer(made, edit.pointer[:-1]).setdefault(edit.pointer[-1], []).append(deepcopy(edit.item))
    for drop in sorted((each for each in edits if isinstance(each, DropEdit)), key=lambda edit: -int(edit.pointer[-1])):
        del follow_pointer(made, drop.pointer[:-1])[drop.pointer[-1]]
    return made


def follow_pointer(data: Any, pointer: Pointer) -> Any:
    """Return what stands at a place."""
    for part in pointer:
        data = data[part]
    return data
