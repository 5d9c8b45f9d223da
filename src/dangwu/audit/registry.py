"""Every check of the history, listed by hand, and what no check of a history can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.audit import commit_order, lateness, later_edits
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import Observation

CHECKS: tuple[Callable[[AuditContext], Iterator[Observation]], ...] = (
    lateness.find_late_records,
    lateness.find_single_sittings,
    lateness.find_minutes_written_later,
    later_edits.find_later_edits,
    later_edits.find_moved_days,
    later_edits.find_deleted_records,
    later_edits.find_records_made_twice,
    later_edits.find_records_brought_back,
    later_edits.find_edits_left_out,
    commit_order.find_dates_out_of_order,
    commit_order.find_dates_in_future,
    commit_order.find_rewritten_history,
    commit_order.find_reviews_not_here,
    commit_order.find_foreign_signers,
    commit_order.find_own_reviews,
    commit_order.find_unverified_reviews,
)

CODES = (*lateness.CODES, *later_edits.CODES, *commit_order.CODES)

AUDIT_LIMITS: tuple[Text, ...] = (
    say("Whether what a record says is true: who sat in the room, and what was said there."),
    say("On which day a commit was really made: its dates are what two computers' clocks said, and clocks can be set."),
    say("Who sat at the keyboard: names are what was typed, and a signature shows only who had the key."),
    say("What was taken out of the history before the committee above first saw it, and what was never recorded."),
)
"""What git cannot prove; said with every audit."""


def find_observations(evidence: AuditContext) -> tuple[Observation, ...]:
    """Return what every check finds, by file, then the commits in the order of the history."""
    place = evidence.history.place
    found = [each for check in CHECKS for each in check(evidence)]
    return tuple(
        sorted(found, key=lambda each: (each.finding.source.path, place.get(each.commit, -1), each.finding.code.id))
    )
