"""A record's bytes → its bytes with all safe corrections, or the reason why the file is left to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dangwu.authoring.correct.certain_encoding import read_certain_text
from dangwu.authoring.correct.correct_text import correct_text
from dangwu.model.correction import CorrectedFile, LeftPlace
from dangwu.model.message import Text, say
from dangwu.parse.finding_codes import CONFLICT_MARKER, NOT_A_FILE, TOO_LARGE

if TYPE_CHECKING:
    from dangwu.authoring.correct.known_people import KnownPeople
    from dangwu.model.finding import Finding, FindingCode, Pointer

_WHOLE_FILE: dict[FindingCode, Text] = {
    NOT_A_FILE: say("No plain file with the record in it."),
    TOO_LARGE: say("Too large for a record; it was not read."),
    CONFLICT_MARKER: say("A merge is not finished here: choose what is true first."),
}
"""The findings with which a file is left as a whole, each with the reason."""


class FileCorrection(NamedTuple):
    """A corrected file, None where nothing changes; the places that were left, and what is still found in it."""

    file: CorrectedFile | None
    left: tuple[LeftPlace, ...] = ()
    findings: tuple[Finding, ...] = ()


def correct_file(
    path: str, raw: bytes, people: KnownPeople | None = None, skipped: frozenset[Pointer] = frozenset()
) -> FileCorrection:
    """Return the corrections of one file that can be read as bytes; names become ids only with ``people``."""
    read = read_certain_text(raw)
    if isinstance(read, Text):
        return FileCorrection(None, (LeftPlace(path, 0, read),))
    corrected = correct_text(path, read.text, people, skipped)
    reason = find_whole_file_reason(corrected.findings)
    if reason is not None:
        return FileCorrection(None, (LeftPlace(path, 0, reason),), corrected.findings)
    corrections = (*read.corrections, *sorted(corrected.corrections, key=lambda each: each.line))
    after = corrected.text.encode()
    file = CorrectedFile(path, raw, after, read.shown, corrections) if corrections else None
    return FileCorrection(file, corrected.left, corrected.findings)


def find_whole_file_reason(findings: tuple[Finding, ...]) -> Text | None:
    """Return why a file with these findings is left as a whole, None where it is not."""
    return next((_WHOLE_FILE[finding.code] for finding in findings if finding.code in _WHOLE_FILE), None)
