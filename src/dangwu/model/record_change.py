"""Differences between two states of the records, as values that a page can put into plain words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dangwu.model.audience import Audience

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.duty import Duty
    from dangwu.model.kind import Kind
    from dangwu.model.message import Bilingual, Text
    from dangwu.model.observation import Observed
    from dangwu.model.results import Checked, Owed
    from dangwu.model.rule_change import RulesDiff
    from dangwu.model.source import Pointer


class Edit(StrEnum):
    """What happened to a field, a row of a list, a section or a whole record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Said(NamedTuple):
    """A value as it is written; ``person`` says that it is the id of somebody, to be shown by name.

    ``word`` is what people call a code.
    """

    text: str
    person: bool = False
    word: Bilingual | None = None


class Part(NamedTuple):
    """A field of a row with its title."""

    title: Bilingual
    value: Told


Told: TypeAlias = Said | tuple["Told", ...] | tuple[Part, ...]
"""A value with what is needed to say it: one word, a list, or the fields of a row."""
Place: TypeAlias = "Bilingual | Said | int"
"""A step on the way to a field: its title, the word by which a row is told from others, or the number of a row."""


class FieldChange(NamedTuple):
    """A field that is not what it was. ``before`` and ``after`` are plain data, None where there is nothing."""

    pointer: Pointer
    place: tuple[Place, ...]
    edit: Edit
    before: Any = None
    after: Any = None
    told_before: Told | None = None
    told_after: Told | None = None


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
        return any(each.edit is not Edit.ADDED for each in self.fields) or any(each.gone for each in self.sections)


class ControlChange(NamedTuple):
    """A file that decides how records are judged, shown, approved or run. ``warnings`` say what in it can do harm."""

    path: str
    edit: Edit
    why: Text
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()


class DutyChange(NamedTuple):
    """A duty whose state is not what it was; None where there was, or is, no such duty."""

    before: Duty | None
    after: Duty | None

    @property
    def duty(self) -> Duty:
        """The duty as it is, or as it was where it is no more."""
        found = self.after or self.before
        if found is None:
            raise ValueError
        return found


class Commits(NamedTuple):
    """The commits of a change: how many, and whose."""

    number: int
    people: tuple[str, ...]


class Reviewed(NamedTuple):
    """What a change is: from ``older`` (None before the first commit) to ``newer``, both full ids.

    ``checked`` has the findings that are new with it; ``standing`` were there before, ``mended`` are gone.
    ``observed`` is what the history shows of its commits. ``others`` are changed files that are neither records nor
    files of control. ``diverged`` says that ``older`` does not lead to ``newer``: changes of both sides are shown.
    """

    as_of: date
    older: str | None
    newer: str
    commits: Commits
    controls: tuple[ControlChange, ...]
    rules: RulesDiff
    records: tuple[RecordChange, ...]
    duties: tuple[DutyChange, ...]
    checked: Checked
    standing: int
    mended: int
    observed: tuple[Observed, ...]
    others: tuple[str, ...]
    owed: Owed
    diverged: bool = False
