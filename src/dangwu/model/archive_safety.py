"""What is wrong with an office file before it is unpacked: asked of the list of its parts alone.

Office files are ZIP archives (ECMA-376, part 2; APPNOTE 6.3). Limits: 200 parts, 200 MB in all, no part that was packed
more than a hundredfold, no name that leads out, no password, no programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED

from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zipfile import ZipInfo

MAX_ARCHIVE_BYTES = 20 * 1024 * 1024
"""The largest file that is looked at."""
MAX_ENTRIES = 200
MAX_RATIO = 100
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
PROGRAM_PARTS = ("vbaproject", "vbadata", "activex/")
"""What the parts with programs are called, in lower case."""
_RATIO_FROM_BYTES = 64 * 1024
_ENCRYPTED_FLAG = 0x1


def find_archive_fault(entries: Sequence[ZipInfo], programs: Sequence[str] = PROGRAM_PARTS) -> Text | None:
    """Return why an archive with these parts is not opened, as the end of a sentence; None for a harmless one."""
    if len(entries) > MAX_ENTRIES:
        return say("it has {count} parts, more than {limit}", count=len(entries), limit=MAX_ENTRIES)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        return say("it would unpack to more than {limit} MB", limit=MAX_UNPACKED_BYTES >> 20)
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        return say("it has two parts of one name")
    return next((found for entry in entries if (found := _find_part_fault(entry, programs)) is not None), None)


def _find_part_fault(entry: ZipInfo, programs: Sequence[str]) -> Text | None:
    name = entry.filename
    if name.startswith(("/", "\\")) or ":" in name or "\\" in name or ".." in name.split("/"):
        return say("a part of it has a name that leads out of it: {name}", name=name)
    if entry.flag_bits & _ENCRYPTED_FLAG or entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return say("it has a password or is packed in an unusual way")
    if any(word in name.lower() for word in programs):
        return say("it carries programs (macros) or embedded files")
    if entry.file_size > _RATIO_FROM_BYTES and entry.file_size > entry.compress_size * MAX_RATIO:
        return say("a part of it is packed far too tightly: {name}", name=name)
    return None
