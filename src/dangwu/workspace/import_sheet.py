"""A spreadsheet and one state of the records → the plan of an import, with every planned file checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.edit.edits import apply_edits
from dangwu.authoring.edit.marked_text import MarkedText, PatchError
from dangwu.authoring.edit.splice import patch_text
from dangwu.data import resources
from dangwu.files.overlay import OverlayTree
from dangwu.model.audience import Audience
from dangwu.model.file_change import FileChange
from dangwu.model.import_plan import ImportPlan, SheetProblem, join_problems
from dangwu.model.message import say
from dangwu.parse import markdown
from dangwu.parse.document import parse_document
from dangwu.parse.encoding import decode_text
from dangwu.parse.positions import drop_repeated_blanks
from dangwu.parse.yaml import find_positions
from dangwu.privacy import views
from dangwu.sheets.columns import SHEET_COLUMNS, CellType, find_column_codes
from dangwu.sheets.plan.changes import ChangeCollector
from dangwu.sheets.read.dues_options import read_dues_options
from dangwu.sheets.read.header_row import parse_mapping
from dangwu.sheets.read.open import PLANNERS, ListRequest, open_list_sheet
from dangwu.sheets.read.people import list_known_people
from dangwu.sheets.read.roster_rows import RosterReader
from dangwu.sheets.read.rows import ImportContext, RowReader
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.drafts import find_drafts, find_errors
from dangwu.workspace.load import load_workspace
from dangwu.workspace.new_findings import find_new_findings
from dangwu.workspace.new_record import render_new_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dangwu.authoring.edit.edits import DataEdit
    from dangwu.model.document import Document
    from dangwu.model.finding import Finding
    from dangwu.model.roster_answers import RosterAnswers
    from dangwu.model.tree import Tree
    from dangwu.workspace.workspace import Workspace


_DRAFT_KINDS = {"dues": "dues", "targets": "target"}
"""List → the kind of record whose drafts it fills in."""


class ImportRequest(NamedTuple):
    """The input of an import: the kind of list, the file's name and bytes, and the command's options.

    ``mapping`` holds the words of --map, as in ``HEAD=FIELD``, ``paid_on`` those of --paid-on, as in
    ``2026-03=2026-03-05``; ``language`` is that of comments in new records;
    ``answers`` are decisions about a roster; ``command`` is the line that was typed, to be shown with what it lacks.
    """

    sheet: str
    name: str
    raw: bytes
    as_of: date
    language: str
    mapping: Sequence[str] = ()
    tab: str | None = None
    year: int | None = None
    collector: str | None = None
    month: str | None = None
    paid_on: Sequence[str] = ()
    assessed_from: str | None = None
    answers: RosterAnswers | None = None
    command: str = ""


def plan_import(tree: Tree, workspace: Workspace, request: ImportRequest) -> ImportPlan:
    """Return the changes of an import, or its problems; nothing is written.

    CannotRunError for a file that cannot be read, UsageError for options that do not fit it.
    """
    columns = SHEET_COLUMNS[request.sheet]
    options = read_dues_options(request.sheet, request.month, request.paid_on, request.assessed_from)
    mapping = parse_mapping(request.mapping, columns)
    people = list_known_people(workspace.corpus)
    list_request = ListRequest(request.sheet, mapping, request.tab, request.year, options.month, people)
    opened = open_list_sheet(request.name, request.raw, list_request)
    grid, heads, problems = opened.grid, opened.header, opened.problems
    notes = (*grid.notes, *(heads.notes if heads else ()))
    if problems and request.sheet == "dues" and request.collector is None:
        problems = (_ask_for_collector(workspace, problems[0], opened.year or request.as_of.year), *problems[1:])
    plan = ImportPlan(
        request.sheet, grid.title, 0, heads.columns if heads else (), notes, problems, (), (), command=request.command
    )
    if heads is None or problems:
        return plan
    context = ImportContext(
        corpus=workspace.corpus,
        columns=columns,
        words={
            column.key: find_column_codes(column, resources.load_schema, load_kinds())
            for column in columns
            if column.form is CellType.CODE
        },
        as_of=request.as_of,
        paths=frozenset(workspace.paths),
        year=opened.year,
        collector=request.collector,
        paid_on={**({"": opened.paid_on} if opened.paid_on else {}), **options.paid_on},
        drafts=frozenset(find_drafts(workspace, _DRAFT_KINDS[request.sheet]))
        if request.sheet in _DRAFT_KINDS
        else frozenset(),
        whole_year=opened.whole_year,
        assessed_from=options.assessed_from,
        answers=request.answers,
    )
    reader = (RosterReader if request.sheet == "members" else RowReader)(grid, heads, context)
    collector = ChangeCollector(reader)
    PLANNERS[request.sheet](collector)
    plan = plan._replace(rows=reader.read, notes=(*notes, *reader.remarks), changes=tuple(collector.changes))
    if reader.problems:
        return plan._replace(troubles=join_problems(reader.problems))
    return _add_files(tree, workspace, request, collector, plan)


def _ask_for_collector(workspace: Workspace, problem: SheetProblem, year: int) -> SheetProblem:
    """Ask who collects along with the first problem, where the sheet will need a new ledger."""
    known = any(document.data.get("year") == year for document in _list_ledgers(workspace))
    return problem if known or not problem.retry else problem._replace(retry=(*problem.retry, say("--collector ID")))


def _list_ledgers(workspace: Workspace) -> Iterator[Document]:
    return (document for document in workspace.corpus.documents.values() if document.data.get("kind") == "dues")


def _add_files(
    tree: Tree, workspace: Workspace, request: ImportRequest, collector: ChangeCollector, plan: ImportPlan
) -> ImportPlan:
    """Return the plan with its files, each parsed again and compared with the intended data; or with problems."""
    files: list[FileChange] = []
    problems: list[SheetProblem] = []
    for path, data in collector.new_records.items():
        files.append(FileChange(path, None, render_new_record(data, path, request.language).encode()))
        problems += find_faults(path, files[-1].after or b"", data, plan)
    for path, edits in collector.edits.items():
        change = _edit_file(workspace, path, edits)
        if isinstance(change, SheetProblem):
            problems.append(change)
        else:
            files.append(change)
            intended = apply_edits(workspace.corpus.documents[path].data, edits)
            problems += find_faults(path, change.after or b"", intended, plan)
    if problems:
        return plan._replace(troubles=tuple(problems))
    files.sort()
    return plan._replace(
        files=tuple(files), findings=_find_new_findings(tree, workspace, request.as_of, files) if files else ()
    )


def _edit_file(workspace: Workspace, path: str, edits: Sequence[DataEdit]) -> FileChange | SheetProblem:
    """Apply edits to a record's text, keeping comments; a problem for text with findings or in an unusual form."""
    document = workspace.corpus.documents[path]
    text, problems = decode_text(document.raw)
    if text is None or problems:
        message = say("{path} has problems of its own.", path=path)
        return SheetProblem("", message, say("Run dangwu check and correct it first."))
    header, last = text, text.count("\n") + 1
    if path.endswith(".md"):
        parts = markdown.split_front_matter(text)
        header, last = parts.header or "", parts.body_line - 2
    try:
        new = patch_text(MarkedText(text, *find_positions(header), last), document.data, edits)
    except (PatchError, LookupError):
        return _build_unfit_problem(path)
    return FileChange(path, document.raw, new.encode())


