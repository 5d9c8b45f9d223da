"""Systems 2, 4, 6, 8, 9 and 10: lists after meetings, study, openness, supervision and talks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.errors import UsageError
from dangwu.model.document import PLACEHOLDER
from dangwu.model.message import say
from dangwu.model.record import (
    LIFE_MEETING_KINDS,
    UNPLANNED,
    Meeting,
    Resolution,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.authoring.new.request import RecordRequest
    from dangwu.model.record import GenericRecord

_DISCLOSURE_CLASSES = {"rectification": 2, "dues": 4, "appraisal": 4, "development-plan": 4, "case": 5, "letter": 5}
"""Kind of the source → class of the disclosure, where 8.2 names it. A major resolution is of class 1."""
_MAJOR_CLASS = 1
_PARTY_WORKERS = "party-workers"


def fill_rectification(order: RecordRequest) -> dict[str, Any]:
    """Take the latest life meeting that has no list yet, unless a meeting was said (4.6)."""
    wanted = {"measure": PLACEHOLDER, "owner": PLACEHOLDER, "due": PLACEHOLDER}
    items = [{**item, **wanted} for item in order.rows("items", "r")]
    return {"meeting": _find_unanswered_meeting(order), "items": items}


def _find_unanswered_meeting(order: RecordRequest) -> str:
    answered = {rectification.data["meeting"] for rectification in order.corpus.of("rectification")}
    held = [
        meeting for meeting in order.corpus.meetings if meeting.kind in LIFE_MEETING_KINDS and meeting.day <= order.day
    ]
    left = [each for each in held if each.id not in answered]
    return max(left, key=lambda each: each.order).id if left else PLACEHOLDER


def fill_study_check(order: RecordRequest) -> dict[str, Any]:
    """Give a row to every member (6.8)."""
    members = sorted(order.corpus.roster.everyone_on(order.day))
    rows = [{"member": member, "result": PLACEHOLDER} for member in members]
    return {"members": rows or order.rows("members")}


def fill_training(order: RecordRequest) -> dict[str, Any]:
    """List those for whom it was, without those who stayed away (6.3, 6.4)."""
    audience = order.get("audience") or []
    if not audience:
        return {"present": [PLACEHOLDER], "plan_item": UNPLANNED}
    due: set[str] = set()
    if _PARTY_WORKERS in audience and order.branch:
        due |= {worker.member for worker in order.branch.workers if order.day in worker.span}
    if "committee" in audience and order.branch:
        due |= {each.member for each in order.branch.holders_on(order.day)}
    if "members" in audience:
        due |= order.corpus.roster.everyone_on(order.day)
    return {"present": sorted(due - {*order.extra.get("absent", ())}), "plan_item": UNPLANNED}


def fill_participation_check(order: RecordRequest) -> dict[str, Any]:
    """Work out the table of the half-year; who signs reads it against the meetings (9.2(1))."""
    from dangwu.facts.attendance_counts import count_attendance  # noqa: PLC0415 - needed here alone

    counts = count_attendance(order.corpus, order.period)
    return {"members": [{"member": member, **counts[member].as_dict()} for member in sorted(counts)]}


def fill_dues(order: RecordRequest) -> dict[str, Any]:
    """List everyone who belonged to the branch in the year, at last year's amount (form 2.7); who pays is typed."""
    before = order.sheet("dues", order.year - 1)
    amounts = {member["member"]: member["assessed"] for member in before.data["members"]} if before else {}
    belonging = order.corpus.days_in_branch
    span = order.period
    members = [
        member.id for member in order.corpus.members
        if any(days.start < span.end and span.start < days.end for days in belonging[member.id].spans)
    ]  # fmt: skip
    collector = before.data["collector"] if before and before.data["collector"] in members else PLACEHOLDER
    rows = [
        {"member": member, "assessed": amounts.get(member, PLACEHOLDER), "paid": []} for member in sorted(set(members))
    ]
    return {"collector": collector, "members": rows}


