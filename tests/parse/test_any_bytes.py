"""Whatever the bytes are: findings or records, never an exception."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.errors import CannotRunError
from dangwu.language import LANGUAGES, load_language
from dangwu.model.document import Document
from dangwu.parse import yaml
from dangwu.parse.document import parse_document
from dangwu.workspace.load import load_workspace
from dangwu.workspace.workspace import build_year_span
from tests.support.branches import GROUP_MEETING
from tests.support.memory import MemoryTree
from tests.support.yamlish import BASE, KINDS, encoded, mutated, quick, scalars, yamlish

if TYPE_CHECKING:
    from collections.abc import Callable

    from dangwu.model.finding import Finding
    from dangwu.workspace.workspace import Workspace

AS_OF = date(2026, 6, 30)
MORE = ("accepted.yaml", "rules/2026-x.yaml", "members/m001.yaml", GROUP_MEETING)
few = settings(quick, max_examples=100)

paths = st.sampled_from(["members/x.yaml", "meetings/2026/x.md", "branch.yaml", "accepted.yaml", "rules/x.yaml"])


@quick
@given(paths, st.binary(max_size=400))
def test_any_bytes_become_a_document_or_findings(path: str, raw: bytes) -> None:
    _read(path, raw)


@quick
@given(paths, yamlish, st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-8-sig"]))
def test_any_text_becomes_a_document_or_findings(path: str, text: str, encoding: str) -> None:
    _read(path, text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace"))


@quick
@given(mutated())
def test_any_damaged_record_becomes_a_document_or_findings(changed: tuple[str, bytes]) -> None:
    _read(*changed)


def _read(path: str, raw: bytes) -> None:
    made, findings = parse_document(path, "", raw)
    assert made is not None or findings
    if made is not None:
        assert isinstance(made, Document)
        assert _plain(made.data)
    for finding in findings:
        _placed(finding)


def _plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _plain(each) for key, each in value.items())
    return all(map(_plain, value)) if isinstance(value, list) else value is None or isinstance(value, str | int | float)


def _placed(finding: Finding) -> None:
    assert finding.source.line > 0
    assert finding.source.column > 0
    assert all(each.source.line > 0 for each in finding.related)
    for code in LANGUAGES:
        speak = load_language(code)
        for text in (finding.message, finding.hint, *(each.message for each in finding.related)):
            assert text is None or speak.text(text)


@few
@given(mutated())
def test_a_branch_with_a_damaged_record_is_judged(changed: tuple[str, bytes]) -> None:
    path, raw = changed
    _judged({path: raw})


@few
@given(st.sampled_from(MORE), yamlish)
def test_a_branch_with_any_text_for_a_record_is_judged(path: str, text: str) -> None:
    _judged({path: encoded(text)})


_values = st.recursive(scalars, lambda each: st.one_of(st.lists(each, max_size=3), st.dictionaries(st.text(max_size=3), each, max_size=3)), max_leaves=5)  # fmt: skip  # noqa: E501
_FIELDS = {
    "branch.yaml": ("kind", "name", "superior", "founded", "language", "terms", "groups", "settings"),
    "members/m001.yaml": ("kind", "id", "name", "status", "groups", "exemptions"),
    GROUP_MEETING: (
        "kind",
        "date",
        "time",
        "group",
        "chair",
        "present",
        "leave",
        "absent",
        "topics",
        "totals",
        "makes_up",
    ),
    "waivers/2026/2026-05-06-g2-april.yaml": ("kind", "date", "duties", "outcome", "until", "approved_by"),
}


@few
@given(st.sampled_from(KINDS), st.data())
def test_a_field_may_hold_any_value(path: str, data: st.DataObject) -> None:
    """JSON is YAML: a line of it takes the place of a field."""
    import json  # noqa: PLC0415

    field = data.draw(st.sampled_from(_FIELDS[path]))
    value = json.dumps(data.draw(_values))
    lines = BASE[path].decode().split("\n")
    end = lines.index("---", 1) if path.endswith(".md") else len(lines)
    at = next((n for n, line in enumerate(lines) if line.startswith(f"{field}:")), end)
    after = next((n for n in range(at + 1, end) if lines[n][:1].strip()), end)
    if at == end:
        after = at
    _judged({path: "\n".join([*lines[:at], f"{field}: {value}", *lines[after:]]).encode()})


@cache
def _read_base() -> Workspace:
    """Read what stays as it is once."""
    return load_workspace(MemoryTree(BASE))


def _judged(files: dict[str, bytes]) -> None:
    try:
        workspace = load_workspace(MemoryTree({**BASE, **files}), _read_base())
    except CannotRunError:
        # A record of a later version: row 44.
        return
    checked = workspace.check(AS_OF)
    for finding in checked.findings:
        _placed(finding)
    owed = workspace.due(AS_OF, build_year_span(2026))
    for duty in owed.duties:
        for code in LANGUAGES:
            assert duty.reason is None or load_language(code).text(duty.reason)
    assert checked.records >= len(BASE)
    assert workspace.report(AS_OF, 2026).owed.duties == owed.duties


@pytest.mark.parametrize("raw", [b"a: 1\n" * 5_000, b"<<<<<<<\n" * 5_000, "a: ｍ\u200b\n".encode() * 5_000])
def test_a_file_of_nothing_but_problems_is_cut_short(raw: bytes) -> None:
    _made, findings = parse_document("members/x.yaml", "", raw)
    assert len(findings) == 101
    assert "100" in load_language("en").text(findings[-1].message)


# What a plain word means: YAML 1.2 as people read it, and never a surprise.
SCALARS: dict[str, Any] = {
    "14:30": "14:30", "12:30:45": "12:30:45", "no": "no", "yes": "yes", "on": "on", "y": "y", "010": "010",
    "007": "007", "1_000": "1_000", "0x1F": "0x1F", "0o17": "0o17", "0b1": "0b1",
    "1e3": "1e3", "1.5": 1.5, "-2.50": -2.5, "1.": "1.",
    ".5": ".5", ".inf": ".inf", ".nan": ".nan", "+1": "+1", "-0": 0, "0": 0, "-12": -12, "2026": 2026, "~": None,
    "null": None, "Null": None, "nULL": "nULL", "": None, "True": True, "true": True, "FALSE": False, "tRUE": "tRUE",
    "2026-02-30": "2026-02-30", "2026-03-12": "2026-03-12", '"1.0"': "1.0", "'no'": "no", '""': "", '"null"': "null",
    "=": "=", "<<": "<<", "12345678901234567": "12345678901234567", "1234567890123456": 1234567890123456,
    "440102199001011234": "440102199001011234", "１２": "１２", "-": "-", "--- x": "--- x", "1 000": "1 000",
}  # fmt: skip


@pytest.mark.parametrize(
    "parse",
    [yaml.parse_yaml, yaml.parse_events, partial(yaml.parse_events, pure=True)],
    ids=["row by row", "C", "Python"],
)
@pytest.mark.parametrize("text", [text for text in SCALARS if text != "-"])
def test_a_plain_word_is_what_it_looks_like(text: str, parse: Callable[[str], tuple[Any, list[Any]]]) -> None:
    data, problems = parse(f"a: {text}\n")
    assert not problems
    assert data == {"a": SCALARS[text]}
    assert type(data["a"]) is type(SCALARS[text])


@pytest.mark.parametrize("text", ["yes", "no", "010", "~", "null", "1", "1.5", "true", "2026-03-12"])
def test_a_field_name_is_always_text(text: str) -> None:
    assert yaml.parse_yaml(f"{text}: 1\n") == ({text: 1}, [])


def test_a_sign_alone_is_an_empty_item() -> None:
    assert yaml.parse_yaml("- \n") == ([None], [])
