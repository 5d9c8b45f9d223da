"""What a record is evidence of: the period it counts for, and the conditions that it meets or fails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.duty.oracle.days import MONTHS, Raw, Stretch, calendar, day_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.duty.oracle.books import Books

PLANS = ("annual-plan", "quarter-plan", "month-plan", "education-plan", "development-plan")
OWN_DAY = {
    **dict.fromkeys(PLANS, "approved_on"),
    "target": "approved_on",
    "assessment": "decided_on",
    "appraisal": "decided_on",
    "result-report": "sent_on",
}
TOPICS = (("党建工作分析", "Analysis of Party building"), ("职工思想分析", "Analysis of employees' thinking"))
# The body of a Markdown record by heading; it stands beside the front matter in these raw records.
BODY = "sections"
HALVES = {"mid-year-summary": "H1", "year-end-summary": "H2"}


def own_day(data: Raw) -> date:
    """Return the day that a record bears."""
    return day_of(data[OWN_DAY.get(data["kind"], "date")])


def counts_for(data: Raw, clause: str, stretch: Stretch) -> bool:
    """Tell whether the record counts for the period: the one it names or makes up for, else the one of its day.

    What makes up for a quarter makes up for it in the half-year too, where that is asked of the same meeting.
    """
    if "makes_up" in data:
        return any(stretch.first <= each.first and each.last <= stretch.last for each in _written(data["makes_up"]))
    named = _named(data, clause)
    if named is None:
        return stretch.first <= own_day(data) <= stretch.last
    return stretch.label in named


def makes_up(data: Raw, stretch: Stretch) -> bool:
    """Tell whether the meeting was held to make up for this very period, and not in the period itself."""
    return bool(data.get("makes_up") == stretch.label) and not stretch.first <= own_day(data) <= stretch.last


def is_too_soon(data: Raw, clause: str, stretch: Stretch) -> bool:
    """Tell whether the record was made before the period that it is for began; a plan is always made before."""
    if data["kind"] in {*PLANS, "target"}:
        return False
    if "makes_up" in data:
        return all(own_day(data) < each.first for each in _written(data["makes_up"]))
    return _named(data, clause) is not None and own_day(data) < stretch.first


def _written(label: str) -> list[Stretch]:
    """Return the period with this name."""
    return [each for every in MONTHS for each in calendar(every, int(label[:4])) if each.label == label]


def _named(data: Raw, clause: str) -> list[str] | None:
    if clause == "1.4b" and data["kind"] == "annual-plan":
        return [part["quarter"] for part in data.get("quarters", [])]
    if clause == "8.2(4)":
        return [about.removeprefix("dues-") for about in data.get("about", []) if about.startswith("dues-")]
    if data["kind"] in HALVES:
        return [f"{data['year']}-{HALVES[data['kind']]}"]
    for key in ("year", "quarter", "month", "half"):
        if key in data:
            return [str(data[key])]
    return None


def is_about(data: Raw, clause: str, subject: str | None) -> bool:
    """Tell whether the record is of the group or the member who owes the duty."""
    if clause in {"3.1", "5.3a", "5.3b"}:
        return bool(data["group"] == subject)
    if clause in {"5.2", "5.5b", "9.2(5)"}:
        return bool(data["member"] == subject)
    return clause != "6.4" or subject is None or subject in data["present"]


def meets(books: Books, data: Raw, condition: str) -> bool:
    """Tell whether the record meets one condition."""
    return CONDITIONS[condition](books, data)


def _chaired_by_leader(books: Books, meeting: Raw) -> bool:
    if books.orphaned(books.leaders(meeting["group"]), own_day(meeting)):
        return True
    leaders = books.leaders_on(meeting["group"], own_day(meeting))
    return meeting["chair"] in leaders or meeting.get("delegated_by") in leaders


def _chaired_by_secretary(books: Books, meeting: Raw) -> bool:
    """Tell whether the secretary chaired, or delegated it to another holder of a post, or whether the last is gone."""
    if books.orphaned(books.posts("secretary"), own_day(meeting)):
        return True
    posts = books.posts_on(own_day(meeting))
    secretaries = {holder for post, holder, _committee in posts if post == "secretary"}
    others = {holder for post, holder, _committee in posts if post != "secretary"}
    if meeting["chair"] in secretaries:
        return True
    return meeting.get("delegated_by") in secretaries and meeting["chair"] in others


def _quorum(books: Books, meeting: Raw) -> bool:
    due = books.due_at(meeting)
    if meeting["kind"] == "general-meeting":
        due = {member for member in due if books.status_on(member, own_day(meeting)) == "full"}
    return bool(due) and len(due & set(meeting["present"])) * 2 >= len(due)


def _someone_present(books: Books, meeting: Raw) -> bool:
    return bool(books.due_at(meeting) & set(meeting["present"]))


def _nobody_just_stayed_away(books: Books, meeting: Raw) -> bool:
    """Tell whether everyone who was due came or was on leave."""
    excused = {*meeting["present"], *(leave["member"] for leave in meeting["leave"])}
    return all(member in excused for member in books.due_at(meeting))


def _everything_is_there(_books: Books, check: Raw) -> bool:
    return check["room"] and check["kit"] and any("【待填】" not in paper for paper in check["subscriptions"])


def _both_topics(_books: Books, meeting: Raw) -> bool:
    body = meeting.get(BODY, {})
    return all(any(body.get(heading, "").strip() for heading in either) for either in TOPICS)


def _early_enough(key: str, setting: str) -> Callable[[Books, Raw], bool]:
    """Return whether it was sent on a day before the meeting, and at least the set number of days before it."""

    def judge(books: Books, meeting: Raw) -> bool:
        sent = day_of(meeting[key]["sent_on"])
        return sent < own_day(meeting) and sent <= own_day(meeting) - timedelta(days=books.days(setting))

    return judge


def _covers_group(books: Books, log: Raw) -> bool:
    """Tell whether everyone of the group stands in the log of a month, as the group was when the log ends."""
    day = _seen_on(log, "month")
    of_group = {member for member in books.taking_part(day) if books.group_on(member, day) == log["group"]}
    return of_group <= {entry["member"] for entry in log["entries"]}


def _covers_members(books: Books, check: Raw) -> bool:
    day = _seen_on(check, "half")
    return books.taking_part(day) <= {entry["member"] for entry in check["members"]}


def _seen_on(data: Raw, key: str) -> date:
    """Return the record's own day, or the last day of the period it is for if that is earlier."""
    if key not in data:
        return own_day(data)
    return min(own_day(data), *(each.last for each in _written(data[key])))


