"""Sheets as a workbook for Excel and WPS (ECMA-376): text stays text, and the same values give the same bytes."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_STORED, ZipFile

from dangwu.formats.safe_text import make_safe_text
from dangwu.formats.stable_zip import normalise_zip
from dangwu.formats.xlsx_layout import HEAD_STYLE, add_styles, lay_out_sheet
from dangwu.sheets.formula_guard import escape_character_codes
from dangwu.sheets.write.sheet import CellFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

    from dangwu.language import Language
    from dangwu.sheets.write.sheet import CellContent, Sheet

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32767
_FIRST_SURE_DAY = date(1900, 3, 1)
"""Before it the programs disagree: Excel knows a 29th of February 1900."""


def render_xlsx(spreads: Iterable[Sheet], lang: Language, day: date, origin: str = "") -> bytes:
    """Return a workbook with a sheet for each spread; ``origin`` stands at the foot of every printed page.

    ``day`` is when the file says that it was made. Nobody's name, no path and no formula stand in it.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - only needed here
    from openpyxl.packaging.core import DocumentProperties  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the format has no zone here
    book.properties = DocumentProperties(creator=None, created=made, modified=made, language=lang.code)
    add_styles(book, lang)
    taken: set[str] = set()
    for spread in spreads:
        sheet = book.create_sheet(_name(spread.title, taken))
        _fill(sheet, spread)
        lay_out_sheet(sheet, spread, origin)
    if not book.worksheets:
        book.create_sheet()
    return normalise_zip(_saved(book))


def _saved(book: Any) -> bytes:
    """Return a workbook as a file, without the files on disk that the library would make for a while of each sheet."""
    from openpyxl.worksheet._writer import WorksheetWriter  # noqa: PLC0415
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    out = BytesIO()
    archive = ZipFile(out, "w", ZIP_STORED)

    class InMemory(ExcelWriter):
        def write_worksheet(self, ws: Any) -> None:
            sheet = BytesIO()
            WorksheetWriter(ws, sheet).write()
            archive.writestr(ws.path.removeprefix("/"), sheet.getvalue())
            self.manifest.append(ws)

    InMemory(book, archive).save()
    return out.getvalue()


def escape_cell_text(text: str) -> str:
    """Return a text as it stands in a cell: what XML cannot hold shown escaped, cut where the format's room ends."""
    safe = escape_character_codes(make_safe_text(text, lines=True))
    return safe if len(safe) <= _LONGEST_TEXT else safe[: _LONGEST_TEXT - 1] + "…"


def _name(title: str, taken: set[str]) -> str:
    """Return a name that a sheet may have: 31 characters, none that the format forbids, and once only."""
    plain = " ".join(_NOT_IN_NAMES.sub(" ", make_safe_text(title)).split()).strip(" '") or "1"
    if len(plain) > _LONGEST_NAME:
        cut, blank, _ = plain[:_LONGEST_NAME].rpartition(" ")
        plain = (cut if blank else plain[: _LONGEST_NAME - 1]).rstrip(" ,") + "…"
    for number in count(1):
        end = f" {number}" if number > 1 else ""
        name = plain[: _LONGEST_NAME - len(end)] + end
        # The name of a sheet that Excel makes itself.
        if name.casefold() not in taken | {"history"}:
            taken.add(name.casefold())
            return name
    raise AssertionError


def _fill(sheet: Worksheet, spread: Sheet) -> None:
    for at, column in enumerate(spread.columns, 1):
        _text(sheet.cell(1, at), column.title, HEAD_STYLE)
    for number, row in enumerate(spread.rows, 2):
        for at, value in enumerate(row, 1):
            _write(sheet.cell(number, at), value, spread.columns[at - 1].holds)


def _write(cell: Any, value: CellContent, holds: CellFormat) -> None:
    if isinstance(value, date) and value < _FIRST_SURE_DAY:
        value = value.isoformat()
    if isinstance(value, str):
        _text(cell, value, CellFormat.TEXT.value)
        return
    kind = CellFormat.DAY if isinstance(value, date) else holds if value is None else CellFormat.NUMBER
    cell.value = value
    cell.style = kind.value


def _text(cell: Any, text: str, style: str) -> None:
    """Write text that stays text: no formula, no error value, no number."""
    cell.value = escape_cell_text(text)
    cell.data_type = "s"
    cell.style = style
