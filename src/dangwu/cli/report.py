"""``dangwu report --year``: the report of a calendar year."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dangwu import resources
from dangwu.cli.languages import _
from dangwu.cli.session import AUDIENCES, audience_of, choose, emit, emit_bytes, of
from dangwu.model.text import say


def report(
    context: typer.Context,
    *,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=8000, help=_("The year; this one unless given."))
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="terminal|md|html|json", help=_("Form of the output."))
    ] = "terminal",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=_("Write to a file instead of the terminal."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Replace the file if it exists."))] = False,
    audience: Annotated[
        str, typer.Option("--audience", metavar=AUDIENCES, help=_("For whom it is made; others see less."))
    ] = "committee",
    staged: Annotated[bool, typer.Option("--staged", help=_("Read the index."))] = False,
    rev: Annotated[str | None, typer.Option("--rev", metavar="REV", help=_("Read a commit."))] = None,
) -> None:
    """Render the year; nothing is written into the record repository unless --output says so."""
    from dangwu.report.as_html import TEMPLATE  # noqa: PLC0415
    from dangwu.report.formats import REPORTS  # noqa: PLC0415

    session = of(context)
    choose(format_, tuple(REPORTS), "--format")
    wanted = audience_of(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    made = workspace.report(session.as_of, year or session.as_of.year, wanted)
    template = (resources.read(TEMPLATE) or b"").decode()
    text = REPORTS[format_](made, session.language, session.console(plain=output is not None), template)
    if output is None:
        emit(text) if format_ == "terminal" else emit_bytes(text.encode())
        return
    from dangwu.files.write import write_file  # noqa: PLC0415

    write_file(output, text.encode(), force=force)
    session.tell(say("Written: {path}", path=str(output)))
