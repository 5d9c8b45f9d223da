"""Dues: a ledger for each year, filed anew when a month has been collected (10.1(6), form 2.7)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dangwu.model.message import say
from dangwu.model.period import Every, Period, periods
from dangwu.sample.cast import FULL
from dangwu.sample.papers.paper_writer import IN_FORCE, Paper, record, workdays

if TYPE_CHECKING:
    from dangwu.sample.cast import Person
    from dangwu.sample.papers.paper_writer import Desk

_AMOUNTS = (15, 18, 22.5, 25, 30, 36, 42, 45, 54)
_RUN = 3
_KIND = "dues"


def write(desk: Desk, owing: Person | None) -> dict[int, float]:
    """File the ledgers of all years, and return what was collected in each.

    ``owing`` leaves three months running unpaid in the last year that has them.
    """
    desk.turn_to(_KIND)
    amounts = {person.id: desk.chance.choice(_AMOUNTS) for person in desk.cast.people}
    unpaid = _unpaid(desk) if owing else []
    sums: dict[int, float] = {}
    for year in desk.years:
        path = _ledger(desk, year, amounts, owing, unpaid, sums)
        if path and owing and unpaid and unpaid[0].start.year == year:
            text = say("{name} has not paid dues three months running, and no reason is known.", name=owing.name)
            desk.plant("dues-unpaid", text, path=path, code="DW906")
            for month in unpaid:
                duty = f"10.1(6)m/{month.label}/{owing.id}"
                desk.plant("dues-month", say("{duty}: not paid.", duty=duty), duty=duty, state="overdue")
    return sums


def _ledger(  # noqa: PLR0917 - one private maker
    desk: Desk, year: int, amounts: dict[str, float], owing: Person | None, unpaid: list[Period], sums: dict[int, float]
) -> str | None:
    """File a year's ledger with the amounts, and again on each month's last working day with what was paid."""
    opened = desk.on(date(year, 1, 4), date(year, 1, 8))
    if opened is None:
        return None
    rows: dict[str, dict[str, Any]] = {}
    for person in desk.cast.belonging(opened):
        rows[person.id] = {"member": person.id, "assessed": amounts[person.id], "paid": []}
    path = desk.file(_paper(desk, year, opened, rows), opened, _collector(desk, opened), about=str(year))[0]
    for month in periods(Every.MONTH, date(year, 1, 1), date(year + 1, 1, 1)):
        filed = workdays(month.start, month.last)[-1]
        if filed > desk.last:
            return path
        for person in desk.cast.belonging(month.last):
            row = rows.setdefault(person.id, {"member": person.id, "assessed": amounts[person.id], "paid": []})
            day = _paying_day(desk, person, month, filed)
            if day is not None and not (person is owing and month in unpaid):
                row["paid"].append({"month": month.label, "date": day})
                sums[year] = sums.get(year, 0) + amounts[person.id]
        paper = _paper(desk, year, filed, rows)
        desk.historian.revise(path, paper, filed, _collector(desk, filed), "dues", what=month.label)
    return path


def _paper(desk: Desk, year: int, day: date, rows: dict[str, dict[str, Any]]) -> Paper:
    listed = [rows[person.id] for person in desk.cast.people if person.id in rows]
    return Paper(_KIND, record(_KIND, year=year, collector=_collector(desk, day).id, members=listed))


def _paying_day(desk: Desk, person: Person, month: Period, filed: date) -> date | None:
    """Return a day on which a member pays, None for one who came too late to owe the month."""
    since = max(month.start, person.standings[0][0])
    if (month.end - since).days * 2 < (month.end - month.start).days:
        return None
    days = [day for day in workdays(since, filed) if day.day > 4 or since > month.start]  # noqa: PLR2004
    return desk.chance.choice(days or [filed])


def _collector(desk: Desk, day: date) -> Person:
    known = (each for each in desk.cast.people if each.collects and each.collects <= day)
    return next(known, desk.cast.holder("organization", day))


def who_owes(desk: Desk, absentee: Person | None) -> Person | None:
    """Return a full member of long standing without any task, never the one with the absences."""
    holders = {person.id for term in desk.cast.terms for _, person in term.posts}
    holders |= {person.id for group in desk.cast.groups for _, person in group.leaders}
    plain = [
        each
        for each in desk.cast.people
        if each.id not in holders and each is not absentee and not each.exemptions and not each.collects
        and len(each.standings) == 1 and each.standings[0][1] == FULL and each.standings[0][0] <= desk.cast.founded
    ]  # fmt: skip
    return plain[-1] if plain else None


def _unpaid(desk: Desk) -> list[Period]:
    """Return three months of one year that are over, and were followed by another month that is over."""
    months = periods(Every.MONTH, desk.start, desk.last + timedelta(days=1))
    over = [each for each in months if each.start >= IN_FORCE and each.last <= desk.last][:-1]
    for end in range(len(over), _RUN - 1, -1):
        run = over[end - _RUN : end]
        if run[0].start.year == run[-1].start.year:
            return run
    return []
