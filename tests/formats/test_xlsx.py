"""A workbook, opened again: everything that a sheet holds is there, as what it is, and nothing else."""

from __future__ import annotations

import os
import re
import time
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangwu.formats.safe_text import make_safe_text
from dangwu.formats.xlsx import escape_cell_text, render_xlsx
from dangwu.language import load_language
from dangwu.sheets.formula_guard import unescape_character_codes
from dangwu.sheets.write.sheet import CellContent, CellFormat, ExportColumn, Sheet

if TYPE_CHECKING:
    from pathlib import Path

ZH, EN = load_language("zh"), load_language("en")
DAY = date(2026, 11, 23)
TRICKY = (
    "=1+1", "+8613800000000", "-x", "@SUM(A1)", "007", "110101199003074578", "2026-03-01", "1e5", "TRUE", "#N/A",
    "#REF!", "欧阳䶮", "林㛃", "钱𬭎", "“引号”，全角；（）", "a\nb", " x ", "_x0041_", "<b>&amp;</b>", "{{x}}", "",
    "\x00\x1f\u202e\ufffe\ud800",
)  # fmt: skip
COLUMNS = (
    ExportColumn("name", "姓名"),
    ExportColumn("count", "人数", CellFormat.NUMBER),
    ExportColumn("day", "日期", CellFormat.DAY),
)
TEXTS = st.text(st.characters(exclude_categories=()) | st.sampled_from("=+-@_x0041\n'"), max_size=40)
DAYS = st.dates(date(1900, 3, 1), date(2199, 12, 31))
CELLS: st.SearchStrategy[CellContent] = TEXTS | st.integers(-(10**9), 10**9) | DAYS | st.none()
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6)


def spread(rows: Any, title: str = "花名册", columns: tuple[ExportColumn, ...] = COLUMNS) -> Sheet:
    return Sheet("x", title, columns, tuple(rows))


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def read(cell: Any) -> CellContent:
    """Return what a cell holds, as the sheet had it."""
    value = cell.value
    if isinstance(value, datetime):
        assert cell.number_format == "yyyy-mm-dd"
        return value.date()
    if isinstance(value, str):
        assert (cell.data_type, cell.number_format) == ("s", "@")
        return unescape_character_codes(value)
    assert isinstance(value, int | float | None)
    return value


def written(value: CellContent) -> CellContent:
    return (make_safe_text(value, lines=True) or None) if isinstance(value, str) else value


@given(ROWS, TEXTS)
@settings(max_examples=60)
def test_everything_comes_back_as_what_it_was(rows: list[tuple[CellContent, ...]], title: str) -> None:
    data = render_xlsx([spread(rows, title, (*COLUMNS[:2], ExportColumn("t", title)))], ZH, DAY, title)
    sheet = opened(data).worksheets[0]
    assert [[read(cell) for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [written(value) for value in row] for row in rows
    ]
    assert read(sheet.cell(1, 3)) == written(title)
    assert b"<f>" not in parts(data)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("text", TRICKY)
def test_text_stays_text(text: str) -> None:
    data = render_xlsx([spread([(text, 1, DAY)])], EN, DAY)
    raw = parts(data)["xl/worksheets/sheet1.xml"].decode()
    assert not re.search(r"<f[ >/]", raw)
    assert 't="e"' not in raw
    if text:
        assert '<c r="A2" s="' in raw
        assert 't="inlineStr"' in raw.partition('<c r="A2"')[2].partition(">")[0]
    assert read(opened(data).worksheets[0]["A2"]) == written(text)


def test_what_xml_cannot_hold_is_shown() -> None:
    assert escape_cell_text("a\x00b\ud800c\u202e") == "a\\u0000b\\ud800c\\u202e"
    assert escape_cell_text("a\nb") == "a\nb"
    long = escape_cell_text("党" * 40_000)
    assert (len(long), long[-1]) == (32_767, "…")


def test_days_on_which_the_programs_disagree_are_text() -> None:
    sheet = opened(render_xlsx([spread([("x", None, date(1900, 2, 28)), ("y", None, date(1900, 3, 1))])], ZH, DAY))[
        "花名册"
    ]
    assert sheet["C2"].value == "1900-02-28"
    assert sheet["C3"].value == datetime(1900, 3, 1)  # noqa: DTZ001 - cells have no zone


def test_a_sheet_can_be_worked_with_and_printed() -> None:
    wide = tuple(ExportColumn(f"c{number}", "很长的一列标题") for number in range(12))
    rows = [("很长的内容，" * 6, *["x"] * 11)] * 3
    book = opened(render_xlsx([spread([("周", 1, DAY)]), spread(rows, "宽表", wide)], ZH, DAY, "碛溪 & 党支部"))
    for sheet, turned in zip(book.worksheets, ("portrait", "landscape"), strict=True):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, turned)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.right.text == "&P / &N"
        assert sheet.oddFooter.left.text == "碛溪 && 党支部"
        assert sheet["A1"].font.b
        assert sheet["A1"].fill.fgColor.rgb.endswith("D9D9D9")
        assert sheet["A2"].alignment.wrap_text
        assert {cell.font.name for row in sheet for cell in row} == {"宋体"}
    widths = [each.width for each in book.worksheets[1].column_dimensions.values()]
    assert max(widths) == widths[0] > widths[1]
    assert sum(widths) <= 230


