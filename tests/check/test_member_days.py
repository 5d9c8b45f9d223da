"""Days of a person that contradict each other, and those that only look as if they did."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.branches import base_file
from tests.support.changed import found, good, says
from tests.support.examples import AS_OF

MEMBER = "members/m006.yaml"
NEXT_PLAN = "plans/2027/development.yaml"
PLAN = "plans/2026/development.yaml"
GROUPS = "groups:\n  - {from: 2024-04-01, group: g1}\n"


def member(joined: str | None, converted: str | None, statuses: str, more: str = GROUPS) -> dict[str, str]:
    """Return the file of a member; ``statuses`` are written ``day status, day status``."""
    days = "".join(
        f"{key}: {day}\n" for key, day in (("joined_on", joined), ("converted_on", converted)) if day is not None
    )
    rows = "".join(f"  - {{from: {day}, status: {status}}}\n" for day, status in map(str.split, statuses.split(", ")))
    return {MEMBER: f"schema: 1\nkind: member\nid: m006\nname: 许㛃\n{days}status:\n{rows}{more}"}


def pointers(files: dict[str, str], as_of: date = AS_OF, code: str = "DW607") -> list[tuple[str | int, ...]]:
    return [each.source.pointer for each in found(files, as_of, code)]


FIRST, SECOND, THIRD = ("status", 0, "from"), ("status", 1, "from"), ("status", 2, "from")


@pytest.mark.parametrize(
    ("joined", "converted", "statuses", "wrong"),
    [
        # joining and confirmation
        ("2025-03-01", "2024-01-01", "2025-03-01 probationary", [("converted_on",)]),
        ("2023-01-01", "2024-01-01", "2024-03-01 full", []),
        ("1975-07-01", "1975-07-01", "2024-03-01 full", []),
        ("2024-05-01", "2024-05-01", "2024-03-01 full", [FIRST, FIRST]),
        ("2024-05-01", "2024-04-30", "2024-03-01 full", [("converted_on",), FIRST]),
        ("2023-01-01", "2022-12-31", "2024-03-01 full", [("converted_on",)]),
        (None, None, "2024-03-01 full", []),
        # here before joining the Party
        ("2025-03-01", None, "2024-03-01 full", [FIRST]),
        ("2024-03-02", None, "2024-03-01 probationary", [FIRST]),
        ("2024-03-01", None, "2024-03-01 probationary", []),
        ("2024-03-01", "2025-03-01", "2024-03-01 probationary, 2025-03-01 full", []),
        ("2025-01-01", None, "2024-03-01 probationary, 2024-06-01 transferred", [FIRST]),
        # a full member here before being one
        (None, "2025-01-01", "2024-03-01 full", [FIRST]),
        (None, "2024-03-02", "2024-03-01 full", [FIRST]),
        (None, "2024-03-01", "2024-03-01 full", []),
        ("2024-03-01", "2025-03-01", "2024-03-01 probationary, 2025-02-28 full", [SECOND]),
        # decided later, with effect from an earlier day
        ("2024-03-01", "2025-03-01", "2024-03-01 probationary, 2025-05-20 full", []),
        # probationary here after being confirmed
        ("2023-01-01", "2024-01-01", "2024-03-01 probationary, 2025-03-01 full", [FIRST]),
        ("2023-01-01", "2024-03-01", "2024-03-01 probationary, 2025-03-01 full", [FIRST]),
        ("2024-03-01", "2026-06-30", "2024-03-01 probationary", [FIRST]),
        ("2024-03-01", "2026-06-30", "2024-03-01 probationary, 2026-06-30 full", []),
        (None, "2024-01-01", "2024-03-01 full, 2024-06-01 transferred, 2025-03-01 probationary", [THIRD]),
        (None, "2024-06-01", "2024-03-01 probationary, 2024-06-01 left, 2025-03-01 probationary", []),
        (None, "2024-06-02", "2024-03-01 probationary, 2024-06-01 left, 2025-03-01 probationary", [THIRD]),
        (None, "2024-06-01", "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary", []),
        (None, "2024-05-31", "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary", [FIRST]),
        (None, "2024-06-02", "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary", [THIRD]),
        # joined anew: the file has the days of either time
        ("2020-01-01", "2021-01-01", "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary", []),
        ("2025-03-01", None, "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary", []),
        ("2025-03-01", "2026-03-01", "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary, 2026-03-01 full", []),
        ("2025-03-02", None, "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary", [THIRD]),
        ("2024-05-01", None, "2024-03-01 full, 2024-06-01 left, 2025-03-01 probationary", [FIRST]),
        # back in the branch is not joined anew
        ("2025-03-01", None, "2024-03-01 full, 2024-06-01 transferred, 2025-03-01 full", [FIRST]),
        ("2025-03-01", None, "2024-03-01 full, 2024-06-01 left, 2025-03-01 full", [FIRST]),
        # only the month is known: wrong where each of its days is
        ("2025-03", "2025-02", "2025-04-01 probationary", [("converted_on",)]),
        ("2025-03", "2025-03", "2025-04-01 full", []),
        ("2025-03", "2025-03-01", "2025-04-01 full", []),
        ("2025-03", "2025-02-28", "2025-04-01 full", [("converted_on",)]),
        ("2024-04", None, "2024-03-01 full", [FIRST]),
        ("2024-03", None, "2024-03-01 probationary", []),
        ("2023-01", "2024-04", "2024-03-01 full", [FIRST]),
        ("2023-01", "2024-03", "2024-03-01 full", []),
        ("2023-01", "2024-03", "2024-03-01 probationary, 2024-04-10 full", []),
        ("2023-01", "2024-02", "2024-03-01 probationary, 2025-03-01 full", [FIRST]),
        ("2024-03-01", "2026-06", "2024-03-01 probationary", [FIRST]),
        # gone without having been here
        (None, None, "2024-03-01 left", [("status", 0)]),
        (None, None, "2024-03-01 transferred, 2024-06-01 full", [("status", 0)]),
        (None, None, "2024-03-01 suspended, 2024-06-01 full", []),
    ],
)
def test_joining_confirmation_and_status(
    joined: str | None, converted: str | None, statuses: str, wrong: list[tuple[str | int, ...]]
) -> None:
    assert pointers(member(joined, converted, statuses, "")) == wrong


def test_the_month_of_the_as_of_day_is_not_in_the_future() -> None:
    files = member("2026-06", None, "2026-06-20 probationary", "")
    assert pointers(files, date(2026, 6, 20), "DW402") == []
    assert pointers(files, date(2026, 6, 20)) == []
    later = member("2026-07", None, "2026-06-20 probationary", "")
    assert pointers(later, date(2026, 6, 20), "DW402") == [("joined_on",)]
    assert "on 2026-07" in says("DW607", later, date(2026, 6, 20))[0]


@pytest.mark.parametrize("word", ["2026-13", "2026", "2026-6", "2026-02-30", "二〇二六年六月"])
def test_what_is_neither_a_day_nor_a_month_is_said_so(word: str) -> None:
    files = member(word, None, "2026-06-20 probationary", "")
    assert pointers(files, AS_OF, "DW104") == [("joined_on",)]
    assert "or the month as 2026-03 where the day is not known" in says("DW104", files)[0]


@pytest.mark.parametrize(
    ("statuses", "groups", "wrong"),
    [
        ("2024-03-01 full", "2024-04-01 g1", []),
        ("2024-05-01 full", "2024-04-30 g1", [0]),
        ("2024-05-01 full", "2024-05-01 g1", []),
        ("2024-03-01 full, 2026-06-10 left", "2024-04-01 g1, 2026-06-10 g2", [1]),
        ("2024-03-01 full, 2026-06-10 left", "2024-04-01 g1, 2026-06-09 g2", []),
        ("2024-03-01 full, 2026-06-10 left", "2024-04-01 g1, 2026-06-10 null", []),
        ("2024-03-01 full, 2026-06-10 suspended", "2024-04-01 g1, 2026-06-10 g2", []),
        ("2024-03-01 full", "2024-03-31 g1", [0]),
    ],
)
def test_groups(statuses: str, groups: str, wrong: list[int]) -> None:
    rows = "".join(f"  - {{from: {day}, group: {group}}}\n" for day, group in map(str.split, groups.split(", ")))
    files = member(None, None, statuses, f"groups:\n{rows}")
    assert pointers(files) == [("groups", index, "from") for index in wrong]


@pytest.mark.parametrize(
    ("span", "wrong"),
    [
        ("from: 2026-06-09, to: 2026-06-09", False),
        ("from: 2026-06-10, to: 2026-06-10", True),
        ("from: 2026-06-10, to: 2026-06-09", False),
        ("from: 2024-02-01, to: 2024-02-29", True),
        ("from: 2024-02-01, to: 2024-03-01", False),
        ("from: 2026-06-09", False),
        ("from: 2026-06-10", True),
        ("from: 2026-06-01, to: 2026-05-01", False),
    ],
)
def test_exemptions(span: str, *, wrong: bool) -> None:
    exempt = f"{GROUPS}exemptions:\n  - {{{span}, reason: maternity, approved_by: 支部委员会}}\n"
    files = member(None, None, "2024-03-01 full, 2026-06-10 left", exempt)
    assert pointers(files) == ([("exemptions", 0)] if wrong else [])


@pytest.mark.parametrize(("as_of", "wrong"), [(date(2026, 6, 29), True), (date(2026, 6, 30), False)])
@pytest.mark.parametrize("key", ["joined_on", "converted_on"])
def test_days_to_come(key: str, as_of: date, *, wrong: bool) -> None:
    joined, converted = ("2026-06-30", None) if key == "joined_on" else (None, "2026-06-30")
    files = member(joined, converted, "2026-06-30 full", "")
    assert pointers(files, as_of, "DW402") == ([(key,)] if wrong else [])


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ("2024-03-01 full, 2025-03-01 left, 2025-09-01 transferred", ["transferred cannot follow left."]),
        ("2024-03-01 full, 2025-03-01 transferred, 2025-09-01 left", ["left cannot follow transferred."]),
        ("2024-03-01 probationary, 2024-05-01 transferred, 2024-09-01 probationary", []),
        ("2024-03-01 probationary, 2024-05-01 suspended, 2024-09-01 probationary", []),
        (
            "2024-03-01 full, 2024-05-01 transferred, 2024-09-01 probationary",
            ["probationary cannot follow transferred."],
        ),
        ("2024-03-01 full, 2024-05-01 suspended, 2024-09-01 full", []),
    ],
)
def test_what_can_follow_a_departure(statuses: str, said: list[str]) -> None:
    assert says("DW603", member(None, None, statuses, "")) == said


def plan(year: int, *people: str) -> str:
    rows = "".join(f"  - {{{person}}}\n" for person in people)
    return (
        f"schema: 1\nkind: development-plan\nyear: {year}\napproved_on: {year}-01-10\napproved_by: committee\n"
        f"target: 0\npeople:\n{rows}steps: [谈话]\n"
    )


D01 = "id: d01, name: 邵清, stage: applicant, applied_on: 2025-05-06, talked_on: 2025-05-20"


@pytest.mark.parametrize(
    ("later", "wrong"),
    [
        (D01, []),
        (D01.replace("05-06", "05-07"), [("people", 0, "applied_on")]),
        (D01.replace("邵清", "邵青").replace("05-06", "05-07"), []),
        (D01.replace("d01", "d02").replace("05-06", "05-07"), []),
        (D01.replace(", talked_on: 2025-05-20", ""), []),
    ],
)
def test_two_plans_of_one_person(later: str, wrong: list[tuple[str | int, ...]]) -> None:
    files = {PLAN: plan(2026, D01), NEXT_PLAN: plan(2027, later)}
    findings = found(files, date(2027, 1, 20), "DW607")
    told = [(path, each) for path in (PLAN, NEXT_PLAN) for each in wrong]
    assert [(each.source.path, each.source.pointer) for each in findings] == told
    assert [each.related[0].source.path for each in findings] == [path for path, _ in told][::-1]


@pytest.mark.parametrize(("joined", "wrong"), [("2025-05-21", 0), ("2025-05-20", 1), ("2025-05-06", 2)])
def test_recruitment_after_joining(joined: str, wrong: int) -> None:
    files = member(joined, None, f"{joined} probationary", "")
    files[PLAN] = plan(2026, D01.replace("d01, name: 邵清", "m006, name: 许㛃"))
    assert len(found(files, code="DW607")) == wrong


@pytest.mark.parametrize(
    ("joined", "namesakes", "wrong"),
    [("2025-05-20", 1, 1), ("2025-05-21", 1, 0), ("2025-05-20", 2, 0), ("2025-05-06", 1, 0), ("2010-07-01", 1, 0)],
)
def test_recruitment_of_the_only_member_of_a_name(joined: str, namesakes: int, wrong: int) -> None:
    """An older member of the same name is somebody else."""
    files = member(joined, None, f"{max(joined, '2024-03-01')} probationary", "")
    files[PLAN] = plan(2026, D01.replace("邵清", "许㛃"))
    if namesakes > 1:
        files["members/m010.yaml"] = files[MEMBER].replace("m006", "m010")
    assert len(found(files, code="DW607")) == wrong


def test_the_clean_branch_has_none() -> None:
    assert base_file(MEMBER)
    assert found({MEMBER: good("DW607", MEMBER)}) == ()
