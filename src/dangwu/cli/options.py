"""The options that several commands have, worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from dangwu.cli.languages import _
from dangwu.cli.session import AUDIENCE_METAVAR

AudienceOption: TypeAlias = Annotated[
    str, typer.Option("--audience", metavar=AUDIENCE_METAVAR, help=_("For whom it is made; others see less."))
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
GroupFilterOption: TypeAlias = Annotated[
    str | None, typer.Option("--group", help=_("Only the duties of one Party group."))
]
MemberFilterOption: TypeAlias = Annotated[
    str | None, typer.Option("--member", help=_("Only what a member owes, alone or in a body."))
]
PeriodFilterOption: TypeAlias = Annotated[
    str | None, typer.Option("--period", metavar="2026-Q3", help=_("A month, quarter, half-year or year."))
]
SystemFilterOption: TypeAlias = Annotated[
    int | None, typer.Option("--system", help=_("Only one of the ten systems, by number."))
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
