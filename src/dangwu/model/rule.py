"""The rulebook: every clause, and for duties their dated wordings with sources (design, section 4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.period import Every, Period, day_of

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.text import Bilingual


class Becomes(StrEnum):
    """What a clause becomes in the tool."""

    DUTY = "duty"
    CHECK = "check"
    NOTE = "note"
    DEFINITION = "definition"
    PEOPLE = "people"


class Subject(StrEnum):
    """Who owes a duty."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    GROUP = "group"


class Applies(StrEnum):
    """The closed list of conditions on which a duty exists."""

    HAS_COMMITTEE = "has-committee"
    HAS_GROUPS = "has-groups"


class Condition(StrEnum):
    """The closed list of conditions that a record must meet to be evidence."""

    QUORUM = "quorum"
    CHAIRED_BY_LEADER = "chaired-by-leader"
    CHAIRED_BY_SECRETARY = "chaired-by-secretary"
    SOMEONE_PRESENT = "someone-present"


class Citation(NamedTuple):
    """Where a wording comes from: a text and its clause, or the document of an amendment and its approver."""

    text: str
    clause: str | None = None
    approved_by: str | None = None
    path: str | None = None


class DueDay(NamedTuple):
    """When in or after its period a duty falls due.

    The ``day`` of the period's ``month``-th month (from 1; its last month when None); the month's last day
    when ``day`` is None; then ``days_after`` calendar days later.
    """

    month: int | None = None
    day: int | None = None
    days_after: int = 0

    def on(self, period: Period) -> date:
        """Return the due day of one period. A day the month does not have is its last day."""
        month = period.month(self.month or period.every.months)
        last = monthrange(month.start.year, month.start.month)[1]
        return day_of(month, self.day or last) + timedelta(days=self.days_after)


LAST_DAY = DueDay()
"""The last day of the period, where a wording names no other."""


class Wording(NamedTuple):
    """What a duty demands from ``start`` on. ``off`` means that it demands nothing."""

    start: date
    end: date
    every: Every
    source: Citation
    times: int = 1
    due: DueDay = LAST_DAY
    off: bool = False


class Clause(NamedTuple):
    """One numbered clause. Only a duty has subject, evidence and wordings; a note may have a threshold."""

    id: str
    system: int
    title: Bilingual
    becomes: Becomes
    reading: Bilingual
    subject: Subject = Subject.BRANCH
    record: str | None = None
    conditions: tuple[Condition, ...] = ()
    applies: tuple[Applies, ...] = ()
    wordings: tuple[Wording, ...] = ()
    threshold: int | None = None
    checks: tuple[str, ...] = ()

    def in_force(self, day: date) -> Wording | None:
        """Return the wording in force on a day, None before the first or after a switched-off end."""
        return next((wording for wording in self.wordings if wording.start <= day < wording.end), None)


class Setting(NamedTuple):
    """Something the text leaves open: a default that is shown as assumed until the branch decides it."""

    key: str
    default: int
    title: Bilingual


class Rulebook(NamedTuple):
    """All clauses in the order of the text, and the settings they lean on."""

    name: str
    systems: tuple[tuple[int, Bilingual], ...]
    clauses: tuple[Clause, ...]
    settings: tuple[Setting, ...] = ()

    def clause(self, clause: str) -> Clause | None:
        """Return the clause with this number."""
        return next((each for each in self.clauses if each.id == clause), None)

    def setting(self, key: str) -> Setting:
        """Return a setting by its key; KeyError when the rulebook does not have it."""
        return next(each for each in self.settings if each.key == key)


class Amendment(NamedTuple):
    """A change to the rulebook by the branch or the committee above, from a day on.

    ``every``, ``times`` and ``due`` are None where they stay as they were; a ``new`` clause is an extra duty.
    """

    path: str
    clause: str
    start: date
    end: date
    source: Citation
    off: bool = False
    every: Every | None = None
    times: int | None = None
    due: DueDay | None = None
    new: Clause | None = None
