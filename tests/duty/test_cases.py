"""Every case of the YAML files beside this one holds, and together they leave no rule out."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from dangwu.data import resources
from dangwu.language import load_language
from dangwu.model.audience import Audience
from dangwu.model.duty import DutyState
from dangwu.model.period import Period
from dangwu.model.record import MEETING_KINDS
from dangwu.model.rulebook import ClauseRole
from dangwu.model.spans import Span
from dangwu.workspace.catalogue import load_default_rulebook
from dangwu.workspace.load import load_workspace
from tests.cases import meetings, sheets
from tests.cases.cast import HERE, Raw, cast, read
from tests.cases.expand import files, with_id
from tests.support.memory import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.model.duty import Duty
    from dangwu.model.finding import Finding
    from dangwu.model.message import Text
    from dangwu.workspace.workspace import Workspace

KEYS = {
    *("name", "why", "as_of", "branch", "records", "waivers", "amendments", "table_of"),
    *("expect", "expect_absent", "expect_checks", "expect_notes", "expect_dues_notes"),
}
BRANCH_KEYS = {
    *("founded", "records_from", "full_members", "members", "groups", "committee", "posts"),
    *("workers", "staff", "supervisors", "settings"),
}
DUTY_KEYS = {"state", "due", "count", "evidence", "near_miss", "reason", "reason_contains", "acknowledged", "assumed"}
STANDARD = {"standard-branch.yaml", "standard-records.yaml"}
NEVER_AFTER_EVENTS = {DutyState.UPCOMING, DutyState.NOT_APPLICABLE}
"""A duty after an event is there from the event on: before it, or where none happens, there is nothing to show."""
LISTED = {"3.5": "expect_checks", "10.1(5)": "expect_notes", "10.1(6)": "expect_dues_notes"}
"""The checks and notes whose findings hang on many records; tests/examples has the others, one by one."""


@cache
def numbered() -> dict[str, Raw]:
    """Return the cases by file and number; pytest cannot show Chinese names."""
    paths = sorted(path for path in HERE.glob("*.yaml") if path.name not in STANDARD)
    return {f"{path.stem}:{number}": case for path in paths for number, case in enumerate(read(path), 1)}


def cases() -> tuple[Raw, ...]:
    return tuple(numbered().values())


@pytest.mark.parametrize("number", numbered())
def test_case(number: str) -> None:
    case = numbered()[number]
    try:
        _judge(case)
    except AssertionError as fault:
        fault.add_note(f"{number} {case['name']}（{case['why']}）")
        raise


def _judge(case: Raw) -> None:
    workspace = _opened(case)
    owed = _owed(case, workspace)
    made = cast(case.get("branch", {}))
    for named, wanted in case.get("expect", {}).items():
        id_ = with_id(named, made)
        assert id_ in owed, f"{named} is not in the table, which has {sorted(owed)}"
        _compare(owed[id_], wanted if isinstance(wanted, dict) else {"state": wanted})
    assert not owed.keys() & {with_id(each, made) for each in case.get("expect_absent", [])}
    if "expect_checks" in case:
        assert _checks(case, workspace) == _listed(case["expect_checks"], _check_row)
    if "expect_notes" in case:
        assert _notes(case, workspace) == _listed(case["expect_notes"], _note_row)
    if "expect_dues_notes" in case:
        _compare_dues(_running(case, workspace), case["expect_dues_notes"])


def _opened(case: Raw) -> Workspace:
    workspace = load_workspace(MemoryTree(files(case)))
    broken = [finding.source.path for finding in workspace.reading_findings]
    assert len(set(broken)) == sum(bool(line.get("unreadable")) for line in case.get("records", [])), (
        workspace.reading_findings
    )
    return workspace


def _owed(case: Raw, workspace: Workspace) -> dict[str, Duty]:
    """Return the duties of the year that the case names, or of every year that it speaks of, by id."""
    ids = [*case.get("expect", {}), *case.get("expect_absent", [])]
    if not ids:
        return {}
    years = [case["table_of"]] if "table_of" in case else [int(id_.split("/")[1][:4]) for id_ in ids]
    span = Span(date(min(years), 1, 1), date(max(years) + 1, 1, 1))
    duties = workspace.due(case["as_of"], span, Audience.HANDLERS).duties
    assert len({duty.id for duty in duties}) == len(duties), "an id stands twice"
    return {duty.id: duty for duty in duties}


def _compare(duty: Duty, wanted: Raw) -> None:
    near = {_named(each.path): _words(each.reason) for each in duty.near_misses}
    reason = _words(duty.reason) if duty.reason else ""
    got: Raw = {
        "state": duty.state.value,
        "due": duty.due,
        "count": duty.count,
        "evidence": [each.held_on for each in duty.evidence],
        "near_miss": sorted(near, key=str),
        "reason": reason or "none",
        "acknowledged": duty.acknowledged,
        "assumed": list(duty.assumed),
    }
    plain = {key: sorted(value, key=str) if key == "near_miss" else value for key, value in wanted.items()}
    plain.pop("reason_contains", None)
    assert {key: got[key] for key in plain} == plain, f"{duty.id}: {reason} {near}"
    assert wanted.get("reason_contains", "") in reason
    if isinstance(wanted.get("near_miss"), dict):
        for day, words in wanted["near_miss"].items():
            assert words in near[day]


def _checks(case: Raw, workspace: Workspace) -> list[tuple[Any, ...]]:
    clause = load_default_rulebook().clause("3.5")
    assert clause
    names = {person.id: person.name for person in cast(case.get("branch", {})).people.values()}
    found = [each for each in workspace.check(case["as_of"]).findings if each.code.id in clause.checks]
    return sorted(
        (each.code.id, _held(each.source.path), names.get(each.subject or "", each.subject or "")) for each in found
    )


def _check_row(row: Raw) -> tuple[Any, ...]:
    return (row["code"], row["date"], row["who"])


def _notes(case: Raw, workspace: Workspace) -> list[tuple[Any, ...]]:
    names = {person.id: person.name for person in cast(case.get("branch", {})).people.values()}
    found = [each for each in workspace.check(case["as_of"]).findings if each.code.clause == "10.1(5)"]
    return sorted((names[each.subject or ""], _rows(each)) for each in found)


def _rows(finding: Finding) -> tuple[date, ...]:
    return tuple(_held(each.source.path) for each in finding.related)


def _note_row(row: Raw) -> tuple[Any, ...]:
    return (row["member"], tuple(row["dates"]))


def _running(case: Raw, workspace: Workspace) -> list[Finding]:
    clause = load_default_rulebook().clause("10.1(6)")
    assert clause
    return [each for each in workspace.check(case["as_of"]).findings if each.code.id in clause.checks]


def _compare_dues(found: list[Finding], wanted: Any) -> None:
    """Compare the months that each note lists, and what it says beside them."""
    rows = [] if wanted == "none" else wanted
    got = {each.subject: each for each in found}
    assert len(got) == len(found) == len(rows), found
    for row in rows:
        note = next(each for each in found if row["member"] in _words(each.message))
        assert [_words(each.message)[:7] for each in note.related if each.message] == row["months"]
        assert note.code.id == ("DW912" if row.get("settled") else "DW906")
        assert note.hint
        assert ("Constitution" in _words(note.hint)) is row.get("constitution", False)


def _listed(rows: Any, made: Any) -> list[tuple[Any, ...]]:
    return [] if rows == "none" else sorted(made(row) for row in rows)


def _held(path: str) -> date:
    """Return the day that stands in the name of a meeting's file."""
    return date.fromisoformat(path.rpartition("/")[2][:10])


