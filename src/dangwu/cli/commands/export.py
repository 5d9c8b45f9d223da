"""``dangwu export``: write rosters, ledgers, duties and registers as a workbook, CSV or JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.extras import require_format
from dangwu.cli.languages import _
from dangwu.cli.options import AudienceOption, ForceOption, RevOption, StagedOption, YearOption
from dangwu.cli.output import build_format_option, choose_format, refuse_binary_on_screen, write_output, write_outputs
from dangwu.cli.session import find_session, parse_audience, refuse_unknown_choice
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.formats.csv import render_csv
from dangwu.formats.jsonl import render_jsonl
from dangwu.formats.registry import ResultKind, find_format
from dangwu.formats.xlsx import render_xlsx
from dangwu.model.message import say
from dangwu.pages.wording.names import format_origin
from dangwu.sheets.write.registers import REGISTER_PREFIX
from dangwu.sheets.write.registry import ALL_REGISTERS, SHEET_NAMES, build_sheets
from dangwu.sheets.write.sheet import SheetWording
from dangwu.workspace.workspace import build_year_span

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.model.results import YearReport
    from dangwu.sheets.write.sheet import Sheet


def export(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="members|dues|attendance|targets|duties|meetings|hours|registers|all",
            help=_("What to write; import reads the first four back."),
        ),
    ],
    *,
    register: Annotated[
        str | None, typer.Option("--register", metavar="KEY", help=_("With registers: only one of them, as plans."))
    ] = None,
    year: YearOption = None,
    format_: Annotated[
        str | None,
        build_format_option(ResultKind.SHEETS, _("Form of the output; else as FILE ends.")),
    ] = None,
    tidy: Annotated[
        bool, typer.Option("--tidy", help=_("CSV for machines: keys, ids and codes in the place of words."))
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE|DIR", help=_("Write to a file; many CSV files into a folder.")),
    ] = None,
    force: ForceOption = False,
    audience: AudienceOption = "committee",
    staged: StagedOption = False,
    rev: RevOption = None,
) -> None:
    """Write the lists of a year, sorted by group and id."""
    session = find_session(context)
    refuse_unknown_choice(what, SHEET_NAMES, "WHAT")
    format_ = _choose_export_format(format_, output, tidy=tidy)
    viewers = parse_audience(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    wanted = year or session.as_of.year
    session.refuse_before_founding(workspace, build_year_span(wanted))
    report = workspace.report(session.as_of, wanted, viewers)
    sheets = _choose_sheets(what, register, report, session, machine=tidy or format_ == "jsonl")
    if not sheets:
        message = say("Nothing of {what} is for the audience {audience}.", what=what, audience=audience)
        raise UsageError(message, say("Who sees what: docs/site/en/privacy.md."))
    files = _build_files(sheets, format_, output, session, report, tidy=tidy)
    if output is None or len(files) == 1:
        write_output(session, files[0][1], output, force=force, text=not find_format(format_).binary)
    else:
        write_outputs(session, output, {path.name: data for path, data in files if path}, force=force)


def _choose_export_format(word: str | None, output: Path | None, *, tidy: bool) -> str:
    """Return the format of --format, else of the output file's ending, else CSV if ``tidy`` or a workbook."""
    format_ = choose_format(word, ResultKind.SHEETS, "csv" if tidy else "xlsx", output)
    if tidy and format_ != "csv":
        raise typer.BadParameter(_("only CSV can be tidy; jsonl always is"), param_hint="--tidy")
    require_format(format_)
    refuse_binary_on_screen(format_, output)
    return format_


def _choose_sheets(
    what: str, register: str | None, report: YearReport, session: Session, *, machine: bool
) -> tuple[Sheet, ...]:
    """Return the selected sheets; none if the audience may see none of them."""
    if register is not None and what != ALL_REGISTERS:
        raise typer.BadParameter(_("it goes with registers"), param_hint="--register")
    sheets = build_sheets(what, report, SheetWording(session.language, resources.load_schema, tidy=machine))
    if register is None:
        return sheets
    refuse_unknown_choice(register, [sheet.key.removeprefix(REGISTER_PREFIX) for sheet in sheets], "--register")
    return tuple(sheet for sheet in sheets if sheet.key == REGISTER_PREFIX + register)


def _build_files(
    sheets: tuple[Sheet, ...], format_: str, output: Path | None, session: Session, report: YearReport, *, tidy: bool
) -> list[tuple[Path | None, bytes]]:
    """Return the path and the bytes of each file, None as path for stdout; UsageError for several lists in one file."""
    if format_ == "xlsx":
        language = session.language
        return [(output, render_xlsx(sheets, language, session.as_of, format_origin(report.owed, language)))]
    files = [render_csv(sheet, tidy=tidy) if format_ == "csv" else render_jsonl(sheet) for sheet in sheets]
    if len(sheets) == 1:
        return [(output, files[0])]
    if output is None or output.suffix:
        hint = say("Name a folder with --output, or one list; of the registers one with --register KEY.")
        raise UsageError(
            say("There are {count} lists, and a file of this format holds only one.", count=len(sheets)), hint
        )
    return [(output / f"{sheet.key}.{format_}", data) for sheet, data in zip(sheets, files, strict=True)]
