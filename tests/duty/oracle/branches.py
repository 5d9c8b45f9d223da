"""Random branches, as raw record data by path; the same number always gives the same branch.

They are built to hit the edges: first and last days, the leap day, half of a month, six and seven full members.
"""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from tests.duty.oracle import aftermath, changes, meetings, people, sheets
from tests.duty.oracle.books import Books
from tests.duty.oracle.writing import some_day

if TYPE_CHECKING:
    from tests.duty.oracle.days import Raw

YEARS = (2020, 2021, 2023, 2024, 2024, 2025, 2026)


def branch(seed: int) -> tuple[dict[str, Raw], int]:
    """Return the records of a branch, and the year in which most of them lie."""
    pick = Random(seed)  # noqa: S311 - a test that can be repeated, not a secret
    year = pick.choice(YEARS)
    members = [f"m{number:03d}" for number in range(1, pick.choice((2, 6, 7, 8, 9, 10)) + 1)]
    groups = ["g1", "g2", "g-3"][: pick.choice((0, 1, 2, 2, 3))]
    records: dict[str, Raw] = {"branch.yaml": people.branch_file(pick, year, members, groups)}
    steady = pick.choice((0.4, 0.8, 1.0))
    for member in members:
        records[f"members/{member}.yaml"] = people.member_file(pick, year, member, groups, steady)
    records |= changes.amendments(pick, year)
    books = Books(records)
    records |= meetings.meetings(pick, year, books, groups)
    records |= sheets.sheets(pick, year, books, groups)
    records |= aftermath.ledger(pick, year, books)
    records |= aftermath.aftermath(pick, year, Books(records))
    records |= changes.waivers(pick, year, Books(records), groups)
    return records, year


def as_of_days(seed: int, year: int, count: int) -> list[date]:
    """Return days to judge a branch on, one of them perhaps when democratic life meetings are to be held."""
    pick = Random(-seed - 1)  # noqa: S311 - a test that can be repeated, not a secret
    days = [some_day(pick, date(year - 1, 12, 1), date(year + 1, 6, 30)) for _ in range(count)]
    if pick.random() < 0.4:
        days[0] = date(year, pick.choice((6, 12)), pick.randrange(20, 31))
    return days
