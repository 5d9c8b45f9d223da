"""The rulebook: every clause, and for duties their dated wordings with sources (design, section 4)."""

from __future__ import annotations

from calendar import monthrange
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.audience import Audience
from dangwu.model.period import Period, PeriodLength, find_day_of_month

if TYPE_CHECKING:
    from datetime import date

    from dangwu.model.message import Bilingual


class ClauseRole(StrEnum):
    """What a clause becomes in the tool."""

    DUTY = "duty"
    CHECK = "check"
    NOTE = "note"
    DEFINITION = "definition"
    PEOPLE = "people"


class Subject(StrEnum):
    """Who owes a duty: one body, or each group, member, leader or Party worker alone."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    GROUP = "group"
    MEMBER = "member"
    FULL_MEMBER = "full-member"
    LEADER = "leader"
    WORKER = "worker"

    @property
    def personal(self) -> bool:
        """Whether each instance is one person's."""
        return self in {Subject.MEMBER, Subject.FULL_MEMBER, Subject.LEADER, Subject.WORKER}


class Applicability(StrEnum):
    """The closed list of conditions on which a duty exists."""

    HAS_COMMITTEE = "has-committee"
    HAS_GROUPS = "has-groups"


class Condition(StrEnum):
    """The closed list of conditions that a record must meet to be evidence."""

    QUORUM = "quorum"
    CHAIRED_BY_LEADER = "chaired-by-leader"
    CHAIRED_BY_SECRETARY = "chaired-by-secretary"
    SOMEONE_PRESENT = "someone-present"
    BOTH_TOPICS = "both-topics"
    SERVES_PARTY_BUILDING = "serves-party-building"
    SERVES_MONTH_PLAN = "serves-month-plan"
    HEARS_ADMINISTRATION = "hears-administration"
    NOTICE_IN_TIME = "notice-in-time"
    REPORTED_UP_IN_TIME = "reported-up-in-time"
    FOR_MEMBERS = "for-members"
    FOR_WORKERS = "for-workers"
    FOR_COMMITTEE = "for-committee"
    COVERS_THE_GROUP = "covers-the-group"
    COVERS_EVERY_MEMBER = "covers-every-member"
    COVERS_CLEAN_CONDUCT = "covers-clean-conduct"
    BY_THE_SECRETARY = "by-the-secretary"
    ABOUT_DUES = "about-dues"
    ABOUT_INTEGRITY = "about-integrity"


class Event(StrEnum):
    """The closed list of what a duty can follow from."""

    RECTIFICATION_ITEM = "rectification-item"
    SUPERIOR_POINT = "superior-point"
    MAJOR_RESOLUTION = "major-resolution"
    RECTIFICATION = "rectification"
    APPRAISAL = "appraisal"
    FEEDBACK = "feedback"
    LETTER = "letter"
    ADMONITION_CHECK = "admonition-check"
    ADMONITION_OUTCOME = "admonition-outcome"


class Citation(NamedTuple):
    """Where a wording comes from: a text and its clause, or the document of an amendment and its approver."""

    text: str
    clause: str | None = None
    approved_by: str | None = None
    path: str | None = None


class DueDay(NamedTuple):
    """When in or after its period a duty falls due, or its window opens.

    The ``day`` of the period's ``month``-th month (from 1; its last month when None); the month's last day
    when ``day`` is None; then ``days_after`` calendar days later. After an event only ``days_after`` counts, from
    the event's day. A word in the place of a number names a setting; ``duty.in_force`` puts its number there.
    """

    month: int | None = None
    day: int | str | None = None
    days_after: int | str = 0

    def on(self, period: Period) -> date:
        """Return the due day of one period. A day the month does not have is its last day."""
        month = period.month(self.month or period.every.months)
        last = monthrange(month.start.year, month.start.month)[1]
        return find_day_of_month(month, int(self.day or last)) + timedelta(days=int(self.days_after))


LAST_DAY = DueDay()
"""The last day of the period, where a wording names no other."""


class DutyWording(NamedTuple):
    """What a duty demands from ``start`` on. ``off`` means that it demands nothing.

    ``every`` is None after an event, and a word where it is a setting. ``opens`` is the first day of the window
    where it is not the period's. ``assumed`` are the settings that stand here by their default.
    """

    start: date
    end: date
    every: PeriodLength | str | None
    source: Citation
    times: int = 1
    due: DueDay = LAST_DAY
    off: bool = False
    opens: DueDay | None = None
    assumed: tuple[str, ...] = ()


class EvidenceRule(NamedTuple):
    """One kind of record that can be evidence.

    ``where`` picks the records that are meant at all; one that is meant and fails one of ``conditions`` is a near miss.
    """

    record: str
    conditions: tuple[Condition, ...] = ()
    where: tuple[Condition, ...] = ()


class Clause(NamedTuple):
    """One numbered clause. Only a duty has subject, evidence and wordings; a note may have a threshold.

    A duty after an event has ``event`` instead of evidence. ``shares`` are the clauses whose evidence counts here
    too, by the rulebook's leave. ``audience`` is the widest that may see the duty.
    """

    id: str
    system: int
    title: Bilingual
    becomes: ClauseRole
    reading: Bilingual
    subject: Subject = Subject.BRANCH
    evidence: tuple[EvidenceRule, ...] = ()
    event: Event | None = None
    applies: tuple[Applicability, ...] = ()
    wordings: tuple[DutyWording, ...] = ()
    threshold: int | None = None
    checks: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    audience: Audience = Audience.MEMBERS
    generally: bool = False

    @property
    def record(self) -> str | None:
        """The kind of record that is asked for first."""
        return self.evidence[0].record if self.evidence else None

    def in_force(self, day: date) -> DutyWording | None:
        """Return the wording in force on a day, None before the first or after a switched-off end."""
        return next((wording for wording in self.wordings if wording.start <= day < wording.end), None)


class Setting(NamedTuple):
    """Something the text leaves open: a default that is shown as assumed until the branch decides it."""

    key: str
    default: int | str
    title: Bilingual
    system: int = 0


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
        found = next((setting for setting in self.settings if setting.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


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
    every: PeriodLength | None = None
    times: int | None = None
    due: DueDay | None = None
    new: Clause | None = None
