"""Recipes for systems 2, 4, 6, 8, 9 and 10: rectification, training, openness, supervision, dues and talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.authoring.new.recipes.plan_item import find_plan_item_id
from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.model.record import (
    LIFE_MEETING_KINDS,
    Meeting,
    Resolution,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.authoring.new.request import RecordRequest
    from dangwu.model.record import GenericRecord

_DISCLOSURE_CLASSES = {"rectification": 2, "dues": 4, "appraisal": 4, "development-plan": 4, "case": 5, "letter": 5}
"""Kind of the source → class of the disclosure, where 8.2 names one; a major resolution is of class 1."""
_MAJOR_CLASS = 1
_PARTY_WORKERS = "party-workers"


def fill_rectification(request: RecordRequest) -> dict[str, Any]:
    """Name the latest life meeting without a rectification list (4.6)."""
    blanks = {"measure": PLACEHOLDER, "owner": PLACEHOLDER, "due": PLACEHOLDER}
    items = [{**item, **blanks} for item in request.build_rows("items", "r")]
    return {"meeting": _find_unanswered_meeting(request), "items": items}


def _find_unanswered_meeting(request: RecordRequest) -> str:
    answered = {rectification.data["meeting"] for rectification in request.corpus.of("rectification")}
    held = [
        meeting
        for meeting in request.corpus.meetings
        if meeting.kind in LIFE_MEETING_KINDS and meeting.day <= request.day
    ]
    unanswered = [meeting for meeting in held if meeting.id not in answered]
    return max(unanswered, key=lambda meeting: meeting.order).id if unanswered else PLACEHOLDER


def fill_study_check(request: RecordRequest) -> dict[str, Any]:
    """Give a row to every member (6.8)."""
    members = sorted(request.corpus.roster.everyone_on(request.day))
    rows = [{"member": member, "result": PLACEHOLDER} for member in members]
    return {"members": rows or request.build_rows("members")}


def fill_facility_check(request: RecordRequest) -> dict[str, Any]:
    """Ask for the papers, which belong to what must be there (6.6)."""
    return {"subscriptions": request.build_rows("subscriptions")}


def fill_training(request: RecordRequest) -> dict[str, Any]:
    """List the training's audience as present, without the absent, and the item of the education plan (6.3, 6.4)."""
    audience = request.get("audience") or []
    if not audience:
        return {"present": [PLACEHOLDER], "plan_item": find_plan_item_id(request)}
    due: set[str] = set()
    offices = request.corpus.offices
    if _PARTY_WORKERS in audience:
        due |= {worker.member for worker in offices.workers if request.day in worker.days}
    if "committee" in audience:
        due |= {holder.member for holder in offices.holders_on(request.day)}
    if "members" in audience:
        due |= request.corpus.roster.everyone_on(request.day)
    return {"present": sorted(due - {*request.extra.get("absent", ())}), "plan_item": find_plan_item_id(request)}


def fill_participation_check(request: RecordRequest) -> dict[str, Any]:
    """Work out the table of the half-year from the meetings; who signs it, and when, is for people (9.2(1))."""
    from dangwu.facts.attendance_counts import count_attendance  # noqa: PLC0415 - needed here alone

    counts = count_attendance(request.corpus, request.period)
    rows = [{"member": member, **counts[member].as_dict()} for member in sorted(counts)]
    return {"date": request.get("date") or PLACEHOLDER, "members": rows}


def fill_dues(request: RecordRequest) -> dict[str, Any]:
    """List everyone who was in the branch in the year, with last year's amount and no payments (form 2.7)."""
    from dangwu.facts.dues import find_assessed  # noqa: PLC0415 - needed here alone

    before = request.find_record("dues", request.year - 1)
    last = f"{request.year - 1}-12"
    amounts = {member["member"]: find_assessed(member, last) for member in before.data["members"]} if before else {}
    belonging = request.corpus.days_in_branch
    span = request.period
    members = [
        member.id for member in request.corpus.members
        if any(days.start < span.end and span.start < days.end for days in belonging[member.id].spans)
    ]  # fmt: skip
    collector = before.data["collector"] if before and before.data["collector"] in members else PLACEHOLDER
    rows = [
        {"member": member, "assessed": amounts.get(member, PLACEHOLDER), "paid": []} for member in sorted(set(members))
    ]
    return {"collector": collector, "members": rows}


