"""The codes that reading can raise, and where a problem stands while its path is not known yet."""

from __future__ import annotations

from typing import NamedTuple

from dangwu.model.finding import Code, Finding, Related, Severity, Source
from dangwu.model.message import Text, say

_E, _W = Severity.ERROR, Severity.WARNING
NOT_A_FILE = Code("DW001", "not-a-file", _E, say("Not a readable file"))
TOO_LARGE = Code("DW002", "too-large", _E, say("File too large"))
NOT_UTF8 = Code("DW003", "not-utf8", _E, say("Not UTF-8"))
LINE_ENDS = Code("DW004", "line-ends", _W, say("Windows or old Mac line ends"))
CONFLICT = Code("DW005", "conflict-marker", _E, say("Conflict marker left over"))
SYNTAX = Code("DW006", "yaml-syntax", _E, say("Not readable as YAML"))
FEATURE = Code("DW007", "yaml-feature", _E, say("YAML feature that records do not use"))
DUPLICATE_KEY = Code("DW008", "duplicate-key", _E, say("Field given twice"))
TOO_DEEP = Code("DW009", "too-deep", _E, say("Nested too deeply"))
FORBIDDEN = Code("DW010", "forbidden-character", _E, say("Invisible or forbidden character"))
UNUSUAL = Code("DW011", "unusual-character", _W, say("Unusual character"))
NO_FRONT_MATTER = Code("DW012", "no-front-matter", _E, say("No front matter"))
FULL_WIDTH = Code("DW013", "full-width-punctuation", _E, say("Full-width punctuation in a field name"))

CODES = (
    NOT_A_FILE,
    TOO_LARGE,
    NOT_UTF8,
    LINE_ENDS,
    CONFLICT,
    SYNTAX,
    FEATURE,
    DUPLICATE_KEY,
    TOO_DEEP,
    FORBIDDEN,
    UNUSUAL,
    NO_FRONT_MATTER,
    FULL_WIDTH,
)


MOST = 100
"""So many problems of one file are listed: a file of nothing but problems must not take minutes."""


class Problem(NamedTuple):
    """A finding without its path. ``line`` and ``column`` count from 1."""

    code: Code
    line: int
    column: int
    message: Text
    hint: Text | None = None
    earlier: int | None = None

    def finding(self, path: str) -> Finding:
        """Return the finding, now that the path is known."""
        related: tuple[Related, ...] = ()
        if self.earlier is not None:
            related = (Related(Source(path, line=self.earlier, column=1), say("first given here")),)
        source = Source(path, line=self.line, column=self.column)
        return Finding(code=self.code, source=source, message=self.message, hint=self.hint, related=related)


def closed(path: str, *, link: bool) -> Finding:
    """Return the finding of a file that cannot be opened, or that is a link or a submodule."""
    if link:
        message = say("A link or a submodule stands where a record should be; it is not followed.")
        hint = say("Put the file itself here.")
    else:
        message = say("The file cannot be opened.")
        hint = say("See whether another program holds it, and who may read it.")
    return Finding(code=NOT_A_FILE, source=Source(path, line=1, column=1), message=message, hint=hint)


def unmerged(path: str) -> Finding:
    """Return the finding of a file of which the index still holds several versions."""
    message = say("The merge of this file is not finished: git holds several versions, and none has been chosen.")
    hint = say("Choose what is true, delete the markers, then: git add {path}", path=path)
    return Finding(code=CONFLICT, source=Source(path, line=1, column=1), message=message, hint=hint)
