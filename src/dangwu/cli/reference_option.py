"""``--reference``: the Word file whose styles a made Word file takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.files.read_input import read_sheet
from dangwu.formats.docx.reference import list_reference_notes
from dangwu.formats.docx.styles import STYLE_FILES
from dangwu.model.message import say

if TYPE_CHECKING:
    from pathlib import Path

    from dangwu.cli.session import Session


def refuse_other_format(reference: Path | None, format_: str) -> None:
    """UsageError where a reference file is named for what is no Word file."""
    if reference is not None and format_ != "docx":
        raise UsageError(
            say("--reference is for Word files, not for {format}.", format=format_),
            say("Write --format docx and --output FILE.docx."),
        )


def read_reference(session: Session, reference: Path | None) -> bytes | None:
    """Return the bytes of a reference file, and say what dangwu adds to it; None where none is named."""
    if reference is None:
        return None
    raw = read_sheet(reference)
    for note in list_reference_notes(resources.read_package_bytes(STYLE_FILES[session.language.code]), raw):
        session.tell(note)
    return raw
