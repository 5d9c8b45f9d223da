from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from rich.console import Console

from dangwu.formats.terminal.page import show_findings, show_page
from dangwu.language import Language, load_language
from dangwu.pages.duties import build_due_page
from dangwu.pages.year import build_year_page
from tests.support import values

if TYPE_CHECKING:
    from dangwu.pages.page import Page

EN, ZH = load_language("en"), load_language("zh")


def shown(page: Page, columns: int, *, terminal: bool = True, colour: bool = False) -> list[str]:
    out = io.StringIO()
    console = Console(
        file=out,
        width=columns,
        force_terminal=terminal,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )
    show_page(page, console)
    return out.getvalue().split("\n")


@pytest.mark.parametrize("columns", [60, 72, 80, 100, 120, 160, 200])
@pytest.mark.parametrize("lang", [EN, ZH])
def test_nothing_is_wider_than_the_terminal(columns: int, lang: Language) -> None:
    for page in (build_due_page(values.owed(), lang), build_year_page(values.report(), lang)):
        assert not [line for line in shown(page, columns) if cell_len(line) > columns]


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
@pytest.mark.parametrize("lang", [EN, ZH])
def test_the_bars_of_the_calendar_stand_below_each_other(columns: int, lang: Language) -> None:
    rows = [
        line
        for line in shown(build_due_page(values.owed(), lang), columns)
        if line.count("|") > 2 and line.endswith("|")
    ]
    assert len(rows) >= 7
    heads = [line for line in rows if line.count("|") in {7, 13}]
    edges = {cell_len(line[: match.start()]) for line in heads for match in re.finditer(r"\|", line)}
    for line in rows:
        assert {cell_len(line[: match.start()]) for match in re.finditer(r"\|", line)} <= edges


def test_states_can_be_told_without_colour() -> None:
    text = "\n".join(shown(build_due_page(values.owed(), ZH), 120))
    row = next(line for line in text.split("\n") if "质检与技术党小组" in line)
    assert [mark in row for mark in "完迟缺."] == [True] * 4
    assert "\x1b" not in text


def test_colour_is_only_colour() -> None:
    page = build_due_page(values.owed(), ZH)
    coloured = "\n".join(shown(page, 80, colour=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == "\n".join(shown(page, 80))


def test_a_file_gets_sentences_unbroken_and_no_trailing_blanks() -> None:
    lines = shown(build_due_page(values.owed(), EN), 60, terminal=False)
    assert any("Does not count: meetings/2026/2026-10-13-committee-meeting.md: no quorum" in line for line in lines)
    assert not [line for line in lines if line != line.rstrip()]
    assert any(line.endswith("a vote 1 of 3") for line in lines)


def test_findings_end_with_the_summary() -> None:
    out = io.StringIO()
    raw = "---\nschema: 1\nkind: x\ntime: 15：00-16：10\n".encode()
    console = Console(file=out, width=100, force_terminal=False)
    show_findings(values.checked(), EN, console, lambda path: raw if "05-13" in path else None)
    text = out.getvalue()
    assert "> 4 | time: 15：00-16：10" in text
    assert text.endswith("\n\nRecords checked: 412.  error 2, warning 1, note 1, accepted 1\n")
