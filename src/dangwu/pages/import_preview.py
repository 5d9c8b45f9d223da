"""An import as a page: the changes it would make, and the problems that prevent it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.message import Bilingual, say
from dangwu.pages.findings import build_finding_blocks
from dangwu.pages.import_command import build_retry_command
from dangwu.pages.page import Block, Cell, Column, Heading, Item, Items, Page, Paragraph, Table, Tone
from dangwu.pages.wording.values import NO_VALUE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dangwu.language import Language
    from dangwu.model.file_change import FileChange
    from dangwu.model.import_plan import ImportChange, ImportPlan, SheetProblem, ShownValue

_MAX_SHOWN_CELLS = 12
_MAX_SHOWN_CHARACTERS = 40
_TITLES = {
    "members": say("Import: roster of members"),
    "dues": say("Import: dues ledger"),
    "attendance": say("Import: attendance book"),
    "targets": say("Import: members' targets"),
}


def build_import_page(plan: ImportPlan, lang: Language, *, written: bool) -> Page:
    """Return the preview of an import, or with ``written`` its result."""
    counts = say("{title}: rows read: {rows}", title=plan.title, rows=plan.rows)
    return Page(lang.text(_TITLES[plan.sheet]), lang.text(counts), tuple(_build_blocks(plan, lang, written=written)))


def _build_blocks(plan: ImportPlan, lang: Language, *, written: bool) -> Iterator[Block]:
    if plan.columns:
        yield _build_column_table(plan, lang)
    yield from (Paragraph(lang.text(note), Tone.QUIET) for note in plan.notes)
    if plan.troubles:
        count = sum(1 + len(problem.others) for problem in plan.troubles)
        yield Heading(lang.text(say("Problems in the sheet: {count}", count=count)))
        yield Items(tuple(_build_problem_item(problem, lang) for problem in plan.troubles))
        yield Paragraph(
            lang.text(say("Nothing was written. Correct these cells and import the sheet again.")), Tone.BAD
        )
        again = build_retry_command(plan, lang)
        if again is not None:
            fill_in = say("Or with what is missing in capitals filled in: {command}", command=again)
            yield Paragraph(lang.text(fill_in), Tone.OPEN)
        return
    if not plan.changes:
        yield Paragraph(lang.text(say("The sheet has nothing that the records do not have already.")), Tone.GOOD)
        return
    yield _build_change_table(plan, lang)
    if plan.findings:
        yield Heading(lang.text(say("Findings that the records would have then")))
        _, *others = build_finding_blocks(plan.findings, lang)
        yield from others
    new = sum(file.before is None for file in plan.files)
    files = say("Files changed: {count}, of them new: {new}.", count=len(plan.files), new=new)
    yield Paragraph(lang.text(files))
    if not written:
        yield Paragraph(
            lang.text(say("Nothing was written yet. To write it: the same command with --write")), Tone.OPEN
        )


def _build_column_table(plan: ImportPlan, lang: Language) -> Table:
    heads = (say("Column"), say("Head of the column"), say("Read as"))
    columns = tuple(Column(lang.text(head), short=at == 0) for at, head in enumerate(heads))
    rows = tuple(
        (
            Cell(column.letter),
            Cell(column.head),
            Cell(f"{lang.value(column.field)} ({column.key})")
            if column.field is not None
            else Cell(lang.text(say("not read")), Tone.QUIET),
        )
        for column in plan.columns
    )
    return Table(lang.text(say("Columns")), columns, rows)


def _build_problem_item(problem: SheetProblem, lang: Language) -> Item:
    message = lang.text(problem.message)
    details: list[str] = []
    if found := _shorten(problem.found, message):
        details.append(lang.text(say("In the cell: {found}", found=found)))
    if problem.others:
        details.append(_format_other_cells(problem, message, lang))
    if problem.hint:
        details.append(lang.text(say("Next: {step}", step=problem.hint)))
    return Item(problem.cell or lang.text(say("sheet")), message, Tone.BAD, details=tuple(details))


def _shorten(found: str | None, message: str) -> str:
    """Return what stands in a cell, on one line; "" for nothing, and where the message says it."""
    shown = " ".join((found or "").split())
    if shown in message:
        return ""
    return shown if len(shown) <= _MAX_SHOWN_CHARACTERS else f"{shown[:_MAX_SHOWN_CHARACTERS]}…"


def _format_other_cells(problem: SheetProblem, message: str, lang: Language) -> str:
    """Return the further cells with the same problem, without the name of the sheet, and how many there are."""
    found = (*problem.others_found, *("",) * (len(problem.others) - len(problem.others_found)))
    bare = tuple(
        f"{cell.rpartition('!')[2]} ({short})" if (short := _shorten(text, message)) else cell.rpartition("!")[2]
        for cell, text in zip(problem.others, found, strict=True)
    )
    shown = (*bare[:_MAX_SHOWN_CELLS], *(("…",) if len(bare) > _MAX_SHOWN_CELLS else ()))
    return lang.text(say("So too: {cells} ({count} more)", cells=shown, count=len(bare)))


def _build_change_table(plan: ImportPlan, lang: Language) -> Table:
    heads = (say("Cell"), say("Whom or what"), say("Field"), say("Previously"), say("After"), say("File"))
    columns = tuple(Column(lang.text(head), short=at == 0) for at, head in enumerate(heads))
    rows = tuple(_build_change_row(change, lang) for change in plan.changes)
    return Table(lang.text(say("Changes")), columns, rows)


def _build_change_row(change: ImportChange, lang: Language) -> tuple[Cell, ...]:
    return (
        Cell(change.cell),
        Cell(change.who),
        Cell(lang.value(change.field)),
        Cell(_format_shown_value(change.old, lang), Tone.QUIET),
        Cell(_format_shown_value(change.new, lang)),
        Cell(change.path, Tone.QUIET),
    )


def _format_shown_value(value: ShownValue, lang: Language) -> str:
    if value is None:
        return NO_VALUE_MARK
    return lang.value(value) if isinstance(value, str | int | Bilingual) else f"{value:g}"


def build_undo_page(changes: tuple[FileChange, ...], lang: Language, *, written: bool) -> Page:
    """Return the files that undoing the last import would restore or delete, or has."""
    what = {True: say("deleted again"), False: say("put back as it was")}
    rows = tuple((Cell(change.path), Cell(lang.text(what[change.after is None]))) for change in changes)
    heads = (Column(lang.text(say("File"))), Column(lang.text(say("What happens to it"))))
    blocks: list[Block] = [Table(lang.text(say("Files")), heads, rows)]
    if not changes:
        blocks = [Paragraph(lang.text(say("Every file is as it was before the import.")), Tone.GOOD)]
    elif not written:
        last = say("Nothing was written yet. To undo the import: dangwu import --undo --write")
        blocks.append(Paragraph(lang.text(last), Tone.OPEN))
    return Page(lang.text(say("Undoing the last import")), "", tuple(blocks))