def fill_disclosure(order: RecordRequest) -> dict[str, Any]:
    """Say of a record's matter what the record says itself; what is told, and to whom, people decide (8.2-8.4)."""
    sources = [order.corpus.by_id[each] for each in order.get("about") or ()]
    made: dict[str, Any] = {"class": PLACEHOLDER}
    timing = order.get("timing")
    if sources:
        made = {
            "class": _DISCLOSURE_CLASSES.get(sources[0].kind, PLACEHOLDER),
            "matter": _describe_matter(order, sources[0]),
        }
        resolution = _find_resolution(order, sources[0])
        if resolution is not None and resolution.major:
            timing = timing or "major"
            made = {**made, "class": _MAJOR_CLASS, "timing": timing}
    if timing == "periodic":
        made["completed_on"] = PLACEHOLDER
    if timing == "major":
        made |= {"superior_approved_on": PLACEHOLDER, "stages": _build_stages(sources)}
    return made


def _find_resolution(order: RecordRequest, source: Meeting | GenericRecord) -> Resolution | None:
    number: int | None = order.get("resolution")
    if number is None:
        return None
    known = source.resolutions if isinstance(source, Meeting) else ()
    if number > len(known):
        message = say("{id} has no resolution {number}; it has {count}.", id=source.id, number=number, count=len(known))
        raise UsageError(message)
    return known[number - 1]


def _describe_matter(order: RecordRequest, source: Meeting | GenericRecord) -> str:
    """Return the resolution that it is about, or what kind of record it is and when."""
    resolution = _find_resolution(order, source)
    if resolution is not None:
        return resolution.text
    title = order.kinds[source.kind].title[order.language != "zh"]
    names = source.period.label if not isinstance(source, Meeting) and source.period else None
    return f"{title} {names or source.day or ''}".rstrip()


def _build_stages(sources: list[Meeting | GenericRecord]) -> dict[str, Any]:
    """Ask for the three stages of an important matter (8.3); the meeting that decided is known."""
    meeting = next((source for source in sources if isinstance(source, Meeting)), None)
    decided = {"discussed_on": PLACEHOLDER}
    if meeting is not None:
        decided = {"discussed_on": meeting.day.isoformat(), "meeting": meeting.id}
    return {
        "before": {"published_on": PLACEHOLDER, "opinions": PLACEHOLDER},
        "decision": decided,
        "result": {"published_on": PLACEHOLDER},
    }


def fill_letter(order: RecordRequest) -> dict[str, Any]:
    """Hand it to who is responsible for discipline (9.2(7))."""
    return {"id": order.get("id") or order.running("l"), "handler": order.discipline}


def fill_case(order: RecordRequest) -> dict[str, Any]:
    """Give the case a number (9.2(6))."""
    return {"id": order.get("id") or order.running("c")}


def fill_complainant(order: RecordRequest) -> dict[str, Any]:
    """Give a number to the file of who wrote or came; its name tells nothing."""
    return {"id": order.get("id") or order.running("p")}


def fill_accountability(order: RecordRequest) -> dict[str, Any]:
    """Give the record a number, and each person a row with their rights; another body decided (2.4)."""
    asked = {"shown_on": PLACEHOLDER, "statement": PLACEHOLDER}
    persons = [{**person, **asked} for person in order.rows("persons")]
    return {"id": order.get("id") or order.running("r"), "persons": persons}


def fill_admonition(order: RecordRequest) -> dict[str, Any]:
    """Give the talk a number. Ground, facts, requirements, all of it was decided by named people (10.1-10.4)."""
    return {"id": order.get("id") or order.running("a")}


def refuse_same_person(order: RecordRequest, fields: Mapping[str, Any]) -> None:
    """Refuse a talk whose talker, recorder and member are not three persons (10.2(3)), and an id that is a member's."""
    persons = [fields[key] for key in ("member", "talker", "recorder") if fields[key] != PLACEHOLDER]
    if len(set(persons)) < len(persons):
        message = say("The member, the talker and the recorder must be three different persons (10.2(3)).")
        raise UsageError(message, say("Give --member, --talker and --recorder three different ids."))
    if fields["follower"] == fields["member"] and fields["member"] != PLACEHOLDER:
        raise UsageError(say("Nobody follows their own rectification (10.4): give --follower another id."))
    if fields["id"] in order.corpus.member_by_id:
        raise UsageError(say("The id of such a record is never a member's: leave --id out."))
