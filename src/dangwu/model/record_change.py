"""Differences between two states of the records, as values that a page can put into plain words."""

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
    """A value as it is written; ``person`` says that it is the id of somebody, to be shown by name.

    ``word`` is what people call a code.
    """

    text: str
    person: bool = False
    word: Bilingual | None = None


class RowField(NamedTuple):
    """A field of a row with its title."""

    title: Bilingual
    value: ChangeValue


ChangeValue: TypeAlias = WrittenValue | tuple["ChangeValue", ...] | tuple[RowField, ...]
"""A value with what is needed to say it: one word, a list, or the fields of a row."""
FieldStep: TypeAlias = "Bilingual | WrittenValue | int"
"""A step on the way to a field: its title, the word by which a row is told from others, or the number of a row."""


class FieldChange(NamedTuple):
    """A field that is not what it was. ``before`` and ``after`` are plain data, None where there is nothing."""

    pointer: Pointer
    place: tuple[FieldStep, ...]
    edit: Edit
    before: Any = None
    after: Any = None
    told_before: ChangeValue | None = None
    told_after: ChangeValue | None = None


class SectionChange(NamedTuple):
    """A section of a Markdown body that is not what it was, with the lines that went and those that came."""

    title: str
    edit: Edit
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()


class RecordChange(NamedTuple):
    """A record that was added, removed or changed.

    ``old_path`` is its former name where it was renamed. ``readable`` is False where one of the two states cannot be
    read as a record, so that nothing is said of fields. ``audience`` is the narrowest that the two states name by their
    own kinds, whatever the path says. ``hidden`` says that it is not for whoever looks.
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
        """Whether something that was written is now different or gone; what was only added to does not count."""
        if self.edit is Edit.REMOVED or not self.readable:
            return True
        return any(field.edit is not Edit.ADDED for field in self.fields) or any(
            section.gone for section in self.sections
        )
