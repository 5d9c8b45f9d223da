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
from openpyxl.xml.functions import fromstring

from dangwu.errors import CannotRunError
from dangwu.formats import xlsx
from dangwu.formats.safe_text import make_safe_text
from dangwu.formats.xlsx import escape_cell_text, render_xlsx
from dangwu.language import load_language
from dangwu.sheets.formula_guard import unescape_character_codes
from dangwu.sheets.read.xlsx import open_workbook
from dangwu.sheets.write.sheet import CellContent, CellFormat, ExportColumn, Sheet

if TYPE_CHECKING:
    from pathlib import Path

ZH, EN = load_language("zh"), load_language("en")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DAY = date(2026, 11, 23)
TRICKY = (
    "=1+1", "+8613800000000", "-x", "@SUM(A1)", "007", "110101199003074578", "2026-03-01", "1e5", "TRUE", "#N/A",
    "#REF!", "欧阳䶮", "林㛃", "钱𬭎", "“引号”，全角；（）", "a\nb", " x ", "_x0041_", "<b>&amp;</b>", "{{x}}", "",
    "\x00\x1f\u202e\ufffe\ud800", "http://example.org", "mailto:a@example.org", "internal:Sheet1!A1", "{=1+1}",
    "<r><t>甲</t></r>", "<r>", "<r></r>", "_x0041_x0042_", "_x005F_x0041_", "甲_x0041_x0042_x0043_乙", "_x005F_",
)  # fmt: skip
COLUMNS = (
    ExportColumn("name", "姓名"),
    ExportColumn("count", "人数", CellFormat.NUMBER),
    ExportColumn("day", "日期", CellFormat.DAY),
)
TEXTS = st.text(st.characters(exclude_categories=()) | st.sampled_from("=+-@_x0041\n'"), max_size=40) | st.lists(
    st.sampled_from(("_", "x0041_", "x005F_", "<r>", "</r>", "<t>", "甲", "\n", " ")), max_size=9
).map("".join)
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


def shared(data: bytes) -> list[str]:
    """Return the texts of a workbook in their order, each run with its codes undone (ECMA-376-1, 18.4.9, 22.9.2.19)."""
    part = parts(data).get("xl/sharedStrings.xml")
    items = fromstring(part).findall(f"{MAIN}si") if part else []
    return ["".join(unescape_character_codes(run.text or "") for run in item.iter(f"{MAIN}t")) for item in items]


def read(data: bytes) -> list[list[CellContent]]:
    """Return what the cells of the first sheet hold, as the sheet had it; text is read without the library."""
    texts = shared(data)
    raw = fromstring(parts(data)["xl/worksheets/sheet1.xml"])
    kept = {each.get("r"): (each.get("t", "n"), each.findtext(f"{MAIN}v")) for each in raw.iter(f"{MAIN}c")}
    made = []
    for row in opened(data).worksheets[0].iter_rows():
        values = list[CellContent]()
        for cell in row:
            kind, value = kept[cell.coordinate]
            if isinstance(cell.value, datetime):
                assert cell.number_format == "yyyy-mm-dd"
                values.append(cell.value.date())
            elif kind == "s":
                assert cell.number_format == "@"
                values.append(texts[int(value or "")])
            else:
                assert kind == "n"
                assert isinstance(cell.value, int | float | None)
                values.append(cell.value)
        made.append(values)
    return made


def imported(data: bytes) -> list[list[Any]]:
    """Return what ``dangwu import`` reads of the first sheet."""
    book = open_workbook(data)
    rows = [[spot.value for spot in row] for row in book.grid(book.titles[0]).rows]
    return [[value.date() if isinstance(value, datetime) else value for value in row] for row in rows]


def written(value: CellContent) -> CellContent:
    return (make_safe_text(value, lines=True) or None) if isinstance(value, str) else value


@given(ROWS, TEXTS)
@settings(max_examples=60)
def test_everything_comes_back_as_what_it_was(rows: list[tuple[CellContent, ...]], title: str) -> None:
    data = render_xlsx([spread(rows, title, (*COLUMNS[:2], ExportColumn("t", title)))], ZH, DAY, title)
    head, *below = read(data)
    assert below == [[written(value) for value in row] for row in rows]
    assert head[2] == written(title)
    assert b"<f>" not in parts(data)["xl/worksheets/sheet1.xml"]
    again = [[None if value == "" else value for value in row] for row in imported(data)]
    whole = [head, *below]
    while whole and not any(value is not None for value in whole[-1]):
        whole.pop()
    assert [row[: len(again[0])] for row in whole] == again


