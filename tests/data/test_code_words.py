"""Every code that a record may hold has a word in both languages, in its schema and wherever people read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.changes.field_changes import find_field_changes
from dangwu.data import resources
from dangwu.language import load_language
from dangwu.model.schema_node import read_code_word
from dangwu.pages.record_changes import ChangeText

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES_ONLY = {"condition", "evidenceRecord", "event"}
"""Words of the rulebook, which dangwu rules explains; records of the branch hold none."""


def _codes(node: Any, way: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    if isinstance(node, dict):
        if "enum" in node:
            yield way, node
        for key, each in node.items():
            yield from _codes(each, (*way, key))
    elif isinstance(node, list):
        for each in node:
            yield from _codes(each, way)


def test_every_code_has_its_words() -> None:
    seen = 0
    for kind in resources.list_kinds():
        for way, node in _codes(resources.load_schema(kind), (kind,)):
            if RULES_ONLY & set(way):
                continue
            seen += 1
            assert list(node.get("x-words", ())) == node["enum"], way
            for code in node["enum"]:
                word = read_code_word(node, code)
                assert re.search("[\u4e00-\u9fff]", word.zh), (way, code)
                assert re.fullmatch(r"[A-Za-z -]+", word.en), (way, code)
            assert len({read_code_word(node, code).zh for code in node["enum"]}) == len(node["enum"]), way
    assert seen > 40


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert read_code_word({"enum": ["x"]}, "x") == ("x", "x")


def test_changes_are_told_in_words() -> None:
    before: dict[str, Any] = {"status": [{"from": "2025-01-01", "status": "probationary"}]}
    after = {"status": [*before["status"], {"from": "2026-01-01", "status": "full"}]}
    change = next(iter(find_field_changes(before, after, resources.load_schema("member"))))
    said = {code: ChangeText(load_language(code)).field(change) for code in ("zh", "en")}
    assert "正式党员" in said["zh"]
    assert "full member" in said["en"]
