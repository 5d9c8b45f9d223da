"""The joint of an import: a sheet and one state of the records become a plan, and the plan's files are proved first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.authoring.edit.edits import applied
from dangwu.authoring.edit.marked_text import Marked, PatchError
from dangwu.authoring.edit.splice import patched
from dangwu.authoring.record_text import record_path, record_text
from dangwu.data import resources
from dangwu.files.overlay import Overlay
from dangwu.model.audience import Audience
from dangwu.model.import_plan import FileChange, Plan, Trouble
from dangwu.model.message import say
from dangwu.parse import markdown, schema
from dangwu.parse.document import document
from dangwu.parse.encoding import decode
from dangwu.parse.yaml import marks
from dangwu.privacy import views
from dangwu.sheets.code_words import codes
from dangwu.sheets.columns import SHEETS, Form
from dangwu.sheets.plan.changes import Draft
from dangwu.sheets.read.header_row import mapping
from dangwu.sheets.read.open import PLANNERS, Wanted, found
from dangwu.sheets.read.rows import Known, Reader
from dangwu.workspace.catalogue import kinds
from dangwu.workspace.load import identity, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dangwu.authoring.edit.edits import Edit
    from dangwu.model.finding import Finding
    from dangwu.model.message import Text
    from dangwu.model.tree import Tree
    from dangwu.workspace.workspace import Workspace


class Order(NamedTuple):
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


def plan_import(tree: Tree, workspace: Workspace, order: Order) -> Plan:
    """Return what an import would change and what stands in its way; nothing is written.

    CannotRunError for a file that cannot be read, UsageError for words that do not fit it.
    """
    columns = SHEETS[order.sheet]
    wanted = Wanted(order.sheet, mapping(order.said, columns), order.tab, order.year)
    grid, heads, troubles = found(order.name, order.raw, wanted)
    notes = (*grid.notes, *(heads.notes if heads else ()))
    made = Plan(order.sheet, grid.title, 0, heads.columns if heads else (), notes, troubles, (), ())
    if heads is None or troubles:
        return made
    known = Known(
        corpus=workspace.corpus,
        columns=columns,
        words={each.key: codes(each, resources.schema, kinds()) for each in columns if each.form is Form.CODE},
        as_of=order.as_of,
        paths=frozenset(workspace.paths),
        year=order.year,
        collector=order.collector,
    )
    reader = Reader(grid, heads, known)
    draft = Draft(reader)
    PLANNERS[order.sheet](draft)
    made = made._replace(rows=reader.read, notes=(*notes, *_closing(reader)), changes=tuple(draft.changes))
    if reader.troubles:
        return made._replace(troubles=reader.troubles)
    return _proved(tree, workspace, order, draft, made)


def _closing(reader: Reader) -> Iterator[Text]:
    rows = tuple(f"{number} {words}" for number, words in reader.closing.items())
    if rows:
        yield say("Rows that close the list are not read: {rows}.", rows=rows)


def _proved(tree: Tree, workspace: Workspace, order: Order, draft: Draft, made: Plan) -> Plan:
    """Return the plan with its files, after each was read again and found to say what was intended and no more."""
    files: list[FileChange] = []
    troubles: list[Trouble] = []
    for path, data in draft.fresh.items():
        files.append(FileChange(path, None, _new_text(data, order.language).encode()))
        troubles += _faults(files[-1], data, made)
    for path, edits in draft.edits.items():
        change = _edited(workspace, path, edits)
        if isinstance(change, Trouble):
            troubles.append(change)
        else:
            files.append(change)
            troubles += _faults(change, applied(workspace.corpus.documents[path].data, edits), made)
    if troubles:
        return made._replace(troubles=tuple(troubles))
    files.sort()
    return made._replace(files=tuple(files), findings=_news(tree, workspace, order.as_of, files) if files else ())


def _new_text(data: Mapping[str, Any], language: str) -> str:
    """Return the text of a new record, as ``dangwu new`` writes it."""
    schema_ = resources.schema(data["kind"])
    up = "../" * record_path(schema_, data).count("/")
    return record_text(schema_, data, language=language, schema_line=f"{up}.dangwu/schema/{data['kind']}.json")


def _edited(workspace: Workspace, path: str, edits: Sequence[Edit]) -> FileChange | Trouble:
    each = workspace.corpus.documents[path]
    text, problems = decode(each.raw)
    if text is None or problems:
        message = say("{path} has problems of its own.", path=path)
        return Trouble("", message, say("Run dangwu check and correct it first."))
    header, last = text, text.count("\n") + 1
    if path.endswith(".md"):
        parts = markdown.split(text)
        header, last = parts.header or "", parts.body_line - 2
    try:
        new = patched(Marked(text, *marks(header), last), each.data, edits)
    except (PatchError, LookupError):
        return _unfit(path)
    return FileChange(path, each.raw, new.encode())


def _unfit(path: str) -> Trouble:
    message = say("{path} is written in a form that an import does not edit.", path=path)
    return Trouble("", message, say("Make this change by hand, or write the values one a line."))


def _faults(change: FileChange, intended: Mapping[str, Any], made: Plan) -> Iterator[Trouble]:
    """Yield what would be wrong with a file: it is read as it would stand there, and compared with what was meant."""
    after = change.after or b""
    doc, _ = document(change.path, "", after)
    if doc is None or doc.data != intended:
        yield _unfit(change.path)
        return
    for finding in schema.shape(doc, resources.kinds(), resources.schema):
        hint = finding.hint or say("Correct the value in the sheet.")
        yield Trouble(_cell(finding, doc.data, made), finding.message, hint)


def _cell(finding: Finding, data: Any, made: Plan) -> str:
    """Return the cell whose value does not fit, where only one can be it."""
    value = data
    for part in finding.source.pointer:
        value = value[part]
    cells = {each.cell for each in made.changes if each.path == finding.source.path and each.new == value}
    return cells.pop() if len(cells) == 1 else ""


def _news(tree: Tree, workspace: Workspace, as_of: date, files: Sequence[FileChange]) -> tuple[Finding, ...]:
    """Return the findings that the committee would see then and does not see now."""
    laid = {each.path: each.after for each in files if each.after is not None}
    after = load(Overlay(tree, laid), known=workspace)
    before = {identity(each) for each in workspace.whole(as_of).findings}
    checked = after.whole(as_of)
    new = checked._replace(findings=tuple(each for each in checked.findings if identity(each) not in before))
    return views.checked_for(new, after.sight(as_of, Audience.COMMITTEE)).findings
