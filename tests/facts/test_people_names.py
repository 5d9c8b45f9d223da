"""Who has a name in a record, and where a text names somebody."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dangwu.facts.people_names import (
    NamedPerson,
    PeoplePattern,
    compile_people,
    list_named_people,
    list_unit_names,
)
from dangwu.model.corpus import Corpus
from dangwu.model.document import Document
from dangwu.model.message import Bilingual
from dangwu.model.record import Branch, Member
from dangwu.workspace.catalogue import load_kinds


def listed(*data: dict[str, Any], members: tuple[Member, ...] = ()) -> list[tuple[str, str, bool]]:
    documents = {f"x/{at}.yaml": Document(f"x/{at}.yaml", "", b"", each) for at, each in enumerate(data)}
    people = list_named_people(Corpus(documents=documents, members=members), load_kinds())
    return [(each.id, each.name, each.sealed) for each in people]


def words(text: str, *people: tuple[str, str], units: tuple[str, ...] = (), ids: bool = True) -> list[str]:
    pattern = compile_people([NamedPerson(*each) for each in people], units=units, ids=ids)
    assert isinstance(pattern, PeoplePattern)
    return [match.group() for match in pattern.find(text)]


def test_every_kind_that_names_people_is_read() -> None:
    kinds = {kind.name for kind in load_kinds().values() if kind.names}
    assert kinds == {"branch", "member", "development-plan", "complainant", "lecture", "general-meeting"}


def test_everybody_with_a_name_in_a_record() -> None:
    branch = {
        "kind": "branch",
        "staff": [{"id": "s01", "name": "何立群", "department": "总务部"}],
        "supervisors": [{"name": "白芷兰", "unit": "工会"}],
    }
    plan = {"kind": "development-plan", "people": [{"id": "p01", "name": "温若水", "stage": "activist"}]}
    letter = {"kind": "complainant", "id": "w9", "name": "路无名"}
    assert listed(branch, plan, letter) == [
        ("s01", "何立群", False),
        ("白芷兰", "白芷兰", False),
        ("p01", "温若水", False),
        ("w9", "路无名", True),
    ]


def test_a_complainant_whom_another_record_names_is_not_given_away() -> None:
    letter = {"kind": "complainant", "id": "w9", "name": "沈怀远"}
    member = Member("members/m001.yaml", "m001", "沈怀远", ())
    assert listed(letter, members=(member,)) == [("m001", "沈怀远", False)]


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "branch", "staff": None, "supervisors": "x"},
        {"kind": "branch", "staff": [None, 3, "x"], "supervisors": [{"name": 3}]},
        {"kind": "development-plan", "people": {"name": "温若水"}},
        {"kind": "nothing-known", "name": "温若水"},
        {"name": "温若水"},
    ],
)
def test_what_fits_no_schema_names_nobody(data: dict[str, Any]) -> None:
    assert listed(data) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("柳青", "柳青"),
        ("柳青，县委党校", "柳青"),
        ("柳青（县委党校）", "柳青"),
        ("柳青 县委党校", "柳青"),
        ("Ann Lee, county school", "Ann Lee"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("m003", None),
        ("镇党校", None),
        ("总经理", None),
        ("县委党史研究办公室", None),
        ("【待填】", None),
        ("", None),
    ],
)
def test_a_name_beside_a_unit(written: str, name: str | None) -> None:
    found = [each[1] for each in listed({"kind": "lecture", "lecturer": written})]
    assert [each for each in found if compile_people([NamedPerson("", each)])] == ([name] if name else [])


def test_where_somebody_is_named() -> None:
    people = (("m001", "王建"), ("m002", "王建国"), ("anna", "Anna Lee"), ("m004", "青禾"))
    assert words("王建国、王建", *people) == ["王建国", "王建"]
    assert words("m001 不是 m0012 或 a-m001", *people) == ["m001"]
    assert words("m001", *people, ids=False) == []
    assert words("Anna Leeds; Anna Lee-led; anna", *people) == ["Anna Lee"]
    assert words("青禾精工公布：青禾", *people, units=("青禾精工",)) == ["青禾"]
    mixed = (("m005", "王A"), ("m006", "B李"), ("m007", "C"), ("m008", "D2"))
    assert words("王A王AB B李B AB李 C D2 D23", *mixed) == ["王A", "B李", "D2"]
    assert compile_people([]) is None
    assert compile_people([NamedPerson("a", "沈"), NamedPerson("b", "【待填】")]) is None


def test_only_the_name_of_a_person_is_replaced() -> None:
    people = [NamedPerson("m004", "青禾"), NamedPerson("m001", "王建")]
    pattern = compile_people(people, units=("青禾精工",))
    assert isinstance(pattern, PeoplePattern)
    assert pattern.replace("青禾精工公布：青禾、王建", "某") == "青禾精工公布：某、某"
    assert pattern.replace("青禾精工", "某") == "青禾精工"
    assert pattern.replace("无人", "某") == "无人"


def test_units_are_those_of_the_branch() -> None:
    branch = Branch("branch.yaml", Bilingual("甲", "A"), Bilingual("乙", "B"), date(2024, 1, 1))
    assert list_unit_names(Corpus(branch=branch)) == ("甲", "A", "乙", "B")
    assert list_unit_names(Corpus()) == ()
