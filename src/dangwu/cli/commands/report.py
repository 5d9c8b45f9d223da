"""``dangwu report --year``: the report of a calendar year."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from dangwu.cli.extras import need_for
from dangwu.cli.languages import _
from dangwu.cli.options import FontDirs, For, Force, Output, Rev, Staged, Year
from dangwu.cli.output import choose_format, deliver, format_option, refuse_screen
from dangwu.cli.session import audience_of, emit, of
from dangwu.data import resources
from dangwu.formats.registry import Result
from dangwu.formats.render import REPORTS, RenderContext


def report(
    context: typer.Context,
    *,
    year: Year = None,
    format_: Annotated[
        str | None,
        format_option(Result.REPORT, _("Form of the output; else as FILE ends.")),
    ] = None,
    output: Output = None,
    force: Force = False,
    audience: For = "committee",
    staged: Staged = False,
    rev: Rev = None,
    font_dir: FontDirs = None,
) -> None:
    """Render the year; nothing is written into the record repository unless --output says so."""
    session = of(context)
    chosen = choose_format(format_, Result.REPORT, output=output)
    need_for(chosen)
    refuse_screen(chosen, output)
    wanted = audience_of(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    made = workspace.report(session.as_of, year or session.as_of.year, wanted)
    fonts = tuple(str(each) for each in font_dir or ())
    rendering = RenderContext(
        partial(session.console, plain=output is not None), resources.text, resources.schema, fonts
    )
    data = REPORTS[chosen](made, session.language, rendering)
    if chosen == "text" and output is None:
        emit(data.decode())
    else:
        deliver(session, data, output, force=force)
