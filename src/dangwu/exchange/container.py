"""Is this .xlsx safe to open? Asked of the archive's own list and of its bytes, before any library reads it.

An .xlsx is a ZIP archive of XML parts (ECMA-376, part 2). Limits: 20 MB and 200 entries, no entry and no sum that grows
beyond what sheets do, no programs, no links to other workbooks.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from dangwu.errors import CannotRunError
from dangwu.model.text import Text, say

if TYPE_CHECKING:
    from zipfile import ZipInfo

MAX_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 200
MAX_RATIO = 100
MAX_SUM = 200 * 1024 * 1024
# Parts that are held in memory as a whole: the words of all cells, and the list of sheets and styles.
MAX_PART = 8 * 1024 * 1024
_SMALL = 64 * 1024
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_PROGRAMS = ("vbaproject", "vbadata", "macrosheets/", "activex/", "embeddings/", "dialogsheets/")
SAVE_AS = say("Open it in Excel or WPS and save it as .xlsx or as CSV (UTF-8).")


def refuse(message: Text, hint: Text = SAVE_AS) -> CannotRunError:
    """Return why a sheet is not read."""
    return CannotRunError(message, hint)


def opened(raw: bytes) -> ZipFile:
    """Return the archive after its list was found harmless; CannotRunError says what is wrong with it."""
    if raw.startswith(_OLE):
        raise refuse(say("This is a workbook of the old kind (.xls), or one with a password."))
    if not raw.startswith(_ZIP):
        raise refuse(say("This is no .xlsx workbook, whatever its name says."))
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise refuse(say("The workbook is damaged and cannot be opened.")) from error
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise refuse(
            say("The workbook has {count} parts; at most {limit} are read.", count=len(entries), limit=MAX_ENTRIES)
        )
    if sum(entry.file_size for entry in entries) > MAX_SUM:
        raise refuse(say("The workbook would unpack to more than {limit} MB.", limit=MAX_SUM >> 20))
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise refuse(say("The workbook has two parts of one name."))
    for entry in entries:
        _harmless(entry)
    if "xl/workbook.xml" not in archive.namelist():
        raise refuse(say("There is no workbook in this file; it may be a document of another kind."))
    return archive


def _harmless(entry: ZipInfo) -> None:
    name = entry.filename
    low = name.lower()
    if name.startswith(("/", "\\")) or ":" in name or "\\" in name or ".." in name.split("/"):
        raise refuse(say("A part of the workbook has a name that leads out of it: {name}", name=name))
    if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise refuse(
            say("A part of the workbook is packed in a way that no spreadsheet program uses: {name}", name=name)
        )
    if entry.flag_bits & _ENCRYPTED:
        raise refuse(say("The workbook has a password."))
    if any(word in low for word in _PROGRAMS):
        raise refuse(say("The workbook carries programs (macros) or embedded files; such files are not opened."))
    if "externallinks/" in low:
        raise refuse(
            say("The workbook takes values from other workbooks."),
            say("Copy the cells, paste them as values into a new workbook, and save that as .xlsx."),
        )
    whole = low.endswith((".xml", ".rels")) and "worksheets/" not in low
    if whole and entry.file_size > MAX_PART:
        raise refuse(say("A part of the workbook is larger than any sheet of a branch needs: {name}", name=name))
    if entry.file_size > _SMALL and entry.file_size > entry.compress_size * MAX_RATIO:
        raise refuse(say("A part of the workbook is packed far too tightly to be a sheet: {name}", name=name))
