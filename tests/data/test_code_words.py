"""Every code that a record may hold has a word in both languages, in its schema and wherever people read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dangwu.board.wording import find_class_word
from dangwu.changes.field_changes import find_field_changes
from dangwu.data import resources
from dangwu.language import load_language
from dangwu.model.schema_node import read_code_word
from dangwu.pages.record_changes import ChangeText
from dangwu.parse.document import parse_document
from dangwu.parse.schema import VALUE_UNFIT, find_schema_errors
from dangwu.workspace.catalogue import load_default_rulebook

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
            assert list(node.get("x-words", ())) == [str(code) for code in node["enum"]], way
            for code in node["enum"]:
                word = read_code_word(node, code)
                assert re.search("[\u4e00-\u9fff]", word.zh), (way, code)
                assert re.fullmatch(r"[A-Za-z ,'-]+", word.en), (way, code)
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


def test_numbers_have_the_words_of_their_clauses() -> None:
    """Class and ground are numbers of the text: their words are those of the rulebook and of the board."""
    book = load_default_rulebook()
    grounds = resources.load_schema("admonition")["properties"]["ground"]
    for number in grounds["enum"]:
        clause = book.clause(f"10.1({number})")
        assert clause is not None
        word = read_code_word(grounds, number)
        assert (word.zh, word.en.casefold()) == (clause.title.zh, clause.title.en.casefold())
    classes = resources.load_schema("disclosure")["properties"]["class"]
    for code in ("zh", "en"):
        lang = load_language(code)
        words = [lang.value(read_code_word(classes, number)).casefold() for number in classes["enum"]]
        assert words == [find_class_word(number, lang).casefold() for number in classes["enum"]]


def test_a_wrong_code_is_answered_with_all_of_them_in_words() -> None:
    record = "schema: 1\nkind: disclosure\nclass: {}\ntiming: 阶段性工作\nform: broadcast\n"
    for value, advice in (("9", None), ('"2"', "2"), ("干部廉洁自律", "3")):
        document, _ = parse_document("disclosures/2026/2026-01-06-x.yaml", "", record.format(value).encode())
        assert document is not None
        found = find_schema_errors(document, resources.list_kinds(), resources.load_schema)
        errors = {one.source.pointer: one for one in found if one.code is VALUE_UNFIT}
        said = {code: load_language(code).text(errors["class",].message) for code in ("zh", "en")}
        assert "1=重大决策、2=领导班子、3=干部廉洁自律" in said["zh"]
        assert "1=major decisions, 2=the leading group, 3=leaders' integrity" in said["en"]
        hint = errors["class",].hint
        assert (load_language("en").text(hint) if hint else None) == (f"Write {advice}." if advice else None)
        timing = errors["timing",].hint
        assert timing is not None
        assert load_language("en").text(timing) == "Write periodic."
        assert errors["form",].hint is None
