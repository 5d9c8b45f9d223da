"""The joint of an import: a sheet and one state of the records become a plan, and the plan's files are proved first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.edit.edits import apply_edits
from dangwu.authoring.edit.marked_text import MarkedText, PatchError
from dangwu.authoring.edit.splice import patch_text
from dangwu.authoring.record_text import build_record_path, render_record
from dangwu.data import resources
from dangwu.files.overlay import OverlayTree
from dangwu.model.audience import Audience
from dangwu.model.import_plan import FileChange, ImportPlan, SheetProblem
from dangwu.model.message import say
from dangwu.parse import markdown, schema
from dangwu.parse.document import parse_document
from dangwu.parse.encoding import decode_text
from dangwu.parse.yaml import find_positions
from dangwu.privacy import views
from dangwu.sheets.code_words import find_column_codes
from dangwu.sheets.columns import SHEET_COLUMNS, CellType
from dangwu.sheets.plan.changes import ChangeCollector
from dangwu.sheets.read.header_row import parse_mapping
from dangwu.sheets.read.open import PLANNERS, ListRequest, open_list_sheet
from dangwu.sheets.read.rows import ImportContext, RowReader
from dangwu.workspace.catalogue import load_kinds
from dangwu.workspace.load import identify_finding, load_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dangwu.authoring.edit.edits import DataEdit
    from dangwu.model.finding import Finding
    from dangwu.model.message import Text
    from dangwu.model.tree import Tree
    from dangwu.workspace.workspace import Workspace


class ImportRequest(NamedTuple):
    """An import that is asked for: which list, the file's name and bytes, and what was said on the command line.

    ``language`` is the one in which new records are headed.
    """

    sheet: str
    name: str
    raw: bytes
    as_of: date
    language: str
    said: Sequence[str] = ()
    tab: str | None = None
    year: int | None = None
    collector: str | None = None


def plan_import(tree: Tree, workspace: Workspace, order: ImportRequest) -> ImportPlan:
    """Return what an import would change and what stands in its way; nothing is written.

    CannotRunError for a file that cannot be read, UsageError for words that do not fit it.
    """
    columns = SHEET_COLUMNS[order.sheet]
    wanted = ListRequest(order.sheet, parse_mapping(order.said, columns), order.tab, order.year)
    grid, heads, troubles = open_list_sheet(order.name, order.raw, wanted)
    notes = (*grid.notes, *(heads.notes if heads else ()))
    made = ImportPlan(order.sheet, grid.title, 0, heads.columns if heads else (), notes, troubles, (), ())
    if heads is None or troubles:
        return made
    known = ImportContext(
        corpus=workspace.corpus,
        columns=columns,
        words={
            column.key: find_column_codes(column, resources.load_schema, load_kinds())
            for column in columns
            if column.form is CellType.CODE
        },
        as_of=order.as_of,
        paths=frozenset(workspace.paths),
        year=order.year,
        collector=order.collector,
    )
    reader = RowReader(grid, heads, known)
    draft = ChangeCollector(reader)
    PLANNERS[order.sheet](draft)
    made = made._replace(
        rows=reader.read, notes=(*notes, *_describe_closing_rows(reader)), changes=tuple(draft.changes)
    )
    if reader.troubles:
        return made._replace(troubles=reader.troubles)
    return _prove_files(tree, workspace, order, draft, made)


def _describe_closing_rows(reader: RowReader) -> Iterator[Text]:
    rows = tuple(f"{number} {words}" for number, words in reader.closing.items())
    if rows:
        yield say("Rows that close the list are not read: {rows}.", rows=rows)


def _prove_files(
    tree: Tree, workspace: Workspace, order: ImportRequest, draft: ChangeCollector, made: ImportPlan
) -> ImportPlan:
    """Return the plan with its files, after each was read again and found to say what was intended and no more."""
    files: list[FileChange] = []
    troubles: list[SheetProblem] = []
    for path, data in draft.fresh.items():
        files.append(FileChange(path, None, _render_new_record(data, order.language).encode()))
        troubles += _find_faults(files[-1], data, made)
    for path, edits in draft.edits.items():
        change = _edit_file(workspace, path, edits)
        if isinstance(change, SheetProblem):
            troubles.append(change)
        else:
            files.append(change)
            troubles += _find_faults(change, apply_edits(workspace.corpus.documents[path].data, edits), made)
    if troubles:
        return made._replace(troubles=tuple(troubles))
    files.sort()
    return made._replace(
        files=tuple(files), findings=_find_new_findings(tree, workspace, order.as_of, files) if files else ()
    )


def _render_new_record(data: Mapping[str, Any], language: str) -> str:
    """Return the text of a new record, as ``dangwu new`` writes it."""
    schema_ = resources.load_schema(data["kind"])
    up = "../" * build_record_path(schema_, data).count("/")
    return render_record(schema_, data, language=language, schema_line=f"{up}.dangwu/schema/{data['kind']}.json")


def _edit_file(workspace: Workspace, path: str, edits: Sequence[DataEdit]) -> FileChange | SheetProblem:
    each = workspace.corpus.documents[path]
    text, problems = decode_text(each.raw)
    if text is None or problems:
        message = say("{path} has problems of its own.", path=path)
        return SheetProblem("", message, say("Run dangwu check and correct it first."))
    header, last = text, text.count("\n") + 1
    if path.endswith(".md"):
        parts = markdown.split_front_matter(text)
        header, last = parts.header or "", parts.body_line - 2
    try:
        new = patch_text(MarkedText(text, *find_positions(header), last), each.data, edits)
    except (PatchError, LookupError):
        return _build_unfit_problem(path)
    return FileChange(path, each.raw, new.encode())


def _build_unfit_problem(path: str) -> SheetProblem:
    message = say("{path} is written in a form that an import does not edit.", path=path)
    return SheetProblem("", message, say("Make this change by hand, or write the values one a line."))


def _find_faults(change: FileChange, intended: Mapping[str, Any], made: ImportPlan) -> Iterator[SheetProblem]:
    """Yield what would be wrong with a file: it is read as it would stand there, and compared with what was meant."""
    after = change.after or b""
    doc, _ = parse_document(change.path, "", after)
    if doc is None or doc.data != intended:
        yield _build_unfit_problem(change.path)
        return
    for finding in schema.find_schema_errors(doc, resources.list_kinds(), resources.load_schema):
        hint = finding.hint or say("Correct the value in the sheet.")
        yield SheetProblem(_find_cell(finding, doc.data, made), finding.message, hint)


def _find_cell(finding: Finding, data: Any, made: ImportPlan) -> str:
    """Return the cell whose value does not fit, where only one can be it."""
    value = data
    for part in finding.source.pointer:
        value = value[part]
    cells = {change.cell for change in made.changes if change.path == finding.source.path and change.new == value}
    return cells.pop() if len(cells) == 1 else ""


def _find_new_findings(
    tree: Tree, workspace: Workspace, as_of: date, files: Sequence[FileChange]
) -> tuple[Finding, ...]:
    """Return the findings that the committee would see then and does not see now."""
    laid = {file.path: file.after for file in files if file.after is not None}
    after = load_workspace(OverlayTree(tree, laid), known=workspace)
    before = {identify_finding(finding) for finding in workspace.run_checks(as_of).findings}
    checked = after.run_checks(as_of)
    new = checked._replace(
        findings=tuple(finding for finding in checked.findings if identify_finding(finding) not in before)
    )
    return views.redact_check_result(new, after.build_viewer(as_of, Audience.COMMITTEE)).findings
