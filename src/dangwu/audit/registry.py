"""The list of all audit checks, and the limits stated with every audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dangwu.audit import (
    changed_after_use,
    changed_attendance,
    commit_order,
    early_minutes,
    edits_taken_back,
    first_day,
    late_decisions,
    late_limit,
    lateness,
    later_edits,
    lost_and_returned,
    merged_edits,
    unbelieved_marks,
)
from dangwu.model.message import Text, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dangwu.audit.context import AuditContext
    from dangwu.model.observation import Observation

CHECKS: tuple[Callable[[AuditContext], Iterator[Observation]], ...] = (
    lateness.find_late_records,
    lateness.find_batch_recorded_meetings,
    lateness.find_minutes_written_later,
    later_edits.find_later_edits,
    merged_edits.find_edits_merged_later,
    later_edits.find_moved_days,
    edits_taken_back.find_edits_taken_back,
    lost_and_returned.find_deleted_records,
    lost_and_returned.find_records_made_twice,
    lost_and_returned.find_records_brought_back,
    lost_and_returned.find_edits_left_out,
    lost_and_returned.find_names_taken_over,
    late_decisions.find_decisions_made_afterwards,
    late_limit.find_raised_limits,
    first_day.find_moved_first_days,
    changed_after_use.find_changes_after_use,
    changed_attendance.find_late_attendance_changes,
    early_minutes.find_minutes_written_before,
    commit_order.find_dates_out_of_order,
    commit_order.find_dates_in_future,
    commit_order.find_rewritten_history,
    commit_order.find_reviews_not_here,
    commit_order.find_foreign_signers,
    commit_order.find_own_reviews,
    commit_order.find_unsigned_reviews,
    commit_order.find_unverified_reviews,
    unbelieved_marks.find_review_lines_not_read,
    unbelieved_marks.find_key_list_faults,
    unbelieved_marks.find_contradicting_anchors,
    unbelieved_marks.find_contradicting_tags,
)

CODES = (
    *lateness.CODES,
    *later_edits.CODES,
    *lost_and_returned.CODES,
    *commit_order.CODES,
    *late_decisions.CODES,
    *edits_taken_back.CODES,
    *late_limit.CODES,
    *first_day.CODES,
    *changed_after_use.CODES,
    *changed_attendance.CODES,
    *early_minutes.CODES,
    *unbelieved_marks.CODES,
)

AUDIT_LIMITS: tuple[Text, ...] = (
    say("Whether what a record says is true: who sat in the room, and what was said there."),
    say("On which day a commit was really made: its dates are what two computers' clocks said, and clocks can be set."),
    say("Who sat at the keyboard: names are what was typed, and a signature shows only who had the key."),
    say("What was taken out of the history before the committee above first saw it, and what was never recorded."),
)
"""What a git history cannot prove."""


def find_observations(context: AuditContext) -> tuple[Observation, ...]:
    """Run all audit checks; sort by path, then by commit in the order of the history, then by code."""
    place = context.history.place

    def sort_key(observation: Observation) -> tuple[str, int, str]:
        finding = observation.finding
        return finding.source.path, place.get(observation.commit, -1), finding.code.id

    return tuple(sorted((observation for check in CHECKS for observation in check(context)), key=sort_key))
