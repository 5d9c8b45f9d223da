"""Differences between two states of the records: changed records, fields and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dangwu.model.audience import Audience
from dangwu.model.edit import Edit

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.finding import Pointer
    from dangwu.model.kind import Kind
    from dangwu.model.message import Bilingual


class WrittenValue(NamedTuple):
    """A value as written; with ``person`` the id of somebody, to be shown by name.

    ``word`` is the name of a code.
    """

    text: str
    person: bool = False
    word: Bilingual | None = None


class RowField(NamedTuple):
    """A field of a row with its title."""

    title: Bilingual
    value: ChangeValue


ChangeValue: TypeAlias = WrittenValue | tuple["ChangeValue", ...] | tuple[RowField, ...]
"""A value ready for display: one value, a list, or the fields of a row."""
FieldStep: TypeAlias = "Bilingual | WrittenValue | int"
"""A step on the path to a field: its title, the value that identifies a row, or the number of a row."""


class FieldChange(NamedTuple):
    """A field that differs, with its value before and after as plain data and for display; None where there is none."""

    pointer: Pointer
    place: tuple[FieldStep, ...]
    edit: Edit
    before: Any = None
    after: Any = None
    told_before: ChangeValue | None = None
    told_after: ChangeValue | None = None


class SectionChange(NamedTuple):
    """A section of a Markdown body that differs: ``gone`` are lines removed, ``come`` lines added."""

    title: str
    edit: Edit
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


class RecordChange(NamedTuple):
    """A record that was added, removed or changed.

    ``old_path`` is its former path if it was renamed. ``readable`` is False where one of the two states cannot be read
    as a record, so that there are no field changes. ``audience`` is the narrowest of the kinds that the two states
    name, whatever the path. ``hidden`` says that the viewer may not see it.
    """

    path: str
    edit: Edit
    kind: Kind | None
    day: date | None = None
    label: str | None = None
    subject: str | None = None
    old_path: str | None = None
    fields: tuple[FieldChange, ...] = ()
    sections: tuple[SectionChange, ...] = ()
    readable: bool = True
    audience: Audience = Audience.PUBLIC
    hidden: bool = False

    @property
    def takes_away(self) -> bool:
        """Whether something written before was changed or removed; additions alone do not count."""
        if self.edit is Edit.REMOVED or not self.readable:
            return True
        return any(field.edit is not Edit.ADDED for field in self.fields) or any(
            section.gone for section in self.sections
        )