def _named(path: str) -> date | str:
    """Return the day in the name of a file, or the whole name where it has none."""
    try:
        return _held(path)
    except ValueError:
        return path.rpartition("/")[2].rpartition(".")[0]


def _words(text: Text) -> str:
    return load_language("en").text(text)


def _expected() -> Iterator[tuple[str, Raw]]:
    for case in cases():
        for id_, wanted in case.get("expect", {}).items():
            yield id_, wanted if isinstance(wanted, dict) else {"state": wanted}


def test_enough_cases_each_with_its_own_name_and_reason() -> None:
    names = [case["name"] for case in cases()]
    assert len(names) >= 60
    assert len(names) == len(set(names))
    assert all(case["why"].strip() for case in cases())


def test_nothing_in_a_case_is_a_slip_of_the_pen() -> None:
    for case in cases():
        assert not case.keys() - KEYS, case["name"]
        assert not case.get("branch", {}).keys() - BRANCH_KEYS, case["name"]
        assert any(key.startswith("expect") for key in case), case["name"]
        for line in case.get("records", []):
            assert not line.keys() - _line_keys(line["kind"]), case["name"]
    for id_, wanted in _expected():
        assert not wanted.keys() - DUTY_KEYS, id_
        Period.parse(id_.split("/")[1])


@cache
def _line_keys(kind: str) -> set[str]:
    words = meetings.WORDS if kind in MEETING_KINDS else sheets.WORDS
    return {*resources.load_schema(kind)["properties"], *words}


def test_every_kind_of_record_can_stand_in_a_case() -> None:
    apart = {"branch", "member", "waiver", "amendment", "accepted"}
    assert set(sheets.standard_records()) <= set(resources.list_kinds()) - apart


def test_every_duty_has_a_case_and_every_state_occurs() -> None:
    duties = {clause.id for clause in load_default_rulebook().clauses if clause.becomes is ClauseRole.DUTY}
    assert duties <= {id_.split("/")[0] for id_, _ in _expected()}
    assert {wanted["state"] for _, wanted in _expected()} == {state.value for state in DutyState}


def _states() -> list[tuple[str, DutyState]]:
    """Return every duty with every state that it can have."""
    duties = [clause for clause in load_default_rulebook().clauses if clause.becomes is ClauseRole.DUTY]
    return [
        (each.id, state) for each in duties for state in DutyState if not (each.event and state in NEVER_AFTER_EVENTS)
    ]


@pytest.mark.parametrize(("clause", "state"), _states())
def test_every_duty_is_seen_in_every_state_that_it_can_have(clause: str, state: DutyState) -> None:
    assert any(id_.startswith(f"{clause}/") and wanted["state"] == state.value for id_, wanted in _expected())


@pytest.mark.parametrize("clause", LISTED)
def test_what_hangs_on_many_records_has_cases_with_and_without_a_finding(clause: str) -> None:
    rule = load_default_rulebook().clause(clause)
    assert rule
    results = [case[LISTED[clause]] for case in cases() if LISTED[clause] in case]
    assert "none" in results
    if rule.becomes is ClauseRole.CHECK:
        assert set(rule.checks) <= {row["code"] for rows in results if rows != "none" for row in rows}
    else:
        assert any(rows != "none" for rows in results)
