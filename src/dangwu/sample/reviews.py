"""What the committee above does: it reviews the records after each quarter. And two edits that came afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import Every, Period, periods
from dangwu.sample.work_days import workday_near
from dangwu.sample.sample_values import Fault, dice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dangwu.sample.commit_writer import Historian
    from dangwu.sample.papers.paper_writer import Held

_REVIEWED_AFTER = timedelta(days=14)
_EDITED_AFTER = timedelta(days=9)
_NEXT_DAY = timedelta(days=1)
_SUMMARIES = {1: "mid-year", 2: "year-end"}


def look_after(historian: Historian, held: Sequence[Held], *, seed: int, start: date, last: date) -> Iterator[Fault]:
    """Commit the reviews up to ``last`` and the two edits, and yield these as faults where they have a place."""
    chance = dice(seed, "reviews")
    done = [each for each in periods(Every.QUARTER, start, last) if each.start >= start and _reviewed(each) <= last]
    for quarter in done:
        historian.review(_reviewed(quarter), quarter)
    for quarter in reversed(done):
        day = workday_near(_reviewed(quarter) + _EDITED_AFTER)
        found = _plain(held, quarter)
        if found and day <= last:
            path = chance.choice(found).path
            historian.add_to(path, day)
            text = say("Minutes were added to after the committee above had reviewed them.")
            yield Fault(slug="edited-after-review", text=text, path=path, code="DW964")
            break
    for quarter in reversed(done):
        summed = historian.recorded(_summary(quarter)) if quarter.start.month % 6 == 4 else None  # noqa: PLR2004
        # Not what the review of the quarter before has seen already.
        found = [each for each in _plain(held, quarter) if each.slot.day > quarter.start + 2 * _REVIEWED_AFTER]
        if summed and found and (day := workday_near(summed + _NEXT_DAY)) < _reviewed(quarter):
            path = chance.choice(found).path
            historian.add_to(path, day)
            text = say("Minutes were added to after the summary of their half-year.")
            yield Fault(slug="edited-after-summary", text=text, path=path, code="DW965")
            break


def _reviewed(quarter: Period) -> date:
    return workday_near(quarter.end + _REVIEWED_AFTER)


def _summary(quarter: Period) -> str:
    half = Period.containing(Every.HALF, quarter.start)
    return f"summaries/{half.start.year}/{_SUMMARIES[int(half.label[-1])]}.md"


def _plain(held: Sequence[Held], quarter: Period) -> list[Held]:
    """Return the meetings of a quarter's first two months that have no fault of their own."""
    early = quarter.end - timedelta(days=31)
    return [
        each
        for each in held
        if each.slot.day in quarter
        and each.slot.day < early
        and not (each.slot.marked or each.slot.recorded or each.slot.makes_up or each.slot.absentee)
    ]