def fill_disclosure(request: RecordRequest) -> dict[str, Any]:
    """Take class, matter and timing from the source record; content and scope are left to people (8.2-8.4)."""
    sources = [request.corpus.by_id[id_] for id_ in request.get("about") or ()]
    fields: dict[str, Any] = {"class": PLACEHOLDER}
    timing = request.get("timing")
    if sources:
        fields = {
            "class": _DISCLOSURE_CLASSES.get(sources[0].kind, PLACEHOLDER),
            "matter": _describe_matter(request, sources[0]),
        }
        resolution = _find_resolution(request, sources[0])
        if resolution is not None and resolution.major:
            timing = timing or "major"
            fields = {**fields, "class": _MAJOR_CLASS, "timing": timing}
    if timing == "periodic":
        fields["completed_on"] = PLACEHOLDER
    if timing == "major":
        fields |= {"superior_approved_on": PLACEHOLDER, "stages": _build_stages(sources)}
    return fields


def _find_resolution(request: RecordRequest, source: Meeting | GenericRecord) -> Resolution | None:
    """Return the resolution whose number was given, None without a number; UsageError where there is no such one."""
    number: int | None = request.get("resolution")
    if number is None:
        return None
    known = source.resolutions if isinstance(source, Meeting) else ()
    if number > len(known):
        message = say("{id} has no resolution {number}; it has {count}.", id=source.id, number=number, count=len(known))
        raise UsageError(message)
    return known[number - 1]


def _describe_matter(request: RecordRequest, source: Meeting | GenericRecord) -> str:
    """Return the text of the resolution, or the kind of the record with its period or day."""
    resolution = _find_resolution(request, source)
    if resolution is not None:
        return resolution.text
    title = request.kinds[source.kind].title[request.language != "zh"]
    period = source.period.label if not isinstance(source, Meeting) and source.period else None
    return f"{title} {period or source.day or ''}".rstrip()


def _build_stages(sources: list[Meeting | GenericRecord]) -> dict[str, Any]:
    """Return blanks for the three stages of a major matter (8.3), with the meeting that decided if it is known."""
    meeting = next((source for source in sources if isinstance(source, Meeting)), None)
    decision = {"discussed_on": PLACEHOLDER}
    if meeting is not None:
        decision = {"discussed_on": meeting.day.isoformat(), "meeting": meeting.id}
    return {
        "before": {"published_on": PLACEHOLDER, "opinions": PLACEHOLDER},
        "decision": decision,
        "result": {"published_on": PLACEHOLDER},
    }


def fill_letter(request: RecordRequest) -> dict[str, Any]:
    """Give the letter a number, and name the person responsible for discipline as its handler (9.2(7))."""
    return {"id": request.get("id") or request.find_free_id("l"), "handler": request.discipline}


def fill_case(request: RecordRequest) -> dict[str, Any]:
    """Give the case a number (9.2(6))."""
    return {"id": request.get("id") or request.find_free_id("c")}


def fill_complainant(request: RecordRequest) -> dict[str, Any]:
    """Give the complainant's file a number, so that its name identifies nobody (9.2(7))."""
    return {"id": request.get("id") or request.find_free_id("p")}


def fill_accountability(request: RecordRequest) -> dict[str, Any]:
    """Give the decision a number but no day, and each person a row with blanks for their rights (2.4)."""
    rights = {"shown_on": PLACEHOLDER, "statement": PLACEHOLDER}
    persons = [{**person, **rights} for person in request.build_rows("persons")]
    day = request.get("date") or PLACEHOLDER
    return {"id": request.get("id") or request.find_free_id("r"), "date": day, "persons": persons}


def fill_admonition(request: RecordRequest) -> dict[str, Any]:
    """Give the talk a number; grounds, facts and requirements are left to people (10.1-10.4)."""
    return {"id": request.get("id") or request.find_free_id("a")}


def refuse_same_person(request: RecordRequest, fields: Mapping[str, Any]) -> None:
    """Raise UsageError where one person has two parts in a talk (10.2(3)), or the id is a member's."""
    persons = [fields[key] for key in ("member", "talker", "recorder") if fields[key] != PLACEHOLDER]
    if len(set(persons)) < len(persons):
        message = say("The member, the talker and the recorder must be three different persons (10.2(3)).")
        raise UsageError(message, say("Give --member, --talker and --recorder three different ids."))
    if fields["follower"] == fields["member"] and fields["member"] != PLACEHOLDER:
        raise UsageError(say("Nobody follows their own rectification (10.4): give --follower another id."))
    if fields["id"] in request.corpus.member_by_id:
        raise UsageError(say("The id of such a record is never a member's: leave --id out."))
