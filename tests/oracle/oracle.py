"""What each duty of system 3 comes out as, by brute force: every day is looked at, one after the other.

Written from the counting rules alone. It shares no code with the tool on purpose: not even the calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Raw: TypeAlias = dict[str, Any]
Records: TypeAlias = "Mapping[str, Raw]"

IN_FORCE_FROM = date(2020, 8, 24)
SEVEN = 7
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
# clause: kind of record, how often
CLAUSES = {
    "3.1": ("group-meeting", "month"),
    "3.2": ("committee-meeting", "month"),
    "3.3": ("general-meeting", "quarter"),
    "3.4": ("lecture", "half"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is compared: the state, the paths that count, the paths that nearly count, the due day."""

    state: str
    evidence: tuple[str, ...]
    near_misses: tuple[str, ...]
    due: date


@dataclass(frozen=True, slots=True)
class Stretch:
    """A calendar period, both days included."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Wording:
    """What the clause demands on one day."""

    every: str
    count: int
    due: Raw
    off: bool


def expected(records: Records, as_of: date, year: int) -> dict[str, Outcome]:
    """Return every duty instance of the calendar year by id."""
    found: dict[str, Outcome] = {}
    for clause, (_kind, base) in CLAUSES.items():
        lengths = {base} | {a["every"] for a in of_kind(records, "amendment") if a["clause"] == clause and "every" in a}
        for every in lengths:
            for stretch in calendar(every, year):
                wording = wording_on(records, clause, stretch.last)
                if wording is None or wording.every != every:
                    continue
                for group in subjects(records, clause, stretch):
                    found[duty_id(clause, stretch, group)] = outcome(records, as_of, clause, stretch, group=group)
    return found


def outcome(records: Records, as_of: date, clause: str, stretch: Stretch, *, group: str | None) -> Outcome:
    """Return how one instance stands on the day."""
    wording = wording_on(records, clause, stretch.last)
    assert wording is not None
    name = duty_id(clause, stretch, group)
    rule_due = due_day(stretch, wording)
    waivers = [w for w in of_kind(records, "waiver") if day_of(w["date"]) <= as_of and name in w["duties"]]
    until = [day_of(w["until"]) for w in waivers if w["outcome"] == "deferred"]
    due = until[0] if until else rule_due
    on_time, late, near = [], [], []
    for path, meeting in records.items():
        if not belongs(meeting, clause, stretch, group) or day_of(meeting["date"]) > as_of:
            continue
        if not good_enough(records, clause, meeting):
            near.append(path)
        elif day_of(meeting["date"]) <= due and ("makes_up" not in meeting or until):
            on_time.append(path)
        else:
            late.append(path)
    if not applicable(records, clause, stretch, group, judged_on=min(rule_due, stretch.last)):
        state = "not-applicable"
    elif len(on_time) >= wording.count:
        state = "fulfilled"
    elif any(w["outcome"] == "waived" for w in waivers):
        state = "waived"
    elif len(on_time) + len(late) >= wording.count:
        state = "late"
    elif any(w["outcome"] == "missed" for w in waivers):
        state = "overdue"
    else:
        state = waiting(as_of, stretch, due)
    return Outcome(state, tuple(sorted(on_time + late)), tuple(sorted(near)), due)


def waiting(as_of: date, stretch: Stretch, due: date) -> str:
    """Return the state of a duty for which not enough was done and nothing decided."""
    if as_of < stretch.first:
        return "upcoming"
    if as_of <= due:
        return "open"
    return "overdue"


def duty_id(clause: str, stretch: Stretch, group: str | None) -> str:
    """Return the name of an instance."""
    return f"{clause}/{stretch.label}" + (f"/{group}" if group else "")


def belongs(meeting: Raw, clause: str, stretch: Stretch, group: str | None) -> bool:
    """Tell whether the record is of the right kind and group, and counts for the period."""
    if meeting["kind"] != CLAUSES[clause][0]:
        return False
    if clause == "3.1" and meeting["group"] != group:
        return False
    if "makes_up" in meeting:
        return bool(meeting["makes_up"] == stretch.label)
    return stretch.first <= day_of(meeting["date"]) <= stretch.last


def applicable(records: Records, clause: str, stretch: Stretch, group: str | None, *, judged_on: date) -> bool:
    """Tell whether the duty exists: on the judging day, and on half or more of the days up to it."""
    held = 0
    days = 0
    for day in each_day(stretch.first, judged_on):
        days += 1
        if holds(records, clause, group, day):
            held += 1
    return holds(records, clause, group, judged_on) and held * 2 >= days


def holds(records: Records, clause: str, group: str | None, day: date) -> bool:
    """Tell whether every condition of the clause holds on that day."""
    branch = the_branch(records)
    if day < day_of(branch["founded"]):
        return False
    wording = wording_on(records, clause, day)
    if wording is None or wording.off:
        return False
    if clause == "3.1":
        return any(g["id"] == group and within(g, day) for g in branch.get("groups", []))
    if clause == "3.2":
        return has_committee(records, day)
    return True


def has_committee(records: Records, day: date) -> bool:
    """Tell whether seven full members are there and a committee with a holder is in office."""
    full = 0
    for member in of_kind(records, "member"):
        if status_on(member, day) == "full":
            full += 1
    return full >= SEVEN and bool(committee_on(records, day))


def subjects(records: Records, clause: str, stretch: Stretch) -> list[str | None]:
    """Return the groups that share a day with the period, or None alone."""
    groups = the_branch(records).get("groups", []) if clause == "3.1" else []
    days = list(each_day(stretch.first, stretch.last))
    return [group["id"] for group in groups if any(within(group, day) for day in days)] or [None]


def good_enough(records: Records, clause: str, meeting: Raw) -> bool:
    """Tell whether the meeting meets the conditions of its clause."""
    day = day_of(meeting["date"])
    due = due_at(records, meeting)
    present = due & set(meeting["present"])
    if clause == "3.1":
        leaders = leaders_on(records, meeting["group"], day)
        return meeting["chair"] in leaders or meeting.get("delegated_by") in leaders
    if clause == "3.4":
        return bool(present)
    if not chaired_by_secretary(records, meeting):
        return False
    if clause == "3.3":
        due = {m["id"] for m in of_kind(records, "member") if m["id"] in due and status_on(m, day) == "full"}
        present &= due
    return bool(due) and len(present) * 2 >= len(due)


def chaired_by_secretary(records: Records, meeting: Raw) -> bool:
    """Tell whether the secretary chaired, or delegated it to another holder of a post."""
    day = day_of(meeting["date"])
    secretaries = {holder for post, holder, _committee in posts_on(records, day) if post == "secretary"}
    others = {holder for post, holder, _committee in posts_on(records, day) if post != "secretary"}
    if meeting["chair"] in secretaries:
        return True
    return meeting.get("delegated_by") in secretaries and meeting["chair"] in others


def due_at(records: Records, meeting: Raw) -> set[str]:
    """Return who was due: the body on the day, probationary or full, not exempt."""
    day = day_of(meeting["date"])
    due = set()
    for member in of_kind(records, "member"):
        if status_on(member, day) not in {"probationary", "full"}:
            continue
        if any(within(exemption, day) for exemption in member.get("exemptions", [])):
            continue
        if meeting["kind"] == "group-meeting" and group_on(member, day) != meeting["group"]:
            continue
        if meeting["kind"] == "committee-meeting" and member["id"] not in committee_on(records, day):
            continue
        due.add(member["id"])
    return due


def status_on(member: Raw, day: date) -> str | None:
    """Return the last status that began on or before the day."""
    current = None
    for entry in member["status"]:
        if day_of(entry["from"]) <= day:
            current = entry["status"]
    return current


def group_on(member: Raw, day: date) -> str | None:
    """Return the last group that began on or before the day."""
    current = None
    for entry in member.get("groups", []):
        if day_of(entry["from"]) <= day:
            current = entry["group"]
    return current


def leaders_on(records: Records, group: str, day: date) -> set[str]:
    """Return who leads the group that day."""
    leaders = set()
    for entry in the_branch(records).get("groups", []):
        if entry["id"] == group:
            for leader in entry["leaders"]:
                if within(leader, day):
                    leaders.add(leader["member"])
    return leaders


def posts_on(records: Records, day: date) -> list[tuple[str, str, bool]]:
    """Return the posts filled that day: post, holder, whether the term has a committee."""
    return [
        (post["post"], post["member"], term["committee"])
        for term in the_branch(records)["terms"]
        for post in term["posts"]
        if within(term, day) and within(post, day)
    ]


def committee_on(records: Records, day: date) -> set[str]:
    """Return the holders of posts in a term with a committee."""
    return {holder for _post, holder, committee in posts_on(records, day) if committee}


def wording_on(records: Records, clause: str, day: date) -> Wording | None:
    """Return what the clause says that day; the amendment that began last decides."""
    if day < IN_FORCE_FROM:
        return None
    latest: Raw = {}
    for amendment in of_kind(records, "amendment"):
        if amendment["clause"] != clause or not within(amendment, day):
            continue
        if not latest or day_of(amendment["from"]) > day_of(latest["from"]):
            latest = amendment
    return Wording(
        every=latest.get("every", CLAUSES[clause][1]),
        count=latest.get("count", 1),
        due=latest.get("due", {}),
        off=latest.get("off", False),
    )


def due_day(stretch: Stretch, wording: Wording) -> date:
    """Return the due day: a day of one month of the period, or its last day, plus some days."""
    number = min(wording.due.get("month", MONTHS[wording.every]), MONTHS[wording.every])
    month = stretch.first.month + number - 1
    day = date(stretch.first.year, month, 1)
    wanted = wording.due.get("day", 31)
    while day.day < wanted and (day + timedelta(days=1)).month == month:
        day += timedelta(days=1)
    return day + timedelta(days=wording.due.get("days_after", 0))


def calendar(every: str, year: int) -> list[Stretch]:
    """Return the periods of a year, by walking its days."""
    stretches: dict[str, Stretch] = {}
    for day in each_day(date(year, 1, 1), date(year, 12, 31)):
        name = label(every, day)
        first = stretches[name].first if name in stretches else day
        stretches[name] = Stretch(name, first, day)
    return list(stretches.values())


def label(every: str, day: date) -> str:
    """Return how people write the period in which the day lies."""
    if every == "month":
        return f"{day.year}-{day.month:02d}"
    if every == "quarter":
        return f"{day.year}-Q{'111222333444'[day.month - 1]}"
    if every == "half":
        return f"{day.year}-H{'111111222222'[day.month - 1]}"
    return f"{day.year}"


def within(entry: Raw, day: date) -> bool:
    """Tell whether the day lies in from..to, both included."""
    return day_of(entry["from"]) <= day and (entry.get("to") is None or day <= day_of(entry["to"]))


def each_day(first: date, last: date) -> Iterator[date]:
    """Yield the days, both included."""
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def day_of(text: str) -> date:
    """Read a day as the records write it."""
    return date.fromisoformat(text)


def of_kind(records: Records, kind: str) -> list[Raw]:
    """Return the records of a kind."""
    return [data for data in records.values() if data["kind"] == kind]


def the_branch(records: Records) -> Raw:
    """Return branch.yaml."""
    return records["branch.yaml"]
