"""Workbooks made by hand, part by part: what no spreadsheet program would write."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}"><sheetData>'
TAIL = "</sheetData></worksheet>"


def book(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None, title: str = "花名册") -> bytes:
    """Return a workbook with one sheet; ``change`` may do anything to it."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if change is not None:
        change(sheet)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_parts(parts: Mapping[str, str | bytes], raw: bytes | None = None, level: int = 9) -> bytes:
    """Return a workbook in which some parts are other ones."""
    out = BytesIO()
    with ZipFile(BytesIO(raw or book([["姓名"]]))) as old, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=level) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return out.getvalue()


def sheet(inside: str) -> bytes:
    """Return a workbook whose sheet has these rows, as XML."""
    return with_parts({SHEET: HEAD + inside + TAIL})
