"""The rulebook leaves no clause of the governing text out, and leans on nothing that is not there."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from dangwu.data import resources
from dangwu.duty.conditions import CONDITION_JUDGES
from dangwu.model.audience import Audience
from dangwu.model.rulebook import ClauseRole, Condition, Event, Subject
from dangwu.parse.document import parse_document
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds
from dangwu.workspace.code_list import list_codes
from tests.support import kind_table
from tests.support.clause_table import PAGE, held_by, page

if TYPE_CHECKING:
    from dangwu.model.rulebook import Clause

BOOK = load_default_rulebook()
DUTIES = [clause for clause in BOOK.clauses if clause.becomes is ClauseRole.DUTY]
# The numbers of the governing text. Where one paragraph asks for several things they are told apart by letters.
_NUMBERED = """
    1.1 1.2 1.3 1.4a 1.4b 1.4c 1.4d 1.4e 1.4f 1.4g 1.5 1.6a 1.6b 1.6c 1.7
    2.1 2.2 2.3 2.4
    3.1 3.2 3.3 3.4 3.5
    4.1 4.2 4.3 4.4 4.5 4.6
    5.1 5.2 5.3a 5.3b 5.4 5.5a 5.5b 5.5c
    6.1 6.2 6.3a 6.3b 6.3c 6.4 6.5 6.6 6.7 6.8
    7.1 7.2 7.3 7.4
    8.1 8.2 8.2(1) 8.2(2) 8.2(3) 8.2(4) 8.2(5) 8.2(6) 8.3 8.4 8.5
    9.1 9.1(1) 9.1(2) 9.1(3) 9.1(4) 9.1(5) 9.1(6)
    9.2(1) 9.2(2) 9.2(3) 9.2(4) 9.2(5) 9.2(6) 9.2(7)
    10.1 10.1(1) 10.1(2) 10.1(3) 10.1(4) 10.1(5) 10.1(6) 10.1(7) 10.1(8)
    10.2(1) 10.2(2) 10.2(3) 10.3(1) 10.3(2) 10.3(3) 10.4a 10.4b 10.4c
"""
NUMBERED = _NUMBERED.split()
OURS = {"8.2(4)b", "10.1(6)m"}
"""Two things that a number asks for beside its first: the appraisal's result disclosed, and dues by the month."""

every_clause = pytest.mark.parametrize("clause", BOOK.clauses, ids=lambda clause: str(clause.id))


def test_no_clause_is_absent_and_none_is_invented() -> None:
    assert sorted(NUMBERED) == sorted({clause.id for clause in BOOK.clauses} - OURS)
    assert len({clause.id for clause in BOOK.clauses}) == len(BOOK.clauses)
    assert [number for number, _ in BOOK.systems] == list(range(1, 11))


@pytest.mark.parametrize("path", [path for path, _ in resources.read_package_files("rulebooks/nonpublic-2020")])
def test_rulebook_files_have_their_shape(path: str) -> None:
    raw = dict(resources.read_package_files("rulebooks/nonpublic-2020"))[path]
    read, problems = parse_document(path, "", raw)
    assert not problems
    assert read
    errors = list(jsonschema_rs.validator_for(resources.load_schema("rulebook")).iter_errors(read.data))
    assert not errors, [(each.instance_path, each.message) for each in errors]


@every_clause
def test_clause_says_what_it_becomes(clause: Clause) -> None:
    assert clause.title.zh != clause.title.en
    assert clause.reading.zh != clause.reading.en
    assert re.search(r"[\u4e00-\u9fff]", clause.reading.zh)
    known = {code.id for code in list_codes()}
    assert set(clause.checks) <= known
    if clause.becomes is ClauseRole.CHECK:
        assert clause.checks
    if clause.becomes is ClauseRole.DUTY:
        assert bool(clause.evidence) != bool(clause.event)
        assert clause.wordings
        assert all(wording.source.text == "ten-systems" for wording in clause.wordings)
        assert {proof.record for proof in clause.evidence} <= set(load_kinds())
    else:
        assert not clause.evidence
        assert not clause.event
        assert not clause.wordings


@every_clause
def test_clause_has_its_test(clause: Clause) -> None:
    tests = held_by(clause)
    if clause.becomes is ClauseRole.DUTY:
        assert any(each.startswith("tests/cases/") for each in tests)
    if clause.becomes is ClauseRole.CHECK:
        assert tests


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.support.clause_table"


def test_settings_are_those_of_the_branch_file() -> None:
    properties = resources.load_schema("branch")["properties"]["settings"]["properties"]
    assert set(properties) == {setting.key for setting in BOOK.settings}
    for setting in BOOK.settings:
        assert properties[setting.key]["title"] == f"{setting.title.zh} · {setting.title.en}"


def test_one_record_serves_two_duties_only_where_the_rulebook_says_so() -> None:
    for one, other in combinations([duty for duty in DUTIES if duty.event is None], 2):
        if one.subject is not other.subject and (one.subject.personal or other.subject.personal):
            continue
        both = {(each.record, each.where) for each in one.evidence} & {
            (each.record, each.where) for each in other.evidence
        }
        if both:
            assert one.id in other.shares or other.id in one.shares or {one.id, other.id} <= {"4.4", "9.2(2)"}


def test_closed_lists_are_the_same_everywhere() -> None:
    shared = json.loads((resources.find_folder("schemas") / "common.json").read_bytes())["$defs"]
    assert (
        shared["condition"]["enum"] == [each.value for each in Condition] == [each.value for each in CONDITION_JUDGES]
    )
    assert shared["event"]["enum"] == [each.value for each in Event]
    assert shared["subject"]["enum"] == [each.value for each in Subject]
    assert set(shared["evidenceRecord"]["enum"]) <= set(load_kinds())
    used = {condition for duty in DUTIES for proof in duty.evidence for condition in (*proof.conditions, *proof.where)}
    assert set(Condition) - used == {Condition.FOR_COMMITTEE, Condition.CHAIRED_BY_LEADER}, "for amendments only"
    assert set(Event) == {duty.event for duty in DUTIES} - {None}


def test_what_is_confidential_is_not_for_everyone() -> None:
    narrow = {"admonition", "letter", "case", "accountability"}
    assert {name for name, kind in load_kinds().items() if kind.audience is Audience.HANDLERS} == narrow
    assert {name for name, kind in load_kinds().items() if kind.audience is Audience.SEALED} == {"complainant"}
    for duty in DUTIES:
        if duty.subject.personal:
            assert duty.audience.rank >= Audience.COMMITTEE.rank
        if duty.event in {Event.LETTER, Event.ADMONITION_CHECK, Event.ADMONITION_OUTCOME}:
            assert duty.audience is Audience.HANDLERS


def test_the_page_of_kinds_is_up_to_date() -> None:
    assert kind_table.PAGE.read_text(encoding="utf-8") == kind_table.page(), "run python -m tests.support.kind_table"
