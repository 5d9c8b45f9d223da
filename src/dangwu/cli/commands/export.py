"""``dangwu export``: rosters, ledgers, duties and registers as a workbook, as CSV, or as lines of JSON for analysis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.extras import require_format
from dangwu.cli.languages import _
from dangwu.cli.options import AudienceOption, ForceOption, RevOption, StagedOption, YearOption
from dangwu.cli.output import build_format_option, choose_format, refuse_binary_on_screen, write_output
from dangwu.cli.session import find_session, parse_audience, refuse_unknown_choice
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.formats.csv import render_csv
from dangwu.formats.jsonl import render_jsonl
from dangwu.formats.registry import ResultKind
from dangwu.formats.xlsx import render_xlsx
from dangwu.model.message import say
from dangwu.pages.wording.names import format_origin
from dangwu.sheets.write.registers import REGISTER_PREFIX
from dangwu.sheets.write.registry import ALL_REGISTERS, SHEET_NAMES, build_sheets
from dangwu.sheets.write.sheet import SheetWording

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
    """Write lists of the year for Excel and WPS, or for analysis, in the order of groups and ids."""
    session = find_session(context)
    refuse_unknown_choice(what, SHEET_NAMES, "WHAT")
    form = _choose_export_format(format_, output, tidy=tidy)
    wanted = parse_audience(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    report = workspace.report(session.as_of, year or session.as_of.year, wanted)
    made = _choose_sheets(what, register, report, session, machine=tidy or form == "jsonl")
    if not made:
        nothing = say("Nothing of {what} is for the audience {audience}.", what=what, audience=audience)
        raise UsageError(nothing, say("Who sees what: docs/privacy.md."))
    for path, data in _build_files(made, form, output, session, report, tidy=tidy):
        write_output(session, data, path, force=force)


def _choose_export_format(wanted: str | None, output: Path | None, *, tidy: bool) -> str:
    """Return the format: as asked for, as the file is called, or a workbook."""
    form = choose_format(wanted, ResultKind.SHEETS, "csv" if tidy else "xlsx", output)
    if tidy and form != "csv":
        raise typer.BadParameter(_("only CSV can be tidy; jsonl always is"), param_hint="--tidy")
    require_format(form)
    refuse_binary_on_screen(form, output)
    return form


def _choose_sheets(
    what: str, register: str | None, report: YearReport, session: Session, *, machine: bool
) -> tuple[Sheet, ...]:
    """Return the sheets that were asked for; none where nothing of them is for the audience."""
    if register is not None and what != ALL_REGISTERS:
        raise typer.BadParameter(_("it goes with registers"), param_hint="--register")
    made = build_sheets(what, report, SheetWording(session.language, resources.load_schema, tidy=machine))
    if register is None:
        return made
    refuse_unknown_choice(register, [each.key.removeprefix(REGISTER_PREFIX) for each in made], "--register")
    return tuple(each for each in made if each.key == REGISTER_PREFIX + register)


def _build_files(
    made: tuple[Sheet, ...], form: str, output: Path | None, session: Session, report: YearReport, *, tidy: bool
) -> list[tuple[Path | None, bytes]]:
    """Return what is written where; None is stdout."""
    if form == "xlsx":
        lang = session.language
        return [(output, render_xlsx(made, lang, session.as_of, format_origin(report.owed, lang)))]
    data = [_render_sheet(each, form, tidy=tidy) for each in made]
    if len(made) == 1:
        return [(output, data[0])]
    if output is None or output.suffix:
        hint = say("Name a folder with --output, or one list; of the registers one with --register KEY.")
        raise UsageError(say("These are {count} lists, and such a file holds one.", count=len(made)), hint)
    return [(output / f"{each.key}.{form}", raw) for each, raw in zip(made, data, strict=True)]


def _render_sheet(spread: Sheet, form: str, *, tidy: bool) -> bytes:
    if form == "csv":
        return render_csv(spread, tidy=tidy)

    return render_jsonl(spread)
