"""Names of periods and meetings, for texts and commit messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dangwu.model.period import Period
    from dangwu.sample.cast import Cast
    from dangwu.sample.meeting_plan import Slot
    from dangwu.sample.pools import Phrases


def period_label(period: Period, phrases: Phrases) -> str:
    """Return a period as people say it within a year."""
    return phrases.periods[period.every][(period.start.month - 1) // period.every.months]


def meeting_label(slot: Slot, cast: Cast, phrases: Phrases) -> str:
    """Return what a meeting is called in a commit message."""
    group = cast.group(slot.group).name if slot.group else ""
    return phrases.meetings[slot.kind].format(group=group, period=period_label(slot.period, phrases)).strip()
