"""Collect the changes that the rows of a sheet ask for, by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.import_plan import ImportChange
from dangwu.sheets.plan.branch_proposal import BranchProposal

if TYPE_CHECKING:
    from dangwu.authoring.edit.edits import DataEdit
    from dangwu.model.message import Text
    from dangwu.sheets.read.rows import ImportContext, RowReader, SheetRow


class ChangeCollector:
    """Edits and new records by path, and the changes for the preview, each with the cell that asks for it."""

    def __init__(self, reader: RowReader) -> None:
        self.reader = reader
        self.edits: dict[str, list[DataEdit]] = {}
        self.new_records: dict[str, dict[str, Any]] = {}
        self.changes: list[ImportChange] = []
        self.proposal = BranchProposal(reader.context.corpus)

    @property
    def context(self) -> ImportContext:
        """What the import knows beside the sheet."""
        return self.reader.context

    def may_change(self, row: SheetRow) -> bool:
        """Tell whether a row may change a record; its blocker, if it has one, becomes a problem."""
        if row.blocker is not None:
            blocker, row.blocker = row.blocker, None
            self.reader.keep_problem(row, next(iter(row.cells.values())), blocker)
        return self.reader.is_good(row)


class RecordEditor(NamedTuple):
    """Edits one record for one row; ``who`` is the member or meeting of the row, in words."""

    collector: ChangeCollector
    row: SheetRow
    path: str
    who: str

    def add_edit(self, edit: DataEdit) -> None:
        """Add an edit of the record, if the row may change it."""
        if self.collector.may_change(self.row):
            self.collector.edits.setdefault(self.path, []).append(edit)

    def add_record(self, data: dict[str, Any]) -> dict[str, Any]:
        """Add a new record, or return the one already added at this path."""
        return self.collector.new_records.setdefault(self.path, data) if self.collector.may_change(self.row) else data

    def add_change(self, key: str, new: Any, old: Any = None) -> None:
        """Add a change of a field to the preview, codes as words."""
        if self.collector.may_change(self.row):
            context = self.collector.context
            old, new = context.format_value(key, old), context.format_value(key, new)
            cell = self.collector.reader.find_address(self.row, key)
            self.collector.changes.append(ImportChange(self.path, self.who, context.title(key), old, new, cell))

    def note(self, key: str, message: Text, hint: Text | None = None) -> None:
        """Add a problem with a cell of the row."""
        self.collector.reader.note(self.row, key, message, hint)
