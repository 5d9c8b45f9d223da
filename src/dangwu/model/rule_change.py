"""Differences between two states of the rules, as values that a page can put into plain words."""

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
    """What holds in one state of a branch: the rulebook in force, and the settings that the branch has decided."""

    rulebook: Rulebook
    settings: Mapping[str, int | str]


class DutyAspect(StrEnum):
    """What of a duty an amendment or a setting can change, in the order in which it is told."""

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
    """One aspect in words, as it was and as it is; None where the duty was, or is, not owed at all."""

    aspect: DutyAspect
    before: Argument | None
    after: Argument | None


class YearlyDemand(NamedTuple):
    """How often a year a duty asks something of whom: 0 where it is not owed, None where it follows from events."""

    who: Subject
    times: int | None


class RuleChange(NamedTuple):
    """A duty that asks something else than before, on every day of ``span``.

    ``edit`` is ADDED where it was not owed before, REMOVED where it is owed no more. ``path`` is the amendment that
    words it now or, where none does, the one that did before.
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
        """Whether less is asked than before, by the number of times a year."""
        if self.before.times is None or self.after.times is None:
            return self.edit is Edit.REMOVED
        return self.after.times < self.before.times


class SettingChange(NamedTuple):
    """A setting whose value is another than before; ``own`` says that the branch decided it, else it is assumed.

    A setting has no days of its own: it decides the past too. A value is None where the rulebook has no such setting.
    """

    key: str
    system: int
    title: Bilingual
    before: int | str | None
    after: int | str | None
    own_before: bool
    own_after: bool


class RulesDiff(NamedTuple):
    """All changes: of duties in the order of the clauses and by day, and of settings."""

    clauses: tuple[RuleChange, ...] = ()
    settings: tuple[SettingChange, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the rules are the same."""
        return not self.clauses and not self.settings

    def of(self, system: int | None) -> RulesDiff:
        """Return the changes of one system; of all for None."""
        if system is None:
            return self
        return RulesDiff(
            tuple(clause for clause in self.clauses if clause.system == system),
            tuple(setting for setting in self.settings if setting.system == system),
        )


class ComparisonSide(NamedTuple):
    """What is compared: the rules on a day, or those of a commit; the work tree's where neither is named."""

    day: date | None = None
    revision: str | None = None
