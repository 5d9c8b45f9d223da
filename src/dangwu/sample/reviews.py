"""What the committee above does: it reviews the records after each quarter. And two edits that came afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dangwu.model.message import say
from dangwu.model.period import Period, PeriodLength, list_periods
from dangwu.sample.sample_values import Fault, seeded_random
from dangwu.sample.work_days import workday_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dangwu.sample.commit_writer import CommitWriter
    from dangwu.sample.paper import HeldMeeting

_REVIEWED_AFTER, _EDITED_AFTER = 14, 9
_NOT_REVIEWED_YET = timedelta(days=2 * _REVIEWED_AFTER)
_LAST_MONTH = timedelta(days=31)


def commit_reviews(
    commits: CommitWriter, held: Sequence[HeldMeeting], *, seed: int, start: date, last: date
) -> Iterator[Fault]:
    """Commit the reviews up to ``last`` and the two edits, and yield these as faults where they have a place."""
    chance = seeded_random(seed, "reviews")
    quarters = list_periods(PeriodLength.QUARTER, start, last)
    reviewed = {
        quarter: day
        for quarter in quarters
        if quarter.start >= start and (day := workday_after(quarter.end, _REVIEWED_AFTER)) <= last
    }
    for quarter, day in reviewed.items():
        commits.commit_review(day, quarter)
    for quarter, day in reversed(reviewed.items()):
        edited = workday_after(day, _EDITED_AFTER)
        found = _list_plain(held, quarter)
        if found and edited <= last:
            path = chance.choice(found).path
            commits.commit_addition(path, edited)
            text = say("Minutes were added to after the committee above had reviewed them.")
            yield Fault(slug="edited-after-review", text=text, path=path, code="DW964")
            break
    for quarter, day in reversed(reviewed.items()):
        summed = _find_summary_day(commits, quarter)
        # Not what the review of the quarter before has seen already.
        seen = quarter.start + _NOT_REVIEWED_YET
        found = [meeting for meeting in _list_plain(held, quarter) if meeting.plan.day > seen]
        if summed and found and (edited := workday_after(summed, 1)) < day:
            path = chance.choice(found).path
            commits.commit_addition(path, edited)
            text = say("Minutes were added to after the summary of their half-year.")
            yield Fault(slug="edited-after-summary", text=text, path=path, code="DW965")
            break


def _find_summary_day(commits: CommitWriter, quarter: Period) -> date | None:
    """Return the day on which the half-year that ends with a quarter was summed up, None for another quarter."""
    names = {2: "mid-year", 4: "year-end"}
    name = names.get((quarter.start.month + 2) // 3)
    return commits.find_recording_day(f"summaries/{quarter.start.year}/{name}.md") if name else None


def _list_plain(held: Sequence[HeldMeeting], quarter: Period) -> list[HeldMeeting]:
    """Return the meetings of a quarter's first two months that have no fault of their own."""
    early = quarter.end - _LAST_MONTH
    return [
        meeting
        for meeting in held
        if quarter.start <= meeting.plan.day < early
        and meeting.plan.is_plain
        and not (meeting.plan.marked or meeting.plan.absentee)
    ]
