"""The rulebook: all clauses, with dated wordings and sources for duties (design, section 4)."""

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
    """How the tool implements a clause."""

    DUTY = "duty"
    CHECK = "check"
    NOTE = "note"
    DEFINITION = "definition"
    PEOPLE = "people"


class Subject(StrEnum):
    """Who owes a duty: one body, or each group, member, leader or Party worker."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    GROUP = "group"
    MEMBER = "member"
    FULL_MEMBER = "full-member"
    LEADER = "leader"
    WORKER = "worker"

    @property
    def personal(self) -> bool:
        """Whether each person owes the duty alone."""
        return self in {Subject.MEMBER, Subject.FULL_MEMBER, Subject.LEADER, Subject.WORKER}


class Applicability(StrEnum):
    """Conditions on which a duty exists; a closed list."""

    HAS_COMMITTEE = "has-committee"
    HAS_GROUPS = "has-groups"


class Condition(StrEnum):
    """Conditions that a record must meet to be evidence; a closed list."""

    QUORUM = "quorum"
    CHAIRED_BY_LEADER = "chaired-by-leader"
    CHAIRED_BY_SECRETARY = "chaired-by-secretary"
    SOMEONE_PRESENT = "someone-present"
    EVERYONE_ACCOUNTED_FOR = "everyone-accounted-for"
    BOTH_TOPICS = "both-topics"
    SERVES_PARTY_BUILDING = "serves-party-building"
    SERVES_MONTH_PLAN = "serves-month-plan"
    HEARS_ADMINISTRATION = "hears-administration"
    NOTICE_IN_TIME = "notice-in-time"
    REPORTED_UP_IN_TIME = "reported-up-in-time"
    FOR_MEMBERS = "for-members"
    FOR_WORKERS = "for-workers"
    FOR_COMMITTEE = "for-committee"
    HAS_ROOM_KIT_AND_PAPERS = "has-room-kit-and-papers"
    COVERS_THE_GROUP = "covers-the-group"
    COVERS_EVERY_MEMBER = "covers-every-member"
    COVERS_CLEAN_CONDUCT = "covers-clean-conduct"
    BY_THE_SECRETARY = "by-the-secretary"
    ABOUT_DUES = "about-dues"
    ABOUT_INTEGRITY = "about-integrity"
    IN_ITS_SEASON = "in-its-season"
    AFTER_THE_GRADES = "after-the-grades"
    HEARD_BY_ALL = "heard-by-all"
    REPORTS_INTEGRITY = "reports-integrity"


class Event(StrEnum):
    """Events that a duty can follow from; a closed list."""

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
    """The source of a wording: a text and its clause, or the document of an amendment and its approver."""

    text: str
    clause: str | None = None
    approved_by: str | None = None
    path: str | None = None


class DueDay(NamedTuple):
    """The day, in or after a period, on which a duty is due or its window opens.

    It is ``days_after`` calendar days after the ``day`` (None for the last) of the period's ``month``-th month (from 1;
    None for the last). After an event only ``days_after`` applies, from the event's day. Text in place of a number is
    the key of a setting, whose value ``duty.in_force`` fills in.
    """

    month: int | None = None
    day: int | str | None = None
    days_after: int | str = 0

    def on(self, period: Period) -> date:
        """Return the due day of one period; a day beyond the end of the month is its last day."""
        month = period.month(self.month or period.every.months)
        last = monthrange(month.start.year, month.start.month)[1]
        return find_day_of_month(month, int(self.day or last)) + timedelta(days=int(self.days_after))


LAST_DAY = DueDay()
"""The last day of the period, the default of a wording."""


class DutyWording(NamedTuple):
    """What a duty requires from ``start`` until before ``end``; with ``off`` nothing.

    ``every`` is None after an event, and the key of a setting where a setting decides it. ``opens`` is the first day
    of the window if it is not that of the period. ``assumed`` are the settings that apply by their default.
    ``joiners_within`` are the days within which a member who comes from another branch owes the duty, also when it was
    due before; ``joiners_assumed`` is its setting, where that applies by its default.
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
    joiners_within: int | str | None = None
    joiners_assumed: tuple[str, ...] = ()


class EvidenceRule(NamedTuple):
    """A kind of record that can be evidence.

    It applies to records that meet ``where``; of those, one that fails one of ``conditions`` is a near miss.
    """

    record: str
    conditions: tuple[Condition, ...] = ()
    where: tuple[Condition, ...] = ()


class Clause(NamedTuple):
    """One numbered clause. Only a duty has subject, evidence and wordings; a note may have a threshold.

    A duty after an event has ``event`` instead of evidence. ``shares`` are the clauses whose evidence the rulebook also
    counts here. ``audience`` is the widest that may see the duty.
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
        """The kind of record of the first evidence rule."""
        return self.evidence[0].record if self.evidence else None

    def in_force(self, day: date) -> DutyWording | None:
        """Return the wording in force on a day, None where there is none."""
        return next((wording for wording in self.wordings if wording.start <= day < wording.end), None)


class Setting(NamedTuple):
    """A value that the text leaves open, with a default that is shown as assumed until the branch decides."""

    key: str
    default: int | str
    title: Bilingual
    system: int = 0


class Rulebook(NamedTuple):
    """All clauses in the order of the text, and their settings."""

    name: str
    systems: tuple[tuple[int, Bilingual], ...]
    clauses: tuple[Clause, ...]
    settings: tuple[Setting, ...] = ()

    def clause(self, clause: str) -> Clause | None:
        """Return the clause with this number."""
        return next((known for known in self.clauses if known.id == clause), None)

    def setting(self, key: str) -> Setting:
        """Return the setting with a key; KeyError if there is none."""
        setting = next((setting for setting in self.settings if setting.key == key), None)
        if setting is None:
            raise KeyError(key)
        return setting


class Amendment(NamedTuple):
    """A dated change to the rulebook by the branch or the committee above.

    ``every``, ``times`` and ``due`` are None where they are unchanged; ``new`` is an extra duty.
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
