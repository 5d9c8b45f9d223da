"""What is read row by row, without a parser: what a parser makes of it, of these texts and of damaged ones."""

from __future__ import annotations

from typing import Any

import pytest

from dangwu.parse import markdown, yaml
from dangwu.parse.plain_rows import read_plain_rows
from tests.bench.damaged_records import PIECES, damage_records, list_records
from tests.support.examples import EXAMPLES
from tests.support.yamlish import BASE

PLAIN: dict[str, dict[str, Any]] = {
    "a: 1": {"a": 1},
    "a: 1  \n\n  # c\nb: x # c\n": {"a": 1, "b": "x"},
    "a:\nb: # c\nc: ~\n": {"a": None, "b": None, "c": None},
    "a:\n  b:\n    c: 1\n  d: 2\ne: 3\n": {"a": {"b": {"c": 1}, "d": 2}, "e": 3},
    "a:\n- 1\n- x\nb: 2\n": {"a": [1, "x"], "b": 2},
    "a:\n  - b: 1\n    c:\n    - 2\n    - 3\n  - 4\n": {"a": [{"b": 1, "c": [2, 3]}, 4]},
    "a:\n  - b:\n  - c: 1\n": {"a": [{"b": None}, {"c": 1}]},
    "a:\n  - b:\n      c: 1\n    d: 2\n": {"a": [{"b": {"c": 1}, "d": 2}]},
    "a:\n  -   x\n": {"a": ["x"]},
    "a:\n        b: 1\n": {"a": {"b": 1}},
    "a: it's 5 o'clock\n": {"a": "it's 5 o'clock"},
    "a: x#y :z\n": {"a": "x#y :z"},
    "a: http://example.org/#x\n": {"a": "http://example.org/#x"},
    "a: 14:30-15:50\n": {"a": "14:30-15:50"},
    "a: -1.50\nb: -1x\n": {"a": -1.5, "b": "-1x"},
    'a: "x: #y"\nb: \'"\'  # c\n': {"a": "x: #y", "b": '"'},
    "a: \"\"\nb: ''\n": {"a": "", "b": ""},
    "a: []\nb: {}\nc: [ ]\n": {"a": [], "b": {}, "c": []},
    "a: [m001, 2, 学习 讲话, ~,]\n": {"a": ["m001", 2, "学习 讲话", None]},
    "a: [ # c\n  m001, m002,\n\n  m003\n]  # c\nb: 1\n": {"a": ["m001", "m002", "m003"], "b": 1},
    "a: [m001,\n m002]\n": {"a": ["m001", "m002"]},
    "a:\n  - [x,\n   y]\n": {"a": [["x", "y"]]},
    "a: {b: 1, c: x y}\n": {"a": {"b": 1, "c": "x y"}},
    "a: {b: [1, x], c: {d: 2}, e: []}  # f: 1\n": {"a": {"b": [1, "x"], "c": {"d": 2}, "e": []}},
    "a: x\u00a0y\u3000\n": {"a": "x\u00a0y\u3000"},
    "true: 1\nnull: 2\n": {"true": 1, "null": 2},
}
LEFT = (
    "", "\n", "# c\n", "x\n", "- a\n", "[a]\n", "{a: b}\n", " a: 1\n", "a: 1\n  b: 2\n", "a: 1\n b: 2\n",
    "a:\n  b: 1\n c: 2\n",
    "a: 1\na: 2\n", "a: {b: 1, b: 2}\n", "a: x\n  y\n", "a: x: y\n", "a: x:\n", "a:\n  - b\n  c: 1\n", "a: 1\n- b\n",
    "a:x\n",
    "a: |\n  x\n", "a: >\n  x\n", "a: &b 1\n", "a: *b\n", "a: !!str 1\n", "a: - 1\n", "a: ? b\n", "a: %b\n",
    "a: @b\n", "a: `b\n", "a: , b\n",
    'a: "x\n  y"\n', 'a: "\\n"\n', "a: 'it''s'\n", 'a: "x"#y\n', 'a: "x" y\n', "a: [x]#y\n", "a: [x] y\n", "a: [,]\n",
    "a: [x,,y]\n",
    "a: [-]\n", "a: [?x]\n", "a: [x: y]\n", "a: [x:y]\n", "a: [x #y]\n", "a: ['x']\n", "a: [[x]]\n", "a: [x\n  y]\n",
    "a: [x,\n", "a: [\n  ,\n]\n",
    "a: [\nx]\n", "b:\n  a: [\n  x]\n", "b:\n  a: [\n    x\n ]\n", "a: [\n  x\n  # c\n]\n", "a: [\n  - x\n]\n",
    "a: {b}\n", "a: {b: }\n",
    "a: {b: 1\n", "a: {b:1}\n", "a: {b: 1,}\n", "a: {b: {c: {d: 1}}}\n", "a: {b: 1, c: 2}#\n", "? a\n: b\n",
    '"a": 1\n', "<<: 1\n", "名: 1\n",
    "a: 1\r\n", "a:\t1\n", "a: x\u200by\n", "\ufeffa: 1\n", "a: x\x85", "a: x\u2028b: 1\n", "---\na: 1\n",
    "a: 1\n...\n", "%a\n",
    "a: 1\n---\nb: 2\n", "a:\n  -\n    b\n", "a:\n  - - b\n", "a:\n  -  b: 1\n",
    "a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 30)),
)  # fmt: skip
"""What a parser has to judge: wrong, not used in records, or rare."""


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_is_read_row_by_row(text: str) -> None:
    said = repr(read_plain_rows(text))
    assert said == repr(PLAIN[text])
    assert repr(yaml.parse_events(text)) == f"({said}, [])"


