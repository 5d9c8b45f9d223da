"""YAML 1.2 against our readers: what it allows and records use is read, what it forbids is refused at the right line.

Both parsers judge every text. Our own inputs, one of each kind that a general suite of YAML has.
"""

from __future__ import annotations

from typing import Any

import pytest

from dangwu.language import load_language
from dangwu.parse import yaml

LANGUAGES = {code: load_language(code) for code in ("zh", "en")}
PARSERS = (False, True)


def _read(text: str) -> tuple[Any, list[Any]]:
    """Return what a text is to both parsers, which agree."""
    said = yaml.parse_yaml(text)
    assert [yaml.parse_events(text, pure=pure) for pure in PARSERS] == [said, said]
    first, *places = (yaml.find_positions(text, pure=pure) for pure in PARSERS)
    assert places == [first]
    return said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: |\n  一\n   \n", {"a": "一\n \n"}),
        ("a: |\n  一\n   ", {"a": "一\n \n"}),
        ("- |+\n   ", ["\n"]),
        ("- |+\n   \n", ["\n"]),
        ("a: |\n  一", {"a": "一"}),
        ("a: |-\n  一\n\n\n", {"a": "一"}),
        ("a: >\n  一\n  二\n\n  三\n", {"a": "一 二\n三\n"}),
        ("a: >\n\n  一\n", {"a": "\n一\n"}),
        ("a: |2\n    一\n", {"a": "  一\n"}),
        ('a: "一\n\n  二"\n', {"a": "一\n二"}),
        ("a: '一\n  二'\n", {"a": "一 二"}),
        ("a: it''s\n", {"a": "it''s"}),
        ("a: 'it''s'\n", {"a": "it's"}),
        ("a: 一 # 说明\n", {"a": "一"}),
        ("a: 一#二\n", {"a": "一#二"}),
        ("a: [一, 二,] # 说明\n", {"a": ["一", "二"]}),
        ("a: [\n  一,\n  二\n]\nb: 1\n", {"a": ["一", "二"], "b": 1}),
        ("a: {b: 1,\n  c: 2}\n", {"a": {"b": 1, "c": 2}}),
        ("[a,\nb]\n", ["a", "b"]),
        ("a: [-1, - 1]\n".replace("- 1", "'- 1'"), {"a": [-1, "- 1"]}),
        ("a: [一?, 二]\n".replace("?", "？"), {"a": ["一？", "二"]}),
        ("a: http://example.org/#x\n", {"a": "http://example.org/#x"}),
        ("? a\n: b\n", {"a": "b"}),
        ("a:\n- 1\n-\n  b: 2\n", {"a": [1, {"b": 2}]}),
        ("- - 1\n  - 2\n- []\n- {}\n", [[1, 2], [], {}]),
        ('"a b": 1\n', {"a b": 1}),
        ('a: "\\u4e2d\\x41\\t"\n', {"a": "中A\t"}),
        ("---\na: 1\n...\n", {"a": 1}),
        ("# 只有说明\n", None),
        ("a:\tb\n", {"a": "b"}),
        ("a: ~\nb: null\nc:\n", {"a": None, "b": None, "c": None}),
    ],
)
def test_what_is_allowed_is_read(text: str, value: Any) -> None:
    assert _read(text) == (value, [])


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        # An open quotation mark is blamed where it opens, wherever it is noticed.
        ('a: "一\nb: 2\n', 1, "quotation"),
        ("b: 0\na: '一\nb: 2\n", 2, "quotation"),
        ('a: "一\nb: "二"\n', 1, "quotation"),
        ('a: "一\n\nb: "二"\n', 1, "quotation"),
        ('b:\n  - "一\n  - 二\n  - "三"\n', 2, "quotation"),
        ('a: "一\nb: "\n', 1, "quotation"),
        ('x: "一\n  二"\na: "一\nb: "二"\n', 3, "quotation"),
        ('a: "一\n---\nb"\n', 1, "quotation"),
        ('a: "一', 1, "quotation"),
        ('a: "一\nb"\n', 1, "quotation"),
        ('a: "一\n\tb"\n', 1, "quotation"),
        ("a:\n  b: '一\n  c'\n", 2, "quotation"),
        # Colons, question marks and hyphens within brackets.
        ("a: {url: http://example.org}\n", 1, "colon"),
        ("[a:b]\n", 1, "colon"),
        ("a: [1,\n  b:c]\n", 2, "colon"),
        ("a: {?b: 1}\n", 1, "question"),
        ("a: [?b]\n", 1, "question"),
        ("a: [1,\n  b ? c]\n", 1, "question"),
        ("a: [-]\n", 1, "hyphen"),
        ("a: [1, -, 2]\n", 1, "hyphen"),
        # Comments close behind a value.
        ('a: "一"#二\n', 1, "#"),
        ("a: [1, 2]#二\n", 1, "#"),
        ("a: {b: 1}#二\n", 1, "#"),
        ("a: [1,#二\n  2]\n", 1, "#"),
        ("a: [#二\n  2]\n", 1, "#"),
        ("a: |# 二\n  b\n", 1, "#"),
        ("a: >-# 二\n  b\n", 1, "#"),
        ("a: >x\n  b\n", 1, "| or >"),
        # Indentation.
        ("a: [1,\n2]\n", 2, "brackets"),
        ("a:\n  b: {c: 1,\n  d: 2}\n", 3, "brackets"),
        ("a: [一\n二]\n", 2, "brackets"),
        ("a: [\n\t1\n]\n", 2, "tab"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("-\tb: 1\n", 1, "tab"),
        ("- 1\n-\t- 2\n", 2, "tab"),
        ("a: |\n    \n  b\n", 3, "indentation"),
        ("a: >\n \n  \n # b\n", 3, "empty line"),
        # Directives, documents, names.
        ("%YAML 1.3\n---\na: 1\n", 1, "version"),
        ("%YAML 2.0\n---\na: 1\n", 1, "version"),
        ("%NAME a\n---\na: 1\n", 1, "%"),
        ("a: 1\n%NAME b\n", 2, "%"),
        ("a: 1\n...\nb: 2\n", 3, "no field"),
        (": 1\n", 1, "no field name"),
        ("a: 1\n: 2\n", 2, "no field name"),
        ("a: &一 1\n", 1, "&"),
        ("a: *\n", 1, "*"),
        ("a: 1\nb: - 2\n", 2, "list"),
        ("a: [1,,2]\n", 1, "missing"),
        ("a: [1]]\n", 1, "complete"),
        ('a: "一" 二\n', 1, "complete"),
        ("a: 1\nb: [1\nc: 3\n", 2, "not closed"),
        ("a: 1\nb: {c: 1\nd: 3\n", 2, "not closed"),
        # Escapes.
        ('a: "\\ud800"\n', 1, "no character"),
        ('a: 1\nb: "\\xZZ"\n', 2, "digits"),
        ('a: "\\q"\n', 1, "backslash"),
    ],
)
def test_what_is_forbidden_is_refused_at_its_line(text: str, line: int, word: str) -> None:
    data, problems = _read(text)
    assert data is None
    (problem,) = problems
    assert (problem.code.id, problem.line) == ("DW006", line)
    assert 1 <= problem.column <= len(text.split("\n")[line - 1]) + 1
    said = {code: lang.text(problem.message) for code, lang in LANGUAGES.items()}
    assert word in said["en"].lower() or word in said["en"]
    assert said["zh"] != said["en"]


def test_a_second_document_may_end_within_brackets() -> None:
    _, problems = _read("a: 1\n---\nb: {c")
    assert [(each.code.id, each.line) for each in problems] == [("DW007", 2)]


@pytest.mark.parametrize("opens", ['"', "'"])
@pytest.mark.parametrize("place", range(4))
def test_the_line_of_an_open_mark_is_named_wherever_it_stands(opens: str, place: int) -> None:
    rows = [f"f{number}: {opens}值{opens}" for number in range(4)]
    rows[place] = rows[place][:-1]
    _, (problem,) = _read("\n".join(rows) + "\n")
    assert problem.line == place + 1


def test_a_long_text_with_an_open_mark_is_read_in_time() -> None:
    text = "a: it's\n" + "".join(f"b{number}: [1,\n  2]\n" for number in range(20_000))
    data, problems = yaml.parse_yaml(text)
    assert not problems
    assert len(data) == 20_001
