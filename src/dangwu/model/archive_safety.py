"""Safety of office files before they are unpacked, checked by the list of their parts.

Office files are ZIP archives (ECMA-376, part 2; APPNOTE 6.3). Limits: 200 parts, 200 MB unpacked, no part compressed
more than 100 to 1, no path outside the archive, no encryption, no programs.
"""

from __future__ import annotations

from io import BytesIO
from struct import unpack_from
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zipfile import ZipInfo

MAX_ARCHIVE_BYTES = 20 * 1024 * 1024
"""The largest file that is opened."""
MAX_ENTRIES = 200
MAX_RATIO = 100
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
PROGRAM_PARTS = ("vbaproject", "vbadata", "activex/")
"""Words in the names of parts with programs, in lower case."""
_CENTRAL_LENGTHS, _CENTRAL_NAME, _LOCAL_NAME = 28, 46, 30
"""Where the lengths of name, extra field and comment stand in an entry of the list, and where names begin."""
_RATIO_FROM_BYTES = 64 * 1024
_ENCRYPTED_FLAG = 0x1


def use_slashes(raw: bytes) -> bytes:
    """Return an archive in which every name of a part has slashes: some programs for Windows write backslashes.

    Names are as long as before, so nothing else moves; what is no archive comes back as it is.
    """
    try:
        with ZipFile(BytesIO(raw)) as archive:
            entries, at = archive.infolist(), archive.start_dir
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return raw
    if not any("\\" in entry.orig_filename for entry in entries):
        return raw
    changed = bytearray(raw)
    for entry in entries:
        name, extra, comment = unpack_from("<HHH", raw, at + _CENTRAL_LENGTHS)
        for start in (at + _CENTRAL_NAME, entry.header_offset + _LOCAL_NAME):
            changed[start : start + name] = changed[start : start + name].replace(b"\\", b"/")
        at += _CENTRAL_NAME + name + extra + comment
    return bytes(changed)


def find_archive_fault(entries: Sequence[ZipInfo], programs: Sequence[str] = PROGRAM_PARTS) -> Text | None:
    """Return why an archive with these parts must not be opened, as a clause of a sentence; None if it may."""
    if len(entries) > MAX_ENTRIES:
        return say("it has {count} parts, more than {limit}", count=len(entries), limit=MAX_ENTRIES)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        return say("it would unpack to more than {limit} MB", limit=MAX_UNPACKED_BYTES >> 20)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        return say("it has two parts of one name")
    return next((fault for entry in entries if (fault := _find_part_fault(entry, programs)) is not None), None)


def _find_part_fault(entry: ZipInfo, programs: Sequence[str]) -> Text | None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ":" in name or "\\" in name or ".." in name.split("/"):
        return say("a part of it has a path outside the archive: {name}", name=name)
    if entry.flag_bits & _ENCRYPTED_FLAG or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return say("it has a password or is packed in an unusual way")
    if any(word in name.lower() for word in programs):
        return say("it carries programs (macros) or embedded files")
    if entry.file_size > _RATIO_FROM_BYTES and entry.file_size > entry.compress_size * MAX_RATIO:
        return say("a part of it is compressed implausibly strongly: {name}", name=name)
    return None