def _build_unfit_problem(path: str) -> SheetProblem:
    message = say("{path} is written in a form that an import does not edit.", path=path)
    return SheetProblem("", message, say("Make this change by hand, or write the values one a line."))


def find_faults(path: str, raw: bytes, intended: Mapping[str, Any], plan: ImportPlan) -> Iterator[SheetProblem]:
    """Parse a planned file; yield a problem if it does not hold the intended data, and one for each schema error."""
    document, _ = parse_document(path, "", raw)
    if document is None or document.data != intended:
        yield _build_unfit_problem(path)
        return
    # What is still 【待填】 in a draft is no fault of the sheet.
    for finding in drop_repeated_blanks(find_errors(document), document):
        hint = finding.hint or say("Correct the value in the sheet.")
        first, *others = _find_cells(finding, document.data, plan) or [""]
        yield SheetProblem(first, finding.message, hint, (), tuple(others), "", ("",) * len(others))


def _find_cells(finding: Finding, data: Any, plan: ImportPlan) -> list[str]:
    """Return the cells that the value of a finding can come from, in the order of the changes."""
    value = data
    for part in finding.source.pointer:
        value = value[part]
    changes = (change for change in plan.changes if change.path == finding.source.path and change.new == value)
    return list(dict.fromkeys(change.cell for change in changes))


def _find_new_findings(
    tree: Tree, workspace: Workspace, as_of: date, files: Sequence[FileChange]
) -> tuple[Finding, ...]:
    """Return the findings, as the committee sees them, that the records have only after the import."""
    planned = {file.path: file.after for file in files if file.after is not None}
    after = load_workspace(OverlayTree(tree, planned), known=workspace)
    checked = after.run_checks(as_of)
    found, _ = find_new_findings(workspace.run_checks(as_of).findings, checked.findings, {})
    new = checked._replace(findings=found)
    return views.redact_check_result(new, after.build_viewer(as_of, Audience.COMMITTEE)).findings
