"""Facts: what records say was done, in the one form in which they are matched with duties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dangwu.model.period import Period
from dangwu.model.record import SUMMARY_HALVES, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dangwu.model.corpus import Corpus
    from dangwu.model.record import GenericRecord

DUES_KIND = "dues"
_PEOPLE_FIELDS = {"training": "present", "heart-to-heart-talk": "between"}
"""Kind → the field of the people for each of whom the record counts."""
_YEAR_LABEL = re.compile(r"(?:19|20|21)\d\d", re.ASCII)


class Fact(NamedTuple):
    """Something done on ``day`` by or for ``subject`` (a group, a member, or the branch as a whole: None).

    ``period`` is the one that the record names; without it the fact counts for the period of its day. ``made_up``
    says that a meeting was held in place of one that was missed.
    """

    record: Meeting | GenericRecord
    kind: str
    day: date
    subject: str | None = None
    period: Period | None = None
    made_up: bool = False

    @property
    def path(self) -> str:
        """The path of the record."""
        return self.record.path

    @property
    def order(self) -> tuple[date, int, str]:
        """The sort key by day, time and path, independent of the order of files; what has no time comes first."""
        return (self.day, isinstance(self.record, Meeting) and self.record.start, self.path)


def find_facts(corpus: Corpus) -> Iterator[Fact]:
    """Yield every fact of the records, in no particular order."""
    for meeting in corpus.meetings:
        yield Fact(meeting, meeting.kind, meeting.day, meeting.group, meeting.makes_up, meeting.makes_up is not None)
    for record in corpus.generic_records:
        if record.kind == DUES_KIND:
            yield from _find_paid_months(record)
        elif record.day is not None:
            yield Fact(record, record.kind, record.day, record.subject, _find_named_period(record))
            yield from _find_quarter_plans(record)
            yield from _find_personal_facts(record)


def build_half_label(kind: str, label: str) -> str:
    """Return the label of the half-year that a summary is for; for every other kind the label itself."""
    return f"{label}-{SUMMARY_HALVES[kind]}" if kind in SUMMARY_HALVES else label


def _find_named_period(record: GenericRecord) -> Period | None:
    """Return the period that a record names, None where it names none.

    The two summaries of a year are for its halves, a disclosure of a year's dues for that year.
    """
    if record.period is not None:
        return Period.parse(build_half_label(record.kind, record.period.label))
    about = record.data.get("about", ()) if record.kind == "disclosure" else ()
    label = next((id_.removeprefix("dues-") for id_ in about if id_.startswith("dues-")), None)
    return Period.parse(label) if label and _YEAR_LABEL.fullmatch(label) else None


def _find_personal_facts(record: GenericRecord) -> Iterator[Fact]:
    """Yield a fact for each person in a training or talk, besides the one for the branch."""
    field = _PEOPLE_FIELDS.get(record.kind)
    if field and record.day is not None:
        for member in dict.fromkeys(record.data[field]):
            yield Fact(record, record.kind, record.day, member)


def _find_quarter_plans(plan: GenericRecord) -> Iterator[Fact]:
    """Yield the quarter plans that an annual plan contains, instead of files of their own (1.4b)."""
    for part in plan.data.get("quarters", ()) if plan.kind == "annual-plan" else ():
        if plan.day is not None:
            yield Fact(plan, "quarter-plan", plan.day, None, Period.parse(part["quarter"]))


def _find_paid_months(ledger: GenericRecord) -> Iterator[Fact]:
    """Yield each month that a member has paid in full, on the day of the payment that completed it."""
    from dangwu.facts.dues import read_month_payments  # noqa: PLC0415 - most repositories are read without asking for duties

    for payment in read_month_payments(ledger):
        if payment.full_on is not None:
            yield Fact(ledger, DUES_KIND, payment.full_on, payment.member, payment.month)
