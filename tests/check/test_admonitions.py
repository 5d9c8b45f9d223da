"""Admonitory talks: who may have which part in one, what its id tells, and how long its papers are kept."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.support.changed import changed, found, marks

TALK = "admonitions/2026/a001.yaml"
PARTS = {"member": "m008", "talker": "m001", "recorder": "m002", "follower": "m004"}
MAY_BE_ONE = {("talker", "follower"), ("recorder", "follower")}
"""Who talked or wrote may also look again later."""
DECIDED_BY = "decided_by: committee}\nkept"


@pytest.mark.parametrize(("one", "other"), [*combinations(PARTS, 2)])
def test_which_two_parts_one_person_may_have(one: str, other: str) -> None:
    files = changed("DW901", TALK, (f"\n{other}: {PARTS[other]}", f"\n{other}: {PARTS[one]}"))
    findings = found(files)
    wrong = (one, other) not in MAY_BE_ONE
    assert [(each.code.id, each.subject) for each in findings] == ([("DW902", other)] if wrong else [])
    clauses = ["10.4a" if other == "follower" else "10.2(3)"] if wrong else []
    assert [each.cited_clause for each in findings] == clauses


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("status", "count"),
    [
        ("{from: 2026-03-11, status: full}", 0),
        ("{from: 2026-03-12, status: full}", 0),
        ("{from: 2026-03-13, status: full}", 1),
        ("{from: 2024-03-01, status: full}, {from: 2026-03-12, status: left}", 1),
        ("{from: 2024-03-01, status: full}, {from: 2026-03-13, status: left}", 0),
        ("{from: 2024-03-01, status: full}, {from: 2026-03-12, status: suspended}", 0),
    ],
)
def test_everybody_who_has_a_part_belongs_to_the_branch_on_the_day(part: str, status: str, count: int) -> None:
    files = changed("DW901", TALK, (f"{part}: {PARTS[part]}", f"{part}: m010"))
    files["members/m010.yaml"] = f"schema: 1\nkind: member\nid: m010\nname: 田野\nstatus: [{status}]\n"
    findings = found(files, code="DW909")
    assert [each.subject for each in findings] == [part] * count


def test_somebody_unknown_is_no_outsider() -> None:
    assert [each.code.id for each in found(changed("DW901", TALK, ("member: m008", "member: m050")))] == ["DW204"]


@pytest.mark.parametrize(
    ("id_", "telling"), [("a001", 0), ("m0081", 0), ("m008", 1), ("a-m008", 1), ("m008-2", 1), ("m010", 0)]
)
@pytest.mark.parametrize("unread", [False, True])
def test_an_id_tells_nothing_of_the_member(id_: str, telling: int, *, unread: bool) -> None:
    """Not that of one whose own file cannot be read either."""
    files = {f"admonitions/2026/{id_}.yaml": changed("DW901", TALK, ("id: a001", f"id: {id_}"))[TALK]}
    if unread:
        files["members/m008.yaml"] = "broken: ["
    assert len(found(files, code="DW903")) == telling


@pytest.mark.parametrize(
    ("state", "by", "reference", "count"),
    [
        ("unchanged", "superior", "", 1),
        ("unchanged", "superior", ", reference: 云栖镇党委〔2026〕9 号", 0),
        ("unchanged", "committee", "", 0),
        ("improved", "superior", "", 0),
    ],
)
def test_an_opinion_of_somebody_else_names_its_source(state: str, by: str, reference: str, count: int) -> None:
    files = changed(
        "DW901",
        TALK,
        ("state: improved", f"state: {state}"),
        (DECIDED_BY, DECIDED_BY.replace("committee", f"{by}{reference}")),
    )
    assert len(found(files, code="DW904")) == count


@pytest.mark.parametrize(
    ("until", "count"),
    [("2026-05-09", 0), ("2026-05-08", 0), ("2026-05-07", 1), ("2026-04-30", 1), ("2026-04-29", 1)],
)
def test_papers_are_kept_until_the_outcome(until: str, count: int) -> None:
    assert len(marks("DW905", changed("DW901", TALK, ("2036-12-31", until)))) == count


@pytest.mark.parametrize(("until", "count"), [("2026-05-01", 0), ("2026-04-30", 0), ("2026-04-29", 1)])
def test_papers_are_kept_until_the_deadline(until: str, count: int) -> None:
    text = changed("DW901", TALK, ("2036-12-31", until))[TALK]
    head, _, rest = text.partition("outcome:")
    without = head + rest.partition("\n")[2]
    assert len(marks("DW905", {TALK: without})) == count
    early = text.replace("outcome: {date: 2026-05-08", "outcome: {date: 2026-04-16")
    assert len(marks("DW905", {TALK: early})) == count
