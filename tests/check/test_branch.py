"""What is said of terms, posts, the committee and what members were, case by case."""

from __future__ import annotations

from datetime import date

import pytest

from dangwu.workspace.load import load_workspace
from tests.support.branches import base_file, base_files
from tests.support.changed import good, says
from tests.support.memory import MemoryTree

Change = tuple[str, str]
BRANCH = "branch.yaml"
M006 = "members/m006.yaml"
LEADER = "      - {member: m005, from: 2024-04-01}\n"
ORGANIZER = "      - {post: organization, member: m002, from: 2024-03-15}\n"
NEXT_TERM = """  - from: 2027-03-14
    to: 2030-03-13
    committee: true
    posts:
      - {post: secretary, member: m001, from: 2027-03-14}
groups:
"""
FIRST_TERM = NEXT_TERM.removesuffix("groups:\n")


def branch(*changes: Change) -> dict[str, str]:
    text = base_file(BRANCH).decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return {BRANCH: text}


OVERLAP = ["Two terms of office overlap (entries 1 and 2)."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("groups:\n", NEXT_TERM), OVERLAP),
        (("groups:\n", NEXT_TERM.replace("2027-03-14", "2027-03-15")), []),
        (("terms:\n", f"terms:\n{FIRST_TERM}"), OVERLAP),
        (("terms:\n", f"terms:\n{FIRST_TERM.replace('2027-03-14', '2027-03-15')}"), []),
        ((ORGANIZER, ORGANIZER.replace("2024-03-15", "2024-03-14")), ["陆文静 takes the post outside this term."]),
        ((ORGANIZER, ORGANIZER * 2), ["陆文静 holds the same post twice."]),
        ((ORGANIZER, ORGANIZER + ORGANIZER.replace("m002", "m003")), []),
        ((LEADER, LEADER + LEADER.replace("m005", "m006")), ["The group 第一党小组 has two leaders at the same time."]),
        ((LEADER, LEADER.replace("04-01}", "04-01, to: 2024-04-30}") + LEADER.replace("04-01", "05-01")), []),
    ],
)
def test_posts(change: Change, said: list[str]) -> None:
    assert says("DW601", branch(change)) == said


@pytest.mark.parametrize(
    ("left", "committee", "said"),
    [
        (0, "true", []),
        (0, "false", ["The branch has 8 full members and no committee in office."]),
        (1, "true", []),
        (1, "false", ["The branch has 7 full members and no committee in office."]),
        (2, "true", ["The branch has 6 full members and a committee in office."]),
        (2, "false", []),
    ],
)
def test_a_committee_is_for_seven_full_members_and_more(left: int, committee: str, said: list[str]) -> None:
    status = "  - {from: 2024-03-01, status: full}\n"
    gone = f"{status}  - {{from: 2026-06-01, status: transferred}}\n"
    paths = [f"members/m00{number}.yaml" for number in (5, 6)[:left]]
    members = {path: base_file(path).decode().replace(status, gone) for path in paths}
    assert all(gone in text for text in members.values())
    assert says("DW602", {**branch(("committee: true", f"committee: {committee}")), **members}) == said


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ("2024-03-01 full", []),
        ("2024-03-01 full, 2024-03-01 suspended", ["The entries are not in the order of their days."]),
        ("2024-03-01 full, 2024-02-01 suspended", ["The entries are not in the order of their days."]),
        ("2024-03-01 full, 2025-03-01 probationary", ["probationary cannot follow full."]),
        ("2024-03-01 full, 2025-03-01 full", ["full cannot follow full."]),
        ("2024-03-01 full, 2025-03-01 left, 2025-09-01 probationary", []),
        ("2024-03-01 probationary, 2024-09-01 suspended, 2025-01-01 probationary", []),
        ("2024-03-01 probationary, 2024-09-01 transferred, 2025-01-01 probationary", []),
        ("2024-03-01 full, 2024-09-01 suspended, 2025-01-01 probationary", ["probationary cannot follow suspended."]),
        ("2024-03-01 suspended, 2025-01-01 probationary", ["probationary cannot follow suspended."]),
        ("2024-03-01 full, 2024-06-01 left, 2024-07-01 probationary, 2024-09-01 suspended, 2025-01-01 probationary",
         []),
        ("2024-03-01 probationary, 2024-06-01 full, 2024-09-01 suspended, 2025-01-01 probationary",
         ["probationary cannot follow suspended."]),
        ("2024-03-01 full, 2025-03-01 left, 2025-09-01 suspended", ["suspended cannot follow left."]),
        ("2024-03-01 full, 2025-03-01 transferred, 2025-09-01 suspended", ["suspended cannot follow transferred."]),
    ],
)  # fmt: skip
def test_what_a_member_was_one_after_the_other(statuses: str, said: list[str]) -> None:
    rows = [f"  - {{from: {day}, status: {status}}}\n" for day, status in map(str.split, statuses.split(", "))]
    text = good("DW603", M006).replace("  - {from: 2024-03-01, status: full}\n", "".join(rows))
    assert says("DW603", {M006: text}) == said


@pytest.mark.parametrize(
    ("last", "said"), [("2024-03-14", ["The day in to lies before the day in from."]), ("2024-03-15", [])]
)
def test_a_span_of_the_branch_that_ends_before_it_begins(last: str, said: list[str]) -> None:
    files = branch(("from: 2024-03-15}\n", f"from: 2024-03-15, to: {last}}}\n"))
    assert says("DW603", files) == said


@pytest.mark.parametrize(
    ("code", "count"),
    [("DW602", 1), ("DW822", 1), ("DW889", 1)],
)
def test_a_branch_owes_its_offices_from_the_day_of_its_founding(code: str, count: int) -> None:
    """It was founded on 1 March 2024, and elected its committee and its supervisor on the fifteenth."""
    days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 14), date(2024, 3, 15))
    assert [len(says(code, {}, day)) for day in days] == [0, count, count, 0]


@pytest.mark.parametrize(("day", "over"), [(date(2027, 3, 14), 0), (date(2027, 3, 15), 1)])
def test_a_term_is_over_on_the_day_after_its_last(day: date, over: int) -> None:
    assert len(says("DW604", {}, day)) == over
    assert says("DW602", {}, day) == says("DW822", {}, day) == []


@pytest.mark.parametrize(("day", "count"), [("2024-02-29", 0), ("2024-03-01", 1), ("2024-03-14", 1), ("2024-03-15", 0)])
def test_what_a_committee_approved_before_there_was_one(day: str, count: int) -> None:
    plan = "plans/2026/annual.yaml"
    text = good("DW814", plan).replace("approved_on: 2026-01-12", f"approved_on: {day}")
    assert len(says("DW815", {plan: text})) == count


@pytest.mark.parametrize(
    ("text", "others", "missing"),
    [
        (None, {}, True),
        (None, {"members/m010.yaml": "broken: ["}, True),
        ("broken: [", {}, False),
        ("broken: [", {"members/m010.yaml": "broken: ["}, False),
    ],
)
def test_a_branch_file_that_cannot_be_read_is_not_missing(
    text: str | None, others: dict[str, str], *, missing: bool
) -> None:
    files: dict[str, str | bytes] = {**base_files(), **others}
    del files[BRANCH]
    if text is not None:
        files[BRANCH] = text
    findings = load_workspace(MemoryTree(files)).check(date(2026, 6, 30)).findings
    told = [each.source for each in findings if each.code.id == "DW206"]
    assert [(source.path, source.line, source.column) for source in told] == ([(BRANCH, 1, 1)] if missing else [])