def _by_the_secretary(books: Books, inspection: Raw) -> bool:
    if books.orphaned(books.posts("secretary"), own_day(inspection)):
        return True
    posts = books.posts_on(own_day(inspection))
    return inspection["inspector"] in {holder for post, holder, _committee in posts if post == "secretary"}


CONDITIONS: dict[str, Callable[[Books, Raw], bool]] = {
    "chaired-by-leader": _chaired_by_leader,
    "chaired-by-secretary": _chaired_by_secretary,
    "quorum": _quorum,
    "someone-present": _someone_present,
    "everyone-accounted-for": _nobody_just_stayed_away,
    "has-room-kit-and-papers": _everything_is_there,
    "both-topics": _both_topics,
    "notice-in-time": _early_enough("notice", "notice_lead_days"),
    "reported-up-in-time": _early_enough("reported_up", "report_lead_days"),
    "covers-the-group": _covers_group,
    "covers-every-member": _covers_members,
    "by-the-secretary": _by_the_secretary,
    "covers-clean-conduct": lambda _books, plan: any(task["section"] == "clean-conduct" for task in plan["tasks"]),
    "has-quarters": lambda _books, plan: "quarters" in plan,
    "serves-month-plan": lambda _books, meeting: "month-plan" in meeting.get("agenda", []),
    "serves-party-building": lambda _books, meeting: "party-building" in meeting.get("agenda", []),
    "hears-administration": lambda _books, meeting: "administrative_report" in meeting,
    "for-members": lambda _books, training: "members" in training["audience"],
    "for-workers": lambda _books, training: "party-workers" in training["audience"],
    "heard-by-all": lambda _books, report: {"members", "cadres", "workers"} <= set(report["audience"]),
    "reports-integrity": lambda _books, report: report["integrity"] is True,
    "about-integrity": lambda _books, item: item["class"] == 3,
    "about-dues": lambda _books, item: any(about.startswith("dues-") for about in item.get("about", [])),
}
