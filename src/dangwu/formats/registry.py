"""The list of output formats: what each is called, what a file of it ends in, what it needs, what it can render."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Result(StrEnum):
    """What a command hands to a format."""

    FINDINGS = "findings"
    PAGE = "page"
    CHANGE = "change"
    STATUS = "status"
    REPORT = "report"
    FORM = "form"
    SHEETS = "sheets"
    CALENDAR = "calendar"


class Format(NamedTuple):
    """An output format.

    ``module`` is the file of this folder that renders it, ``extra`` the extra of the package that brings its library.
    What is ``binary`` is not for a terminal. The file ending is the name.
    """

    name: str
    module: str
    renders: frozenset[Result]
    extra: str | None = None
    binary: bool = False


_READ = frozenset({Result.FINDINGS, Result.PAGE, Result.CHANGE, Result.STATUS, Result.REPORT})
FORMATS = (
    Format("text", "terminal/page.py", _READ),
    Format("md", "markdown.py", frozenset({Result.PAGE, Result.CHANGE, Result.REPORT})),
    Format("html", "html.py", frozenset({Result.REPORT})),
    Format("pdf", "pdf.py", frozenset({Result.REPORT, Result.FORM}), "pdf", binary=True),
    Format("docx", "docx/document.py", frozenset({Result.REPORT, Result.FORM}), "office", binary=True),
    Format("xlsx", "xlsx.py", frozenset({Result.REPORT, Result.SHEETS}), "office", binary=True),
    Format("csv", "csv.py", frozenset({Result.SHEETS})),
    Format("jsonl", "jsonl.py", frozenset({Result.SHEETS})),
    Format("ics", "ics.py", frozenset({Result.CALENDAR}), "office"),
    Format("json", "machine/json.py", _READ),
    Format("github", "machine/forges.py", frozenset({Result.FINDINGS, Result.CHANGE})),
    Format("gitlab", "machine/forges.py", frozenset({Result.FINDINGS})),
    Format("sarif", "machine/sarif.py", frozenset({Result.FINDINGS, Result.CHANGE})),
    Format("junit", "machine/forges.py", frozenset({Result.FINDINGS})),
)
"""In the order in which help lists them."""
ALIASES = {"terminal": "text"}
"""Former names, accepted for one release."""
_BY_NAME = {format_.name: format_ for format_ in FORMATS}


def format_names(result: Result) -> tuple[str, ...]:
    """Return the names of the formats that can render a result."""
    return tuple(format_.name for format_ in FORMATS if result in format_.renders)


def format_named(name: str) -> Format:
    """Return a format by its name. KeyError where there is none."""
    return _BY_NAME[name]