@pytest.mark.parametrize("text", LEFT)
def test_anything_else_is_left_to_a_parser(text: str) -> None:
    assert read_plain_rows(text) is None
    # A good row before it makes it no better; only what says nothing is then plain.
    assert not text.strip("# c\n") or read_plain_rows(f"z: 1\n{text}") is None


@pytest.mark.parametrize("path", sorted(path for path in BASE if path.endswith((".md", ".yaml"))))
def test_good_records_need_no_parser(path: str) -> None:
    text = BASE[path].decode()
    header = markdown.split_front_matter(text).header if path.endswith(".md") else text
    assert read_plain_rows(header or "") == yaml.parse_events(header or "")[0]


@pytest.mark.parametrize("row", ["a:\n", "- a:\n"])
def test_what_is_too_deep_is_left_to_a_parser(row: str) -> None:
    for levels in range(1, 30):
        rows = "".join(f"{'  ' * level}{row}" for level in range(1, levels))
        text = f"a:\n{rows}{'  ' * levels}b: {{c: [1]}}\n"
        data = read_plain_rows(text)
        assert data is None or (data, []) == yaml.parse_events(text)
        assert data if levels < 6 else data is None or levels < 14


def test_damaged_records_are_read_as_by_a_parser() -> None:
    """The same at length: ``tests/bench/damaged_records.py``."""
    plain = 0
    for text in damage_records(list_records(EXAMPLES), 1500, 1):
        data = read_plain_rows(text)
        plain += data is not None
        assert data is None or repr((data, [])) == repr(yaml.parse_events(text)), text
    assert 200 < plain < 1300


@pytest.mark.parametrize(
    "form", ["a: {}\n", "a: x{}\n", "{}\n", "a:\n  - {}\n", "a: [{}]\n", "a: [b,{}c]\n", "a: {{b: {}}}\n"]
)
def test_whatever_stands_somewhere_is_read_as_by_a_parser(form: str) -> None:
    for piece in PIECES:
        text = form.format(piece)
        data = read_plain_rows(text)
        assert data is None or repr((data, [])) == repr(yaml.parse_events(text)), text


@pytest.mark.parametrize(
    "form", ["a: [{}x", "a: [x{}%", "a: [x,{}%", "a: [\n x{}%", "a: {{{}%", "a: {{b:{}%", "a: {{b: x{}%", "a: 'x'{}%"]
)
def test_a_row_of_many_blanks_is_passed_over_once(form: str) -> None:
    """Where two patterns share the blanks, a row of so many would take hours."""
    assert read_plain_rows(form.format(" " * 900_000)) is None
