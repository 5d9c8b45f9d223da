"""What the records say was done: the one form in which meetings, plans and ledgers are matched with duties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.period import Period
from dangwu.model.record import SUMMARY_HALVES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.record import GenericRecord, Meeting

DUES_KIND = "dues"
_PEOPLE_FIELDS = {"training": "present", "heart-to-heart-talk": "between"}
"""Kind → the field with the people for each of whom it counts."""
_YEAR_LABEL = re.compile(r"(?:19|20|21)\d\d", re.ASCII)


class Fact(NamedTuple):
    """Something done on ``day`` by or for ``subject`` (a group, a member, or the branch as a whole: None).

    ``names`` is the period that the record says it is for; without it, it counts for the one its day lies in.
    ``made_up`` says that a meeting was held in the place of one that was missed.
    """

    record: Meeting | GenericRecord
    kind: str
    day: date
    subject: str | None = None
    period: Period | None = None
    made_up: bool = False

    @property
    def path(self) -> str:
        """The file that shows it."""
        return self.record.path

    @property
    def order(self) -> tuple[date, int, str]:
        """Facts are counted by day, hour and path, never by file order."""
        return (self.day, getattr(self.record, "start", 0), self.path)


def find_facts(corpus: Corpus) -> Iterator[Fact]:
    """Yield every fact of the records, in no particular order."""
    for meeting in corpus.meetings:
        yield Fact(meeting, meeting.kind, meeting.day, meeting.group, meeting.makes_up, meeting.makes_up is not None)
    for sheet in corpus.generic_records:
        if sheet.kind == DUES_KIND:
            yield from _find_paid_months(sheet)
        elif sheet.day is not None:
            yield Fact(sheet, sheet.kind, sheet.day, sheet.subject, _find_named_period(sheet))
            yield from _find_quarter_plans(sheet)
            yield from _find_personal_facts(sheet)


def build_half_label(kind: str, label: str) -> str:
    """Return the half-year that a summary of a year is for; the label itself for every other kind."""
    return f"{label}-{SUMMARY_HALVES[kind]}" if kind in SUMMARY_HALVES else label


def _find_named_period(sheet: GenericRecord) -> Period | None:
    """Return the period that a sheet is for.

    The two summaries of a year are for its halves; a disclosure of a year's dues for that year, whenever published.
    """
    if sheet.period is not None:
        return Period.parse(build_half_label(sheet.kind, sheet.period.label))
    about = sheet.data.get("about", ()) if sheet.kind == "disclosure" else ()
    label = next((each.removeprefix("dues-") for each in about if each.startswith("dues-")), None)
    return Period.parse(label) if label and _YEAR_LABEL.fullmatch(label) else None


def _find_personal_facts(sheet: GenericRecord) -> Iterator[Fact]:
    """Yield what a training or a talk was for each person in it, beside the one event that it was for the branch."""
    field = _PEOPLE_FIELDS.get(sheet.kind)
    if field and sheet.day is not None:
        for member in dict.fromkeys(sheet.data[field]):
            yield Fact(sheet, sheet.kind, sheet.day, member)


def _find_quarter_plans(plan: GenericRecord) -> Iterator[Fact]:
    """Yield the quarter plans that stand inside an annual plan instead of in files of their own (1.4b)."""
    for part in plan.data.get("quarters", ()) if plan.kind == "annual-plan" else ():
        if plan.day is not None:
            yield Fact(plan, "quarter-plan", plan.day, None, Period.parse(part["quarter"]))


def _find_paid_months(ledger: GenericRecord) -> Iterator[Fact]:
    """Yield each month that a member has paid in full, on the day on which it was full."""
    from dangwu.facts.dues import read_month_payments  # noqa: PLC0415 - most repositories are read without asking for duties

    for payment in read_month_payments(ledger):
        if payment.full_on is not None:
            yield Fact(ledger, DUES_KIND, payment.full_on, payment.member, payment.month)
