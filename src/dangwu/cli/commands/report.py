"""``dangwu report --year``: the report of a calendar year."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from dangwu.cli.extras import need_for
from dangwu.cli.languages import _
from dangwu.cli.options import FontDirs, For, Force, Output, Rev, Staged, Year
from dangwu.cli.output import deliver, format_of, refuse_screen
from dangwu.cli.session import audience_of, choose, emit, of
from dangwu.data import resources


def report(
    context: typer.Context,
    *,
    year: Year = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="terminal|md|html|pdf|docx|xlsx|json", help=_("Form of the output; else as FILE ends.")
        ),
    ] = None,
    output: Output = None,
    force: Force = False,
    audience: For = "committee",
    staged: Staged = False,
    rev: Rev = None,
    font_dir: FontDirs = None,
) -> None:
    """Render the year; nothing is written into the record repository unless --output says so."""
    from dangwu.formats.render import REPORTS, Desk  # noqa: PLC0415

    session = of(context)
    chosen = format_of(format_, output, tuple(REPORTS), "terminal")
    choose(chosen, tuple(REPORTS), "--format")
    need_for(chosen)
    refuse_screen(chosen, output)
    wanted = audience_of(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    made = workspace.report(session.as_of, year or session.as_of.year, wanted)
    fonts = tuple(str(each) for each in font_dir or ())
    desk = Desk(partial(session.console, plain=output is not None), resources.text, resources.schema, fonts)
    data = REPORTS[chosen](made, session.language, desk)
    if chosen == "terminal" and output is None:
        emit(data.decode())
    else:
        deliver(session, data, output, force=force)
