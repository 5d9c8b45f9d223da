"""``dangwu report``: render the report of a calendar year."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from dangwu.cli.extras import require_format
from dangwu.cli.languages import _
from dangwu.cli.options import (
    AudienceOption,
    FontDirsOption,
    ForceOption,
    OutputOption,
    ReferenceOption,
    RevOption,
    StagedOption,
    YearOption,
)
from dangwu.cli.output import build_format_option, choose_format, refuse_binary_on_screen, write_output
from dangwu.cli.reference_option import read_reference, refuse_other_format
from dangwu.cli.session import emit, find_session, parse_audience
from dangwu.data import resources
from dangwu.formats.registry import ResultKind, find_format
from dangwu.formats.render import REPORT_RENDERERS, RenderContext
from dangwu.workspace.workspace import build_year_span


def report(
    context: typer.Context,
    *,
    year: YearOption = None,
    format_: Annotated[
        str | None,
        build_format_option(ResultKind.REPORT, _("Form of the output; else as FILE ends.")),
    ] = None,
    output: OutputOption = None,
    force: ForceOption = False,
    audience: AudienceOption = "committee",
    staged: StagedOption = False,
    rev: RevOption = None,
    font_dir: FontDirsOption = None,
    reference: ReferenceOption = None,
) -> None:
    """Write the report to a file or to stdout."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.REPORT, output=output)
    refuse_other_format(reference, format_)
    require_format(format_)
    refuse_binary_on_screen(format_, output)
    styled = read_reference(session, reference)
    viewers = parse_audience(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    wanted = year or session.as_of.year
    session.refuse_before_founding(workspace, build_year_span(wanted))
    year_report = workspace.report(session.as_of, wanted, viewers)
    font_dirs = tuple(map(str, font_dir or ()))
    rendering = RenderContext(
        partial(session.console, plain=output is not None),
        resources.read_package_text,
        resources.load_schema,
        resources.read_package_bytes,
        font_dirs,
        styled,
    )
    data = REPORT_RENDERERS[format_](year_report, session.language, rendering)
    if format_ == "text" and output is None:
        emit(data.decode())
    else:
        write_output(session, data, output, force=force, text=not find_format(format_).binary)
