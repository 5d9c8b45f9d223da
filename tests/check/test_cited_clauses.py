"""Which clause a finding cites: that of what was to be done, and one that says so of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from dangwu.check.cited_clauses import CLAUSES_BY_KIND, NO_CLAUSE
from dangwu.check.sequences import STEP_ORDERS
from dangwu.workspace.catalogue import load_kinds, load_published_rulebook
from dangwu.workspace.code_list import list_check_codes
from tests.support.branches import base_repo
from tests.support.changed import changed, found, good, laid, says
from tests.support.examples import EXAMPLES, check, overlay
from tests.support.run import en, run

CLAUSES = {clause.id: set(clause.checks) for clause in load_published_rulebook().clauses}
CLAUSES["10.1(6)"] |= CLAUSES["10.1(6)m"]


@pytest.mark.parametrize("code", list_check_codes(), ids=lambda code: code.id)
def test_a_code_cites_a_clause_that_names_it(code: object) -> None:
    clause = getattr(code, "clause", None)
    assert clause is None or getattr(code, "id", "") in CLAUSES[clause]


@pytest.mark.parametrize("code", CLAUSES_BY_KIND)
def test_the_table_cites_clauses_that_name_the_code(code: str) -> None:
    for kind, clause in CLAUSES_BY_KIND[code].items():
        assert kind in load_kinds()
        assert clause == NO_CLAUSE or code in CLAUSES[clause], (kind, clause)


@pytest.mark.parametrize("kind", STEP_ORDERS)
def test_steps_cite_clauses_that_name_the_code(kind: str) -> None:
    for order in STEP_ORDERS[kind]:
        for step in order.steps:
            assert step.clause is None or order.code.id in CLAUSES[step.clause], (kind, step.field)


@pytest.mark.parametrize("code", sorted(path.name for path in Path(EXAMPLES).iterdir() if path.name.startswith("DW")))
def test_each_example_cites_a_clause_that_names_its_code(code: str) -> None:
    for finding in check(overlay(code, "bad")).findings:
        assert finding.cited_clause is None or finding.code.id in CLAUSES[finding.cited_clause], finding.code.id


TALK, LIFE = "admonitions/2026/a001.yaml", "meetings/2026/2026-06-24-democratic-life-meeting.md"
ITEM, STUDY = "disclosures/2026/2026-04-03-zeren-qu.yaml", "meetings/2026/2026-05-22-study-session.md"
ORGANIZATIONAL, LIST = "2026-05-20-organizational-life-meeting", "rectifications/2026/2026-05-25-rectification.yaml"


@pytest.mark.parametrize(
    ("code", "example", "path", "change", "clauses"),
    [
        ("DW901", "DW901", TALK, ("notice: {date: 2026-03-09", "notice: {date: 2026-03-12"), ["10.2(1)"]),
        ("DW901", "DW901", TALK, ("deadline: 2026-04-30", "deadline: 2026-03-12"), ["10.3(2)"]),
        ("DW901", "DW901", TALK, ("deadline: 2026-04-30", "deadline: 2026-03-01"), ["10.3(2)"]),
        ("DW901", "DW901", TALK, ("outcome: {date: 2026-05-08", "outcome: {date: 2026-03-01"), ["10.4b"]),
        ("DW901", "DW901", TALK, ("{date: 2026-04-16", "{date: 2026-03-02"), ["10.4a"]),
        ("DW901", "DW901", TALK, ("shown_on: 2026-03-12", "shown_on: 2026-03-11"), ["9.1(4)"]),
        ("DW902", "DW902", TALK, ("recorder: m002", "recorder: m001"), ["10.2(3)"]),
        ("DW902", "DW902", TALK, ("follower: m004", "follower: m008"), ["10.4a"]),
        ("DW880", "DW880", ITEM, ("until: 2026-12-31", "until: 2026-04-02"), ["8.4"]),
        (
            "DW880",
            "DW880",
            ITEM,
            ("approved_by:", "feedback:\n  - {id: f1, date: 2026-04-05, text: 好, answer: 好}\napproved_by:"),
            ["8.5"],
        ),
        ("DW307", "DW841", LIFE, ("recorder: m002", "recorder: m006"), ["4.2"]),
        ("DW303", "DW952", STUDY, ("present: [m001, m002", "present: [m001, m001, m002"), ["6.3a"]),
        ("DW846", "DW844", LIST, ("date: 2026-05-25", "date: 2026-06-29"), ["6.5", "6.5"]),
    ],
)
def test_the_clause_of_what_was_to_be_done(
    code: str, example: str, path: str, change: tuple[str, str], clauses: list[str]
) -> None:
    files = {name: raw.decode() for name, raw in laid(overlay(example, "good")).items() if isinstance(raw, bytes)}
    findings = found({**files, **changed(example, path, change)}, code=code)
    assert [finding.cited_clause for finding in findings] == clauses


def test_everything_that_shows_a_clause_shows_the_cited_one(tmp_path: Path) -> None:
    files = changed("DW901", TALK, ("deadline: 2026-04-30", "deadline: 2026-03-01"))
    repo = base_repo(tmp_path / "r", dict(files))
    told = run("-C", repo.path, "check", "--format", "json", cwd=repo.path, as_of="2026-06-30").json()["findings"]
    assert [each["clause"] for each in told if each["code"] == "DW901"] == ["10.3(2)"]
    sarif = run("-C", repo.path, "check", "--format", "sarif", cwd=repo.path, as_of="2026-06-30").json()["runs"][0]
    results = [each for each in sarif["results"] if each["ruleId"] == "DW901"]
    assert [each["properties"]["clause"] for each in results] == ["10.3(2)"]
    shown = en("-C", str(repo.path), "check", "--audience", "handlers", cwd=repo.path, as_of="2026-06-30").out
    assert "10.3(2)" in shown
    assert "10.2(1)" not in shown


@pytest.mark.parametrize(("path", "kind"), [("targets/2026/m006.yaml", "target")])
def test_a_head_that_is_missing_is_named(path: str, kind: str) -> None:
    text = good("DW853", path)
    lines = [line for line in text.splitlines() if "head: discipline" not in line]
    assert kind in text
    message = says("DW104", {path: "\n".join(lines) + "\n"})
    assert message == ["items: … does not fit. At least 5 entries are needed, 4 are there. Missing: discipline."]


@pytest.mark.parametrize(
    ("code", "path", "change", "ending"),
    [
        ("DW853", "targets/2026/m006.yaml", None, "At least 5 entries are needed, 0 are there. Missing:"),
        ("DW812", "plans/2026/annual.yaml", None, "At least one entry is needed, none is there."),
    ],
)
def test_how_many_entries_are_needed_and_found(code: str, path: str, change: None, ending: str) -> None:
    lines = [line for line in good(code, path).splitlines() if not line.startswith("  - ") or change]
    text = "\n".join(lines).replace("items:", "items: []").replace("tasks:", "tasks: []") + "\n"
    assert ending in "".join(says("DW104", {path: text}))


def test_one_of_two_is_one_too_few() -> None:
    talk = "schema: 1\nkind: heart-to-heart-talk\ndate: 2026-05-12\nbetween: [m001]\n"
    told = says("DW104", {"supervision/2026/2026-05-12-heart-to-heart-a.yaml": talk})
    assert ["At least 2 entries are needed; the list has 1." in each for each in told] == [True]


@pytest.mark.parametrize("head", ["[discipline]", "{discipline: 1}", "7", "", "纪律"])
def test_a_head_of_any_shape_breaks_nothing(head: str) -> None:
    text = good("DW853", "targets/2026/m006.yaml")
    lines = [line for line in text.splitlines() if "head: vanguard" not in line]
    odd = "\n".join(lines).replace("head: discipline", f"head: {head}") + "\n"
    told = "".join(says("DW104", {"targets/2026/m006.yaml": odd}))
    assert "At least 5 entries are needed, 4 are there. Missing: discipline, vanguard role." in told
