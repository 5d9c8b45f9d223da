"""The changes that a sheet asks for, gathered record by record while its rows are gone through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.model.import_plan import ImportChange

if TYPE_CHECKING:
    from dangwu.authoring.edit.edits import DataEdit
    from dangwu.model.message import Text
    from dangwu.sheets.read.rows import ImportContext, RowReader, SheetRow


class ChangeCollector:
    """What is to be edited, by path, and which records are new; each change with the cell that asks for it."""

    def __init__(self, reader: RowReader) -> None:
        self.reader = reader
        self.edits: dict[str, list[DataEdit]] = {}
        self.fresh: dict[str, dict[str, Any]] = {}
        self.changes: list[ImportChange] = []

    @property
    def known(self) -> ImportContext:
        """What is known beside the sheet."""
        return self.reader.known

    def may(self, row: SheetRow) -> bool:
        """Tell whether a row may change anything; a row that is held and would gets its problem noted."""
        if row.held is not None:
            held, row.held = row.held, None
            self.reader.keep(row, next(iter(row.spots.values())), held)
        return self.reader.good(row)


class RecordEditor(NamedTuple):
    """A row at work on a record; ``who`` is whom or what it is about, in words."""

    draft: ChangeCollector
    row: SheetRow
    path: str
    who: str

    def edit(self, edit: DataEdit) -> None:
        """Ask for an edit of the record."""
        if self.draft.may(self.row):
            self.draft.edits.setdefault(self.path, []).append(edit)

    def new(self, data: dict[str, Any]) -> dict[str, Any]:
        """Ask for a new record, or return the one that was asked for at this path."""
        return self.draft.fresh.setdefault(self.path, data) if self.draft.may(self.row) else data

    def show(self, key: str, new: Any, old: Any = None) -> None:
        """Say what a field becomes, in the words of people."""
        if self.draft.may(self.row):
            known = self.draft.known
            old, new = known.shown(key, old), known.shown(key, new)
            cell = self.draft.reader.cell(self.row, key)
            self.draft.changes.append(ImportChange(self.path, self.who, known.title(key), old, new, cell))

    def note(self, key: str, message: Text, hint: Text | None = None) -> None:
        """Keep a problem with a cell of the row."""
        self.draft.reader.note(self.row, key, message, hint)
