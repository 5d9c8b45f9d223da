"""Where the findings of the bad examples point: the words that a person sees marked, listed in ``marks.txt`` there.

A mark stands at the value that is wrong; where something is missing, at the key of what it is missing from.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from dangwu.workspace.code_list import list_check_codes
from tests.support.examples import EXAMPLES, check, lay, overlay

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.finding import Source

_SHOWN = 40
"""So many characters of what is marked stand in the list."""


@cache
def _listed() -> dict[str, list[str]]:
    parts = re.split(r"^(DW\d+)\n", (EXAMPLES / "marks.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {code: marks.splitlines() for code, marks in zip(parts[1::2], parts[2::2], strict=True)}


def _describe(source: Source, files: Mapping[str, str | bytes]) -> str:
    raw = files.get(source.path, b"")
    lines = (raw if isinstance(raw, str) else raw.decode("utf-8", errors="replace")).split("\n")
    marked = lines[source.line - 1][source.column - 1 :][:_SHOWN]
    return f"{source.path!r}:{source.line}:{source.column} {marked!r}"


@pytest.mark.parametrize("code", [code.id for code in list_check_codes()])
def test_an_example_marks_the_words_that_are_wrong(code: str) -> None:
    files, _ = lay(overlay(code, "bad"))
    marks = []
    for finding in check(overlay(code, "bad")).findings:
        if finding.code.id == code:
            marks.append(f"  {_describe(finding.source, files)}")
            marks += [f"    {_describe(place.source, files)}" for place in finding.related]
    assert marks == _listed()[code]


def test_no_mark_is_orphaned() -> None:
    assert [*_listed()] == [code.id for code in list_check_codes()]
