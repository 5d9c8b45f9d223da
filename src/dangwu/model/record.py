"""Records as frozen values; their fields are defined in ``schemas/``.

The branch, members, meetings and waivers have types of their own. Every other kind is a ``GenericRecord``: its data
as the schema accepted it, with id, day, period and subject.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dangwu.model.spans import Days, Span
from dangwu.model.tree import read_path_stem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dangwu.model.day_or_month import DayOrMonth
    from dangwu.model.document import SectionHeading
    from dangwu.model.message import Bilingual
    from dangwu.model.period import Period

GENERAL_MEETING = "general-meeting"
COMMITTEE_MEETING = "committee-meeting"
GROUP_MEETING = "group-meeting"
LECTURE = "lecture"
PARTY_BUILDING_MEETING = "party-building-meeting"
DEMOCRATIC_LIFE_MEETING = "democratic-life-meeting"
ORGANIZATIONAL_LIFE_MEETING = "organizational-life-meeting"
STUDY_SESSION = "study-session"
THEMED_PARTY_DAY = "themed-party-day"
MEETING_KINDS = (
    GENERAL_MEETING,
    COMMITTEE_MEETING,
    GROUP_MEETING,
    LECTURE,
    PARTY_BUILDING_MEETING,
    DEMOCRATIC_LIFE_MEETING,
    ORGANIZATIONAL_LIFE_MEETING,
    STUDY_SESSION,
    THEMED_PARTY_DAY,
)
LIFE_MEETING_KINDS = (DEMOCRATIC_LIFE_MEETING, ORGANIZATIONAL_LIFE_MEETING)
UNPLANNED = "unplanned"
"""Stands in place of the id of a plan's item or task where the plan has none."""
SUMMARY_HALVES = {"mid-year-summary": "H1", "year-end-summary": "H2"}
"""Kind of summary → the half of its year that it is for."""
_EMPTY_MAPPING: Mapping[str, Any] = MappingProxyType({})


class Standing(StrEnum):
    """A member's status in the branch. Probationary and full members attend; only full members vote."""

    PROBATIONARY = "probationary"
    FULL = "full"
    SUSPENDED = "suspended"
    TRANSFERRED = "transferred"
    LEFT = "left"


class Exemption(NamedTuple):
    """Days on which a member need not attend, with the code of the reason and the approver."""

    span: Span
    reason: str
    approved_by: str


