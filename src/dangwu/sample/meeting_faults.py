"""The faults that are planted in the plan of meetings: each in a month and, where possible, a group of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import Period, PeriodLength, list_periods
from dangwu.model.record import COMMITTEE_MEETING, GENERAL_MEETING, GROUP_MEETING, LECTURE, STUDY_SESSION
from dangwu.sample.meeting_plan import KINDS, make_duty_id, meeting_order
from dangwu.sample.sample_values import IN_FORCE, Fault, seeded_random
from dangwu.sample.work_days import list_meeting_days, month_of, start_of_month, workday_after

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.sample.cast import Cast, Person
    from dangwu.sample.meeting_plan import PlannedMeeting

_WINDOW_MONTHS = 13
_RECORDED_AFTER = 33
_RUN = 3
_BEFORE_LAST = timedelta(days=190)

# How many complete periods back each fault lies: by months; and, for a branch without groups and committee,
# by quarters (general meetings), half-years (lectures) and months (study sessions).
_BY_MONTH = {"miscounted": 0, "missed": 1, "late": 3, "waived": 4, "recorded-late": 5}
_BY_QUARTER = {
    "miscounted": (GENERAL_MEETING, 0),
    "missed": (LECTURE, 0),
    "late": (GENERAL_MEETING, 1),
    "waived": (STUDY_SESSION, 4),
    "recorded-late": (STUDY_SESSION, 5),
}
_STUDY = {"studied-early": 1, "study-missed": 2, "copied": 3}


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A fault in the plan: the meeting that has it, or whose place is empty; ``waiver`` is the day of the waiver."""

    slug: str
    meeting: PlannedMeeting
    waiver: date | None = None


def plant_faults(meetings: list[PlannedMeeting], cast: Cast, seed: int, start: date, as_of: date) -> list[PlannedFault]:
    """Change the plan: take meetings out, move them, mark them. Where a fault has no place it is left out."""
    last = as_of - timedelta(days=1)
    first = max(start, start_of_month(as_of, _WINDOW_MONTHS), IN_FORCE)
    by_duty = {meeting.duty: meeting for meeting in meetings}
    planted: list[PlannedFault] = []
    for slug, duty in _find_places(cast, seed, first, last):
        meeting = by_duty.get(duty)
        if meeting:
            meeting.marked = True
            fault = _plant(slug, meetings, meeting, last)
            meeting.marked = fault is not None
            planted += [fault] if fault else []
    meetings.sort(key=meeting_order)
    return planted


def plant_absences(meetings: list[PlannedMeeting], cast: Cast, start: date, as_of: date) -> list[PlannedFault]:
    """Let one member be absent without reason from three meetings running, about half a year back."""
    first, middle = max(start, start_of_month(as_of, _WINDOW_MONTHS)), as_of - _BEFORE_LAST
    for person in reversed(cast.people):
        if not _could_be_absent(cast, person, first):
            continue
        group = person.group_on(first)
        due = [
            meeting
            for meeting in meetings
            if (meeting.group == group if meeting.group else person in cast.due(meeting.kind, None, meeting.day))
        ]
        runs = [due[at : at + _RUN] for at in range(len(due) - _RUN + 1)]
        runs = [run for run in runs if run[0].day >= first and not any(meeting.marked for meeting in run)]
        if runs:
            run = min(runs, key=lambda run: abs((run[-1].day - middle).days))
            for meeting in run:
                meeting.marked = True
                meeting.absentee = person
            return [PlannedFault("absences-running", run[-1])]
    return []