def test_every_line_of_a_cell_has_room() -> None:
    rows = [("字" * 100, 1, DAY), ("a\nb\nc", 1, DAY), ("x", 1, DAY)]
    sheet = opened(render_xlsx([spread(rows)], ZH, DAY)).worksheets[0]
    wide = sheet.column_dimensions["A"].width
    heights = [sheet.row_dimensions[number].height for number in (2, 3, 4)]
    assert heights[0] >= 15 * 200 / wide
    assert heights[1] >= 45
    assert heights[2] is None


@pytest.mark.parametrize(
    ("titles", "names"),
    [
        (("a[b]c:d*e?f/g\\h",), ["a b c d e f g h"]),
        (("党" * 40, "党" * 40), ["党" * 30 + "…", "党" * 29 + " 2"]),
        (("Plans, inspections and summaries",), ["Plans, inspections and…"]),
        (("Duties", "DUTIES", "duties"), ["Duties", "DUTIES 2", "duties 3"]),
        (("'x'", "", "[]", "History"), ["x", "1", "1 2", "History 2"]),
    ],
)
def test_names_of_sheets(titles: tuple[str, ...], names: list[str]) -> None:
    assert opened(render_xlsx([spread([], title) for title in titles], EN, DAY)).sheetnames == names


def test_a_workbook_without_anything_can_be_opened() -> None:
    assert len(opened(render_xlsx([], ZH, DAY)).worksheets) == 1
    sheet = opened(render_xlsx([spread([])], ZH, DAY)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["姓名", "人数", "日期"]


def test_the_file_tells_the_day_and_nobody() -> None:
    data = render_xlsx([spread([])], ZH, DAY)
    properties = opened(data).properties
    assert (properties.created.date(), properties.modified.date()) == (DAY, DAY)
    core = parts(data)["docProps/core.xml"]
    assert not [word for word in (b"creator", b"lastModifiedBy", b"title", b"openpyxl") if word in core]
    with ZipFile(BytesIO(data)) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(each.compress_type, each.create_system, each.comment) for each in file.infolist()} == {
            (ZIP_STORED, 3, b"")
        }


def test_same_bytes_in_another_zone_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(text, 1, DAY) for text in TRICKY]
    first = render_xlsx([spread(rows)], ZH, DAY, "x")
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    monkeypatch.setenv("LC_ALL", "tr_TR.UTF-8")
    monkeypatch.chdir(tmp_path)
    if os.name != "nt":
        time.tzset()
    assert render_xlsx([spread(rows)], ZH, DAY, "x") == first
    assert render_xlsx([spread(rows)], ZH, date(2026, 11, 24), "x") != first
