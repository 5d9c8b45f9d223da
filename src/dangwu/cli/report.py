"""``dangwu report --year``: the report of a calendar year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu import resources
from dangwu.cli.extras import need
from dangwu.cli.languages import _
from dangwu.cli.output import deliver, format_of, refuse_screen
from dangwu.cli.session import AUDIENCES, audience_of, choose, emit, of


def report(
    context: typer.Context,
    *,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=8000, help=_("The year; this one unless given."))
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="terminal|md|html|pdf|docx|xlsx|json", help=_("Form of the output; else as FILE ends.")
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to a file instead of the terminal."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it exists."))] = False,
    audience: Annotated[
        str, typer.Option("--audience", metavar=AUDIENCES, help=_("For whom it is made; others see less."))
    ] = "committee",
    staged: Annotated[bool, typer.Option("--staged", help=_("Read the index."))] = False,
    rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=_("Read a commit."))] = None,
    font_dir: Annotated[
        list[Path] | None,
        typer.Option(
            "--font-dir", metavar="DIR", exists=True, file_okay=False, help=_("A folder with fonts for the PDF.")
        ),
    ] = None,
) -> None:
    """Render the year; nothing is written into the record repository unless --output says so."""
    from dangwu.report.formats import EXTRAS, REPORTS, Desk  # noqa: PLC0415

    session = of(context)
    chosen = format_of(format_, output, tuple(REPORTS), "terminal")
    choose(chosen, tuple(REPORTS), "--format")
    if chosen in EXTRAS:
        need(EXTRAS[chosen])
    refuse_screen(chosen, output)
    wanted = audience_of(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    made = workspace.report(session.as_of, year or session.as_of.year, wanted)
    fonts = tuple(str(each) for each in font_dir or ())
    desk = Desk(session.console(plain=output is not None), resources.text, resources.schema, fonts)
    data = REPORTS[chosen](made, session.language, desk)
    if chosen == "terminal" and output is None:
        emit(data.decode())
    else:
        deliver(session, data, output, force=force)