def describe_fault(fault: PlannedFault, path: str | None) -> Fault:
    """Return a planted fault as the user of the sample sees it; ``path`` is the file that shows it."""
    slug, duty, absentee = fault.slug, fault.meeting.duty, fault.meeting.absentee
    name = absentee.name if absentee else ""
    # By which finding, or which state of the duty, each is noticed.
    noticed, text = {
        "miscounted": ("DW308", say("The counts written by hand disagree with the lists.")),
        "absences-running": ("DW310", say("{name} was absent without reason three times running.", name=name)),
        "studied-early": ("DW952", say("A document was studied before it was published.")),
        "copied": ("DW951", say("What was studied was copied from the month before.")),
        "study-missed": ("overdue", say("{duty}: no study session was held, and nothing says why.", duty=duty)),
        "missed": ("overdue", say("{duty}: the meeting was not held, and nothing says why.", duty=duty)),
        "late": (
            "late",
            say("{duty}: held only in the following month, as a meeting that makes up for it.", duty=duty),
        ),
        "waived": ("waived", say("{duty}: not held; a waiver with its reason and approver covers it.", duty=duty)),
        "recorded-late": ("fulfilled", say("{duty}: held in time, but recorded only a month later.", duty=duty)),
    }[slug]
    if noticed.startswith("DW"):
        return Fault(slug=slug, text=text, path=path, code=noticed)
    return Fault(slug=slug, text=text, path=path, duty=duty, state=noticed, recorded_late=slug == "recorded-late")


def _find_places(cast: Cast, seed: int, first: date, last: date) -> Iterator[tuple[str, str]]:
    """Yield each fault with the id of the duty whose meeting has it."""
    months = _list_complete(PeriodLength.MONTH, first, last)
    if cast.groups or cast.committee:
        shift = seeded_random(seed, "faults").randrange(len(cast.groups)) if cast.groups else 0
        for number, (slug, back) in enumerate(_BY_MONTH.items()):
            group = cast.groups[(shift + number) % len(cast.groups)].id if cast.groups else None
            if back < len(months):
                yield slug, make_duty_id(GROUP_MEETING if group else COMMITTEE_MEETING, months[back], group)
    else:
        for slug, (kind, back) in _BY_QUARTER.items():
            complete = _list_complete(KINDS[kind].every, first, last)
            if back < len(complete):
                yield slug, make_duty_id(kind, complete[back])
    for slug, back in _STUDY.items():
        if back < len(months):
            yield slug, make_duty_id(STUDY_SESSION, months[back])


def _list_complete(every: PeriodLength, first: date, last: date) -> list[Period]:
    """Return the periods that lie wholly between two days, latest first."""
    inside = list_periods(every, first, last + timedelta(days=1))
    return [period for period in inside if period.start >= first and period.last <= last][::-1]


def _plant(slug: str, meetings: list[PlannedMeeting], meeting: PlannedMeeting, last: date) -> PlannedFault | None:
    """Change the plan so that a meeting has a fault; None where there is no day or other meeting for it."""
    if slug in {"missed", "study-missed"}:
        meetings.remove(meeting)
    elif slug == "waived":
        meetings.remove(meeting)
        return PlannedFault(slug, meeting, waiver=list_meeting_days(month_of(meeting.period.last))[-2])
    elif slug == "miscounted":
        meeting.miscounted = True
    elif slug == "studied-early":
        meeting.too_early = True
    elif slug == "copied":
        earlier = [other for other in meetings if other.kind == STUDY_SESSION and other.day < meeting.day]
        if not earlier:
            return None
        meeting.copies = meeting.detailed = max(earlier, key=meeting_order).detailed = True
    else:
        later = slug == "late"
        day = _find_later_day(meetings, meeting) if later else workday_after(meeting.day, _RECORDED_AFTER)
        if day is None or day > last:
            return None
        if later:
            meeting.day, meeting.makes_up = day, True
        else:
            meeting.recorded = day
    return PlannedFault(slug, meeting)


def _find_later_day(meetings: list[PlannedMeeting], meeting: PlannedMeeting) -> date | None:
    """Return the first free day for a meeting in the month after its period."""
    taken = {
        other.day
        for other in meetings
        if other.kind != GROUP_MEETING or other.group == meeting.group or meeting.kind != GROUP_MEETING
    }
    return next((day for day in list_meeting_days(month_of(meeting.period.end)) if day not in taken), None)


def _could_be_absent(cast: Cast, person: Person, first: date) -> bool:
    """Say whether a member has no post, leads nobody, and was due at the same meetings all the time."""
    return (
        person.is_settled
        and person not in cast.all_officers()
        and person not in cast.all_leaders()
        and not person.exemptions
        and person.standings[0][0] < first
        and len(person.groups) <= 1
    )
