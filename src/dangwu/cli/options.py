"""Options that several commands share, and the parsing of their values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dangwu.cli.complete import complete_group, complete_member
from dangwu.cli.languages import _
from dangwu.cli.session import AUDIENCE_METAVAR, refuse_unknown_choice
from dangwu.errors import ExitCode
from dangwu.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dangwu.model.finding import Finding

_NEVER = "never"
_FAIL_ON_LEVELS = ("error", "warning", "note", _NEVER)
_EARLIEST_YEAR, _LATEST_YEAR = 1901, 8999
"""The years that a day may have, with room for date arithmetic on both sides."""

AudienceOption: TypeAlias = Annotated[
    str,
    typer.Option(
        "--audience", metavar=AUDIENCE_METAVAR, help=_("Who reads the output; what they may not see is left out.")
    ),
]
ForceOption: TypeAlias = Annotated[bool, typer.Option("--force", help=_("Replace the file if it exists."))]
FontDirsOption: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--font-dir",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help=_("A folder of fonts for the PDF; repeatable."),
    ),
]
OutputOption: TypeAlias = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to a file instead of the terminal."))
]
FailOnOption: TypeAlias = Annotated[
    str,
    typer.Option("--fail-on", metavar="|".join(_FAIL_ON_LEVELS), help=_("Exit with 1 from this severity on.")),
]
GroupFilterOption: TypeAlias = Annotated[
    str | None, typer.Option("--group", autocompletion=complete_group, help=_("Only the duties of one Party group."))
]
MemberFilterOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--member", autocompletion=complete_member, help=_("Only what a member owes, alone or in a body.")),
]
PeriodFilterOption: TypeAlias = Annotated[
    str | None, typer.Option("--period", metavar="2026-Q3", help=_("A month, quarter, half-year or year."))
]
SystemFilterOption: TypeAlias = Annotated[
    int | None, typer.Option("--system", min=1, max=10, help=_("Only one of the ten systems, by number."))
]
ReferenceOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--reference",
        metavar="FILE.docx",
        help=_("Take styles, page, headers and footers of a Word file from this one."),
    ),
]
RevOption: TypeAlias = Annotated[str | None, typer.Option("--rev", metavar="REV", help=_("Read a commit."))]
StagedOption: TypeAlias = Annotated[bool, typer.Option("--staged", help=_("Read the index."))]
YearOption: TypeAlias = Annotated[
    int | None, typer.Option("--year", min=2000, max=8000, help=_("The year; this one unless given."))
]


def parse_day(text: str, flag: str) -> date:
    """Return the day of a text like ``2026-03-12``; a usage error for other text and for a year out of range."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = _("{text} is not a day as in 2026-03-12").format(text=text)
        raise typer.BadParameter(message, param_hint=flag) from None
    if not _EARLIEST_YEAR <= day.year <= _LATEST_YEAR:
        raise typer.BadParameter(_("the year {year} is out of range").format(year=day.year), param_hint=flag)
    return day


def parse_fail_on(word: str) -> Severity | None:
    """Return the severity of --fail-on, None for ``never``; a usage error for another word."""
    refuse_unknown_choice(word, _FAIL_ON_LEVELS, "--fail-on")
    return None if word == _NEVER else Severity(word)


def choose_exit_code(findings: Iterable[Finding], fail_on: Severity | None) -> ExitCode:
    """Return FINDINGS when a finding is at least as severe as ``fail_on``, else CLEAN."""
    severe = fail_on is not None and any(finding.severity.rank <= fail_on.rank for finding in findings)
    return ExitCode.FINDINGS if severe else ExitCode.CLEAN
