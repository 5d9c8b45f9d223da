"""Where the findings of the bad examples point: the words that a person sees marked, listed in ``marks.txt`` there.

A mark stands at the value that is wrong; where something is missing, at the key of what it is missing from.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from dangwu.workspace.code_list import list_check_codes
from tests.support.branches import base_file
from tests.support.changed import good, marks
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
    shown = []
    for finding in check(overlay(code, "bad")).findings:
        if finding.code.id == code:
            shown.append(f"  {_describe(finding.source, files)}")
            shown += [f"    {_describe(place.source, files)}" for place in finding.related]
    assert shown == _listed()[code]


def test_no_mark_is_orphaned() -> None:
    assert [*_listed()] == [code.id for code in list_check_codes()]


Change = tuple[str, str]
BRANCH, M006 = "branch.yaml", "members/m006.yaml"
WAIVER = "waivers/2026/2026-06-05-g2-may.yaml"
SECRETARY = "      - {post: secretary, member: m001, from: 2024-03-15}\n"
PUBLICITY = "      - {post: publicity, member: m003, from: 2024-03-15}\n"
LEADER = "      - {member: m005, from: 2024-04-01}\n"
NEXT_TERM = (
    "  - {from: 2027-03-14, to: 2030-03-13, committee: true, "
    "posts: [{post: secretary, member: m001, from: 2027-03-14}]}\ngroups:\n"
)
STATUS = "  - {from: 2024-03-01, status: full}\n"


@pytest.mark.parametrize(
    ("code", "path", "change", "marked"),
    [
        ("DW601", BRANCH, ("groups:\n", NEXT_TERM), f"16: {NEXT_TERM.splitlines()[0][11:]}"),
        ("DW601", BRANCH, (PUBLICITY, PUBLICITY.replace("15}", "14}")), "14: 2024-03-14}"),
        ("DW601", BRANCH, (PUBLICITY, PUBLICITY * 2), "15: {post: publicity, member: m003, from: 2024-03-15}"),
        ("DW601", BRANCH, (LEADER, LEADER * 2), "22: {member: m005, from: 2024-04-01}"),
        ("DW602", BRANCH, ("committee: true", "committee: false"), "7: terms:"),
        (
            "DW603",
            BRANCH,
            ("from: 2024-03-15}\ngroups", "from: 2024-03-15, to: 2024-03-14}\ngroups"),
            "15: 2024-03-14}",
        ),
        ("DW603", M006, (STATUS, STATUS * 2), "7: 2024-03-01, status: full}"),
        (
            "DW603",
            M006,
            (STATUS, STATUS + STATUS.replace("03-01", "02-01").replace("full", "suspended")),
            "7: 2024-02-01, status: suspended}",
        ),
        ("DW702", WAIVER, ("outcome: deferred", "outcome: waived"), "7: until: 2026-06-20"),
        ("DW822", BRANCH, (SECRETARY, ""), "7: terms:"),
    ],
)
def test_what_has_no_example_marks_the_words_that_are_wrong(code: str, path: str, change: Change, marked: str) -> None:
    text = good(code, path) if path == WAIVER else base_file(path).decode()
    assert text.count(change[0]) == 1
    assert marks(code, {path: text.replace(*change)})[0] == marked
