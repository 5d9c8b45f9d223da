"""Systems 5 and 7: targets, logs, assessments and the appraisal. No score, no grade and no tally comes from here."""

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


def fill_target(order: RecordRequest) -> dict[str, Any]:
    """Put the five heads, 100 points together (5.1); the points are to be changed, the items a person writes."""
    items = [{"head": head, "item": PLACEHOLDER, "points": _POINTS_PER_HEAD} for head in TARGET_HEADS]
    known = order.corpus.member_by_id.get(order.given["member"])
    return {
        "post": _describe_posts(order, order.given["member"]),
        "items": items,
        "reviewed_by": known.group_on(order.day) if known else None,
        "approved_by": order.body,
    }


def _describe_posts(order: RecordRequest, member: str) -> str:
    """Return the member's posts as the files give them; 【待填】 for who has none there."""
    branch, known = order.branch, order.corpus.member_by_id.get(member)
    held = branch.holders_on(order.day) if branch else ()
    names = [_POST_TITLES[each.post][order.language != "zh"] for each in held if each.member == member]
    document = order.corpus.documents.get(known.path) if known else None
    day = order.day.isoformat()
    others = document.data.get("posts", ()) if document else ()
    names += [other["post"] for other in others if other["from"] <= day <= (other.get("to") or day)]
    return ("、" if order.language == "zh" else ", ").join(names) or PLACEHOLDER


def fill_target_log(order: RecordRequest) -> dict[str, Any]:
    """Give a row to everyone of the group (5.3a)."""
    group = order.given["group"]
    members = sorted(order.corpus.roster.of_group(group, _find_roster_day(order)))
    entries = [{"member": member, "facts": PLACEHOLDER} for member in members]
    return {"keeper": _find_leader(order), "entries": entries or order.rows("entries")}


def fill_target_report(order: RecordRequest) -> dict[str, Any]:
    """Name the group's leader as the author (5.3b)."""
    return {"author": _find_leader(order)}


def _find_leader(order: RecordRequest) -> str | None:
    group = order.branch.group(order.given["group"]) if order.branch else None
    return group.leader_on(order.day) if group else None


def _find_roster_day(order: RecordRequest) -> date:
    """Return the day on which the roster is read: the record's own, or the period's last if that is earlier."""
    return min(order.day, order.period.last)


def fill_assessment(order: RecordRequest) -> dict[str, Any]:
    """Take the items of the member's target of the year (5.4); a probationary member is not graded (rule 14)."""
    member = order.given["member"]
    own = [
        target for target in order.corpus.of("target") if target.data["year"] == order.year and target.subject == member
    ]
    known = own[0].data["items"] if own else [{"head": head, "points": _POINTS_PER_HEAD} for head in TARGET_HEADS]
    scores = {"self": PLACEHOLDER, "peer": PLACEHOLDER, "branch": PLACEHOLDER}
    fields: dict[str, Any] = {
        "items": [{"head": each["head"], "points": each["points"], **scores} for each in known],
        "published_to": "members",
    }
    holder = order.corpus.member_by_id.get(member)
    if holder is None or holder.standing_on(order.day) is Standing.PROBATIONARY:
        return fields
    return {**fields, "grade": PLACEHOLDER, "reason": PLACEHOLDER}


def fill_appraisal(order: RecordRequest) -> dict[str, Any]:
    """Give a row to every full member (7.1); tally, grade and reason are what people decided."""
    tally = dict.fromkeys(TALLY_FIELDS, PLACEHOLDER)
    full = order.corpus.roster.full_members_on(order.day)
    results = [
        {"member": member, "tally": dict(tally), "grade": PLACEHOLDER, "reason": PLACEHOLDER} for member in sorted(full)
    ]
    voters = len(full & order.corpus.roster.everyone_on(order.day))
    return {"voters": voters, "results": results or order.rows("results")}


def fill_result_report(order: RecordRequest) -> dict[str, Any]:
    """Name the superior (5.5c)."""
    return {"to": order.superior}
