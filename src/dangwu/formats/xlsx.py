"""Sheets as a workbook for Excel and WPS (ECMA-376): text stays text, and the same values give the same bytes."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

from dangwu.errors import CannotRunError
from dangwu.formats.safe_text import make_safe_text
from dangwu.formats.stable_zip import normalise_zip
from dangwu.formats.xlsx_layout import HEAD_STYLE, add_styles, build_default_style, count_utf16_units, lay_out_sheet
from dangwu.model.message import say
from dangwu.sheets.write.sheet import CellFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dangwu.language import Language
    from dangwu.sheets.write.sheet import CellContent, Sheet

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767
"""In units of UTF-16, as the programs count: a character beyond U+FFFF takes two."""
_LEAST_CHOICE_ROWS = 300
_MOST_ROWS = 1_048_576
_FIRST_SURE_DAY = date(1900, 3, 1)
"""Before it the programs disagree: Excel knows a 29th of February 1900."""
_TWO_CODES = re.compile("(?:_x[0-9A-Fa-f]{4}){2}_")
_RUNS = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)|(?<=^<)(?=r>)")
_ABOUT = "docProps/core.xml"
_PROPERTIES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"\
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"\
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created><dc:language>{language}</dc:language>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified></cp:coreProperties>"""
"""The library's own has the names of two persons, even if empty ones, and no language."""


def render_xlsx(spreads: Iterable[Sheet], lang: Language, day: date, origin: str = "") -> bytes:
    """Return a workbook with a sheet for each spread; ``origin`` stands at the foot of every printed page.

    ``day`` is when the file says that it was made. Nobody's name, no path and no formula stand in it.
    CannotRunError for a sheet with more rows than the format has.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - only needed here

    out = BytesIO()
    as_written = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {"in_memory": True, "default_format_properties": build_default_style(lang), **as_written})
    styles = add_styles(book)
    taken: set[str] = set()
    for spread in spreads:
        sheet = book.add_worksheet(_name(spread.title, taken))
        _fill(sheet, spread, styles)
        lay_out_sheet(sheet, spread, origin)
    if not book.worksheets():
        book.add_worksheet("Sheet")
    book.close()
    made = f"{day.isoformat()}T00:00:00Z"
    return normalise_zip(out.getvalue(), {_ABOUT: _PROPERTIES.format(made=made, language=lang.code).encode()})


def escape_cell_text(text: str) -> str:
    """Return a text as a cell shows it: what XML cannot hold is written out, and the end cut where there is no room."""
    safe = make_safe_text(text, lines=True)
    return safe if count_utf16_units(safe) <= _LONGEST_TEXT else f"{_cut(safe, _LONGEST_TEXT - 1)}…"


def _cut(text: str, longest: int) -> str:
    """Return the beginning of a text, of at most so many units of UTF-16, without half a character."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore")


def _name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have: 31 characters, none that the format forbids, and once only."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", make_safe_text(title)).split()).strip(" '") or "1"
    if count_utf16_units(plain) > _LONGEST_NAME:
        cut, blank, _ = _cut(plain, _LONGEST_NAME).rpartition(" ")
        plain = (cut if blank else _cut(plain, _LONGEST_NAME - 1)).rstrip(" ,") + "…"
    for number in count(1):
        end = f" {number}" if number > 1 else ""
        name = _cut(plain, _LONGEST_NAME - len(end)) + end
        # The name of a sheet that Excel makes itself.
        if name.casefold() not in taken | {"history"}:
            taken.add(name.casefold())
            return name
    raise AssertionError


def _fill(sheet: Any, spread: Sheet, styles: Mapping[str, Any]) -> None:
    if len(spread.rows) >= _MOST_ROWS:
        raise CannotRunError(
            say("The sheet {name} has {count} rows, more than a workbook holds.", name=spread.title,
                count=len(spread.rows)),
            say("Write it as CSV: --format csv"),
        )  # fmt: skip
    for at, column in enumerate(spread.columns):
        _write_text(sheet, (0, at), column.title, styles[HEAD_STYLE])
        if column.choices:
            # Another word is a hint and no error: two posts in one cell are read as well.
            choices = {"validate": "list", "source": list(column.choices), "error_type": "information"}
            sheet.data_validation(1, at, max(len(spread.rows), _LEAST_CHOICE_ROWS), at, choices)
    for number, row in enumerate(spread.rows, 1):
        for at, (value, column) in enumerate(zip(row, spread.columns, strict=True)):
            _write(sheet, (number, at), value, column.holds, styles)


def _write(
    sheet: Any, place: tuple[int, int], value: CellContent, holds: CellFormat, styles: Mapping[str, Any]
) -> None:
    if isinstance(value, date):
        if value >= _FIRST_SURE_DAY:
            sheet.write_datetime(*place, value, styles[CellFormat.DAY])
            return
        value = value.isoformat()
    if isinstance(value, str):
        _write_text(sheet, place, value, styles[CellFormat.TEXT])
    elif value is None:
        sheet.write_blank(*place, None, styles[holds])
    else:
        sheet.write_number(*place, value, styles[CellFormat.NUMBER])


def _write_text(sheet: Any, place: tuple[int, int], text: str, style: Any) -> None:
    """Write text that stays text: no formula, no link, no error value, no number.

    What the library would take for its own markup, or escape once too little (ECMA-376-1, 22.9.2.19: two codes of
    characters that share an underline), it gets in pieces that it does not know.
    """
    shown = escape_cell_text(text)
    if not shown:
        sheet.write_blank(*place, None, style)
    elif (shown.startswith("<r>") and shown.endswith("</r>")) or _TWO_CODES.search(shown):
        pieces = [part for run in _RUNS.split(shown) for part in (style, run)]
        sheet.write_rich_string(*place, *pieces, style)
    else:
        sheet.write_string(*place, shown, style)
