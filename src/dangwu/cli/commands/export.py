"""``dangwu export``: rosters, ledgers, duties and registers as a workbook, as CSV, or as lines of JSON for analysis."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dangwu.cli.extras import need_for
from dangwu.cli.languages import _
from dangwu.cli.options import For, Force, Rev, Staged, Year
from dangwu.cli.output import choose_format, deliver, format_option, refuse_screen
from dangwu.cli.session import audience_of, choose, of
from dangwu.data import resources
from dangwu.errors import UsageError
from dangwu.formats.csv import csv_bytes
from dangwu.formats.jsonl import jsonl_bytes
from dangwu.formats.registry import Result
from dangwu.formats.xlsx import workbook
from dangwu.model.message import say
from dangwu.pages.wording.names import origin
from dangwu.sheets.write.registers import PREFIX
from dangwu.sheets.write.registry import NAMES, REGISTERS, spreads
from dangwu.sheets.write.wording import Voice

if TYPE_CHECKING:
    from dangwu.cli.session import Session
    from dangwu.model.results import YearReport
    from dangwu.sheets.write.sheet import Spread


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
    year: Year = None,
    format_: Annotated[
        str | None,
        format_option(Result.SHEETS, _("Form of the output; else as FILE ends.")),
    ] = None,
    tidy: Annotated[
        bool, typer.Option("--tidy", help=_("CSV for machines: keys, ids and codes in the place of words."))
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE|DIR", help=_("Write to a file; many CSV files into a folder.")),
    ] = None,
    force: Force = False,
    audience: For = "committee",
    staged: Staged = False,
    rev: Rev = None,
) -> None:
    """Write lists of the year for Excel and WPS, or for analysis, in the order of groups and ids."""
    session = of(context)
    choose(what, NAMES, "WHAT")
    form = _form(format_, output, tidy=tidy)
    wanted = audience_of(audience)
    workspace = session.workspace(staged=staged, rev=rev, history=True)
    report = workspace.report(session.as_of, year or session.as_of.year, wanted)
    made = _spreads(what, register, report, session, machine=tidy or form == "jsonl")
    if not made:
        nothing = say("Nothing of {what} is for the audience {audience}.", what=what, audience=audience)
        raise UsageError(nothing, say("Who sees what: docs/privacy.md."))
    for path, data in _files(made, form, output, session, report, tidy=tidy):
        deliver(session, data, path, force=force)


def _form(wanted: str | None, output: Path | None, *, tidy: bool) -> str:
    """Return the format: as asked for, as the file is called, or a workbook."""
    form = choose_format(wanted, Result.SHEETS, "csv" if tidy else "xlsx", output)
    if tidy and form != "csv":
        raise typer.BadParameter(_("only CSV can be tidy; jsonl always is"), param_hint="--tidy")
    need_for(form)
    refuse_screen(form, output)
    return form


def _spreads(
    what: str, register: str | None, report: YearReport, session: Session, *, machine: bool
) -> tuple[Spread, ...]:
    """Return the sheets that were asked for; none where nothing of them is for the audience."""
    if register is not None and what != REGISTERS:
        raise typer.BadParameter(_("it goes with registers"), param_hint="--register")
    made = spreads(what, report, Voice(session.language, resources.schema, tidy=machine))
    if register is None:
        return made
    choose(register, [each.key.removeprefix(PREFIX) for each in made], "--register")
    return tuple(each for each in made if each.key == PREFIX + register)


def _files(
    made: tuple[Spread, ...], form: str, output: Path | None, session: Session, report: YearReport, *, tidy: bool
) -> list[tuple[Path | None, bytes]]:
    """Return what is written where; None is stdout."""
    if form == "xlsx":
        lang = session.language
        return [(output, workbook(made, lang, session.as_of, origin(report.owed, lang)))]
    data = [_lines(each, form, tidy=tidy) for each in made]
    if len(made) == 1:
        return [(output, data[0])]
    if output is None or output.suffix:
        hint = say("Name a folder with --output, or one list; of the registers one with --register KEY.")
        raise UsageError(say("These are {count} lists, and such a file holds one.", count=len(made)), hint)
    return [(output / f"{each.key}.{form}", raw) for each, raw in zip(made, data, strict=True)]


def _lines(spread: Spread, form: str, *, tidy: bool) -> bytes:
    if form == "csv":
        return csv_bytes(spread, tidy=tidy)

    return jsonl_bytes(spread)
