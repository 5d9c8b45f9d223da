"""The list of all that honest people do."""

from __future__ import annotations

from tests.support.plots import honest_acts as acts
from tests.support.plots import honest_habits as habits
from tests.support.plots import honest_heaps as heaps
from tests.support.plots import honest_lines as lines

ACTS = (
    acts.correct_with_reason, acts.correct_with_reason, acts.correct_day, acts.rename, acts.move_all,
    acts.undo_within_the_hour, heaps.remove_double_at_once, heaps.remove_double_with_reason, heaps.late_with_reason,
    heaps.bring_paper_in, heaps.take_back_and_return, acts.waive, acts.review, acts.review, acts.anchor, acts.anchor,
    acts.rebase_after_anchor, acts.fortnightly, acts.amend_by_bot, acts.keep_roster, heaps.hand_to_archive,
    acts.draft_before, heaps.next_from_a_double, acts.enter_in_time, acts.rename_branch, habits.hand_over,
    habits.clock_by_hours, habits.zones, habits.flat_battery, habits.committee_with_flat_battery,
    habits.at_one_second, habits.format_only, habits.format_only, heaps.renumber, heaps.move_out_and_back,
    heaps.break_and_repair, *lines.LINES,
)  # fmt: skip
ALWAYS = (acts.keep_dues, acts.sum_up, habits.clock_by_minutes)
