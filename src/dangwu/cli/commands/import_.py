"""``dangwu import``: show the changes that a spreadsheet makes to records, and write all of them or none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dangwu.cli.complete import complete_member
from dangwu.cli.editor_refresh import refresh_editor_words
from dangwu.cli.extras import require_extra
from dangwu.cli.languages import _
from dangwu.cli.output import build_format_option, choose_format
from dangwu.cli.prompts import Asker
from dangwu.cli.roster_words import (
    MonthsOption,
    OtherOption,
    RosterWords,
    SameOption,
    read_roster_words,
    repeat_command,
)
from dangwu.cli.session import Session, emit, find_session, print_page, refuse_unknown_choice
from dangwu.cli.unfinished import clear_unfinished, tell_unfinished
from dangwu.errors import ExitCode, UsageError
from dangwu.files.journal_place import choose_journal
from dangwu.files.read_input import read_piped_sheet, read_sheet
from dangwu.files.transaction import (
    IMPORT_COMMAND,
    read_last_import,
    take_back_import,
    write_changes,
)
from dangwu.formats.machine.import_preview import render_import_json, render_undo_json
from dangwu.formats.registry import ResultKind
from dangwu.git.repository import require_repository
from dangwu.model.message import say
from dangwu.pages.import_preview import build_import_page, build_undo_page
from dangwu.workspace.import_sheet import ImportRequest, plan_import
from dangwu.workspace.load import load_workspace
from dangwu.workspace.open_tree import open_tree

if TYPE_CHECKING:
    from dangwu.git.repository import RecordRoot
    from dangwu.model.corpus import Corpus
    from dangwu.model.import_plan import ImportPlan

_MEMBERS_FOLDER = "members/"
_SHEETS_METAVAR = "members|dues|attendance|targets"
_PIPE_NAME = "-"
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_Year = Annotated[
    int | None,
    typer.Option("--year", min=_FIRST_YEAR, max=_LAST_YEAR, help=_("The year of months written without one.")),
]
_Collector = Annotated[
    str | None,
    typer.Option(
        "--collector", metavar="ID", autocompletion=complete_member, help=_("Who collects, for a new dues ledger.")
    ),
]
_Month = Annotated[
    str | None,
    typer.Option("--month", metavar="MONTH", help=_("The month of all rows, for a sheet of dues of one month.")),
]
_PaidOn = Annotated[
    list[str] | None,
    typer.Option(
        "--paid-on",
        metavar="MONTH=DAY",
        help=_("The day on which the dues of a month were collected, for payments without a day; several times."),
    ),
]
_AssessedFrom = Annotated[
    str | None,
    typer.Option("--assessed-from", metavar="MONTH", help=_("From which month on another amount of dues holds.")),
]


def import_(
    context: typer.Context,
    sheet: Annotated[str | None, typer.Argument(metavar=_SHEETS_METAVAR, help=_("What the sheet holds."))] = None,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help=_("A workbook (.xlsx) or a CSV file; - reads what is piped in."), readable=False
        ),
    ] = None,
    *,
    write: Annotated[
        bool, typer.Option("--write", help=_("Write the changes; without it they are only shown."))
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help=_("Undo the last import, as long as its files have not changed."))
    ] = False,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEAD=FIELD", help=_("Which column is which field; several times if needed.")),
    ] = None,
    tab: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help=_("The sheet of the workbook."))] = None,
    year: _Year = None,
    collector: _Collector = None,
    month: _Month = None,
    paid_on: _PaidOn = None,
    assessed_from: _AssessedFrom = None,
    months: MonthsOption = None,
    same: SameOption = None,
    other: OtherOption = None,
    format_: Annotated[str, build_format_option(ResultKind.PAGE, _("Form of the output."))] = "text",
) -> None:
    """Print the changes of an import; with --write write them, all or none."""
    session = find_session(context)
    format_ = choose_format(format_, ResultKind.PAGE)
    if undo:
        if sheet is not None or file is not None:
            raise UsageError(say("--undo takes no sheet."))
        _undo_import(session, format_, write=write)
        return
    if sheet is None or file is None:
        raise UsageError(say("Say what the sheet holds, and where it is: dangwu import members FILE"))
    refuse_unknown_choice(sheet, tuple(_SHEETS_METAVAR.split("|")), _SHEETS_METAVAR)
    require_extra("office")
    if write:
        clear_unfinished(session)
    else:
        tell_unfinished(session)
    options: dict[str, Any] = {"mapping": map_ or (), "tab": tab, "year": year, "command": repeat_command(context)}
    options |= {"month": month, "paid_on": paid_on or (), "assessed_from": assessed_from}
    roster = RosterWords(months, same or (), other or ())
    plan, location = _plan_from_sheet(session, sheet, file, collector, roster, **options)
    writing = write and bool(plan.files)
    if writing:
        _write_plan(session, location, plan)
    _print_plan(session, plan, format_, written=writing)
    if plan.troubles:
        raise typer.Exit(ExitCode.FINDINGS)


def _plan_from_sheet(
    session: Session, sheet: str, file: Path, collector: str | None, roster: RosterWords, **options: Any
) -> tuple[ImportPlan, RecordRoot]:
    """Read the spreadsheet and the records, and plan the import."""
    location = session.require_branch()
    name, raw = read_piped_sheet(sys.stdin.buffer) if str(file) == _PIPE_NAME else (file.name, read_sheet(file))
    tree = open_tree(location)
    workspace = load_workspace(tree)
    request = ImportRequest(
        sheet=sheet,
        name=name,
        raw=raw,
        as_of=session.as_of,
        language=session.language.code,
        collector=_find_collector(session, workspace.corpus, collector),
        answers=read_roster_words(Asker(session, workspace.corpus, enabled=False), roster),
        **options,
    )
    return plan_import(tree, workspace, request), location


def _find_collector(session: Session, corpus: Corpus, word: str | None) -> str | None:
    return None if word is None else Asker(session, corpus, enabled=False).required_member(word, "--collector")


def _write_plan(session: Session, location: RecordRoot, plan: ImportPlan) -> None:
    repository = location.repository
    journal = choose_journal(location.root, repository.git_dir if repository else None)
    write_changes(location.root, plan.files, journal, IMPORT_COMMAND)
    if repository is None:
        if location.error is not None:
            session.tell(location.error.message)
        session.tell(say("Without git this import cannot be undone with --undo."))
    session.tell(say("Written: {count}. Then: dangwu check", count=len(plan.files)))
    if any(change.path.startswith(_MEMBERS_FOLDER) for change in plan.files):
        refresh_editor_words(session)


def _print_plan(session: Session, plan: ImportPlan, format_: str, *, written: bool) -> None:
    if format_ == "json":
        emit(render_import_json(plan, session.language, written=written))
        return
    print_page(session, build_import_page(plan, session.language, written=written), format_)


def _undo_import(session: Session, format_: str, *, write: bool) -> None:
    """Print the changes that undo the last import; with ``write`` make them."""
    location = session.location()
    repository = require_repository(location)
    settled = clear_unfinished(session) if write else None
    if settled is not None and settled.command == IMPORT_COMMAND and not settled.completed:
        # The import to undo was the one that was broken off; the one before it stays.
        changes = settled.taken_back
    else:
        changes = read_last_import(location.root, repository.git_dir)
        if write:
            take_back_import(location.root, changes, repository.git_dir)
            refresh_editor_words(session)
    if format_ == "json":
        emit(render_undo_json(changes, written=write))
        return
    print_page(session, build_undo_page(changes, session.language, written=write), format_)
