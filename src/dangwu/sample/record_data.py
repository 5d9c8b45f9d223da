"""The cast and its meetings as data of records, as far as they are known on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.record import GENERAL_MEETING, LECTURE
from dangwu.sample.paper import Paper, new_paper
from dangwu.sample.read_words import load_names
from dangwu.sample.work_days import format_clock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Group, Person
    from dangwu.sample.meeting_plan import PlannedMeeting
    from dangwu.sample.paper import Minutes, Resolution

_NEXT_DAY = timedelta(days=1)


def write_branch(cast: Cast, known: date, language: str) -> Paper:
    """Return the branch file as it stood on a day."""
    names, since = load_names(), cast.founded
    stand_in = None if cast.committee else cast.people[min(1, cast.core - 1)].id
    return new_paper(
        "branch",
        name=names.branch,
        superior=names.superior,
        founded=since,
        language=language,
        terms=_list_terms(cast, known),
        groups=[_describe_group(group, since, known) for group in cast.groups] or None,
        discipline_stand_in=[{"member": stand_in, "from": since}] if stand_in else None,
        workers=[{"member": person.id, "from": since} for person in cast.workers],
        staff=[{"id": person.id, "name": person.name, "department": person.unit} for person in cast.staff],
        supervisors=[{"name": person.name, "unit": person.unit, "from": since} for person in cast.supervisors],
    )


def write_member(person: Person, known: date, post: str) -> Paper:
    """Return a member's file as it stood on a day; ``post`` is what the collector of dues is called."""
    exemptions = [
        {"from": exemption.start, "to": exemption.end, "reason": exemption.reason, "approved_by": exemption.approved_by}
        for exemption in person.exemptions
        if exemption.start <= known
    ]
    return new_paper(
        "member",
        id=person.id,
        name=person.name,
        joined_on=person.joined,
        converted_on=_if_known(person.converted, known),
        status=[{"from": since, "status": status} for since, status in person.standings if since <= known],
        groups=[{"from": since, "group": group} for since, group in person.groups if since <= known]
        if person.groups
        else None,
        exemptions=exemptions or None,
        posts=[{"post": post, "from": person.collects}] if _if_known(person.collects, known) else None,
    )


def _if_known(day: date | None, known: date) -> date | None:
    return day if day and day <= known else None


def write_meeting(meeting: PlannedMeeting, there: Attendance, minutes: Minutes) -> Paper:
    """Return the record of a meeting."""
    counted = meeting.miscounted or meeting.kind in {GENERAL_MEETING, LECTURE}
    fields: dict[str, Any] = {
        "date": meeting.day,
        "time": f"{format_clock(meeting.start)}-{format_clock(meeting.end)}",
        "place": there.place,
        "chair": there.chair.id,
        "recorder": there.recorder.id,
        "present": _list_ids(there.present),
        "leave": [
            {"member": person.id, "reason": reason, "approved_by": approver.id}
            for person, reason, approver in there.leave
        ],
        "absent": _list_ids(there.absent),
        "topics": minutes.topics,
        "group": meeting.group,
        "delegated_by": there.delegated_by.id if there.delegated_by else None,
        "late": _list_ids(there.late) or None,
        "in_attendance": there.guests or None,
        "totals": {"due": len(there.due) + meeting.miscounted, "present": len(there.present)} if counted else None,
        "makes_up": meeting.period.label if meeting.makes_up else None,
        "resolutions": [_describe_resolution(resolution) for resolution in minutes.resolutions] or None,
    }
    return new_paper(meeting.kind, sections=minutes.sections, **fields, **minutes.fields)


def _list_ids(people: Iterable[Person]) -> list[str]:
    return [person.id for person in people]


def _describe_resolution(resolution: Resolution) -> dict[str, Any]:
    votes = dict(zip(("yes", "no", "abstain"), resolution.votes, strict=True)) if resolution.votes else None
    return {
        "text": resolution.text,
        "owner": resolution.owner.id,
        "due": resolution.due,
        "major": resolution.major or None,
        "passed": True if votes else None,
        "vote": votes,
    }


def _list_terms(cast: Cast, known: date) -> list[dict[str, Any]]:
    """Return the terms written down by a day: an election is, on its own day, for the term from the next day on."""
    data: list[dict[str, Any]] = []
    number = 0
    for term in cast.terms:
        if term is not cast.terms[0] and term.start > known + _NEXT_DAY:
            break
        if term.number != number:
            if data:
                data[-1]["to"] = term.start - _NEXT_DAY
            data.append({"from": term.start, "to": None, "committee": cast.committee, "posts": []})
            number = term.number
        _fill_posts(data[-1]["posts"], term.posts, term.start)
    return data


def _fill_posts(posts: list[dict[str, Any]], filled: list[tuple[str, Person]], since: date) -> None:
    """Add the holders of a term, closing the posts whose holder has changed."""
    for post, person in filled:
        holding = next((row for row in posts if row["post"] == post and "to" not in row), None)
        if holding and holding["member"] == person.id:
            continue
        if holding:
            holding["to"] = since - _NEXT_DAY
        posts.append({"post": post, "member": person.id, "from": since})


def _describe_group(group: Group, founded: date, known: date) -> dict[str, Any]:
    leaders: list[dict[str, Any]] = []
    for since, person in group.leaders:
        if since <= known:
            if leaders:
                leaders[-1]["to"] = since - _NEXT_DAY
            leaders.append({"member": person.id, "from": since})
    return {"id": group.id, "name": group.name, "from": founded, "leaders": leaders}
