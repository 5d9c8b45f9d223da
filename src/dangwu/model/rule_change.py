"""Differences between two states of the rules: changed duties and settings."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.edit import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.message import Argument, Bilingual
    from dangwu.model.rulebook import Rulebook, Subject
    from dangwu.model.spans import Span


class RulesInForce(NamedTuple):
    """The rules of one state of a branch: the rulebook in force, and the settings that the branch has decided."""

    rulebook: Rulebook
    settings: Mapping[str, int | str]


class DutyAspect(StrEnum):
    """The aspects of a duty that an amendment or a setting can change, in the order in which they are shown."""

    EFFECT = "effect"
    TITLE = "title"
    SUBJECT = "subject"
    EVERY = "every"
    TIMES = "times"
    OPENS = "opens"
    DUE = "due"
    RECORD = "record"
    WHERE = "where"
    CONDITIONS = "conditions"
    APPLIES = "applies"
    SOURCE = "source"


class AspectChange(NamedTuple):
    """One aspect before and after, ready for display; None where the duty is not owed at all."""

    aspect: DutyAspect
    before: Argument | None
    after: Argument | None


class YearlyDemand(NamedTuple):
    """Who owes a duty and how often a year: 0 where it is not owed, None where it follows from events."""

    who: Subject
    times: int | None


class RuleChange(NamedTuple):
    """A duty that differs on every day of ``span``.

    ``edit`` is ADDED where it was not owed before, REMOVED where it is no longer owed. ``path`` is the amendment in
    force after the change or, without one, before it.
    """

    clause: str
    system: int
    title: Bilingual
    edit: Edit
    span: Span
    aspects: tuple[AspectChange, ...]
    before: YearlyDemand
    after: YearlyDemand
    path: str | None = None

    @property
    def asks_less(self) -> bool:
        """Whether it is owed fewer times a year than before."""
        if self.before.times is None or self.after.times is None:
            return self.edit is Edit.REMOVED
        return self.after.times < self.before.times


class SettingChange(NamedTuple):
    """A setting whose value or origin differs; ``own_…`` says that the branch decided it, otherwise it is the default.

    Settings are not dated, so a change also applies to the past. A value is None where there is no such setting.
    """

    key: str
    system: int
    title: Bilingual
    before: int | str | None
    after: int | str | None
    own_before: bool
    own_after: bool


class RulesDiff(NamedTuple):
    """All changes of duties, by clause and day, and of settings."""

    clauses: tuple[RuleChange, ...] = ()
    settings: tuple[SettingChange, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.clauses and not self.settings

    def of(self, system: int | None) -> RulesDiff:
        """Return the changes of one system; for None of all systems."""
        if system is None:
            return self
        return RulesDiff(
            tuple(clause for clause in self.clauses if clause.system == system),
            tuple(setting for setting in self.settings if setting.system == system),
        )


class ComparisonSide(NamedTuple):
    """One side of a comparison: the rules on a day, or of a commit; without both those of the work tree."""

    day: date | None = None
    revision: str | None = None