class Member(NamedTuple):
    """A member, with the spans of each status, group and exemption; ``joined`` is when the person joined the Party."""

    path: str
    id: str
    name: str
    standings: tuple[tuple[Standing, Span], ...]
    groups: tuple[tuple[str, Span], ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    joined: DayOrMonth | None = None

    def days_as(self, *standings: Standing) -> Days:
        """Return the days on which the member had one of these statuses."""
        return Days(span for standing, span in self.standings if standing in standings)

    @property
    def days_in_branch(self) -> Days:
        """The days on which the member belonged to the branch, including suspension."""
        return self.days_as(Standing.PROBATIONARY, Standing.FULL, Standing.SUSPENDED)

    def standing_on(self, day: date) -> Standing | None:
        """Return the status on a day, None before the first."""
        return next((standing for standing, span in self.standings if day in span), None)

    def group_on(self, day: date) -> str | None:
        """Return the id of the member's Party group on a day."""
        return next((group for group, span in self.groups if day in span), None)


class PostHolder(NamedTuple):
    """The holder of a post, the leader of a group or another person with a task, and the span as written.

    On which days it was really held, ``model.offices`` says.
    """

    member: str
    span: Span
    post: str = "leader"


class Term(NamedTuple):
    """A term of office; without a committee the only posts are secretary and deputy secretary."""

    span: Span
    committee: bool
    posts: tuple[PostHolder, ...]


class Group(NamedTuple):
    """A Party group from its founding to its dissolution."""

    id: str
    name: str
    span: Span
    leaders: tuple[PostHolder, ...] = ()


class Branch(NamedTuple):
    """The branch, from ``branch.yaml``. ``staff`` are names of non-members by id, for owners of tasks.

    ``records_from`` is the day from which records are kept here; None where that is the day of founding.
    """

    path: str
    name: Bilingual
    superior: Bilingual
    founded: date
    language: str | None = None
    terms: tuple[Term, ...] = ()
    groups: tuple[Group, ...] = ()
    settings: Mapping[str, int | str] = _EMPTY_MAPPING
    workers: tuple[PostHolder, ...] = ()
    stand_ins: tuple[PostHolder, ...] = ()
    supervisors: tuple[Span, ...] = ()
    staff: Mapping[str, str] = _EMPTY_MAPPING
    records_from: date | None = None

    def group(self, group: str) -> Group | None:
        """Return the group with this id."""
        return next((known for known in self.groups if known.id == group), None)


class Leave(NamedTuple):
    """Approved absence from one meeting: the code of the reason, never a diagnosis, and the approver."""

    member: str
    reason: str
    approved_by: str | None


class Vote(NamedTuple):
    """A count of votes, without who cast them."""

    yes: int
    no: int = 0
    abstain: int = 0

    @property
    def cast(self) -> int:
        """The number of votes, with abstentions."""
        return self.yes + self.no + self.abstain


class Resolution(NamedTuple):
    """A resolution, with the owner and due day of its execution; ``passed`` is as the record states."""

    text: str
    owner: str | None
    due: date | None
    vote: Vote | None = None
    passed: bool = True
    major: bool = False


class Meeting(NamedTuple):
    """A meeting or lecture. ``start`` and ``end`` are minutes after midnight.

    ``totals`` are counts written by hand (due, present); where the lists were redacted, all four attendance counts.
    """

    path: str
    kind: str
    day: date
    start: int
    end: int
    place: str
    chair: str
    recorder: str
    present: tuple[str, ...]
    leave: tuple[Leave, ...] = ()
    absent: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    in_attendance: tuple[str, ...] = ()
    group: str | None = None
    delegated_by: str | None = None
    makes_up: Period | None = None
    totals: Mapping[str, int] = _EMPTY_MAPPING
    resolutions: tuple[Resolution, ...] = ()
    lecturer: str | None = None
    topics: tuple[str, ...] = ()
    headings: tuple[SectionHeading, ...] = ()
    data: Mapping[str, Any] = _EMPTY_MAPPING

    @property
    def id(self) -> str:
        """Its id in other records: the name of its file without the ending."""
        return read_path_stem(self.path)

    @property
    def order(self) -> tuple[date, int, str]:
        """The sort key by day, start and path, independent of the order of files."""
        return (self.day, self.start, self.path)

    @property
    def listed(self) -> tuple[str, ...]:
        """Everyone in the three attendance lists, with repetitions."""
        return (*self.present, *(leave.member for leave in self.leave), *self.absent)


class WaiverOutcome(StrEnum):
    """The outcome of a waiver for its duties."""

    WAIVED = "waived"
    DEFERRED = "deferred"
    MISSED = "missed"


class Waiver(NamedTuple):
    """Duties that are waived, deferred to ``until``, or recorded as missed, with reason and approver."""

    path: str
    day: date
    duties: tuple[str, ...]
    outcome: WaiverOutcome
    reason: str
    approved_by: str
    until: date | None = None


class Acceptance(NamedTuple):
    """A finding that the branch accepts, with a reason and a day; ``number`` is the index of the entry."""

    path: str
    number: int
    code: str
    file: str
    reason: str
    day: date
    subject: str | None = None


class GenericRecord(NamedTuple):
    """A record of any other kind. In ``data`` days are ISO text, which sorts as the days do.

    ``id`` is its id in other records, ``day`` its own day (None where the kind has none, or it is not filled in yet),
    ``period`` the period that it is for, ``subject`` the member or group that it is about.
    """

    path: str
    kind: str
    id: str
    data: Mapping[str, Any]
    day: date | None = None
    period: Period | None = None
    subject: str | None = None
    headings: tuple[SectionHeading, ...] = ()


Record: TypeAlias = Branch | Member | Meeting | Waiver | GenericRecord
