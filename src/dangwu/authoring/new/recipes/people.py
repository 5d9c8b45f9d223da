"""Recipes for systems 5 and 7: targets, logs, assessments and the appraisal, without scores, grades or tallies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dangwu.model.document import PLACEHOLDER
from dangwu.model.record import Standing
from dangwu.model.year_sums import TALLY_FIELDS

if TYPE_CHECKING:
    from datetime import date

    from dangwu.authoring.new.request import RecordRequest

TARGET_HEADS = ("attendance", "work-goals", "self-improvement", "discipline", "vanguard")
_POINTS_PER_HEAD = 20
_POST_TITLES = {
    "secretary": ("党支部书记", "branch secretary"),
    "deputy-secretary": ("党支部副书记", "deputy secretary"),
    "organization": ("组织委员", "organization committee member"),
    "publicity": ("宣传委员", "publicity committee member"),
    "discipline-inspection": ("纪检委员", "discipline-inspection committee member"),
    "committee-member": ("支部委员", "branch committee member"),
}


def fill_target(request: RecordRequest) -> dict[str, Any]:
    """Give an item with 20 points to each of the five heads (5.1); a person writes the items and changes the points."""
    items = [{"head": head, "item": PLACEHOLDER, "points": _POINTS_PER_HEAD} for head in TARGET_HEADS]
    post = _describe_posts(request, request.given["member"])
    return {"post": post, "items": items, "reviewed_by": PLACEHOLDER}


def _describe_posts(request: RecordRequest, member: str) -> str:
    """Return the member's posts in the branch and elsewhere; 【待填】 where none is recorded."""
    known = request.corpus.member_by_id.get(member)
    held = request.corpus.offices.holders_on(request.day)
    names = [_POST_TITLES[holder.post][request.language != "zh"] for holder in held if holder.member == member]
    document = request.corpus.documents.get(known.path) if known else None
    day = request.day.isoformat()
    others = document.data.get("posts", ()) if document else ()
    names += [other["post"] for other in others if other["from"] <= day <= (other.get("to") or day)]
    return ("、" if request.language == "zh" else ", ").join(names) or PLACEHOLDER


def fill_target_log(request: RecordRequest) -> dict[str, Any]:
    """Give a row to each member of the group (5.3a)."""
    group = request.given["group"]
    members = sorted(request.corpus.roster.of_group(group, _find_roster_day(request)))
    entries = [{"member": member, "facts": PLACEHOLDER} for member in members]
    return {"keeper": _find_leader(request), "entries": entries or request.build_rows("entries")}


def fill_target_report(request: RecordRequest) -> dict[str, Any]:
    """Name the group's leader as the author (5.3b)."""
    return {"author": _find_leader(request)}


def _find_leader(request: RecordRequest) -> str | None:
    return request.corpus.offices.leader_on(request.given["group"], request.day)


def _find_roster_day(request: RecordRequest) -> date:
    """Return the day of the roster: the record's day, or the period's last if that is earlier."""
    return min(request.day, request.period.last)


def fill_assessment(request: RecordRequest) -> dict[str, Any]:
    """Take the items of the member's target of the year (5.4); a probationary member gets no grade (rule 14)."""
    member = request.given["member"]
    own = [
        target
        for target in request.corpus.of("target")
        if target.data["year"] == request.year and target.subject == member
    ]
    items = own[0].data["items"] if own else [{"head": head, "points": _POINTS_PER_HEAD} for head in TARGET_HEADS]
    scores = {"self": PLACEHOLDER, "peer": PLACEHOLDER, "branch": PLACEHOLDER}
    fields: dict[str, Any] = {
        "items": [{"head": item["head"], "points": item["points"], **scores} for item in items],
    }
    holder = request.corpus.member_by_id.get(member)
    if holder is None or holder.standing_on(request.day) is Standing.PROBATIONARY:
        return fields
    return {**fields, "grade": PLACEHOLDER, "reason": PLACEHOLDER}


def fill_appraisal(request: RecordRequest) -> dict[str, Any]:
    """Give a row to every full member (7.1), with blanks for tally, grade and reason."""
    tally = dict.fromkeys(TALLY_FIELDS, PLACEHOLDER)
    full = request.corpus.roster.full_members_on(request.day)
    results = [
        {"member": member, "tally": dict(tally), "grade": PLACEHOLDER, "reason": PLACEHOLDER} for member in sorted(full)
    ]
    voters = len(full & request.corpus.roster.everyone_on(request.day))
    return {"voters": voters, "results": results or request.build_rows("results")}


def fill_result_report(request: RecordRequest) -> dict[str, Any]:
    """Name the superior (5.5c)."""
    return {"to": request.superior}
