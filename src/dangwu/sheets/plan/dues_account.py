"""What a dues ledger says of one member in one year, as far as it is known while rows are planned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from dangwu.sheets.plan.changes import RecordEditor

if TYPE_CHECKING:
    from dangwu.sheets.plan.changes import ChangeCollector
    from dangwu.sheets.read.rows import SheetRow

PAYMENT_FIELDS = ("date", "amount", "reason")


class YearAmounts(NamedTuple):
    """The amount of January, and each later month from which another one holds, with that amount."""

    base: Any
    changes: tuple[tuple[str, Any], ...] = ()

    def find(self, month: str) -> Any:
        """Return the amount of a month."""
        return next((amount for first, amount in reversed(self.changes) if first <= month), self.base)

    def as_fields(self) -> dict[str, Any]:
        """Return the fields of a member's row."""
        changes = [{"from": first, "assessed": amount} for first, amount in self.changes]
        return {"assessed": self.base, **({"adjustments": changes} if changes else {})}


@dataclass
class DuesAccount:
    """The rows of one member in one year, and those of them with a month by that month.

    ``amounts`` are those assessed after the import; ``undated`` collects the rows of all accounts without a day.
    """

    collector: ChangeCollector
    year: int
    member: str
    path: str
    undated: list[SheetRow]
    rows: list[SheetRow] = field(default_factory=list)
    months: dict[str, list[SheetRow]] = field(default_factory=dict)
    amounts: YearAmounts | None = None

    def editor(self, row: SheetRow) -> RecordEditor:
        """Return the editor of the ledger for a row."""
        return RecordEditor(self.collector, row, self.path, self.collector.context.corpus.name_of(self.member))

    def find_amount(self, month: str) -> Any:
        """Return the amount that is assessed for a month after the import; None where none is known."""
        return self.amounts.find(month) if self.amounts else None


def has_payment(row: SheetRow) -> bool:
    """Tell whether a row has a payment; an amount of nought alone is none."""
    said = {key: row.get(key) for key in PAYMENT_FIELDS}
    return said["date"] is not None or said["reason"] is not None or bool(said["amount"])