@pytest.mark.parametrize("text", TRICKY)
def test_text_stays_text(text: str) -> None:
    data = render_xlsx([spread([(text, 1, DAY)])], EN, DAY)
    raw = parts(data)["xl/worksheets/sheet1.xml"].decode()
    assert not re.search(r"<f[ >/]|<hyperlink", raw)
    assert 't="e"' not in raw
    assert not [name for name in parts(data) if name.startswith("xl/worksheets/_rels")]
    assert raw.partition('<c r="A2"')[2].partition(">")[0].endswith('t="s"' if text else "/")
    assert read(data)[1] == [written(text), 1, DAY]
    assert imported(data)[1] == [written(text), 1, DAY]


def test_what_xml_cannot_hold_is_shown() -> None:
    assert escape_cell_text("a\x00b\ud800c\u202e") == "a\\u0000b\\ud800c\\u202e"
    assert escape_cell_text("a\nb") == "a\nb"
    long = escape_cell_text("党" * 40_000)
    assert (len(long), long[-1]) == (32_767, "…")
    # The programs count a character beyond U+FFFF twice.
    assert escape_cell_text("𬭎" * 20_000) == "𬭎" * 16_383 + "…"
    assert escape_cell_text("党" + "𬭎" * 16_383) == "党" + "𬭎" * 16_383
    for text in ("党" * 40_000, "𬭎" * 20_000):
        assert read(render_xlsx([spread([(text, 1, DAY)])], ZH, DAY))[1][0] == escape_cell_text(text)


def test_more_rows_than_the_format_has_are_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_MOST_ROWS", 4)
    assert len(opened(render_xlsx([spread([("x", 1, DAY)] * 3)], ZH, DAY)).worksheets[0]["A"]) == 4
    with pytest.raises(CannotRunError) as caught:
        render_xlsx([spread([("x", 1, DAY)] * 4)], ZH, DAY)
    for lang in (ZH, EN):
        assert "4" in lang.text(caught.value.message)
        assert caught.value.hint is not None
        assert "csv" in lang.text(caught.value.hint)


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
        # A width of one page is what the format takes for granted.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.oddFooter.right.text == "&P / &N"
        assert sheet.oddFooter.left.text == "碛溪 && 党支部"
        assert sheet["A1"].font.b
        assert sheet["A1"].fill.fgColor.rgb.endswith("D9D9D9")
        assert sheet["A2"].alignment.wrap_text
        fonts = {(cell.font.name, cell.font.charset, cell.font.scheme) for row in sheet for cell in row}
        assert fonts == {("宋体", 134, None)}
        assert (sheet.page_margins.left, sheet.page_margins.top, sheet.page_margins.footer) == (0.4, 1, 0.5)
    across = [each for each in book.worksheets[1].column_dimensions.values() for _ in range(each.min, each.max + 1)]
    widths = [each.width for each in across]
    assert len(widths) == 12
    assert max(widths) == widths[0] > widths[1]
    assert sum(widths) <= 230
    assert all(each == int(each) for each in widths)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("R&G", "R&&G"), ("&[Picture]", "&&[Picture]"), ("&G&G", "&&G&&G"), ("&", "&&"), ("&D&P", "&&D&&P"),
        ("党" * 300, "党" * 200), ("𬭎" * 300, "𬭎" * 100), ("&" * 300, "&&" * 100), ("", ""),
    ],
)  # fmt: skip
def test_an_ampersand_stays_one_on_paper(text: str, shown: str) -> None:
    raw = parts(render_xlsx([spread([], text)], ZH, DAY, text))["xl/worksheets/sheet1.xml"]
    said = fromstring(raw)
    head, foot = (said.findtext(f".//{MAIN}{name}") or "" for name in ("oddHeader", "oddFooter"))
    # A colour between keeps the library from seeing the place of a picture there; it is the colour that is there.
    assert [each.replace("&K000000", "") for each in (head, foot)] == [
        f"&C{shown}" if shown else "", f"{f'&L{shown}' if shown else ''}&R&P / &N",
    ]  # fmt: skip
    assert max(len(each.encode("utf-16-le")) for each in (head, foot)) <= 2 * 255


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
        # The programs count a character beyond U+FFFF twice.
        (("𬭎" * 20, "𬭎" * 15), ["𬭎" * 15 + "…", "𬭎" * 15]),
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
    assert (properties.created.date(), properties.modified.date(), properties.language) == (DAY, DAY, "zh")
    core = parts(data)["docProps/core.xml"]
    assert not [word for word in (b"creator", b"lastModifiedBy", b"title", b"XlsxWriter") if word in core]
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
