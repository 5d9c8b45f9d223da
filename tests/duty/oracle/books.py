"""The records as the oracle reads them: who was what on a day. Answers are kept, nothing else is clever."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.duty.oracle.days import Raw, Records, day_of, each_day, within

if TYPE_CHECKING:
    from tests.duty.oracle.clauses import Wording

SEVEN = 7
LAST_DAY = date(2028, 12, 31)
"""No branch of these tests goes on for longer."""
BELONG = ("probationary", "full")
# What the text leaves open, and what is assumed then (clauses.md, last column).
SETTINGS: dict[str, int | str] = {
    "annual_plan_days": 30,
    "quarter_plan_day": 10,
    "plan_inspection_every": "quarter",
    "summary_grace_days": 15,
    "life_meeting_from_day": 1,
    "notice_lead_days": 7,
    "report_lead_days": 10,
    "target_joiner_days": 60,
    "target_log_grace_days": 10,
    "assessment_grace_days": 31,
    "result_report_grace_days": 90,
    "appraisal_grace_days": 59,
    "disclosure_days": 15,
    "dues_disclosure_grace_days": 31,
    "feedback_answer_days": 10,
    "participation_check_grace_days": 15,
    "letter_answer_days": 60,
    "admonition_outcome_days": 30,
}


class Books:
    """All records of a branch, and what they say of its people."""

    def __init__(self, records: Records) -> None:
        """Take the records as they are; they must not change any more."""
        self.records = records
        self.branch: Raw = records["branch.yaml"]
        self._kinds: dict[str, list[tuple[str, Raw]]] = {}
        for path, data in records.items():
            self._kinds.setdefault(data["kind"], []).append((path, data))
        self.members = {data["id"]: data for _path, data in self.of_kind("member")}
        self.wordings: dict[tuple[str, str], Wording] = {}
        self.applicable: dict[tuple[str, str | None, date, date], bool] = {}
        self.subjects: dict[tuple[str, date, date], list[str | None]] = {}
        self._statuses: dict[tuple[str, date], str | None] = {}
        self._posts: dict[date, list[tuple[str, str, bool]]] = {}
        self._ends: dict[tuple[str, date], date] = {}
        self._has_committee: dict[date, bool] = {}

    def of_kind(self, kind: str) -> list[tuple[str, Raw]]:
        """Return the records of a kind with their paths."""
        return self._kinds.get(kind, [])

    def setting(self, value: int | str) -> int | str:
        """Return what a setting is set to or assumed to be; any other value as it is."""
        if not isinstance(value, str):
            return value
        decided: int | str = self.branch.get("settings", {}).get(value, SETTINGS.get(value, value))
        return decided

    def days(self, key: str) -> int:
        """Return a setting that is a number of days."""
        value = self.setting(key)
        assert isinstance(value, int)
        return value

    def status_on(self, member: str, day: date) -> str | None:
        """Return the last status that began on or before the day."""
        if (member, day) not in self._statuses:
            current = None
            for entry in self.members[member]["status"]:
                if day_of(entry["from"]) <= day:
                    current = entry["status"]
            self._statuses[member, day] = current
        return self._statuses[member, day]

    def belonging(self, day: date) -> set[str]:
        """Return the members who were probationary or full that day."""
        return {member for member in self.members if self.status_on(member, day) in BELONG}

    def taking_part(self, day: date) -> set[str]:
        """Return those who belonged and were not exempt that day."""
        return {
            member
            for member in self.belonging(day)
            if not any(within(exemption, day) for exemption in self.members[member].get("exemptions", []))
        }

    def group_on(self, member: str, day: date) -> str | None:
        """Return the last group that began on or before the day."""
        current = None
        for entry in self.members[member].get("groups", []):
            if day_of(entry["from"]) <= day:
                current = entry["group"]
        return current

    def leaders_on(self, group: str, day: date) -> set[str]:
        """Return who leads the group that day."""
        return {leader["member"] for bounds, leader in self.leaders(group) if self.holds(bounds, leader, day)}

    def leaders(self, group: str) -> list[tuple[Raw, Raw]]:
        """Return the group and each of its leaders as written."""
        groups = [entry for entry in self.branch.get("groups", []) if entry["id"] == group]
        return [(entry, leader) for entry in groups for leader in entry["leaders"]]

    def posts(self, post: str) -> list[tuple[Raw, Raw]]:
        """Return each holder of a post as written, with the term."""
        return [(term, held) for term in self.branch["terms"] for held in term["posts"] if held["post"] == post]

    def holds(self, bounds: Raw, entry: Raw, day: date) -> bool:
        """Tell whether the entry's holder held it that day: as written, in the branch ever since, not suspended."""
        if not within(bounds, day) or not within(entry, day):
            return False
        start = max(day_of(bounds["from"]), day_of(entry["from"]))
        known = (entry["member"], start)
        if known not in self._ends:
            self._ends[known] = self._first_departure(*known)
        return day < self._ends[known] and self.status_on(entry["member"], day) in BELONG

    def _first_departure(self, member: str, start: date) -> date:
        """Walk the days until the member, once here, is here no more."""
        here = False
        for each in each_day(start, LAST_DAY):
            belongs = self.status_on(member, each) in {*BELONG, "suspended"}
            if here and not belongs:
                return each
            here = belongs
        return date.max

    def orphaned(self, entries: list[tuple[Raw, Raw]], day: date) -> bool:
        """Tell whether nobody holds it that day because the last who did is gone or suspended, or was since."""
        if any(self.holds(bounds, entry, day) for bounds, entry in entries):
            return False
        begun: dict[date, list[tuple[Raw, Raw]]] = {}
        for bounds, entry in entries:
            start = max(day_of(bounds["from"]), day_of(entry["from"]))
            if start <= day and within(bounds, start) and within(entry, start):
                begun.setdefault(start, []).append((bounds, entry))
        return any(self._went(bounds, entry, day) for bounds, entry in begun[max(begun)]) if begun else False

    def _went(self, bounds: Raw, entry: Raw, day: date) -> bool:
        for each in reversed(list(each_day(max(day_of(bounds["from"]), day_of(entry["from"])), day))):
            if self.holds(bounds, entry, each):
                return False
            if self.status_on(entry["member"], each) not in BELONG:
                return True
        return False

    def posts_on(self, day: date) -> list[tuple[str, str, bool]]:
        """Return the posts filled that day: post, holder, whether the term has a committee."""
        if day not in self._posts:
            self._posts[day] = [
                (post["post"], post["member"], term["committee"])
                for term in self.branch["terms"]
                for post in term["posts"]
                if self.holds(term, post, day)
            ]
        return self._posts[day]

    def committee_on(self, day: date) -> set[str]:
        """Return the holders of posts in a term with a committee."""
        return {holder for _post, holder, committee in self.posts_on(day) if committee}

    def has_committee(self, day: date) -> bool:
        """Tell whether seven full members are there and a committee with a holder is in office."""
        if day not in self._has_committee:
            full = sum(self.status_on(member, day) == "full" for member in self.members)
            self._has_committee[day] = full >= SEVEN and bool(self.committee_on(day))
        return self._has_committee[day]

    def due_at(self, meeting: Raw) -> set[str]:
        """Return who was due: the body on the day, probationary or full, not exempt."""
        day = day_of(meeting["date"])
        due = self.taking_part(day)
        if meeting["kind"] == "group-meeting":
            return {member for member in due if self.group_on(member, day) == meeting["group"]}
        if meeting["kind"] == "committee-meeting":
            return due & self.committee_on(day)
        if meeting["kind"] in {"democratic-life-meeting", "party-building-meeting"} and self.has_committee(day):
            return due & self.committee_on(day)
        return due
