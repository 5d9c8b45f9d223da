"""Every kind of record is explained: its purpose, the clauses of its fields, and an example that is checked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dangwu.data import resources
from dangwu.language import LANGUAGES
from dangwu.model.document import PLACEHOLDER
from dangwu.parse.document import parse_document
from dangwu.parse.schema import find_schema_errors
from dangwu.workspace.catalogue import load_default_rulebook, load_kinds, load_published_rulebook
from dangwu.workspace.kind_example import build_example
from dangwu.workspace.kind_fields import list_fields
from dangwu.workspace.load import load_workspace
from tests.support.examples import lay
from tests.support.memory import MemoryTree
from tests.support.run import is_chinese

YEAR_AFTER = date(2027, 1, 10)
KINDS = resources.list_kinds()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_all_kinds_are_one_branch_without_a_finding(language: str) -> None:
    files = {path: text for path, text in lay()[0].items() if path.startswith("members/")}
    examples = [build_example(kind, language) for kind in KINDS]
    files |= {example.path: example.text for example in examples}
    checked = load_workspace(MemoryTree(files)).check(YEAR_AFTER)
    assert [(one.source.path, one.code.id) for one in checked.findings] == []
    assert checked.records == len(files)
    # Two notes are there to show what accepted.yaml is for.
    assert [one.code.id for one, _ in checked.accepted] == ["DW911", "DW863"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_a_record_of_its_kind_in_its_place_and_in_one_language(kind: str) -> None:
    known = load_kinds()[kind]
    for language in LANGUAGES:
        example = build_example(kind, language)
        document, problems = parse_document(example.path, "", example.text.encode())
        assert document is not None
        assert not problems
        assert not list(find_schema_errors(document, KINDS, resources.load_schema))
        assert document.data["kind"] == kind
        assert known.fits(example.path, document.data)
        assert PLACEHOLDER not in example.text
        assert " · " not in example.text
        required = {field.path for field in list_fields(resources.load_schema(kind)) if field.required}
        assert {path for path in required if "." not in path} <= document.data.keys()
        for heading in known.headings:
            assert f"## {heading.zh if language == 'zh' else heading.en}\n" in example.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_in_both_languages_what_it_is_for(kind: str) -> None:
    zh, _, en = str(resources.load_schema(kind)["description"]).partition(" · ")
    assert is_chinese(zh)
    assert en
    assert not is_chinese(en)
    assert zh.endswith("。")
    assert en.endswith(".")


def test_fields_name_clauses_that_there_are() -> None:
    book = load_default_rulebook()
    named = {clause for kind in KINDS for field in list_fields(resources.load_schema(kind)) for clause in field.clauses}
    assert len(named) > 50
    assert [clause for clause in named if book.clause(clause) is None] == []


def test_a_field_that_a_duty_waits_for_names_it() -> None:
    """What records are evidence for stands at one of their fields at least."""
    pairs = [(clause.id, rule.record) for clause in load_default_rulebook().clauses for rule in clause.evidence]
    assert len(pairs) > 30
    for clause, kind in pairs:
        assert clause in {one for field in list_fields(resources.load_schema(kind)) for one in field.clauses}, kind


def test_a_setting_names_the_clauses_that_use_it_and_its_unit() -> None:
    settings: dict[str, Any] = resources.load_schema("branch")["properties"]["settings"]["properties"]
    used: dict[str, set[str]] = {}
    for clause in load_published_rulebook().clauses:
        for wording in clause.wordings:
            places: tuple[object, ...] = (wording.every, wording.joiners_within)
            places += tuple(part for day in (wording.due, wording.opens) if day for part in (day.day, day.days_after))
            for key in places:
                if isinstance(key, str) and key in settings:
                    used.setdefault(key, set()).add(clause.id)
    assert len(used) > 10
    fields = {field.path.removeprefix("settings."): field for field in list_fields(resources.load_schema("branch"))}
    for key, node in settings.items():
        assert node["x-unit"] in {"days", "day-of-month", "per-cent", "points", "period"}
        assert fields[key].clauses
        assert used.get(key, set()) <= set(fields[key].clauses)
