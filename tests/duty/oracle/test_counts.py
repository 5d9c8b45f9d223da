"""How much a year asks for: the last line of the clauses, counted through the tool for branches of several sizes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dangwu.model.duty import DutyState
from dangwu.workspace.workspace import build_year_span
from tests.duty.oracle.compare import opened
from tests.duty.oracle.oracle import expected

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw

AS_OF = date(2026, 12, 31)
POSTS = ("secretary", "organization", "publicity")
# Clause: how many a year, and how many more for each group and for each member.
LINE = {
    "1.4a": (1, 0, 0),
    "1.6a": (1, 0, 0),
    "1.6b": (1, 0, 0),
    "1.4b": (4, 0, 0),
    "1.4c": (12, 0, 0),
    "1.5": (4, 0, 0),
    "3.2": (12, 0, 0),
    "3.1": (0, 12, 0),
    "3.3": (4, 0, 0),
    "3.4": (2, 0, 0),
    "4.1": (2, 0, 0),
    "6.5": (1, 0, 0),
    "6.3b": (12, 0, 0),
    "6.3c": (2, 0, 0),
    "6.4": (1, 0, 0),
    "5.3a": (0, 12, 0),
    "5.3b": (0, 2, 0),
    "9.2(1)": (2, 0, 0),
    "6.8": (1, 0, 0),
    "1.4f": (2, 0, 0),
    "1.7": (1, 0, 0),
    "7.1": (1, 0, 0),
    "5.5c": (1, 0, 0),
    "5.5b": (0, 0, 1),
    "10.1(6)m": (0, 0, 12),
}
# What that line leaves out: duties that share a record with one of it, and those whose period is assumed.
BESIDE = {
    "1.4e": (4, 0, 0),
    "2.3": (1, 0, 0),
    "4.4": (2, 0, 0),
    "9.2(2)": (2, 0, 0),
    "9.2(4)": (2, 0, 0),
    "5.2": (0, 0, 1),
    "6.6": (1, 0, 0),
    "8.2(3)": (1, 0, 0),
    "8.2(4)": (1, 0, 0),
    "9.2(5)": (len(POSTS), 0, 0),
}
# What a branch without a committee and without groups does not owe.
NOT_OWED = {"3.1", "3.2", "5.3a", "5.3b"}


def a_branch(groups: int, members: int, *, committee: bool = True) -> dict[str, Raw]:
    """Make a branch that was the same all year: full members, one of them a Party worker."""
    start = {"from": "2025-01-01"}
    posts = [{"post": post, "member": f"m{number:03d}", **start} for number, post in enumerate(POSTS, 1)]
    branch: Raw = {"schema": 1, "kind": "branch", "name": "虚构公司党支部", "superior": "虚构镇党委"}
    branch |= {"founded": "2025-01-01", "terms": [{**start, "committee": committee, "posts": posts}]}
    ids = [f"g{number}" for number in range(1, groups + 1)]
    branch["groups"] = [
        {"id": group, "name": "党小组", **start, "leaders": [{"member": "m001", **start}]} for group in ids
    ]
    branch["workers"] = [{"member": "m002", **start}]
    records = {"branch.yaml": branch}
    for number in range(1, members + 1):
        member: Raw = {"schema": 1, "kind": "member", "id": f"m{number:03d}", "name": "王䶮"}
        member["status"] = [{**start, "status": "full"}]
        if ids:
            member["groups"] = [{**start, "group": ids[number % groups]}]
        records[f"members/m{number:03d}.yaml"] = member
    return records


def counted(records: dict[str, Raw], *, owed: bool = True) -> Counter[str]:
    """Count, by clause, what the tool says is owed in the year, or what it says does not apply."""
    duties = opened(records).due(AS_OF, build_year_span(2026)).duties
    counts: Counter[str] = Counter()
    for duty in duties:
        if (duty.state is not DutyState.NOT_APPLICABLE) is owed:
            counts[duty.clause] += duty.count
    return counts


def line(groups: int, members: int) -> dict[str, int]:
    """Return the counts that the text asks for, without the clauses that ask for none."""
    rows = (LINE | BESIDE).items()
    counts = {clause: fixed + groups * by_group + members * by_member for clause, (fixed, by_group, by_member) in rows}
    return {clause: count for clause, count in counts.items() if count}


@pytest.mark.parametrize(("groups", "members"), [(0, 7), (1, 7), (2, 8), (3, 24), (5, 40)])
def test_a_year_asks_for_what_the_clauses_count(groups: int, members: int) -> None:
    assert counted(a_branch(groups, members)) == line(groups, members)


def test_the_oracle_counts_the_same() -> None:
    found = expected(a_branch(2, 8), AS_OF, 2026)
    assert Counter(name.split("/")[0] for name in found) == line(2, 8)


def test_six_full_members_owe_no_committee_and_no_group_duties() -> None:
    records = a_branch(0, 6, committee=False)
    assert counted(records) == {clause: count for clause, count in line(0, 6).items() if clause not in NOT_OWED}
    assert counted(records, owed=False) == {"3.1": 12, "3.2": 12, "5.3a": 12, "5.3b": 2}


@pytest.mark.parametrize("committee", [True, False])
@pytest.mark.parametrize(
    ("kind", "duty"), [("democratic-life-meeting", "4.1/2026-H1"), ("party-building-meeting", "1.5/2026-Q2")]
)
def test_without_a_committee_its_meetings_are_those_of_all_members(kind: str, duty: str, *, committee: bool) -> None:
    meeting: Raw = {"schema": 1, "kind": kind, "date": "2026-06-25", "time": "15:00-16:10", "place": "会议室"}
    meeting |= {"chair": "m001", "recorder": "m005", "present": ["m005"], "absent": [], "topics": ["学习"]}
    meeting["leave"] = [{"member": f"m00{number}", "reason": "other"} for number in (1, 2, 3, 4, 6, 7)]
    if kind == "democratic-life-meeting":
        meeting |= {"theme": "转变作风", "focus_problem": "记录不及时", "superior_present": [], "self_checks": []}
        meeting |= {"notice": {"sent_on": "2026-06-15"}, "reported_up": {"sent_on": "2026-06-10"}}
    else:
        meeting["sections"] = {"党建工作分析": "台账不全。", "职工思想分析": "排班紧。"}
    records = a_branch(0, 7 if committee else 6, committee=committee)
    records[f"meetings/2026/2026-06-25-{kind}.md"] = meeting
    states = {each.id: each.state for each in opened(records).due(AS_OF, build_year_span(2026)).duties}
    assert states[duty] is (DutyState.OVERDUE if committee else DutyState.FULFILLED)
