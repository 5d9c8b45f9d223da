"""The parser in Python says what the one in C says: the same values, the same findings, at the same places.

What is read row by row, without a parser, is what both say too.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangwu.parse import markdown, yaml
from tests.support.awkward import AWKWARD
from tests.support.examples import EXAMPLES
from tests.support.yamlish import BASE, mutated, quick, scalars, yamlish

pytest.importorskip("_ruamel_yaml", reason="no parser in C here")
FILES = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in {".yaml", ".md"})
_fields = st.recursive(
    scalars.filter(lambda value: not isinstance(value, str) or value.isprintable()),
    lambda each: st.one_of(st.lists(each, max_size=3), st.dictionaries(st.from_regex(r"[a-z_]{1,6}", fullmatch=True), each, max_size=3)),  # noqa: E501
    max_leaves=12,
)  # fmt: skip


def _alike(text: str) -> tuple[Any, list[Any]]:
    """Return what both parsers make of a text, and the reader of plain rows where it reads it."""
    said = yaml.parse_events(text)
    assert yaml.parse_events(text, pure=True) == said
    assert repr(yaml.parse_yaml(text)) == repr(said)
    assert yaml.find_positions(text, pure=True) == yaml.find_positions(text)
    return said


def _header(path: str, text: str) -> str:
    return (markdown.split_front_matter(text).header or "") if path.endswith(".md") else text


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_an_awkward_text(text: str) -> None:
    _alike(text)
    _alike(f"a:\n  - b: 1\n{text}")


def test_what_makes_no_text_is_refused() -> None:
    """Half of a pair, and what is beyond the last character: neither could be written out again."""
    for escape in ("\\ud800", "\\ud83d\\ude00", "\\U0000dfff", "\\U00110000", "\\UFFFFFFFF"):
        data, problems = _alike(f'a: "{escape}"\n')
        assert data is None
        assert [(each.code.id, each.line, each.column) for each in problems] == [("DW006", 1, 7)]


@pytest.mark.parametrize("folder", sorted({path.relative_to(EXAMPLES).parts[0] for path in FILES}))
def test_the_examples(folder: str) -> None:
    for path in FILES:
        if path.relative_to(EXAMPLES).parts[0] == folder:
            _alike(_header(path.name, path.read_bytes().decode("utf-8", "replace")))


@quick
@given(st.dictionaries(st.from_regex(r"[a-z_]{1,6}", fullmatch=True), _fields, min_size=1, max_size=5))
def test_json(data: dict[str, Any]) -> None:
    """Both read JSON, which is YAML, to the same data."""
    assert _alike(json.dumps(data, ensure_ascii=False, indent=1) + "\n")[0] == data


@pytest.mark.parametrize("path", sorted(BASE))
def test_good_records(path: str) -> None:
    assert not _alike(_header(path, BASE[path].decode()))[1]


@quick
@given(mutated())
def test_damaged_records(changed: tuple[str, bytes]) -> None:
    path, raw = changed
    _alike(_header(path, raw.decode("utf-8", "replace")))


@quick
@given(st.lists(st.one_of(yamlish, st.sampled_from(AWKWARD).filter(lambda text: len(text) < 99)), max_size=3))
def test_pieces_put_together(parts: list[str]) -> None:
    text = "".join(parts)
    if text.isprintable() or not any("\ud800" <= char <= "\udfff" for char in text):
        _alike(text)
