"""The cast and its meetings as data of records, as far as they are known on a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.record import GENERAL_MEETING, LECTURE
from dangwu.sample.read_words import load_names
from dangwu.sample.work_days import clock

if TYPE_CHECKING:
    from datetime import date

    from dangwu.sample.attendance import Attendance
    from dangwu.sample.cast import Cast, Group, Person, Term
    from dangwu.sample.minutes_writer import Minutes, Resolution
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.pools import Words

def branch_data(cast: Cast, known: date, language: str) -> dict[str, Any]:
    """Return the branch file as it stood on a day."""
    data: dict[str, Any] = {
        "schema": 1,
        "kind": "branch",
        "name": dict(load_names().branch),
        "superior": dict(load_names().superior),
        "founded": cast.founded.isoformat(),
        "language": language,
        "terms": _terms(cast, known),
    }
    if cast.groups:
        data["groups"] = [_group(cast, group, known) for group in cast.groups]
    since = cast.founded.isoformat()
    if not cast.committee:
        stand_in = cast.people[min(1, cast.core - 1)]
        data["discipline_stand_in"] = [{"member": stand_in.id, "from": since}]
    data["workers"] = [{"member": person.id, "from": since} for person in cast.workers]
    data["staff"] = [{"id": each.id, "name": each.name, "department": each.unit} for each in cast.staff]
    data["supervisors"] = [{"name": each.name, "unit": each.unit, "from": since} for each in cast.supervisors]
    return data


def member_data(person: Person, known: date, words: Words) -> dict[str, Any]:
    """Return a member's file as it stood on a day."""
    data: dict[str, Any] = {
        "schema": 1,
        "kind": "member",
        "id": person.id,
        "name": person.name,
        "joined_on": person.joined.isoformat(),
    }
    if person.converted and person.converted <= known:
        data["converted_on"] = person.converted.isoformat()
    data["status"] = [
        {"from": since.isoformat(), "status": status} for since, status in person.standings if since <= known
    ]
    if person.groups:
        data["groups"] = [
            {"from": since.isoformat(), "group": group} for since, group in person.groups if since <= known
        ]
    exemptions = [each for each in person.exemptions if each.start <= known]
    if exemptions:
        data["exemptions"] = [
            {"from": each.start.isoformat()}
            | ({"to": each.end.isoformat()} if each.end else {})
            | {"reason": each.reason, "approved_by": each.approved_by}
            for each in exemptions
        ]
    if person.collects and person.collects <= known:
        data["posts"] = [{"post": words.phrases.collector_post, "from": person.collects.isoformat()}]
    return data


def meeting_data(slot: Slot, there: Attendance, minutes: Minutes, place: str, guests: list[str]) -> dict[str, Any]:
    """Return the front matter of a meeting's record."""
    data: dict[str, Any] = {
        "schema": 1,
        "kind": slot.kind,
        "date": slot.day.isoformat(),
        "time": f"{clock(slot.start)}-{clock(slot.end)}",
        "place": place,
        "chair": there.chair.id,
        "recorder": there.recorder.id,
        "present": [person.id for person in there.present],
        "leave": [
            {"member": person.id, "reason": reason, "approved_by": approver.id}
            for person, reason, approver in there.leave
        ],
        "absent": [person.id for person in there.absent],
        "topics": minutes.topics,
    }
    if slot.group:
        data["group"] = slot.group
    if there.delegated_by:
        data["delegated_by"] = there.delegated_by.id
    if there.late:
        data["late"] = [person.id for person in there.late]
    if guests:
        data["in_attendance"] = guests
    data.update(minutes.extra)
    if slot.miscounted or slot.kind in {GENERAL_MEETING, LECTURE}:
        data["totals"] = {"due": len(there.due) + slot.miscounted, "present": len(there.present)}
    if slot.makes_up:
        data["makes_up"] = slot.period.label
    if minutes.lecturer:
        data["lecturer"] = minutes.lecturer
    if minutes.resolutions:
        data["resolutions"] = [_resolution(each) for each in minutes.resolutions]
    return data


def _resolution(resolution: Resolution) -> dict[str, Any]:
    data: dict[str, Any] = {
        "text": resolution.text,
        "owner": resolution.owner.id,
        "due": resolution.due.isoformat(),
    }
    if resolution.major:
        data["major"] = True
    if resolution.votes:
        yes, no, abstain = resolution.votes
        data["passed"] = True
        data["vote"] = {"yes": yes, "no": no, "abstain": abstain}
    return data


def _terms(cast: Cast, known: date) -> list[dict[str, Any]]:
    """Return the terms written down by a day: an election is, on its own day, for the term from the next day on."""
    data: list[dict[str, Any]] = []
    number = 0
    for term in cast.terms:
        if term is not cast.terms[0] and term.start > known + timedelta(days=1):
            break
        since = term.start.isoformat()
        before = (term.start - timedelta(days=1)).isoformat()
        if term.number != number:
            if data:
                data[-1]["to"] = before
            data.append({"from": since, "to": None, "committee": cast.committee, "posts": []})
            number = term.number
        _fill(data[-1]["posts"], term, since, before)
    for each in data:
        if each["to"] is None:
            del each["to"]
    return data


def _fill(posts: list[dict[str, Any]], term: Term, since: str, before: str) -> None:
    """Add the holders of a term, closing the posts whose holder has changed."""
    for post, person in term.posts:
        holding = next((each for each in posts if each["post"] == post and "to" not in each), None)
        if holding and holding["member"] == person.id:
            continue
        if holding:
            holding["to"] = before
        posts.append({"post": post, "member": person.id, "from": since})


def _group(cast: Cast, group: Group, known: date) -> dict[str, Any]:
    leaders: list[dict[str, Any]] = []
    for since, person in group.leaders:
        if since > known:
            continue
        if leaders:
            leaders[-1]["to"] = (since - timedelta(days=1)).isoformat()
        leaders.append({"member": person.id, "from": since.isoformat()})
    return {"id": group.id, "name": group.name, "from": cast.founded.isoformat(), "leaders": leaders}
