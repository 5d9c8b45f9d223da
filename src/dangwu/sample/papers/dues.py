"""Dues: a ledger for each year, filed anew when a month has been collected (10.1(6), form 2.7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.period import Period, PeriodLength, list_periods
from dangwu.sample.paper import Paper, new_paper
from dangwu.sample.sample_values import IN_FORCE
from dangwu.sample.work_days import list_workdays

if TYPE_CHECKING:
    from collections.abc import Collection

    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import PaperWriter

_AMOUNTS = (15, 18, 22.5, 25, 30, 36, 42, 45, 54)
_RUN = 3
_NOT_BEFORE = 5
"""Nobody pays before this day of the month, but who came in it."""


def write_dues(writer: PaperWriter, debtor: Person | None) -> dict[int, float]:
    """File the ledgers of all years, and return what was collected in each.

    ``debtor`` leaves three months running unpaid in the last year that has them.
    """
    writer.begin_part("dues")
    amounts = {person: writer.chance.choice(_AMOUNTS) for person in writer.cast.people}
    unpaid = {(debtor, month): month for month in _choose_unpaid(writer)} if debtor else {}
    collected: dict[int, float] = {}
    for year in writer.years:
        opened = writer.draw_day_of(year, (1, 4), (1, 8))
        if opened is None:
            continue
        path, collected[year] = _file_ledger(writer, opened, amounts, unpaid)
        months = [month for month in unpaid.values() if month.start.year == year]
        if debtor and months:
            text = say("{name} has not paid dues three months running, and no reason is known.", name=debtor.name)
            writer.plant_finding("dues-unpaid", text, path, "DW906")
            for month in months:
                duty = f"10.1(6)m/{month.label}/{debtor.id}"
                writer.plant_state("dues-month", say("{duty}: not paid.", duty=duty), duty)
    return collected


def _file_ledger(
    writer: PaperWriter, opened: date, amounts: dict[Person, float], unpaid: Collection[tuple[Person, Period]]
) -> tuple[str, float]:
    """File a year's ledger with the amounts, and again on each month's last working day with what was paid.

    Return its path and what was collected.
    """
    paid: dict[Person, list[dict[str, Any]]] = {person: [] for person in writer.cast.members(opened)}
    collected = 0.0

    def write_ledger(day: date) -> Paper:
        people = [person for person in writer.cast.people if person in paid]
        rows = [{"member": person.id, "assessed": amounts[person], "paid": paid[person]} for person in people]
        return new_paper("dues", year=opened.year, collector=_choose_collector(writer, day).id, members=rows)

    path = writer.file(write_ledger(opened), opened, _choose_collector(writer, opened), about=opened.year)
    for month in list_periods(PeriodLength.MONTH, date(opened.year, 1, 1), date(opened.year + 1, 1, 1)):
        filed = list_workdays(month.start, month.last)[-1]
        if filed > writer.last:
            break
        for person in writer.cast.members(month.last):
            payments = paid.setdefault(person, [])
            day = _draw_paying_day(writer, person, month, filed)
            if day is not None and (person, month) not in unpaid:
                payments.append({"month": month.label, "date": day})
                collected += amounts[person]
        collector = _choose_collector(writer, filed)
        writer.revise(path, write_ledger(filed), filed, collector, message="dues", what=month.label)
    return path, collected


def _draw_paying_day(writer: PaperWriter, person: Person, month: Period, filed: date) -> date | None:
    """Return a day on which a member pays, None for one who came too late to owe the month."""
    since = max(month.start, person.standings[0][0])
    if (month.end - since).days * 2 < (month.end - month.start).days:
        return None
    days = [day for day in list_workdays(since, filed) if day.day >= _NOT_BEFORE or since > month.start]
    return writer.chance.choice(days or [filed])


def _choose_collector(writer: PaperWriter, day: date) -> Person:
    known = (person for person in writer.cast.people if person.collects and person.collects <= day)
    return next(known, writer.cast.holder("organization", day))


def choose_debtor(writer: PaperWriter, absentee: Person | None) -> Person | None:
    """Return a full member of long standing without any task, never the one with the absences."""
    founded = writer.cast.founded
    spared = {absentee, *writer.cast.all_officers(), *writer.cast.all_leaders()}
    settled = [person for person in writer.cast.people if person.is_settled and person.standings[0][0] <= founded]
    return next((person for person in reversed(settled) if person not in spared and not person.exemptions), None)


def _choose_unpaid(writer: PaperWriter) -> list[Period]:
    """Return three months of one year that are over, and were followed by another month that is over."""
    months = writer.list_periods(PeriodLength.MONTH)
    over = [month for month in months if month.start >= IN_FORCE and month.last <= writer.last][:-1]
    runs = [over[end - _RUN : end] for end in range(len(over), _RUN - 1, -1)]
    return next((run for run in runs if run[0].start.year == run[-1].start.year), [])
