"""The codes of findings on reading a file, and problems: findings without their path."""

from __future__ import annotations

from typing import NamedTuple

from dangwu.model.finding import Finding, FindingCode, RelatedPlace, Severity, Source
from dangwu.model.message import Text, say

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
NOT_A_FILE = FindingCode("DW001", "not-a-file", _ERROR, say("Not a readable file"))
TOO_LARGE = FindingCode("DW002", "too-large", _ERROR, say("File too large"))
NOT_UTF8 = FindingCode("DW003", "not-utf8", _ERROR, say("Not UTF-8"))
LINE_ENDS = FindingCode("DW004", "line-ends", _WARNING, say("Windows or old Mac line ends"))
CONFLICT_MARKER = FindingCode("DW005", "conflict-marker", _ERROR, say("Conflict marker left over"))
YAML_SYNTAX = FindingCode("DW006", "yaml-syntax", _ERROR, say("Not readable as YAML"))
YAML_FEATURE = FindingCode("DW007", "yaml-feature", _ERROR, say("YAML feature that records do not use"))
DUPLICATE_KEY = FindingCode("DW008", "duplicate-key", _ERROR, say("Field given twice"))
TOO_DEEP = FindingCode("DW009", "too-deep", _ERROR, say("Nested too deeply"))
FORBIDDEN_CHARACTER = FindingCode("DW010", "forbidden-character", _ERROR, say("Invisible or forbidden character"))
UNUSUAL_CHARACTER = FindingCode("DW011", "unusual-character", _WARNING, say("Unusual character"))
NO_FRONT_MATTER = FindingCode("DW012", "no-front-matter", _ERROR, say("No front matter"))
FULL_WIDTH_PUNCTUATION = FindingCode(
    "DW013", "full-width-punctuation", _ERROR, say("Full-width punctuation in a field name")
)
VALUE_CUT = FindingCode("DW014", "value-cut", Severity.NOTE, say("A comment may have cut a value"))

CODES = (
    NOT_A_FILE,
    TOO_LARGE,
    NOT_UTF8,
    LINE_ENDS,
    CONFLICT_MARKER,
    YAML_SYNTAX,
    YAML_FEATURE,
    DUPLICATE_KEY,
    TOO_DEEP,
    FORBIDDEN_CHARACTER,
    UNUSUAL_CHARACTER,
    NO_FRONT_MATTER,
    FULL_WIDTH_PUNCTUATION,
    VALUE_CUT,
)


MAX_FINDINGS = 100
"""The most problems of one file that are listed, so that no file takes minutes."""


class Problem(NamedTuple):
    """A finding without its path: line and column count from 1, ``earlier`` is the line of a first occurrence."""

    code: FindingCode
    line: int
    column: int
    message: Text
    hint: Text | None = None
    earlier: int | None = None

    def finding(self, path: str) -> Finding:
        """Return the finding in the file at a path."""
        related: tuple[RelatedPlace, ...] = ()
        if self.earlier is not None:
            related = (RelatedPlace(Source(path, line=self.earlier, column=1), say("first given here")),)
        source = Source(path, line=self.line, column=self.column)
        return Finding(code=self.code, source=source, message=self.message, hint=self.hint, related=related)


def build_closed_finding(path: str, *, link: bool) -> Finding:
    """Return the finding on a file that cannot be opened, or with ``link`` on a link or submodule."""
    if link:
        message = say("A link or a submodule stands where a record should be; it is not followed.")
        hint = say("Put the file itself here.")
    else:
        message = say("The file cannot be opened.")
        hint = say("See whether another program holds it, and who may read it.")
    return Finding(code=NOT_A_FILE, source=Source(path, line=1, column=1), message=message, hint=hint)


def build_pointer_problem() -> Problem:
    """Return the problem of a file that holds only the pointer of Git LFS to its content."""
    message = say("A pointer of Git LFS stands where the record should be; its content is elsewhere.")
    hint = say("Fetch it with git lfs pull, then take records out of LFS: git lfs migrate export, and .gitattributes.")
    return Problem(NOT_A_FILE, 1, 1, message, hint)


def build_unmerged_finding(path: str) -> Finding:
    """Return the finding on a file of which the index holds several versions of a merge."""
    message = say("The merge of this file is not finished: git holds several versions, and none has been chosen.")
    hint = say("Choose what is true, delete the markers, then: git add {path}", path=path)
    return Finding(code=CONFLICT_MARKER, source=Source(path, line=1, column=1), message=message, hint=hint)
