"""Names of periods and meetings, for texts and commit messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.model.period import PeriodLength

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dangwu.model.period import Period
    from dangwu.sample.cast import Cast
    from dangwu.sample.plan import Slot


def period_label(period: Period, phrases: Mapping[str, str]) -> str:
    """Return a period as people say it within a year."""
    month = period.start.month
    if period.every is PeriodLength.HALF:
        return phrases["period:half1" if month == 1 else "period:half2"]
    if period.every is PeriodLength.QUARTER:
        return phrases["period:quarter"].split("|")[(month - 1) // 3]
    return phrases["period:month"].split("|")[month - 1]


def meeting_label(slot: Slot, cast: Cast, phrases: Mapping[str, str]) -> str:
    """Return what a meeting is called in a commit message."""
    group = cast.group(slot.group).name if slot.group else ""
    return phrases[f"kind:{slot.kind}"].format(group=group, period=period_label(slot.period, phrases)).strip()
