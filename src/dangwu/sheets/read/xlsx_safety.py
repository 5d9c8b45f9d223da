"""Refuse an unsafe .xlsx by its bytes and the list of its archive, before any library reads it.

An .xlsx is a ZIP archive of XML parts (ECMA-376, part 2). Beside what holds for every office file
(model/archive_safety.py) no part that is held in memory as a whole may be larger than sheets need, and nothing is
linked to other workbooks.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from dangwu.errors import CannotRunError
from dangwu.model.archive_safety import PROGRAM_PARTS, find_archive_fault
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from zipfile import ZipInfo

# Parts that are held in memory as a whole: the words of all cells, and the list of sheets and styles.
MAX_PART_SIZE = 8 * 1024 * 1024
_ZIP_START, _OLE_START = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAM_PARTS = (*PROGRAM_PARTS, "macrosheets/", "embeddings/", "dialogsheets/")
HOW_TO_SAVE = say("Open it in Excel or WPS and save it as .xlsx or as CSV (UTF-8).")


def build_refusal(message: Text, hint: Text = HOW_TO_SAVE) -> CannotRunError:
    """Return the error for a sheet that is not read."""
    return CannotRunError(message, hint)


def open_safe_archive(raw: bytes) -> ZipFile:
    """Return the archive if its list of entries is safe; CannotRunError otherwise."""
    if raw.startswith(_OLE_START):
        raise build_refusal(say("This is a workbook of the old kind (.xls), or one with a password."))
    if not raw.startswith(_ZIP_START):
        raise build_refusal(say("This is no .xlsx workbook, whatever its name says."))
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise build_refusal(say("The workbook is damaged and cannot be opened.")) from error
    fault = find_archive_fault(archive.infolist(), _PROGRAM_PARTS)
    if fault is not None:
        raise build_refusal(say("The workbook is not opened: {reason}.", reason=fault))
    for entry in archive.infolist():
        _refuse_unfit_part(entry)
    if "xl/workbook.xml" not in archive.namelist():
        raise build_refusal(say("There is no workbook in this file; it may be a document of another kind."))
    return archive


def _refuse_unfit_part(entry: ZipInfo) -> None:
    low = entry.filename.lower()
    if "externallinks/" in low:
        raise build_refusal(
            say("The workbook takes values from other workbooks."),
            say("Copy the cells, paste them as values into a new workbook, and save that as .xlsx."),
        )
    whole = low.endswith((".xml", ".rels")) and "worksheets/" not in low
    if whole and entry.file_size > MAX_PART_SIZE:
        raise build_refusal(
            say("A part of the workbook is larger than any sheet of a branch needs: {name}", name=entry.filename)
        )
