"""The list of output formats: name, renderer, the results it can render, and the extra it needs."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ResultKind(StrEnum):
    """The kind of result that a command renders in a format."""

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

    ``module`` is the file of this folder that renders it, ``extra`` the package extra that installs its library. A
    ``binary`` format is not printed on a terminal. Reports in a format that is ``for_paper`` go to people without the
    repository: they name no commands, paths and ids. The file ending is the name.
    """

    name: str
    module: str
    renders: frozenset[ResultKind]
    extra: str | None = None
    binary: bool = False
    for_paper: bool = False


_READABLE_RESULTS = frozenset(
    {ResultKind.FINDINGS, ResultKind.PAGE, ResultKind.CHANGE, ResultKind.STATUS, ResultKind.REPORT}
)
FORMATS = (
    Format("text", "terminal/page.py", _READABLE_RESULTS),
    Format("md", "markdown.py", frozenset({ResultKind.PAGE, ResultKind.CHANGE, ResultKind.REPORT})),
    Format("html", "html.py", frozenset({ResultKind.REPORT}), for_paper=True),
    Format("pdf", "pdf.py", frozenset({ResultKind.REPORT, ResultKind.FORM}), "pdf", binary=True, for_paper=True),
    Format(
        "docx",
        "docx/document.py",
        frozenset({ResultKind.REPORT, ResultKind.FORM}),
        "office",
        binary=True,
        for_paper=True,
    ),
    Format("xlsx", "xlsx.py", frozenset({ResultKind.REPORT, ResultKind.SHEETS}), "office", binary=True),
    Format("csv", "csv.py", frozenset({ResultKind.SHEETS})),
    Format("jsonl", "jsonl.py", frozenset({ResultKind.SHEETS})),
    Format("ics", "ics.py", frozenset({ResultKind.CALENDAR}), "office"),
    Format("json", "machine/json.py", _READABLE_RESULTS),
    Format("github", "machine/forges.py", frozenset({ResultKind.FINDINGS, ResultKind.CHANGE})),
    Format("gitlab", "machine/forges.py", frozenset({ResultKind.FINDINGS})),
    Format("sarif", "machine/sarif.py", frozenset({ResultKind.FINDINGS, ResultKind.CHANGE})),
    Format("junit", "machine/forges.py", frozenset({ResultKind.FINDINGS})),
)
"""In the order in which help lists them."""
ALIASES = {"terminal": "text"}
"""Former names, accepted for one release."""
_BY_NAME = {format_.name: format_ for format_ in FORMATS}


def list_format_names(result: ResultKind) -> tuple[str, ...]:
    """Return the names of the formats that can render a result."""
    return tuple(format_.name for format_ in FORMATS if result in format_.renders)


def find_format(name: str) -> Format:
    """Return a format by its name. KeyError where there is none."""
    return _BY_NAME[name]
